"""Rows on their way down a tree of linear models, many at a time.

Every row first follows its best child to a leaf. A child cannot beat its parent, so whatever is
not above the best leaf found so far is never opened; the result is exact all the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

from textcat.arrays.sparse_rows import FloatArray, SparseRows
from textcat.concurrency.calculated import calculated_once
from textcat.descent.slots import ROOT
from textcat.descent.trust import Choice, Logarithms, log_share

if TYPE_CHECKING:
    from textcat.descent.linear_tree import LinearTree

Rows = npt.NDArray[np.intp]


class Travellers(NamedTuple):
    """Rows that stand at a slot.

    Attributes
    ----------
    rows : ndarray, shape (n,)
    reached : ndarray of float32, shape (n,)
        Log-probability of the slot: what decides where to go.
    trail : ndarray of float32, shape (n, depth)
        Log-probabilities with trust on the way here, level by level; then the last again.
    """

    rows: Rows
    reached: FloatArray
    trail: FloatArray

    def at(self, chosen: npt.NDArray[np.integer] | npt.NDArray[np.bool_]) -> Travellers:
        """Some of them."""
        return Travellers(self.rows[chosen], self.reached[chosen], self.trail[chosen])


@dataclass(eq=False)
class Opened:
    """A slot whose children were seen by some rows.

    Attributes
    ----------
    slot, level : int
        Level of the slot: 0 for the root.
    travellers : Travellers
    choice : Choice
    trusted : ndarray of float64, shape (n,)
        Log-odds of the best child with trust.
    """

    slot: int
    level: int
    travellers: Travellers
    choice: Choice
    trusted: Logarithms

    @calculated_once
    def log_probabilities(self) -> FloatArray:
        """Of all children, (n, n_children)."""
        return self.travellers.reached[:, None] + self.choice.log_shares()

    @property
    def trusted_log_probabilities(self) -> FloatArray:
        """Of all children with trust, (n, n_children)."""
        return self._answered[:, None] + self.choice.log_shares(self.trusted)

    @property
    def second_best(self) -> FloatArray:
        """Log-probability of the second best child."""
        share: FloatArray = self.choice.second.astype(np.float32) + self.choice.log_share
        return self.travellers.reached + share

    def to_the_best(self) -> Travellers:
        """All rows, each at its best child."""
        rows, reached, _ = self.travellers
        reached = reached + self.choice.log_share
        return Travellers(rows, reached, self._trail(slice(None), log_share(self.trusted)))

    def to_children(
        self, children: npt.NDArray[np.integer], places: npt.NDArray[np.integer]
    ) -> Travellers:
        """Rows at some places, each at one of the children."""
        choice, rows = self.choice, self.travellers.rows[places]
        shares = choice.log_shares_at(places, children, self.trusted)
        reached = self.travellers.reached[places]
        reached = reached + choice.log_shares_at(places, children)
        return Travellers(rows, reached, self._trail(places, shares))

    @property
    def _answered(self) -> FloatArray:
        """Log-probability of the slot with trust."""
        trail = self.travellers.trail
        return trail[:, self.level - 1] if self.level else np.zeros(len(trail), np.float32)

    def _trail(
        self, places: slice | npt.NDArray[np.integer], shares: npt.NDArray[np.floating]
    ) -> FloatArray:
        trail = self.travellers.trail[places]
        trail = trail.copy() if isinstance(places, slice) else trail
        trail[:, self.level :] += shares[:, None].astype(np.float32)
        return trail


class Finds(Protocol):
    """What is kept of a search, and how little is worth going on for."""

    @property
    def bound(self) -> FloatArray:
        """Log-probability below which a slot is of no interest, (n_rows,)."""
        ...

    def see(self, opened: Opened) -> None:
        """Look at all children of an opened slot."""
        ...

    def reach(self, leaves: Rows, travellers: Travellers) -> None:
        """Look at rows that came to leaves; in a search for the best of them none is missed."""
        ...


@dataclass
class Search:
    """A search of some rows for their leaves."""

    tree: LinearTree
    X: SparseRows
    finds: Finds

    def __post_init__(self) -> None:
        slots = self.tree.slots
        self.log_known = np.log1p(self.X.lengths)
        self.waiting: list[dict[int, list[Travellers]]] = [
            defaultdict(list) for _ in range(slots.depth + 1)
        ]

    def run(self, *, follow_the_best: bool = True) -> None:
        """Open whatever is worth it."""
        count, slots = len(self.X), self.tree.slots
        nothing = np.zeros((count, slots.depth + 1), np.float32)
        start = Travellers(np.arange(count), nothing[:, 0], nothing[:, 1:])
        if follow_the_best:
            for opened in self._opened_on_the_best_way(start):
                if (opened.second_best >= self.finds.bound[opened.travellers.rows]).any():
                    self._branch_off(opened, but_the_best=True)
        else:
            self.waiting[0][ROOT].append(start)
        for level in range(slots.depth):
            for slot, groups in sorted(self.waiting[level].items()):
                travellers = _joined(groups)
                worth = travellers.reached >= self.finds.bound[travellers.rows]
                if worth.any():
                    self._branch_off(self._open(slot, level, travellers.at(worth)))

    def _opened_on_the_best_way(self, start: Travellers) -> list[Opened]:
        """Take every row to a leaf by its best child, so that few others can be better."""
        way, heading, slots = [], {ROOT: start}, self.tree.slots
        for level in range(slots.depth):
            arrived: dict[int, Travellers] = {}
            for slot, travellers in sorted(heading.items()):
                opened = self._open(slot, level, travellers)
                children = opened.choice.best + slots.children(slot).start
                arrived |= self._arrivals(children, opened.to_the_best())
                way.append(opened)
            heading = arrived
        return way

    def _branch_off(self, opened: Opened, *, but_the_best: bool = False) -> None:
        """Go on to those children of a slot that may be or hold something better."""
        rows, first = opened.travellers.rows, self.tree.slots.children(opened.slot).start
        worth = opened.log_probabilities >= self.finds.bound[rows][:, None]
        if but_the_best:
            worth[np.arange(len(rows)), opened.choice.best] = False
        children, places = worth.T.nonzero()
        arrivals = self._arrivals(children + first, opened.to_children(children, places))
        for child, travellers in arrivals.items():
            self.waiting[opened.level + 1][child].append(travellers)

    def _arrivals(self, slots: Rows, travellers: Travellers) -> dict[int, Travellers]:
        """Let the finds look at who came to a leaf; the others by the slot that they came to."""
        is_leaf = self.tree.slots.is_leaf[slots]
        if len(slots) == 1 and not is_leaf[0]:
            return {int(slots[0]): travellers}
        if is_leaf.all():
            self.finds.reach(slots, travellers)
            return {}
        if is_leaf.any():
            self.finds.reach(slots[is_leaf], travellers.at(is_leaf))
        inner = (~is_leaf).nonzero()[0]
        return {slot: travellers.at(inner[at]) for slot, at in _groups(slots[inner])}

    def _open(self, slot: int, level: int, travellers: Travellers) -> Opened:
        """Show the children of a slot; `travellers` come in the order of the rows."""
        tree, rows = self.tree, travellers.rows
        branch = tree.branches.get(slot)
        if branch is None:
            choice = Choice.of(np.zeros((len(rows), 1), np.float32))
            trusted = -choice.others
        else:
            X = self.X if len(rows) == len(self.X) else self.X.take(rows)
            choice = Choice.of(branch.margins(X) / np.float32(tree.temperature))
            trusted = -choice.others
            if tree.trust is not None:
                trusted = tree.trust.odds(choice, self.log_known[rows], slot == ROOT)
        opened = Opened(slot, level, travellers, choice, trusted)
        self.finds.see(opened)
        return opened


def _joined(groups: list[Travellers]) -> Travellers:
    """Rows that came from several sides, in order again."""
    if len(groups) == 1:
        return groups[0]
    joined = Travellers(*map(np.concatenate, zip(*groups, strict=True)))
    return joined.at(joined.rows.argsort())


def _groups(numbers: npt.NDArray[np.integer]) -> Iterator[tuple[int, npt.NDArray[np.intp]]]:
    """Distinct numbers, ascending, and the places where each of them stands.

    >>> [(number, places.tolist()) for number, places in _groups(np.array([3, 0, 3]))]
    [(0, [1]), (3, [0, 2])]
    """
    order = numbers.argsort(kind="stable")
    ranked = numbers[order]
    starts = [0, *((ranked[1:] != ranked[:-1]).nonzero()[0] + 1).tolist(), len(order)]
    for start, stop in pairwise(starts):
        yield int(ranked[start]), order[start:stop]
