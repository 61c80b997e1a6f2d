"""Names that stand in several categories, and pairs of categories that are hardly two."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import sparse

from textcat.auditing.witness import Opinions
from textcat.catalogue import Catalogue
from textcat.tree import CategoryTree
from textcat.values import normalize_name

TitlePath = tuple[str, ...]

# Categories are near-twins if each has so many rows that look like the other's, and so large a
# share of all its rows.
TWIN_ROWS, TWIN_SHARE = 2, 0.1


class Conflict(NamedTuple):
    """One name in several categories.

    Attributes
    ----------
    name : str
        As it is written first.
    rows : dict of tuple of str to tuple of int
        Numbers of the rows by category, the one with most rows first.
    """

    name: str
    rows: dict[TitlePath, tuple[int, ...]]


class Twins(NamedTuple):
    """Two categories that are taken for each other.

    Attributes
    ----------
    first, second : tuple of str
        Paths.
    first_as_second, second_as_first : float
        Share of the rows of one that look like the other's.
    first_rows, second_rows : int
        All rows of each that were judged.
    """

    first: TitlePath
    second: TitlePath
    first_as_second: float
    second_as_first: float
    first_rows: int
    second_rows: int


def find_conflicts(catalogue: Catalogue) -> tuple[Conflict, ...]:
    """Names in several categories, but for case, ё and spaces; in the order of the rows.

    A product that is cross-listed is in no conflict.

    >>> from textcat.catalogue import read_catalogue
    >>> rows = [("Щётка", "Дом"), ("щетка", "Красота"), ("Щётка", "Дом"), ("Чай", "Еда")]
    >>> find_conflicts(read_catalogue(rows))
    (Conflict(name='Щётка', rows={('Дом',): (1, 3), ('Красота',): (2,)}),)
    """
    places: dict[str, list[int]] = defaultdict(list)
    if catalogue.cross_listed:
        return ()
    for place, name in enumerate(catalogue.names):
        places[normalize_name(name)].append(place)
    return tuple(conflict for same in places.values() for conflict in _conflict(catalogue, same))


def _conflict(catalogue: Catalogue, places: list[int]) -> Iterator[Conflict]:
    rows: dict[TitlePath, list[int]] = defaultdict(list)
    for place in places:
        rows[catalogue.paths[place]].append(catalogue.rows[place])
    if len(rows) > 1 < len({catalogue.rows[place] for place in places}):
        ranked = sorted(rows.items(), key=lambda item: -len(item[1]))
        name = catalogue.names[places[0]]
        yield Conflict(name, {path: tuple(numbers) for path, numbers in ranked})


def find_twins(opinions: Opinions, tree: CategoryTree) -> tuple[Twins, ...]:
    """Categories that are confused both ways, the most similar first."""
    size, contradict = len(tree), opinions.contradict
    total = np.bincount(opinions.given[opinions.judged], minlength=size)
    pairs = opinions.given[contradict], opinions.likely[contradict]
    taken = sparse.csr_matrix((np.ones(len(pairs[0]), np.int64), pairs), (size, size))
    there, back = _both_ways(taken)
    shares = taken.multiply(1 / np.maximum(total, 1)[:, None]).tocsr()
    found = [
        Twins(
            tree.path(a), tree.path(b), float(shares[a, b]), float(shares[b, a]),
            int(total[a]), int(total[b]),
        )
        for a, b in zip(there.tolist(), back.tolist(), strict=True)
        if min(shares[a, b], shares[b, a]) >= TWIN_SHARE
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda t: -min(t.first_as_second, t.second_as_first)))


def _both_ways(taken: sparse.csr_matrix) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """Pairs that take enough rows from each other, each of them once."""
    least = taken.minimum(taken.T).tocoo()
    enough = (least.data >= TWIN_ROWS) & (least.row < least.col)
    return least.row[enough], least.col[enough]
