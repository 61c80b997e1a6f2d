"""How deep the title of a category stands among those above it: by outline, by looks, by order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from textcat.catalogue.spreadsheets.sheet import Look

_PLAIN = Look(0, -11, True, "")


@dataclass
class Shelf:
    """A title that rows stand below."""

    title: str
    row: int
    level: int = 0  # of the outline
    look: Look | None = None
    has_deeper: bool = False  # rows, by the outline
    has_products: bool = False

    def holds(self, level: int) -> bool:
        """Tell whether a product of some outline level stands below this title."""
        return self.level < level or (self.level == level and not self.has_deeper)


def is_lower(look: Look | None, other: Look | None) -> bool:
    """Tell whether what looks so stands lower.

    >>> is_lower(Look(1, -11, True, ""), None), is_lower(Look(0, -14, False, ""), None)
    (True, False)
    """
    return (look or _PLAIN).rank > (other or _PLAIN).rank


def by_outline(path: list[Shelf], title: Shelf, _: int) -> list[Shelf]:
    """The titles that a title stands below, by the outline.

    >>> food, tea = Shelf("Еда", 2, level=0), Shelf("Чай", 3, level=1)
    >>> [shelf.title for shelf in by_outline([food, tea], Shelf("Кофе", 9, level=1), 1)]
    ['Еда']
    """
    return [shelf for shelf in path if shelf.level < title.level]


def by_looks(path: list[Shelf], title: Shelf, run: int) -> list[Shelf]:
    """The titles that a title stands below, by how they look.

    >>> large, small = Look(0, -14, False, ""), Look(0, -11, False, "")
    >>> food, tea = Shelf("Еда", 2, look=large), Shelf("Чай", 3, look=small)
    >>> [shelf.title for shelf in by_looks([food, tea], Shelf("Кофе", 9, look=small), 1)]
    ['Еда']
    """
    look = title.look or _PLAIN
    looks = [shelf.look or _PLAIN for shelf in path]
    if look in looks:
        return path[: looks.index(look)]
    ranks = [other.rank for other in looks if other.rank <= look.rank]
    if run == 1 and look.rank in ranks:
        ranks.pop()
    return path[: len(ranks)]


def by_order(path: list[Shelf], _: Shelf, run: int) -> list[Shelf]:
    """The titles that a title stands below, by how many titles stand in a row.

    >>> food, coffee, clothes = Shelf("Еда", 2), Shelf("Кофе", 5), Shelf("Одежда", 6)
    >>> [shelf.title for shelf in by_order([food, coffee], clothes, 1)]
    ['Еда']
    >>> [shelf.title for shelf in by_order([food, clothes], Shelf("Платья", 7), 2)]
    ['Одежда']
    """
    replaced = len(path) - run
    return [shelf for index, shelf in enumerate(path) if index != replaced]


RULES: dict[str, Callable[[list[Shelf], Shelf, int], list[Shelf]]] = {
    # path of titles so far, the title, how many titles have come in a row -> those that it is below
    "outline levels": by_outline,
    "looks": by_looks,
    "order": by_order,
}
