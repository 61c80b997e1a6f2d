"""Price-lists in which the titles of categories stand as rows of their own, above their products.

A title is a row with one text and nothing else where products have a price, a unit, an article::

        A                B       C
    1   Наименование     Цена    Артикул
    2   Еда                               a title
    3   Чай                               another one, directly below: Еда > Чай
    4   Улун 100 г       390     10-11    a product of Еда > Чай
    5   Кофе                              after products: Еда > Кофе
    6   Одежда                            a run of two titles takes the place of the last two:
    7   Платья                            Одежда > Платья

How deep a title stands is told by the first of these rules that the sheet gives a hold for:

1. *Outline levels* («+» and «-» beside the rows, as 1С exports them). Then a row with a deeper one
   directly below is a title, even if it has sums in other columns; one with nothing but a text is
   a title only at level 0, and else a product of which nothing more is known. A title is closed by
   the next row that is not deeper, once something deeper has come.
2. *Looks*, if titles look differently. A title closes those that are more indented than it, or
   smaller, or not bold where it is, or look the same; what differs by color only is a level deeper
   if it stands directly below another title, and else takes the place of the last one.
3. *Order*, if all titles look alike: as in the example.

Where most titles stand out from the names of products, a lone name that looks like a product's is
a product of which nothing more is known.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from textcat.catalogue.spreadsheets.rules import RULES, Shelf, is_lower
from textcat.catalogue.spreadsheets.sheet import Look, Sheet, SheetRow
from textcat.values import has_letters

SAMPLE = 1000  # rows below the header that tell which rule holds
NO_PRODUCTS = "titles without products below"


@dataclass
class Shelves:
    """Tells titles from products, and keeps the path of titles that is open.

    Parameters
    ----------
    rule : str
        One of `RULES`.
    name_column : int
    sheet : Sheet
        Knows how cells look, and counts the titles without products.
    product_look : Look, optional
        Of products' names, where titles look differently.

    Examples
    --------
    >>> rows = [SheetRow(2, ["Еда"]), SheetRow(3, ["Чай"]), SheetRow(4, ["Улун 100 г", 390])]
    >>> shelves = Shelves("order", 0, Sheet("Лист1", rows=lambda: iter(rows)))
    >>> [(row.values, path) for row, path in shelves.products(iter(rows))]
    [(['Улун 100 г', 390], ('Еда', 'Чай'))]
    """

    rule: str
    name_column: int
    sheet: Sheet
    product_look: Look | None = None
    _path: list[Shelf] = field(default_factory=list)
    _run: int = 0  # titles since the last product

    def products(self, rows: Iterator[SheetRow]) -> Iterator[tuple[SheetRow, tuple[str, ...]]]:
        """Give the rows that are no titles, each with the titles above it."""
        for row, below in _with_next(rows):
            if self._is_title(row, below):
                self._open(row)
            else:
                yield row, self._path_of(row)
        self._keep([])

    def _is_title(self, row: SheetRow, below: SheetRow | None) -> bool:
        text = title_text(row, self.name_column)
        if self.rule == "outline levels":
            deeper = below is not None and below.level > row.level
            return text is not None and (deeper or (is_lone(row) and row.level == 0))
        if text is None or not is_lone(row):
            return False
        return self.product_look is None or look_of(row, self.sheet) != self.product_look

    def _open(self, row: SheetRow) -> None:
        self._run += 1
        title = title_text(row, self.name_column) or ""
        shelf = Shelf(title, row.number, row.level, look_of(row, self.sheet))
        self._keep(RULES[self.rule](self._path, shelf, self._run))
        self._note_depth(row)
        self._path.append(shelf)

    def _path_of(self, row: SheetRow) -> tuple[str, ...]:
        self._run = 0
        if self.rule == "outline levels":
            self._keep([shelf for shelf in self._path if shelf.holds(row.level)])
            self._note_depth(row)
        for shelf in self._path:
            shelf.has_products = True
        return tuple([shelf.title for shelf in self._path])

    def _note_depth(self, row: SheetRow) -> None:
        for shelf in self._path:
            shelf.has_deeper = shelf.has_deeper or shelf.level < row.level

    def _keep(self, kept: list[Shelf]) -> None:
        for shelf in self._path:
            if not shelf.has_products and not any(shelf is other for other in kept):
                self.sheet.leave_out(NO_PRODUCTS, shelf.row, shelf.title, "no row belongs to it")
        self._path = kept


def find_shelves(sample: Sequence[SheetRow], name_column: int, sheet: Sheet) -> Shelves | None:
    """Find by which rule titles stand among the first rows; None if there are no titles."""
    named = [row for row in sample if title_text(row, name_column)]
    products = [row for row in named if not is_lone(row)]
    if not products:
        return None  # a list of names and nothing else
    if any(below.level > row.level for row, below in pairwise(sample)):
        return Shelves("outline levels", name_column, sheet)
    looks = Counter(look_of(row, sheet) for row in named if is_lone(row))
    if not looks:
        return None
    plain = _look_of_products(products, name_column, sheet)
    others = set(looks) - {plain}
    if looks[plain] * 2 > looks.total() or any(is_lower(look, plain) for look in others):
        plain, others = None, set(looks)  # products' names look like some titles
    return Shelves("looks" if len(others) > 1 else "order", name_column, sheet, plain)


def is_lone(row: SheetRow) -> bool:
    """Tell whether a row has one value and nothing else."""
    return sum(value is not None for value in row.values) == 1


def title_text(row: SheetRow, name_column: int) -> str | None:
    """What a row would be called as a title: its name, else its first text.

    >>> title_text(SheetRow(2, ["10-11", None, "Чай", 390.0]), 0)
    'Чай'
    """
    named = row.values[name_column : name_column + 1]
    texts = (v.strip() for v in [*named, *row.values] if isinstance(v, str) and has_letters(v))
    return next(texts, None)


def look_of(row: SheetRow, sheet: Sheet) -> Look | None:
    """How the first value of a row looks."""
    first = next(column for column, value in enumerate(row.values) if value is not None)
    return sheet.look(row.looks[first]) if row.looks else None


def _look_of_products(rows: Sequence[SheetRow], name_column: int, sheet: Sheet) -> Look | None:
    """How most of the products' names look."""
    looks = Counter(
        sheet.look(row.looks[name_column])
        for row in rows
        if name_column < len(row.looks) and row.values[name_column] is not None
    )
    return looks.most_common(1)[0][0] if looks else None


def _with_next(rows: Iterator[SheetRow]) -> Iterator[tuple[SheetRow, SheetRow | None]]:
    row = next(rows, None)
    while row is not None:
        below = next(rows, None)
        yield row, below
        row = below
