"""A tree of linear models: the one descent that every answer derives from.

The probability of a node is the product of softmaxes on the way down to it, so it never grows
downwards and children sum to their parent. `search` finds the way; here is what is kept of it.

This module only reads fitted weights and needs no scikit-learn; `classifier` fits them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

from textcat.branches import Branch, FloatArray, IntArray
from textcat.search import Models, Opened, Search, Travellers
from textcat.slots import NO_CATEGORY, ROOT, Slots
from textcat.sparse_rows import SparseRows
from textcat.trust import Trust

# Rows go down in batches whose table of log-probabilities stays below this many entries (64 MB).
TABLE_ENTRIES = 1 << 24


@dataclass(frozen=True)
class LinearTree:
    """A fitted tree of linear models; read-only, may be shared by threads.

    Attributes
    ----------
    slots : Slots
        The tree of what can be chosen.
    branches : dict of int to Branch
        By inner slot; a slot with a single child needs none.
    temperature : float
        Margins are divided by it before the softmax (Guo et al. 2017, arXiv 1706.04599).
    trust : Trust, optional
        Corrects the probabilities of the categories that were found, not which are found.
    """

    slots: Slots
    branches: dict[int, Branch]
    temperature: float
    trust: Trust | None = None

    def log_probabilities(
        self, X: sparse.csr_matrix | SparseRows, best: int | None = 1
    ) -> FloatArray:
        """Log-probability of every slot, (n_rows, n_slots) float32.

        The `best` most probable leaves of a row and all slots above them are exact; what cannot
        be among them may stay unopened, at -inf. With `best=None` every slot is exact.
        """
        if best is not None and best < 1:
            raise ValueError(f"best must be 1 or more leaves, or None for all, but is {best!r}")
        return self._tables(X, best).plain

    def best_paths(self, X: sparse.csr_matrix | SparseRows) -> tuple[IntArray, FloatArray]:
        """Categories from level 1 to the most probable leaf, and their probabilities.

        Both are (n_rows, depth); beyond the leaf, and for rows without any feature, they are
        -1 and 0.
        """
        found = [self._best_paths(rows) for rows in self.batches(X, tables=False)]
        if len(found) == 1:
            return found[0]
        return np.concatenate([paths for paths, _ in found]), np.concatenate([p for _, p in found])

    def _best_paths(self, rows: SparseRows) -> tuple[IntArray, FloatArray]:
        found = BestLeaves.of(len(rows), self.slots)
        self._search(rows, found).run()
        found.leaves[rows.lengths == 0] = ROOT
        return self._readable(self.slots.answers[found.leaves], found.trails)

    def best_leaves(self, X: sparse.csr_matrix | SparseRows, k: int) -> tuple[IntArray, FloatArray]:
        """The `k` most probable categories, best first, and their probabilities: (n_rows, k).

        They are ranked without `trust`, and may have probabilities in another order with it.
        """
        leaves, rows = self.slots.leaves, SparseRows.of(X)
        tables = self._tables(rows, min(k, len(leaves)))
        order = np.argsort(-tables.plain[:, leaves], axis=1, kind="stable")[:, :k]
        chosen = leaves[order].astype(np.int32)
        logarithms = np.take_along_axis(tables.trusted, chosen, axis=1)
        chosen[rows.lengths == 0] = NO_CATEGORY
        return self._readable(chosen, logarithms)

    def batches(
        self, X: sparse.csr_matrix | SparseRows, *, tables: bool = True
    ) -> Iterator[SparseRows]:
        """Split rows so that no table made of them has more than `TABLE_ENTRIES`.

        `log_probabilities` and `best_leaves` make `tables` of all slots, `best_paths` only some of
        the children of one slot at a time.
        """
        rows, slots = SparseRows.of(X), self.slots
        size = max(1, TABLE_ENTRIES // (len(slots) if tables else 4 * slots.most_children))
        if len(rows) <= size:
            yield rows
            return
        for start in range(0, len(rows), size):
            yield rows.take(np.arange(start, min(start + size, len(rows))))

    def _search(self, X: SparseRows, finds: BestLeaves | Tables) -> Search:
        models = Models(self.slots, self.branches, self.temperature, self.trust)
        return Search(models, X, finds)

    def _tables(self, X: sparse.csr_matrix | SparseRows, best: int | None) -> Tables:
        rows = SparseRows.of(X)
        tables = Tables.of(len(rows), self.slots, best)
        self._search(rows, tables).run(follow_the_best=best is not None)
        return tables

    def _readable(self, chosen: IntArray, logarithms: FloatArray) -> tuple[IntArray, FloatArray]:
        """Categories and probabilities of chosen slots, (n_rows, n) with -1 and 0 for none."""
        # numpy's exp for float32 does not always rise with its argument, so it is taken in float64
        probabilities = np.exp(logarithms.astype(np.float64)).astype(np.float32)
        probabilities[chosen == NO_CATEGORY] = 0
        categories = self.slots.categories[chosen]
        categories[chosen == NO_CATEGORY] = NO_CATEGORY
        return categories, probabilities


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
    """Log-probabilities of all slots, (n_rows, n_slots): those that decide, and with trust.

    Attributes
    ----------
    plain, trusted : ndarray of float32, shape (n_rows, n_slots)
    leaders : ndarray of float32, shape (n_rows, best)
        Log-probabilities of the best leaves so far, the least of them first; -inf if all slots
        are asked for.
    all_slots : bool
    """

    slots: Slots
    plain: FloatArray
    trusted: FloatArray
    leaders: FloatArray
    all_slots: bool

    @classmethod
    def of(cls, count: int, slots: Slots, best: int | None) -> Tables:
        """Nothing is found yet but the root, which is certain."""
        plain = np.full((count, len(slots)), -np.inf, np.float32)
        plain[:, ROOT] = 0
        leaders = np.full((count, min(best or 1, len(slots.leaves))), -np.inf, np.float32)
        return cls(slots, plain, plain.copy(), leaders, best is None)

    @property
    def bound(self) -> FloatArray:
        """Log-probability of the least of the leaders, (n_rows,)."""
        least: FloatArray = self.leaders[:, 0]
        return least

    def see(self, opened: Opened) -> None:
        """Enter the children; let the leaves among them take the places of lesser leaders."""
        rows, children = opened.travellers.rows, self.slots.children(opened.slot)
        self.plain[rows, children] = opened.log_probabilities
        self.trusted[rows, children] = opened.trusted_log_probabilities
        leaves = self.slots.leaf_children(opened.slot)
        if len(leaves) and not self.all_slots:
            found = np.hstack([self.leaders[rows], opened.log_probabilities[:, leaves]])
            best = self.leaders.shape[1]
            self.leaders[rows] = np.partition(found, -best, axis=1)[:, -best:]

    def reach(self, leaves: npt.NDArray[np.intp], travellers: Travellers) -> None:
        """They were seen."""
