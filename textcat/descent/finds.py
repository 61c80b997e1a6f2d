"""What is kept of a search: the best leaf of every row, or tables of all slots."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from textcat.arrays.sparse_rows import FloatArray, IntArray
from textcat.descent.search import Opened, Travellers
from textcat.descent.slots import ROOT, Slots

AnyTables = TypeVar("AnyTables", bound="Tables")


@dataclass
class BestLeaves:
    """The most probable leaf of every row, and the log-probabilities on the way to it.

    Attributes
    ----------
    bound : ndarray of float32, shape (n_rows,)
        Log-probability of the leaf: another has to exceed it.
    leaves : ndarray of int32, shape (n_rows,)
    trails : ndarray of float32, shape (n_rows, depth)
        With trust, level by level; then the last again.
    """

    slots: Slots
    bound: FloatArray
    leaves: IntArray
    trails: FloatArray

    @classmethod
    def of(cls, count: int, slots: Slots) -> BestLeaves:
        """Nothing is found yet."""
        trails = np.zeros((count, slots.depth), np.float32)
        return cls(
            slots, np.full(count, -np.inf, np.float32), np.full(count, ROOT, np.int32), trails
        )

    def see(self, opened: Opened) -> None:
        """Only leaves that are reached count."""

    def reach(self, leaves: npt.NDArray[np.intp], travellers: Travellers) -> None:
        """Keep what is better than what was found before; of equals the first in the tree."""
        bound = self.bound[travellers.rows]
        better = travellers.reached > bound
        better |= (travellers.reached == bound) & (leaves < self.leaves[travellers.rows])
        if not better.all():
            leaves, travellers = leaves[better], travellers.at(better)
        # a row may be here several times: the last one is kept
        order = np.lexsort((-leaves, travellers.reached))
        rows = travellers.rows[order]
        self.bound[rows], self.leaves[rows] = travellers.reached[order], leaves[order]
        self.trails[rows] = travellers.trail[order]


@dataclass
class Tables:
    """Log-probabilities of all slots, those that decide.

    Attributes
    ----------
    plain : ndarray of float32, shape (n_rows, n_slots)
    leaders : ndarray of float32, shape (n_rows, best)
        Log-probabilities of the best leaves so far, the least of them first; -inf if all slots
        are asked for.
    all_slots : bool
    """

    slots: Slots
    plain: FloatArray
    leaders: FloatArray
    all_slots: bool

    @classmethod
    def of(cls: type[AnyTables], count: int, slots: Slots, best: int | None) -> AnyTables:
        """Nothing is found yet but the root, which is certain."""
        leaders = np.full((count, min(best or 1, len(slots.leaves))), -np.inf, np.float32)
        return cls(slots, _with_certain_root(count, slots), leaders, best is None)

    @property
    def bound(self) -> FloatArray:
        """Log-probability of the least of the leaders, (n_rows,)."""
        least: FloatArray = self.leaders[:, 0]
        return least

    def see(self, opened: Opened) -> None:
        """Enter the children; let the leaves among them take the places of lesser leaders."""
        rows, children = opened.travellers.rows, self.slots.children(opened.slot)
        self.plain[rows, children] = opened.log_probabilities
        leaves = self.slots.leaf_children(opened.slot)
        if len(leaves) and not self.all_slots:
            found = np.hstack([self.leaders[rows], opened.log_probabilities[:, leaves]])
            best = self.leaders.shape[1]
            self.leaders[rows] = np.partition(found, -best, axis=1)[:, -best:]

    def reach(self, leaves: npt.NDArray[np.intp], travellers: Travellers) -> None:
        """They were seen."""


@dataclass
class TrustedTables(Tables):
    """The same, and log-probabilities with trust: `trusted`, as `plain`."""

    trusted: FloatArray = field(init=False)

    def __post_init__(self) -> None:
        self.trusted = _with_certain_root(len(self.plain), self.slots)

    def see(self, opened: Opened) -> None:
        """Enter the children in both tables."""
        super().see(opened)
        children = self.slots.children(opened.slot)
        self.trusted[opened.travellers.rows, children] = opened.trusted_log_probabilities


def _with_certain_root(count: int, slots: Slots) -> FloatArray:
    table = np.full((count, len(slots)), -np.inf, np.float32)
    table[:, ROOT] = 0
    return table
