"""Trees of categories from files and tables, for `CategoryTree.read`.

What is read is a path a row, a level a column, or rows with an id, the parent's id and a title.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textcat.catalogue.columns import find_category_columns
from textcat.catalogue.headings import (
    CATEGORY_COLUMNS,
    CATEGORY_ID_COLUMNS,
    NAME_COLUMNS,
    plain,
)
from textcat.catalogue.paths import find_separator, is_no_category, split_path
from textcat.catalogue.placing import TitlePath, as_written
from textcat.catalogue.readers import open_table
from textcat.catalogue.table import Options, Row, Table
from textcat.errors import CatalogueError, TreeError
from textcat.tree import PATH_SEPARATOR, CategoryTree
from textcat.values import as_text

IDS = (*CATEGORY_ID_COLUMNS, "id", "ид", "код", "code", "guid")
PARENTS = (
    *("parent id", "parentid", "parent", "parent category id", "parent category", "parent code"),
    *("ид родителя", "id родителя", "код родителя", "родитель", "родительская категория"),
)
TITLES = (*NAME_COLUMNS, *CATEGORY_COLUMNS)
_TOP = frozenset({"0", "-1"})  # the parent that databases give to the top level


def read_tree(
    source: object,
    *,
    separator: str | None = None,
    delimiter: str | None = None,
    encoding: str | None = None,
) -> CategoryTree:
    """Read a tree of categories.

    Parameters
    ----------
    source : path, stream, data frame, mapping of columns, iterable of paths or of mappings
        With a path a row, a level a column, or an id, the id of the parent and a title, in columns
        with their usual names («id», «parent_id», «title»; «ид», «родитель», «наименование»). Ids
        may stand beside paths, too. Of a feed it is the tree that it brings along.
    separator : str, optional
        Between the titles of a path. Found out among the usual ones.
    delimiter, encoding : str, optional
        Of a text file. Found out.

    Raises
    ------
    CatalogueError
        If the source cannot be read, or it is not clear which column holds what.
    TreeError
        If what it holds is not a tree.

    Examples
    --------
    >>> print(read_tree(["Еда / Чай", "Еда / Сыр"]))
    Еда
      Чай
      Сыр
    >>> read_tree({"ид": [1, 2], "родитель": [None, 1], "наименование": ["Еда", "Чай"]}).ids
    ('1', '2')
    """
    if isinstance(source, CategoryTree):
        return source
    table = open_table(source, Options((), delimiter, encoding, names_only=True))
    if table.tree is not None:
        return table.tree
    try:
        return _tree_of(table, separator)
    except TreeError as error:
        raise TreeError(f"{table.place}: {error}") from error


def _tree_of(table: Table, separator: str | None) -> CategoryTree:
    id_, parent, title = (_column(table, known) for known in (IDS, PARENTS, TITLES))
    if parent is not None:
        if id_ is None or title is None:
            raise _unclear(table)
        return _tree_of_nodes(_rows(table, (id_, parent, title)))
    if not table.has_header and len(table.columns) > 1:
        rows = _rows(table, range(len(table.columns)))
        is_parent_child = _are_nodes(rows)
        return _tree_of_nodes(rows) if is_parent_child else _tree_of_paths(rows, separator)
    paths = _path_columns(table)
    if id_ is None:
        return _tree_of_paths(_rows(table, paths), separator)
    rows = _rows(table, (*paths, id_))
    ids = [as_text(row.values[-1]) for row in rows]
    rows = [row._replace(values=row.values[:-1]) for row in rows]
    return _tree_of_paths(rows, separator, ids)


def _path_columns(table: Table) -> tuple[int, ...]:
    try:
        return find_category_columns(table)
    except CatalogueError as error:
        title = 0 if len(table.columns) == 1 else _column(table, NAME_COLUMNS)
        if title is None:
            raise _unclear(table) from error
        return (title,)


def _column(table: Table, known: Sequence[str]) -> int | None:
    """The column with the most telling of the titles that are known."""
    titles = [plain(column) for column in table.columns] if table.has_header else []
    return next((titles.index(title) for title in known if title in titles), None)


def _rows(table: Table, columns: Sequence[int]) -> list[Row]:
    """All rows but empty ones; what does not fit into the columns would be lost."""
    rows = []
    for row in table.rows(columns):
        if row.surplus:
            raise CatalogueError(
                f"{table.place}, {table.unit} {row.number} has {len(row.surplus)} fields too many: "
                f"{row.surplus!r:.80}. Put the fields into quotes, or pass another delimiter"
            )
        if any(value not in (None, "") for value in row.values):
            rows.append(row)
    return rows


def _are_nodes(rows: Sequence[Row]) -> bool:
    """Tell ids, ids of parents and titles without a header from a path's levels."""
    cells = [[as_text(value) or "" for value in row.values] for row in rows]
    ids = {each[0] for each in cells}
    is_tree = len(ids) == len(rows) and len(cells[0]) == 3
    return is_tree and all(each[1] in ids or _is_top(each[1]) for each in cells)


def _is_top(parent: str) -> bool:
    return parent in _TOP or is_no_category(parent)


def _tree_of_nodes(rows: Sequence[Row]) -> CategoryTree:
    cells = [tuple([as_text(value) or "" for value in row.values]) for row in rows]
    ids = {id_ for id_, _, _ in cells}
    return CategoryTree.from_rows(
        (id_, None if _is_top(parent) and parent not in ids else parent, " ".join(title.split()))
        for id_, parent, title in cells
    )


def _tree_of_paths(
    rows: Sequence[Row], separator: str | None, ids: Sequence[str | None] = ()
) -> CategoryTree:
    written = [as_written(row.values) or "" for row in rows]
    separator = separator or find_separator({each for each in written if isinstance(each, str)})
    paths = []
    for row, category in zip(rows, written, strict=True):
        try:
            paths.append(split_path(category, separator))
        except ValueError as error:
            raise TreeError(f"row {row.number}: a title in {category!r:.80} is empty") from error
    id_of = dict(zip(paths, ids, strict=False))
    tell_apart = len(set(id_of.values())) == len(id_of) == len(set(zip(paths, ids, strict=False)))
    return _with_ids(id_of) if id_of and tell_apart else CategoryTree.from_paths(paths)


def _with_ids(id_of: Mapping[TitlePath, str | None]) -> CategoryTree:
    """Make a tree of paths with ids; a path that only others go through is its own id."""
    paths = dict.fromkeys(path[:stop] for path in id_of for stop in range(1, len(path) + 1))
    ids = {path: id_of.get(path) or PATH_SEPARATOR.join(path) for path in paths}
    return CategoryTree.from_rows((ids[path], ids.get(path[:-1]), path[-1]) for path in paths)


def _unclear(table: Table) -> CatalogueError:
    listed = ", ".join(map(repr, table.columns[:30]))
    return CatalogueError(
        f"{table.place}: it is not clear which columns hold the tree of categories, of {listed}. "
        "Call them id, parent_id and title, or path."
    )
