"""Rows to learn from: names with their categories, whatever they are kept in.

What is read goes through these files, each of which does one step::

    readers     file, stream, data frame, pairs -> table: a new reader is entered here
    text        bytes -> lines: compression, encoding
    dialect     which delimiter, which quotes
    delimited   lines -> table
    columns     which column holds the names, which the categories
    paths       category as written -> titles
    rows        table -> names and paths: what is kept, what is dropped
    report      what was dropped, and what looks wrong
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from textcat.catalogue.columns import Table, find_columns, find_name_column
from textcat.catalogue.readers import Options, open_table
from textcat.catalogue.report import CatalogueReport, Finding
from textcat.catalogue.rows import sort_rows
from textcat.errors import CatalogueError

__all__ = [
    "Catalogue",
    "CatalogueReport",
    "NameRows",
    "iterate_table",
    "read_catalogue",
    "read_names",
]


@dataclass(frozen=True)
class Catalogue:
    """Names and their categories, row by row."""

    names: list[str]  # as they were written, but for spaces around them
    paths: list[tuple[str, ...]]  # titles from the root's child down; equal paths are one object
    rows: list[int]  # the number of each row, or of its line, where it was read from
    report: CatalogueReport

    def __len__(self) -> int:
        return len(self.names)


def read_catalogue(
    source: object,
    *,
    name: str | int | None = None,
    category: str | int | None = None,
    separator: str | None = None,
    delimiter: str | None = None,
    encoding: str | None = None,
) -> Catalogue:
    """Read names and categories; whatever is dropped is counted in the report.

    A row is dropped if its name is empty or has no letters, if it has no category, or if it has
    more fields than there are columns. Rows that repeat or contradict others are kept and counted:
    which of them is right is not known here.

    Parameters
    ----------
    source : path, stream, data frame, mapping of columns, iterable of pairs or of mappings
        CSV, TSV or TXT, also compressed by gzip, xz or bzip2; pairs are (name, category), and a
        category is one string or a sequence of titles.
    name, category : str or int, optional
        Columns, by name or 0-based index. Found by the usual names, Russian or English; if none of
        these is in the first row, there is no header, and of two columns the first has the names.
    separator : str, optional
        What stands between the titles of a path. Found out among the usual ones.
    delimiter, encoding : str, optional
        Of a text file. Found out among tab, «;», «,», «|», and UTF-8, UTF-16, cp1251.

    Raises
    ------
    CatalogueError
        If the source cannot be read, has no such column, or has no row to learn from.

    Examples
    --------
    >>> catalogue = read_catalogue([("Кефир 1%", "Еда > Молоко"), ("", "Еда"), ("Чай", "Еда")])
    >>> catalogue.names, catalogue.paths
    (['Кефир 1%', 'Чай'], [('Еда', 'Молоко'), ('Еда',)])
    >>> print(catalogue.report)
    the rows: 3 rows read, 2 kept, 1 dropped
      categories: 2, depth: 2
      name column: 'name', category column: 'category', path separator: ' > '
      dropped, rows without a name: 1 (row 2: '', the name is empty)
      kept, categories with one row: 2 (row 1: 'Еда > Молоко', the only row)
    """
    if isinstance(source, Catalogue):
        return source
    table = open_table(source, Options((name, category), delimiter, encoding))
    kept, report = sort_rows(table, find_columns(table, name, category), separator)
    if not kept.names:
        raise CatalogueError(
            f"there is no row to learn from.\n{report}\nIf other columns hold the names and the "
            "categories, pass name=… and category=…"
        )
    return Catalogue(kept.names, kept.paths, kept.numbers, report)


@dataclass
class NameRows:
    """Names to predict, read one by one as (number of the row, value); nothing is left out.

    What is no name comes as it is, an empty cell as None: an answer is due to every row.
    """

    numbered: Iterator[tuple[int, object]]
    place: str = "the names"
    unit: str = "row"  # what the numbers count: rows, or lines of a file
    uneven_rows: Finding = field(default_factory=Finding)  # too many or too few fields, so far

    def __iter__(self) -> Iterator[tuple[int, object]]:
        return self.numbered


def read_names(
    source: object,
    *,
    name: str | int | None = None,
    delimiter: str | None = None,
    encoding: str | None = None,
) -> NameRows:
    """Read names to predict, streaming.

    Parameters
    ----------
    source : path, stream, data frame, mapping of columns, Catalogue, iterable of names or mappings
        A file may hold nothing but a name a line. A string is a path.
    name, delimiter, encoding : optional
        As for `read_catalogue`.

    Examples
    --------
    >>> list(read_names(["Чай", None]))
    [(1, 'Чай'), (2, None)]
    >>> list(read_names({"Наименование": ["Чай"], "Цена": [99]}))
    [(1, 'Чай')]
    """
    if isinstance(source, Catalogue):
        return NameRows(zip(source.rows, source.names, strict=True), source.report.place)
    options = Options((name,), delimiter, encoding, names_only=True)
    table = open_table(source, options)
    names = NameRows(iter(()), table.place, table.unit)
    names.numbered = _numbered(table, find_name_column(table, name), names.uneven_rows)
    return names


def iterate_table(
    source: object,
    *,
    wanted: Iterable[str | int] = (),
    delimiter: str | None = None,
    encoding: str | None = None,
) -> Iterator[tuple[int, dict[str, object]]]:
    """Read the rows of any table, streaming, as (number of the row, column -> value).

    A field that a row has too few is None; those that it has too many are a list under `""`.

    Parameters
    ----------
    source : path, stream, data frame, mapping of columns, iterable of mappings
    wanted : iterable of str
        Names of columns, where they are not among the usual ones: they tell a header from data.
    delimiter, encoding : optional
        As for `read_catalogue`.

    Examples
    --------
    >>> list(iterate_table([{"name": "Чай", "price": 99}]))
    [(1, {'name': 'Чай', 'price': 99})]
    """
    table = open_table(source, Options(tuple(wanted), delimiter, encoding))
    for row in table.rows(range(len(table.columns))):
        values = dict(zip(table.columns, row.values, strict=True))
        yield row.number, values | ({"": list(row.surplus)} if row.surplus else {})


def _numbered(table: Table, column: int, uneven: Finding) -> Iterator[tuple[int, object]]:
    for row in table.rows([column]):
        if row.missing or row.surplus:
            reason = "too few fields" if row.missing else "too many fields"
            uneven.add(row.number, row.values[0], reason)
        yield row.number, row.values[0]
