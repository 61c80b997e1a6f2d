"""How large the sheets of an ODS file are, and which of their cells are merged.

A row or a cell may say that it stands there a million times, so that a short file can hold a sheet
that no memory can.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field
from typing import IO
from xml.etree.ElementTree import Element

from textcat.catalogue.spreadsheets.layout import elements

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_ROW = f"{_TABLE}table-row"
_MOST = 1 << 20  # rows or columns that a sheet can have


@dataclass
class Extent:
    """The rows and columns of a sheet that have values."""

    rows: int = 0
    columns: int = 0
    merged: array[int] = field(default_factory=lambda: array("i"))  # one `Range` after the other
    passed: int = 0  # rows, those without values also

    @property
    def cells(self) -> int:
        """Those of the rectangle that holds all values."""
        return self.rows * self.columns


def read_extents(content: IO[bytes]) -> dict[str, Extent]:
    """Measure the sheets of a `content.xml`, by name."""
    found: dict[str, Extent] = {}
    for row, above in elements(content, (_ROW,)):
        name = next((e.get(f"{_TABLE}name", "") for e in above if e.tag == f"{_TABLE}table"), "")
        _add_row(found.setdefault(name, Extent()), row)
    return found


def _add_row(extent: Extent, row: Element) -> None:
    top, column = extent.passed + 1, 0
    extent.passed += _number(row, "number-rows-repeated")
    for cell in row:
        spans = _number(cell, "number-rows-spanned"), _number(cell, "number-columns-spanned")
        if spans != (1, 1) and extent.passed <= _MOST:
            extent.merged.extend((top, column, top + spans[0] - 1, column + spans[1] - 1))
        column += _number(cell, "number-columns-repeated")
        if len(cell):
            extent.rows, extent.columns = extent.passed, max(extent.columns, column)


def _number(element: Element, attribute: str) -> int:
    text = element.get(f"{_TABLE}{attribute}", "1")
    return min(int(text), _MOST) if text.isdecimal() else 1
