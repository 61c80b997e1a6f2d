"""What stands in a cell -> text: numbers, bytes and missing values have their say here only."""

from __future__ import annotations

import unicodedata
from datetime import date, time
from decimal import Decimal
from numbers import Real
from typing import Any

from textcat.errors import CatalogueError

_MISSING_TYPES = frozenset(
    {"NAType", "NaTType"}
)  # pandas' own, told by name so as not to import it


def as_text(value: object) -> str | None:
    """Read a cell's value as text; None if there is none.

    Raises
    ------
    CatalogueError
        If the value is neither text, bytes, a number nor missing.

    Examples
    --------
    >>> as_text("Чай "), as_text("Чай".encode("cp1251")), as_text(12.0), as_text(float("nan"))
    ('Чай', 'Чай', '12', None)
    >>> as_text(["Чай"])
    Traceback (most recent call last):
    ...
    textcat.errors.CatalogueError: ['Чай'] is a list, not text.
    """
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bytes | bytearray | memoryview):
        return _decoded(bytes(value)).strip()
    if value is None or type(value).__name__ in _MISSING_TYPES:
        return None
    if isinstance(value, Real | Decimal):
        return _number_text(value)
    if isinstance(value, date | time):  # what spreadsheets make of «1/2»
        return str(value)
    raise CatalogueError(f"{value!r:.80} is a {type(value).__name__}, not text.")


def has_letters(text: str) -> bool:
    """Tell whether a name has anything to learn from.

    >>> has_letters("Чай"), has_letters("4607001234567"), has_letters("")
    (True, False, False)
    """
    return any(map(str.isalpha, text))


def normalize_name(name: str) -> str:
    r"""Fold what does not make another product: case, ё, compatible characters, spaces.

    >>> normalize_name("Чёрный  ЧАЙ\N{NO-BREAK SPACE}½")
    'черный чай 1⁄2'
    """
    folded = unicodedata.normalize("NFKC", name).casefold().replace("ё", "е")
    return " ".join(folded.split())


def _decoded(value: bytes) -> str:
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value.decode("cp1251", "replace")


def _number_text(value: Any) -> str | None:
    if value != value:  # NaN
        return None
    try:
        whole = int(value)
    except (OverflowError, ValueError):  # infinite
        return str(value)
    return str(whole) if whole == value else str(value)
