"""Workbooks: XLSX, XLSM, XLS, XLSB, ODS -> table.

What is read goes through these files, each of which does one step::

    archive       which format it is, and whether it can be opened at all
    xlsx          XLSX -> sheets, row by row (openpyxl)
    loaded        XLS, XLSB, ODS -> sheets, held as a whole (calamine)
    opendocument  how large the sheets of ODS are
    binary        how large those of XLSB are
    sheet         what all of these make
    layout        the XML of a sheet: rows, outline levels, merged cells
    merged        merged cells -> each has the value
    header        which row is the header
    shelves       titles of categories as rows of their own -> the path above each product
    rules         how deep such a title stands
    reading       sheet -> table
    damage        what goes wrong inside a workbook, in words for people
"""

from __future__ import annotations

from contextlib import ExitStack
from itertools import islice
from typing import BinaryIO

from textcat.catalogue.files import Source
from textcat.catalogue.spreadsheets.archive import find_format
from textcat.catalogue.spreadsheets.header import HIGHEST, find_header, has_name_column
from textcat.catalogue.spreadsheets.loaded import CalamineWorkbook
from textcat.catalogue.spreadsheets.reading import read_sheet
from textcat.catalogue.spreadsheets.sheet import Workbook
from textcat.catalogue.spreadsheets.xlsx import OpenpyxlWorkbook
from textcat.catalogue.table import Options, Table
from textcat.errors import CatalogueError

__all__ = ["read_workbook"]


def read_workbook(source: Source, options: Options, sheet: str | None = None) -> Table:
    """Read a sheet of a workbook.

    Parameters
    ----------
    source : Source
    options : Options
    sheet : str, optional
        Its name. If not given, the first that has a header with a column of names, else the first
        that is not empty; sheets that are hidden come last.

    Examples
    --------
    >>> import io
    >>> from openpyxl import Workbook
    >>> book, file = Workbook(), io.BytesIO()
    >>> for row in [["ООО «Ромашка»"], [], ["Товар", "Цена"], ["Чай"], ["Улун 100 г", 390]]:
    ...     book.active.append(row)
    >>> book.save(file)
    >>> _ = file.seek(0)
    >>> table = read_workbook(Source(file), Options())
    >>> table.columns, table.facts["header row"]
    (('Товар', 'Цена', 'category'), '3')
    >>> list(table.rows([0, 2]))
    [Row(number=5, values=('Улун 100 г', ('Чай',)), missing=0, surplus=())]
    """
    with ExitStack() as stack:
        book = _open(stack.enter_context(source.seekable()), source.place)
        name = _chosen(book, options, source.place, sheet)
        table = read_sheet(book.sheet(name), options, source.place, stack)
        others = [other for other in book.sheets if other != name]
        if others:
            table.facts["other sheets not read"] = ", ".join(map(repr, others))
        return table


def _open(stream: BinaryIO, place: str) -> Workbook:
    form = find_format(stream, place)
    if form == "XLSX":
        return OpenpyxlWorkbook(stream, place)
    return CalamineWorkbook(stream, place, form)


def _chosen(book: Workbook, options: Options, place: str, wanted: str | None) -> str:
    if wanted is not None:
        if wanted in book.sheets:
            return wanted
        listed = ", ".join(map(repr, book.sheets))
        raise CatalogueError(f"{place} has no sheet {wanted!r}; its sheets: {listed}.")
    filled = []
    for name in book.sheets:
        first = list(islice(book.sheet(name).rows(), HIGHEST))
        header = find_header(first, options.wanted)
        if header is not None and has_name_column(first[header].values, options):
            return name
        filled += [name] * bool(first)
    if not filled:
        raise CatalogueError(f"{place} is empty; there is nothing to read.")
    return filled[0]
