"""A sheet -> a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from functools import partial
from itertools import chain, islice

from textcat.catalogue.columns import find_columns, find_name_column, header_names
from textcat.catalogue.spreadsheets.header import Header, padded, read_header
from textcat.catalogue.spreadsheets.merged import MergedCells
from textcat.catalogue.spreadsheets.sheet import Sheet, SheetRow
from textcat.catalogue.spreadsheets.shelves import SAMPLE, Shelves, find_shelves
from textcat.catalogue.table import Options, Row, Table
from textcat.errors import CatalogueError

_CATEGORY = "category"  # the column that titles make
_REPEATED_HEADER = "repeated header rows"
_BEYOND = "rows with cells beyond the columns"
_Placed = tuple[SheetRow, tuple[object, ...]]  # a row, and what stands in added columns


def read_sheet(sheet: Sheet, options: Options, place: str, opened: ExitStack) -> Table:
    """Make a table of a sheet.

    Parameters
    ----------
    sheet : Sheet
    options : Options
    place : str
        What an error calls the workbook.
    opened : ExitStack
        What closes the workbook: when the last row has been read, or if this fails.
    """
    merged = MergedCells(sheet.merged())
    header = read_header(sheet.rows(), options.wanted, merged)
    sample = list(islice(header.rows, SAMPLE))
    name = _name_column_without_categories(header, options)
    shelves = None if name is None else find_shelves(sample, name, sheet)
    rows = _without_headers(sheet, header, chain(sample, header.rows))
    added = (_CATEGORY,) if shelves else ()
    return Table(
        place=f"{place}, sheet {sheet.name!r}",
        columns=header_names([*header.columns, *added]),
        rows=partial(
            _rows, sheet, len(header.columns), merged, _placed(shelves, rows), opened.pop_all()
        ),
        has_header=header.row > 0,
        facts=_facts(sheet, header, shelves),
        left_out=sheet.left_out,
    )


def _facts(sheet: Sheet, header: Header, shelves: Shelves | None) -> dict[str, str]:
    facts = {"sheet": repr(sheet.name), "header row": str(header.row or "none")}
    if shelves:
        facts["category titles"] = f"rows of their own, their levels by {shelves.rule}"
    return facts


def _name_column_without_categories(header: Header, options: Options) -> int | None:
    """Find the column of names if there is none of categories, and so titles may be rows."""
    name, category = (*options.wanted, None, None)[:2]
    if not header.row or options.names_only or category is not None:
        return None
    table = Table("", header.columns, lambda _: iter(()))
    try:
        found = find_name_column(table, name)
    except CatalogueError:
        return None
    try:
        find_columns(table, name)
    except CatalogueError:
        return found
    return None


def _without_headers(sheet: Sheet, header: Header, rows: Iterator[SheetRow]) -> Iterator[SheetRow]:
    """Leave out the header where it stands again, as at the top of every printed page."""
    for row in rows:
        if row.values == header.values:
            sheet.leave_out(_REPEATED_HEADER, row.number, header.columns[0], "the header again")
        else:
            yield row


def _placed(shelves: Shelves | None, rows: Iterator[SheetRow]) -> Iterator[_Placed]:
    if shelves is None:
        return ((row, ()) for row in rows)
    return ((row, (path or None,)) for row, path in shelves.products(rows))


def _rows(
    sheet: Sheet,
    width: int,
    merged: MergedCells,
    rows: Iterator[_Placed],
    opened: ExitStack,
    columns: Sequence[int],
) -> Iterator[Row]:
    with opened:
        for row, added in rows:
            if len(row.values) > width:
                value = next(value for value in reversed(row.values) if value is not None)
                sheet.leave_out(_BEYOND, row.number, str(value), f"read up to column {width}")
            values = (*merged.fill(row.number, padded(row.values, width)), *added)
            yield Row(row.number, tuple([values[column] for column in columns]))
