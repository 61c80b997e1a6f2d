"""The tables that ship with the package, read once and only when first needed.

A table is a file of tab-separated values with a header; its last column is an example for people.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import NamedTuple


class Unit(NamedTuple):
    """A way to write a unit of measure: `гр` is the unit `г` of the measure `weight`."""

    unit: str
    measure: str
    alone: bool  # is it a unit even without a number before it? «в» alone is a preposition


@cache
def units() -> Mapping[str, Unit]:
    """Every written form of a unit of measure.

    Examples
    --------
    >>> units()["гр"]
    Unit(unit='г', measure='weight', alone=True)
    """
    rows = _rows("units.tsv")
    return MappingProxyType(
        {form: Unit(unit, measure, alone == "yes") for form, unit, measure, alone, _ in rows}
    )


@cache
def abbreviations() -> Mapping[str, str]:
    """Abbreviations and the words they stand for.

    A form that ends with a dot is an abbreviation only with it («кур.» but not «кур»); a form that
    ends with a slash is put before a word («д/кошек»).

    Examples
    --------
    >>> abbreviations()["ш-нь"], abbreviations()["д/"]
    ('шампунь', 'для')
    """
    return MappingProxyType({form: words for form, words, _ in _rows("abbreviations.tsv")})


@cache
def look_alikes() -> Mapping[str, str]:
    """Latin letters and the Cyrillic ones that look the same in one case or the other.

    Examples
    --------
    >>> look_alikes()["h"]
    'н'
    """
    return MappingProxyType({latin: cyrillic for latin, cyrillic, _ in _rows("homoglyphs.tsv")})


@cache
def shop_lemmas() -> Mapping[str, str]:
    """Words whose lemma in a shop is not the one that the dictionary says.

    A word is either a form («мини») or a lemma of the dictionary: «носки» would be of «носка».

    Examples
    --------
    >>> shop_lemmas()["носка"]
    'носок'
    """
    return MappingProxyType({word: lemma for word, lemma, _ in _rows("lemmas.tsv")})


def one_of(forms: Iterable[str]) -> str:
    """Write a regular expression that matches the longest of the forms, letter by letter.

    Examples
    --------
    >>> one_of(["м", "мл", "мм", "г"])
    '(?:м(?:л|м)?|г)'
    """
    tree: dict[str, dict] = {}  # type: ignore[type-arg]  # a node: letter -> node, "" ends a form
    for form in forms:
        node = tree
        for letter in form:
            node = node.setdefault(letter, {})
        node[""] = {}
    return _pattern(tree)


def _pattern(node: dict[str, dict]) -> str:  # type: ignore[type-arg]
    options = [re.escape(letter) + _pattern(child) for letter, child in node.items() if letter]
    if not options:
        return ""
    return "(?:" + "|".join(options) + ")" + ("?" if "" in node else "")


def _rows(name: str) -> Iterator[list[str]]:
    text = resources.files(__name__).joinpath(name).read_text(encoding="utf-8")
    for line in text.splitlines()[1:]:
        yield line.split("\t")
