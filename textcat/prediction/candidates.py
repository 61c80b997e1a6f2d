"""The most probable categories of a name, best first."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from textcat.tree import CategoryTree


class Candidate(NamedTuple):
    """One of the most probable categories of a name."""

    id: str
    path: tuple[str, ...]
    probability: float


def candidates_of(shares: Iterable[tuple[int, float]], tree: CategoryTree) -> list[Candidate]:
    """Nodes with their probabilities as categories.

    >>> candidates_of([(1, 0.75)], CategoryTree.from_paths(["Еда > Чай"]))
    [Candidate(id='Еда > Чай', path=('Еда', 'Чай'), probability=0.75)]
    """
    return [Candidate(tree.ids[node], tree.path(node), share) for node, share in shares]
