"""Which row of a sheet is the header: above it stand a company's name, its telephone, a date."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from textcat.catalogue.columns import find_name_column, header_names, is_column_name
from textcat.catalogue.spreadsheets.merged import MergedCells
from textcat.catalogue.spreadsheets.sheet import SheetRow
from textcat.catalogue.table import Options, Table
from textcat.errors import CatalogueError

HIGHEST = 50  # rows with something in them that are looked at
_WIDEST = 1024  # columns; a stray cell may stand in the last one, XFD
_TALLEST = 4  # rows below the first that a header may have


@dataclass(frozen=True)
class Header:
    """The columns of a sheet, and the rows below their names."""

    columns: tuple[str, ...]
    rows: Iterator[SheetRow]
    row: int = 0  # where the names stand; 0 if there are none
    values: list[object] | None = None  # what stands there


def find_header(rows: Sequence[SheetRow], wanted: Sequence[str | int | None]) -> int | None:
    """Find the row with the most known names of columns, among several the one with most texts.

    Examples
    --------
    >>> rows = [SheetRow(1, ["ООО «Ромашка»"]), SheetRow(4, ["Код", "Товар"]), SheetRow(5, [1])]
    >>> find_header(rows, ()), find_header(rows[2:], ())
    (1, None)
    """
    best, found = (0, 0), None
    for index, row in enumerate(rows[:HIGHEST]):
        texts = [value for value in row.values if isinstance(value, str)]
        known = sum(is_column_name(text, wanted) for text in texts)
        if known and (known, len(texts)) > best:
            best, found = (known, len(texts)), index
    return found


def has_name_column(values: Sequence[object], options: Options) -> bool:
    """Tell whether a header has a column of products' names.

    >>> has_name_column(["Код", "Товар"], Options()), has_name_column(["Категория"], Options())
    (True, False)
    """
    table = Table("", header_names([value or "" for value in values[:_WIDEST]]), lambda _: iter(()))
    try:
        find_name_column(table, next(iter(options.wanted), None))
    except CatalogueError:
        return False
    return True


def read_header(
    rows: Iterator[SheetRow], wanted: Sequence[str | int | None], merged: MergedCells
) -> Header:
    """Split a sheet into header and rows.

    A header with cells that are merged with those below goes on there: «Цена» above «опт» and
    «розница» gives «Цена опт» and «Цена розница».

    Examples
    --------
    >>> from array import array
    >>> rows = [SheetRow(1, ["Товар", "Цена"]), SheetRow(2, [None, "опт", "розница"])]
    >>> merged = MergedCells(array("i", [1, 0, 2, 0, 1, 1, 1, 2]))
    >>> read_header(iter(rows), (), merged).columns
    ('Товар', 'Цена опт', 'Цена розница')
    """
    first = list(islice(rows, HIGHEST))
    index = find_header(first, wanted)
    below = first[index or 0 :]
    width = min(max((len(row.values) for row in below), default=0), _WIDEST)
    rest = chain(below, rows)
    if index is None:
        return Header(header_names([""] * width), rest)
    bottom = min(merged.bottom(below[0].number), below[0].number + _TALLEST)
    lines = list(islice(rest, sum(row.number <= bottom for row in below)))
    columns = header_names(_joined(lines, width, merged))
    return Header(columns, rest, lines[0].number, lines[0].values)


def padded(values: list[object], width: int) -> list[object]:
    """Give a row as many values as there are columns.

    >>> padded(["Чай"], 2)
    ['Чай', None]
    """
    return values[:width] + [None] * (width - len(values))


def _joined(lines: Sequence[SheetRow], width: int, merged: MergedCells) -> list[str]:
    texts = [padded(row.values, width) for row in lines]
    if len(lines) > 1:
        texts = [merged.fill(row.number, text) for row, text in zip(lines, texts, strict=True)]
    return [
        " ".join(dict.fromkeys(str(text).strip() for text in column if text is not None))
        for column in zip(*texts, strict=True)
    ]
