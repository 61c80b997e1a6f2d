"""What a format of feeds has to say: where its records stand, and how they are read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from textcat.catalogue.feeds.shapes import Record, Shape

CATEGORY = "category"  # the kind of records that make the tree; all others are offers


class Category(NamedTuple):
    """One category as it stands in a feed."""

    id: str | None
    parent: str | int | None  # id of its parent, or number of the record that it stands in
    title: str | None
    line: int
    number: int | None = None  # of its record, where parents are given that way


class Offer(NamedTuple):
    """One offer as it stands in a feed."""

    name: str | None
    categories: list[str]  # ids if the feed has a tree, else paths; the first is the main one
    others: tuple[str | None, ...]  # values of the format's own columns
    left_out: tuple[str, str] | None = None  # what it is and why, if it is no row


@dataclass(frozen=True)
class Format:
    """A format of feeds."""

    shape: Shape
    columns: tuple[str, ...]  # its own, beside the name and the categories
    read_offer: Callable[[Record], Offer]
    read_category: Callable[[Record], Category] | None = None  # None: it has no tree
