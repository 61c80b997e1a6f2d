"""XLSX: openpyxl reads the strings and styles, and the rows one by one; no sheet is ever held."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import lru_cache, partial
from typing import IO, Any, BinaryIO
from xml.etree.ElementTree import Element

from textcat.catalogue.spreadsheets.damage import SAVE_AGAIN, damage_told, without_warnings
from textcat.catalogue.spreadsheets.layout import (
    CELL,
    FORMULA,
    ROW,
    VALUE,
    elements,
    outline_level,
    read_merged,
)
from textcat.catalogue.spreadsheets.sheet import Look, Sheet, SheetRow, cleaned
from textcat.errors import CatalogueError, MissingExtraError

_NO_VALUE = "formula cells without a value"
_ERROR = "cells with an error"


class OpenpyxlWorkbook:
    """An open XLSX file; its parts are read as `openpyxl.load_workbook` does, but for the sheets.

    That one reads every sheet for its size, which may be the whole of it.
    """

    def __init__(self, stream: BinaryIO, place: str) -> None:
        try:
            from openpyxl.reader.excel import ExcelReader
            from openpyxl.styles.stylesheet import apply_stylesheet
        except ImportError as error:
            raise MissingExtraError(
                'XLSX workbooks need openpyxl: pip install "textcat[excel]"'
            ) from error
        self._place = place
        with damage_told(place), without_warnings():
            self._reader = ExcelReader(stream, read_only=True, data_only=True, keep_links=False)
            self._reader.read_manifest()
            self._reader.read_strings()
            self._reader.read_workbook()
            apply_stylesheet(self._reader.archive, self._reader.wb)
            self._paths = self._sheet_paths()
        if not self._paths:
            raise CatalogueError(
                f"{place} has no sheet that can be read: it may be in the «Strict» format. "
                f"{SAVE_AGAIN}"
            )

    @property
    def sheets(self) -> list[str]:
        """The sheets' names, those that are hidden last."""
        return list(self._paths)

    def sheet(self, name: str) -> Sheet:
        """Open a sheet; its rows can be read any number of times."""
        sheet = Sheet(
            name, lambda: self._rows(sheet), partial(self._merged, name), lru_cache(self._look)
        )
        return sheet

    def _sheet_paths(self) -> dict[str, str]:
        """Where the sheets are in the archive."""
        found = [
            (sheet.state != "visible", sheet.name, relation.target)
            for sheet, relation in self._reader.parser.find_sheets()
            if "chartsheet" not in relation.Type and relation.target in self._reader.valid_files
        ]
        return {name: path for _, name, path in sorted(found, key=lambda sheet: sheet[0])}

    @contextmanager
    def _opened(self, name: str) -> Iterator[IO[bytes]]:
        with (
            damage_told(f"{self._place}, sheet {name!r},"),
            self._reader.archive.open(self._paths[name]) as stream,
        ):
            yield stream

    def _merged(self, name: str) -> array[int]:
        with self._opened(name) as stream:
            return read_merged(stream)

    def _rows(self, sheet: Sheet) -> Iterator[SheetRow]:
        from openpyxl.worksheet._reader import WorkSheetParser

        # Dates are converted here: the parser would warn of each that is none.
        parser = WorkSheetParser(None, self._reader.shared_strings, data_only=True)
        with self._opened(sheet.name) as stream:
            for element, _ in elements(stream, (ROW,)):
                number, cells = parser.parse_row(element)
                parser.row_dimensions.clear()
                row = self._row(sheet, number, cells, outline_level(element))
                _count_formulas(sheet, number, element)
                if row.values:
                    yield row

    def _row(self, sheet: Sheet, number: int, cells: list[dict[str, Any]], level: int) -> SheetRow:
        filled = {}
        for cell in cells:
            value = cell["value"]
            if value is not None:
                value = self._value(sheet, number, cell)
                filled[cell["column"] - 1] = value, cell["style_id"]
        kept = {column: found for column, found in filled.items() if found[0] is not None}
        width = max(kept, default=-1) + 1
        values: list[object] = [None] * width
        looks = [0] * width
        for column, (value, style) in kept.items():
            values[column], looks[column] = value, style
        return SheetRow(number, values, level, tuple(looks))

    def _value(self, sheet: Sheet, number: int, cell: dict[str, Any]) -> object:
        value, style = cell["value"], cell["style_id"]
        if cell["data_type"] == "n" and style in self._reader.wb._date_formats:
            value = self._date(value, style)
        if cell["data_type"] == "e" or value is None:
            sheet.leave_out(_ERROR, number, _coordinate(cell), str(cell["value"]))
            return None
        return str(value) if isinstance(value, timedelta) else cleaned(value)

    def _date(self, value: float, style: int) -> object:
        from openpyxl.utils.datetime import from_excel

        spans = style in self._reader.wb._timedelta_formats
        try:
            return from_excel(value, self._reader.wb.epoch, timedelta=spans)
        except (OverflowError, ValueError):
            return None

    def _look(self, style: int) -> Look | None:
        """How cells of a style look."""
        book = self._reader.wb
        try:
            kind = book._cell_styles[style]
            font, fill = book._fonts[kind.fontId], book._fills[kind.fillId]
            indent = book._alignments[kind.alignmentId].indent
        except IndexError:
            return None
        color = getattr(fill, "fgColor", None) if getattr(fill, "fill_type", None) else None
        shown = f"{color.type} {color.value} {color.tint}" if color else ""
        return Look(indent or 0, -(font.sz or 11), not font.b, shown)


def _count_formulas(sheet: Sheet, number: int, row: Element) -> None:
    """Count the formulas that no program has calculated."""
    for cell in row.iterfind(f"{CELL}/{FORMULA}/.."):
        if not cell.findtext(VALUE):
            where = cell.get("r", f"row {number}")
            sheet.leave_out(
                _NO_VALUE, number, where, "read as empty; save it in Excel to calculate"
            )


def _coordinate(cell: dict[str, Any]) -> str:
    from openpyxl.utils import get_column_letter

    return f"{get_column_letter(cell['column'])}{cell['row']}"
