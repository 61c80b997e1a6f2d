"""The language of the starter's categories: how sellers name what stands in each of them.

A leaf's language is one section of an INI file in `data/language`, written by hand:

    [smartphones]
    heads = смартфон; телефон; моб. телефон
    kinds = с двумя сим-картами; защищённый
    attributes = {64|128|256} ГБ; {colour}
    brands = Samsung: Galaxy A54, Galaxy S23; Nokia
    names =
        Смартфон Samsung Galaxy A54 5G 8/256 ГБ, графитовый
        тел. nokia 105 ds черн

Items are separated by ";" or stand in lines of their own; `names` has one whole name a line.
"""

from __future__ import annotations

import configparser
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from textcat.errors import CatalogueError

PARTS = ("heads", "kinds", "materials", "forms", "attributes", "signs")
"""Lists of words and phrases; `brands` and `names` are lists with a form of their own."""


class Brand(NamedTuple):
    """A brand and its series, which may be none."""

    name: str
    series: tuple[str, ...]


@dataclass(frozen=True)
class Language:
    """The words by which products of one leaf are named.

    Attributes
    ----------
    heads : tuple of str
        Nouns and phrases that tell the leaf by themselves, with synonyms and abbreviations.
    kinds, materials, forms, attributes : tuple of str
        What stands beside them. In an attribute `{50|100} мл` is one of several, and `{colour}`
        one of a list that all leaves share.
    signs : tuple of str
        What names of the leaf show without a head.
    brands : tuple of Brand
    names : tuple of str
        Whole names, as different sellers write them.
    """

    heads: tuple[str, ...]
    kinds: tuple[str, ...] = ()
    materials: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    attributes: tuple[str, ...] = ()
    signs: tuple[str, ...] = ()
    brands: tuple[Brand, ...] = ()
    names: tuple[str, ...] = ()

    def entries(self) -> Iterator[str]:
        """Everything that was written down, whole names last."""
        for part in PARTS:
            yield from getattr(self, part)
        for brand in self.brands:
            yield brand.name
            yield from brand.series
        yield from self.names


def read_language(text: str, place: str) -> dict[str, Language]:
    r"""Languages by the id of their leaf.

    Parameters
    ----------
    text : str
        Content of an INI file.
    place : str
        Its name, for messages.

    Raises
    ------
    CatalogueError
        If it is no INI file, a section repeats, or a key is unknown or has no `heads` beside it.

    Examples
    --------
    >>> text = "[tea]\nheads = чай; чаёк\nbrands = Майский: Лисма, Корона"
    >>> leaves = read_language(text, "tea.ini")
    >>> leaves["tea"].heads
    ('чай', 'чаёк')
    >>> leaves["tea"].brands
    (Brand(name='Майский', series=('Лисма', 'Корона')),)
    >>> read_language("[tea]\nhead = чай", "tea.ini")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
        ...
    textcat.errors.CatalogueError: tea.ini, [tea]: unknown key 'head'; the keys are heads, ...
    """
    parser = configparser.ConfigParser(
        interpolation=None, delimiters=("=",), comment_prefixes=("#",), empty_lines_in_values=False
    )
    try:
        parser.read_string(text, place)
    except configparser.Error as error:
        raise CatalogueError(f"{place} is no language file: {error}") from None
    return {leaf: _language(parser[leaf], f"{place}, [{leaf}]") for leaf in parser.sections()}


def _language(section: configparser.SectionProxy, place: str) -> Language:
    keys = (*PARTS, "brands", "names")
    for key in section:
        if key not in keys:
            raise CatalogueError(f"{place}: unknown key {key!r}; the keys are {', '.join(keys)}")
    if not split_items(section.get("heads", "")):
        raise CatalogueError(f"{place}: there are no heads, the nouns that name the product")
    return Language(
        **{part: split_items(section.get(part, "")) for part in PARTS},
        brands=tuple(_brand(item) for item in split_items(section.get("brands", ""))),
        names=_distinct(section.get("names", "").splitlines()),
    )


def split_items(text: str) -> tuple[str, ...]:
    """Items between semicolons and line ends.

    >>> split_items("чай; чаёк;")
    ('чай', 'чаёк')
    """
    return _distinct(re.split(r"[;\n]", text))


def _distinct(texts: list[str]) -> tuple[str, ...]:
    """Without empty ones and repetitions, in the order in which they were written."""
    return tuple(dict.fromkeys(text.strip() for text in texts if text.strip()))


def _brand(item: str) -> Brand:
    """Read one brand.

    >>> _brand("Майский: Лисма, Корона")
    Brand(name='Майский', series=('Лисма', 'Корона'))
    """
    name, _, series = item.partition(": ")
    return Brand(name.strip(), _distinct(series.split(",")))
