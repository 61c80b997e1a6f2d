"""Lines of CSV, TSV or TXT -> a table: which delimiter, which quotes, is there a header.

Product names are full of commas and inch marks («Гвозди 3" 5кг, цинк»), so a delimiter is judged by
the header it gives and by how evenly it cuts a sample, and a quote counts only where it encloses a
whole field. What the columns mean is not known here.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import islice

from textcat.catalogue.columns import header_names, is_column_name
from textcat.catalogue.dialect import Dialect, find_dialect
from textcat.catalogue.table import Row, Table
from textcat.errors import CatalogueError

_SAMPLE = 200  # lines that the dialect is found out from
_LONGEST_RECORD = 20  # lines of one quoted field; beyond that, the quote is a stray one
_DECLARATION = re.compile(r'"?sep=(.)"?', re.IGNORECASE)  # the first line of some of Excel's files


def read_delimited(
    lines: Iterable[str],
    *,
    place: str = "the lines",
    wanted: Sequence[str | int | None] = (),
    delimiter: str | None = None,
    kind: str = ".csv",
) -> Table:
    """Make a table of lines.

    Parameters
    ----------
    lines : iterable of str
        Without line ends.
    place : str
        What an error calls them.
    wanted : sequence of str or int
        Columns that the caller will ask for; their names tell a header from data.
    delimiter : str, optional
        Found out if not given.
    kind : str
        The file's suffix: without a header, a comma separates fields in a `.csv` only.

    Examples
    --------
    >>> table = read_delimited(["Наименование;Группа", "Кефир 2,5%;Молоко", "Чай"])
    >>> table.columns, table.facts
    (('Наименование', 'Группа'), {'delimiter': ';'})
    >>> list(table.rows([0, 1]))
    [Row(number=2, values=('Кефир 2,5%', 'Молоко'), missing=0, surplus=()), \
Row(number=3, values=('Чай', None), missing=1, surplus=())]
    """
    cursor = _Cursor(lines)
    declared = _declared_delimiter(cursor)
    delimiter = declared if delimiter is None else delimiter
    is_header_field = partial(is_column_name, wanted=wanted)
    dialect = find_dialect(cursor.ahead(_SAMPLE), is_header_field, delimiter=delimiter, kind=kind)
    first = _first_fields(cursor, dialect, place)
    has_header = any(map(is_header_field, first))
    if has_header:
        next(cursor)
    joined: list[int] = []
    return Table(
        place=place,
        columns=header_names(first) if has_header else tuple(first),
        rows=partial(_rows, cursor, dialect, len(first), joined),
        has_header=has_header,
        unit="line",
        facts={"delimiter": _DELIMITER_NAMES.get(dialect.delimiter, str(dialect.delimiter))},
        joined=joined,
    )


_DELIMITER_NAMES = {"\t": "tab", None: "none, a name a line"}


class _Cursor:
    """Lines with their numbers, and a look at those to come."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = iter(lines)
        self._coming: deque[str] = deque()
        self.number = 0  # of the line that was taken last

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._coming.popleft() if self._coming else next(self._lines)
        self.number += 1
        return line

    def ahead(self, count: int) -> list[str]:
        """Look at the next `count` lines, or as many as there are."""
        self._coming.extend(islice(self._lines, max(0, count - len(self._coming))))
        return list(islice(self._coming, count))


def _declared_delimiter(cursor: _Cursor) -> str | None:
    declared = _DECLARATION.fullmatch((cursor.ahead(1) or [""])[0])
    if declared:
        next(cursor)
    return declared[1] if declared else None


def _first_fields(cursor: _Cursor, dialect: Dialect, place: str) -> list[str]:
    """Skip the blank lines above a table and cut its first row."""
    while line := cursor.ahead(1):
        if line[0].strip():
            return dialect.split(line[0])
        next(cursor)
    raise CatalogueError(f"{place} is empty; there is nothing to read.")


def _rows(
    cursor: _Cursor, dialect: Dialect, width: int, joined: list[int], columns: Sequence[int]
) -> Iterator[Row]:
    for line in cursor:
        number = cursor.number
        fields = dialect.split(line)
        if '"' in line:
            fields = _with_quotes_mended(cursor, dialect, line, fields, width)
            joined += [number] * (cursor.number > number)
        if len(fields) == width:
            yield Row(number, tuple([fields[column] for column in columns]))
        else:
            yield _uneven_row(number, fields, width, columns)


def _uneven_row(number: int, fields: list[str], width: int, columns: Sequence[int]) -> Row:
    """Make a row of too few or too many fields; empty ones at the end are not too many."""
    surplus = fields[width:] if any(map(str.strip, fields[width:])) else []
    return Row(
        number,
        tuple([fields[column] if column < len(fields) else None for column in columns]),
        missing=max(0, width - len(fields)),
        surplus=tuple(surplus),
    )


def _with_quotes_mended(
    cursor: _Cursor, dialect: Dialect, line: str, fields: list[str], width: int
) -> list[str]:
    """Cut a line with quotes the way that gives the right number of fields, if any way does.

    A quoted field may go on in the next lines, and a stray quote may seem to begin one.
    """
    if dialect.delimiter is None and not dialect.quoted:
        return fields
    if dialect.quoted or len(fields) != width:
        longer = _continued(cursor, dialect, line, width)
        if longer:
            return longer
    if len(fields) != width:
        other = dialect.with_quotes(not dialect.quoted).split(line)
        return other if len(other) == width else fields
    return fields


def _continued(cursor: _Cursor, dialect: Dialect, line: str, width: int) -> list[str] | None:
    """Cut a record whose quoted field goes on below, and move past it; None if it does not."""
    quoted = dialect.with_quotes(True)
    opens = line.count('"') % 2 and any(field.startswith('"') for field in quoted.split(line))
    for count, below in enumerate(cursor.ahead(_LONGEST_RECORD) if opens else [], 1):
        line = f"{line}\n{below}"
        if '"' in below and line.count('"') % 2 == 0 and len(quoted.split(line)) == width:
            for _ in range(count):
                next(cursor)
            return quoted.split(line)
    return None
