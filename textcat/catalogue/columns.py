"""A table of rows, whatever it was read from, and which of its columns hold what.

A column is given by name or 0-based index, or found by the names that people give it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from textcat.errors import CatalogueError

# The earlier, the more telling: a table may have several of them.
NAME_COLUMNS = (
    *("name", "product name", "item name", "title", "product title", "product", "item"),
    *("наименование", "наименование товара", "название", "название товара", "имя товара"),
    *("номенклатура", "наименование номенклатуры", "полное наименование", "рабочее наименование"),
    *("товар", "продукт", "позиция", "наименование позиции", "наименование продукции"),
)
CATEGORY_COLUMNS = (
    *("path", "category path", "categories path", "full category", "category", "category name"),
    *("путь", "путь категории", "полный путь", "категория", "категория товара", "категории"),
    *("группа", "группа товаров", "группа товара", "товарная группа", "номенклатурная группа"),
    *("раздел", "раздел каталога", "рубрика", "вид товара", "вид номенклатуры", "тип товара"),
    *("product type", "product category", "google product category", "categories", "label"),
)


class Row(NamedTuple):
    """One row of a table."""

    number: int  # of the line in a file, or of the row elsewhere; the first is 1
    values: tuple[object, ...]  # of the columns that were asked for; None where there is no field
    missing: int = 0  # fields that the row has too few
    surplus: tuple[object, ...] = ()  # fields that the row has too many


@dataclass(frozen=True)
class Table:
    """Rows with named columns, read once, one by one."""

    place: str  # what an error calls it
    columns: tuple[str, ...]
    rows: Callable[[Sequence[int]], Iterator[Row]]  # the columns asked for -> rows
    has_header: bool = True
    unit: str = "row"  # what a row's number counts: rows, or lines of a file
    facts: dict[str, str] = field(default_factory=dict)  # how it was read, for the report
    joined: list[int] = field(default_factory=list)  # lines where a quoted field goes on below


def is_column_name(text: str, wanted: Sequence[str | int | None] = ()) -> bool:
    """Tell whether a field of a first row is a column's name and not data.

    Examples
    --------
    >>> is_column_name("Наименование "), is_column_name("Чай"), is_column_name("Чай", ["чай", None])
    (True, False, True)
    """
    plain = _plain(text)
    return plain in _KNOWN or any(isinstance(w, str) and _plain(w) == plain for w in wanted)


def header_names(fields: Sequence[object]) -> tuple[str, ...]:
    """Give every column a name of its own.

    Examples
    --------
    >>> header_names(["name", "", "name"])
    ('name', 'column 2', 'name (2)')
    """
    names: list[str] = []
    for number, value in enumerate(fields, 1):
        name = str(value).strip() or f"column {number}"
        repeats = sum(other == name or other.startswith(f"{name} (") for other in names)
        names.append(f"{name} ({repeats + 1})" if repeats else name)
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
    table: Table, name: str | int | None = None, category: str | int | None = None
) -> tuple[int, int]:
    """Find the columns with names and with categories.

    In a table of two columns without a header, the name comes first.
    """
    first, second = (0, 1) if len(table.columns) == 2 else (None, None)
    if first is not None and not table.has_header:  # one of the two is given: the other is left
        first = 1 if category == 0 and name is None else first
        second = 0 if name == 1 and category is None else second
    name_column = _find(table, "name", name, NAME_COLUMNS, first)
    category_column = _find(table, "category", category, CATEGORY_COLUMNS, second)
    if name_column == category_column:
        raise CatalogueError(
            f"{table.place}: column {table.columns[name_column]!r} cannot be both the name and the "
            f"category; {_offer(table)}"
        )
    return name_column, category_column


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
    plain = [_plain(column) for column in table.columns] if table.has_header else []
    for candidate in known if wanted is None else [wanted]:
        if _plain(candidate) in plain:
            return plain.index(_plain(candidate))
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


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold().replace("ё", "е")
    return re.sub(r"[\s_.:\-]+", " ", folded).strip()


_KNOWN = frozenset(map(_plain, NAME_COLUMNS + CATEGORY_COLUMNS))
