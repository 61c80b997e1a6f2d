"""Rows to learn from: names with their categories, whatever they are kept in.

What is read goes through these files, each of which does one step::

    readers     whatever holds a table -> table
    kinds       which file is read by which reader: a new one is entered here
    files       file or stream -> bytes, decompressed (by zstandard_files, among others)
    text        bytes -> lines: encoding
    dialect     which delimiter, which quotes
    delimited   lines -> table
    json_stream JSON of any length -> values
    json_rows   JSON, JSON lines -> table
    columnar    Parquet, Arrow -> table
    sql         query -> table
    in_memory   data frame, columns, pairs, mappings -> table
    table       what all of these make
    headings    what people call columns, and which are levels of a path
    columns     which column holds the names, which the categories
    paths       category as written -> titles
    placing     category as written -> its place in the tree
    rows        table -> names and paths: what is kept, what is dropped
    kept        what is worth a look in the rows that are kept
    labelled    names and paths, row by row
    cross_listing  rows -> further categories that are right for them
    tree_files  file or table -> tree of categories
    report      what was dropped, and what looks wrong
    display     the report and the tree of a catalogue in a notebook
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from textcat.catalogue.columns import find_columns, find_name_column
from textcat.catalogue.labelled import Catalogue
from textcat.catalogue.readers import open_table
from textcat.catalogue.report import FEW, CatalogueReport, Finding
from textcat.catalogue.rows import sort_rows
from textcat.catalogue.table import Options, Table
from textcat.catalogue.tree_files import read_tree
from textcat.errors import CatalogueError

__all__ = [
    "Catalogue",
    "CatalogueReport",
    "NameRows",
    "iterate_table",
    "read_catalogue",
    "read_names",
]


def read_catalogue(
    source: object,
    *,
    name: str | int | None = None,
    category: str | int | Sequence[str | int] | None = None,
    separator: str | None = None,
    tree: object = None,
    cross_listed: bool = False,
    few: int = FEW,
    delimiter: str | None = None,
    encoding: str | None = None,
    query: str | None = None,
) -> Catalogue:
    """Read names and categories; whatever is dropped is counted in the report.

    A row is dropped if its name is empty or has no letters, if it has no category, or if it has
    more fields than there are columns. Rows that repeat or contradict others are kept and counted:
    which of them is right is not known here.

    Parameters
    ----------
    source : path, stream, database, data frame, columns, iterable of pairs or of mappings
        A file of a kind in `kinds`, also compressed by gzip, xz, bzip2 or Zstandard; a frame of
        pandas, polars or Arrow. Pairs are (name, category), and a category is one string or a
        sequence of titles; so are JSON's arrays of two.
    name, category : str or int, optional
        Columns, by name or 0-based index. Found by the usual names, Russian or English; if none of
        these is in the first row, there is no header, and of two columns the first has the names.
        Several columns hold a level of the path each, such as ``category=["Группа", "Подгруппа"]``.
    separator : str, optional
        What stands between the titles of a path. Found out among the usual ones.
    tree : CategoryTree, or what `CategoryTree.read` takes, optional
        The whole tree. Categories are ids or paths in it, and rows with others are dropped. A feed
        brings its own along.
    cross_listed : bool
        Names that stand in several categories belong to each of them: all are right in training
        and evaluation. Otherwise such rows contradict each other. A row that has several
        categories itself, as offers of a feed may, always belongs to each.
    few : int
        With fewer rows, a category is noted in the report.
    delimiter, encoding : str, optional
        Of a text file. Found out among tab, «;», «,», «|», and UTF-8, UTF-16, cp1251.
    query : str, optional
        SQL, if the source is a connection to a database: of any DB-API 2 driver or SQLAlchemy, or
        its Engine. A cursor that has executed a query, or SQLAlchemy's Result, is a source as is.

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
      kept, categories with fewer than 5 rows: 2 (row 1: 'Еда > Молоко', the only row)
    """
    if isinstance(source, Catalogue):
        return source
    table = open_table(
        source, Options((name, *_listed(category)), delimiter, encoding, query=query)
    )
    tree = None if tree is None else read_tree(tree)
    columns = find_columns(table, name, category, has_tree=tree is not None)
    kept, report = sort_rows(table, columns, separator, tree, few)
    if not kept.names:
        raise CatalogueError(
            f"there is no row to learn from.\n{report}\nIf other columns hold the names and the "
            "categories, pass name=… and category=…"
        )
    nodes = None if kept.tree is None else kept.nodes
    return Catalogue(kept.names, kept.paths, kept.numbers, report, kept.tree, nodes, cross_listed)


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
    query: str | None = None,
) -> NameRows:
    """Read names to predict, streaming.

    Parameters
    ----------
    source : path, stream, data frame, mapping of columns, Catalogue, iterable of names or mappings
        A file may hold nothing but a name a line. A string is a path.
    name, delimiter, encoding, query : optional
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
    options = Options((name,), delimiter, encoding, names_only=True, query=query)
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
    query: str | None = None,
) -> Iterator[tuple[int, dict[str, object]]]:
    """Read the rows of any table, streaming, as (number of the row, column -> value).

    A field that a row has too few is None; those that it has too many are a list under `""`.

    Parameters
    ----------
    source : path, stream, data frame, mapping of columns, iterable of mappings
    wanted : iterable of str
        Names of columns, where they are not among the usual ones: they tell a header from data.
    delimiter, encoding, query : optional
        As for `read_catalogue`.

    Examples
    --------
    >>> list(iterate_table([{"name": "Чай", "price": 99}]))
    [(1, {'name': 'Чай', 'price': 99})]
    """
    table = open_table(source, Options(tuple(wanted), delimiter, encoding, query=query))
    for row in table.rows(range(len(table.columns))):
        values = dict(zip(table.columns, row.values, strict=True))
        yield row.number, values | ({"": list(row.surplus)} if row.surplus else {})


def _numbered(table: Table, column: int, uneven: Finding) -> Iterator[tuple[int, object]]:
    for row in table.rows([column]):
        if row.missing or row.surplus:
            reason = "too few fields" if row.missing else "too many fields"
            uneven.add(row.number, row.values[0], reason)
        yield row.number, row.values[0]


def _listed(category: str | int | Sequence[str | int] | None) -> Sequence[str | int | None]:
    return [category] if category is None or isinstance(category, str | int) else category
