"""XLS, XLSB and ODS: calamine reads a sheet as a whole; how large it is, is looked up before."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from functools import partial
from typing import BinaryIO
from zipfile import ZipFile

from textcat.catalogue.spreadsheets.binary import read_extent
from textcat.catalogue.spreadsheets.damage import SAVE_AGAIN, damage_told, password
from textcat.catalogue.spreadsheets.merged import Range
from textcat.catalogue.spreadsheets.opendocument import Extent, read_extents
from textcat.catalogue.spreadsheets.sheet import Sheet, SheetRow, cleaned
from textcat.errors import CatalogueError, MissingExtraError

MOST_CELLS = 50_000_000  # of a sheet that is held, empty ones included: about 1.5 GB


class CalamineWorkbook:
    """An open XLS, XLSB or ODS file."""

    def __init__(self, stream: BinaryIO, place: str, form: str) -> None:
        try:
            import python_calamine
        except ImportError as error:
            raise MissingExtraError(
                f'{form} workbooks need python-calamine: pip install "textcat[excel]"'
            ) from error
        self._place = place
        with damage_told(place):
            self._extents = _checked_extents(stream, place, form)
            stream.seek(0)
            try:
                self._book = python_calamine.CalamineWorkbook.from_filelike(stream)
            except python_calamine.PasswordError as error:
                raise CatalogueError(password(place)) from error
            shown = python_calamine.SheetVisibleEnum.Visible
            table = python_calamine.SheetTypeEnum.WorkSheet
            listed = [sheet for sheet in self._book.sheets_metadata if sheet.typ == table]
        self._names = [s.name for s in sorted(listed, key=lambda s: s.visible != shown)]

    @property
    def sheets(self) -> list[str]:
        """The sheets' names, those that are hidden last."""
        return self._names

    def sheet(self, name: str) -> Sheet:
        """Open a sheet; it is read when its rows or merged cells are asked for."""
        return Sheet(name, partial(self._rows, name), partial(self._merged, name))

    def _rows(self, name: str) -> Iterator[SheetRow]:
        with damage_told(f"{self._place}, sheet {name!r},"):
            sheet = self._book.get_sheet_by_name(name)
            before: list[object] = [None] * (sheet.start or (0, 0))[1]
            for number, values in enumerate(sheet.iter_rows(), 1):
                row = SheetRow(number, before + [cleaned(value) for value in values])
                if any(value is not None for value in row.values):
                    yield row

    def _merged(self, name: str) -> array[int]:
        if name in self._extents:
            return self._extents[name].merged
        with damage_told(f"{self._place}, sheet {name!r},"):
            ranges = self._book.get_sheet_by_name(name).merged_cell_ranges or []
        merged = array("i")
        for (top, left), (bottom, right) in ranges:
            merged.extend(Range(top + 1, left, bottom + 1, right))
        return merged


def _checked_extents(stream: BinaryIO, place: str, form: str) -> dict[str, Extent]:
    """Refuse sheets that no memory can hold; XLS cannot have such."""
    extents: dict[str, Extent] = {}
    sizes = []
    if form == "ODS":
        with ZipFile(stream).open("content.xml") as content:
            extents = read_extents(content)
        sizes = [extent.cells for extent in extents.values()]
    elif form == "XLSB":
        archive = ZipFile(stream)
        for file in archive.namelist():
            if file.startswith("xl/worksheets/") and file.endswith(".bin"):
                with archive.open(file) as sheet:
                    sizes.append(read_extent(sheet))
    if max(sizes, default=0) > MOST_CELLS:
        raise CatalogueError(
            f"{place} has a sheet of {max(sizes):,} cells, most of them empty or repeated; "
            f"at most {MOST_CELLS:,} are read from {form}. {SAVE_AGAIN}"
        )
    return extents
