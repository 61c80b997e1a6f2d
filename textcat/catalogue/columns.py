"""Which columns of a table hold what.

A column is given by name or 0-based index, or found by the names that people give it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from textcat.catalogue.headings import (
    CATEGORY_COLUMNS,
    CATEGORY_ID_COLUMNS,
    NAME_COLUMNS,
    PATH_COLUMNS,
    level_columns,
    plain,
)
from textcat.catalogue.table import Table
from textcat.errors import CatalogueError

CATEGORY_IN_FEED = "category"
"""The column of categories in a table that brings their tree along: it holds ids."""


def is_column_name(text: str, wanted: Sequence[str | int | None] = ()) -> bool:
    """Tell whether a field of a first row is a column's name and not data.

    Examples
    --------
    >>> is_column_name("Наименование "), is_column_name("Чай"), is_column_name("Чай", ["чай", None])
    (True, False, True)
    """
    title = plain(text)
    return title in _KNOWN or any(isinstance(w, str) and plain(w) == title for w in wanted)


def header_names(fields: Sequence[object]) -> tuple[str, ...]:
    """Give every column a name of its own.

    Examples
    --------
    >>> header_names(["name", "", "name"])
    ('name', 'column 2', 'name (2)')
    """
    names: dict[str, None] = {}
    repeats: Counter[str] = Counter()
    for number, value in enumerate(fields, 1):
        title = name = str(value).strip() or f"column {number}"
        while name in names:
            repeats[title] += 1
            name = f"{title} ({repeats[title] + 1})"
        names[name] = None
    return tuple(names)


def find_name_column(table: Table, wanted: str | int | None = None) -> int:
    """Find the column with products' names.

    Raises
    ------
    CatalogueError
        If there is none; the message lists the columns there are.
    """
    position = 0 if len(table.columns) <= 2 else None
    return _find(table, "name", wanted, NAME_COLUMNS, position)


def find_columns(
    table: Table,
    name: str | int | None = None,
    category: str | int | Sequence[str | int] | None = None,
    *,
    has_tree: bool = False,
) -> tuple[int, ...]:
    """Find the column with names, and after it that with categories, or those with their levels.

    In a table of two columns without a header, the name comes first. With a tree, a column of
    categories' ids tells more than any other.

    Examples
    --------
    >>> from textcat.catalogue.in_memory import read_columns
    >>> find_columns(read_columns({"Группа": [], "Подгруппа": [], "Товар": []}))
    (2, 0, 1)
    """
    if table.tree is not None and category is None:
        category = CATEGORY_IN_FEED
    first, second = (0, 1) if len(table.columns) == 2 else (None, None)
    if first is not None and not table.has_header:  # one of the two is given: the other is left
        first = 1 if category == 0 and name is None else first
        second = 0 if name == 1 and category is None else second
    name_column = _find(table, "name", name, NAME_COLUMNS, first)
    category_columns = _find_categories(table, category, second, has_tree)
    if name_column in category_columns:
        raise CatalogueError(
            f"{table.place}: column {table.columns[name_column]!r} cannot be both the name and the "
            f"category; {_offer(table)}"
        )
    return name_column, *category_columns


def find_category_columns(table: Table) -> tuple[int, ...]:
    """Find the column with paths, or those with their levels."""
    return _find_categories(table, None, 0 if len(table.columns) == 1 else None, False)


def _find_categories(
    table: Table,
    wanted: str | int | Sequence[str | int] | None,
    position: int | None,
    has_tree: bool,
) -> tuple[int, ...]:
    if isinstance(wanted, Sequence) and not isinstance(wanted, str):
        if not wanted:
            raise CatalogueError(f"category=… names no column of {table.place}; {_offer(table)}")
        return tuple(_find(table, "category", each, (), None) for each in wanted)
    telling = CATEGORY_ID_COLUMNS * has_tree + PATH_COLUMNS
    if wanted is None and table.has_header:
        has_telling = not set(telling).isdisjoint(map(plain, table.columns))
        levels = () if has_telling else level_columns(table.columns)
        if levels:
            return levels
    return (_find(table, "category", wanted, telling + CATEGORY_COLUMNS, position),)


def _find(
    table: Table,
    role: str,
    wanted: str | int | None,
    known: Sequence[str],
    position: int | None,
) -> int:
    """Find a column: the one that is wanted, else the one that is known, else by position."""
    if isinstance(wanted, int):
        if 0 <= wanted < len(table.columns):
            return wanted
        raise CatalogueError(f"{table.place} has no column {wanted} for {role}; {_offer(table)}")
    titles = [plain(column) for column in table.columns] if table.has_header else []
    for candidate in known if wanted is None else [wanted]:
        if plain(candidate) in titles:
            return titles.index(plain(candidate))
    if wanted is None and not table.has_header and position is not None:
        return position
    missing = f"column {wanted!r}" if wanted is not None else f"column that is known as a {role}"
    raise CatalogueError(
        f"{table.place} has no {missing}; {_offer(table)} "
        f"Pass {role}=… (a column's name or 0-based index)."
    )


def _offer(table: Table) -> str:
    listed = ", ".join(repr(column) for column in table.columns[:30])
    if table.has_header:
        return f"its columns: {listed}."
    return f"it has no header and {len(table.columns)} columns: {listed}."


_KNOWN = frozenset(map(plain, NAME_COLUMNS + PATH_COLUMNS + CATEGORY_COLUMNS + CATEGORY_ID_COLUMNS))
