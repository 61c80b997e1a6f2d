"""A table of rows, whatever it was read from."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from textcat.catalogue.report import Finding, count
from textcat.tree import CategoryTree


@dataclass(frozen=True)
class Options:
    """What the caller said about a source; None is to be found out."""

    wanted: tuple[str | int | None, ...] = ()  # the columns that will be asked for
    delimiter: str | None = None
    encoding: str | None = None
    names_only: bool = False  # rows are names, not (name, category) pairs
    query: str | None = None  # what a database is asked


class Row(NamedTuple):
    """One row of a table."""

    number: int  # of the line in a file, or of the row elsewhere; the first is 1
    values: tuple[object, ...]  # of the columns that were asked for; None where there is no field
    missing: int = 0  # fields that the row has too few
    surplus: tuple[object, ...] = ()  # fields that the row has too many


@dataclass(frozen=True)
class Table:
    """Rows with named columns, read once, one by one."""

    place: str  # what an error calls it
    columns: tuple[str, ...]
    rows: Callable[[Sequence[int]], Iterator[Row]]  # the columns asked for -> rows
    has_header: bool = True
    unit: str = "row"  # what a row's number counts: rows, or lines of a file
    facts: dict[str, str] = field(default_factory=dict)  # how it was read, for the report
    joined: list[int] = field(default_factory=list)  # lines where a quoted field goes on below
    # Known before the first row is read: the categories that came along, whole, with ids and all.
    tree: CategoryTree | None = None
    # Filled while the rows are read: what the reader itself leaves out, by what it is («offers
    # without a name»).
    left_out: dict[str, Finding] = field(default_factory=dict)

    def leave_out(self, kind: str, row: int, value: object, reason: str) -> None:
        """Count something that was in the source and is no row."""
        count(self.left_out, kind, row, value, reason)
