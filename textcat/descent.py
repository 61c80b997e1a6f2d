"""Take rows down a tree of linear models: the one descent that every answer derives from.

The probability of a node is the product of softmaxes on the way down to it, so it never grows
downwards and children sum to their parent. A child cannot beat its parent, therefore a node
that is below the best leaf found so far is never opened; the result is exact all the same.

This module only reads fitted weights and needs no scikit-learn; `classifier` fits them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

from textcat.branches import Branch, FloatArray, IntArray, log_softmax
from textcat.slots import NO_CATEGORY, ROOT, Slots
from textcat.trust import Trust

Rows = npt.NDArray[np.intp]

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

    def log_probabilities(self, X: sparse.csr_matrix, best: int | None = 1) -> FloatArray:
        """Log-probability of every slot, (n_rows, n_slots) float32.

        The `best` most probable leaves of a row and all slots above them are exact; what cannot
        be among them may stay unopened, at -inf. With `best=None` every slot is exact.
        """
        if best is not None and best < 1:
            raise ValueError(f"best must be 1 or more leaves, or None for all, but is {best!r}")
        table = _least_likely(X.shape[0], len(self.slots))
        table[:, ROOT] = 0
        descent = _Descent(self, X, table)
        if best is not None:
            descent.leaders = _least_likely(X.shape[0], min(best, len(self.slots.leaves)))
            descent.follow_the_best()
        descent.open_the_rest()
        return table

    def best_paths(self, X: sparse.csr_matrix) -> tuple[IntArray, FloatArray]:
        """Categories from level 1 to the most probable leaf, and their probabilities.

        Both are (n_rows, depth); beyond the leaf, and for rows without any feature, they are
        -1 and 0.
        """
        table, leaves = self.log_probabilities(X), self.slots.leaves
        best = leaves[table[:, leaves].argmax(axis=1)]
        best[np.diff(X.indptr) == 0] = ROOT
        paths = self.slots.answers[best]
        return self._readable(paths, self._on_the_way(X, table, np.arange(len(best)), best))

    def best_leaves(self, X: sparse.csr_matrix, k: int) -> tuple[IntArray, FloatArray]:
        """The `k` most probable categories, best first, and their probabilities: (n_rows, k).

        They are ranked without `trust`, and may have probabilities in another order with it.
        """
        leaves = self.slots.leaves
        table = self.log_probabilities(X, best=min(k, len(leaves)))
        order = np.argsort(-table[:, leaves], axis=1, kind="stable")[:, :k]
        chosen = leaves[order].astype(np.int32)
        rows = np.repeat(np.arange(len(chosen)), chosen.shape[1])
        last = self._on_the_way(X, table, rows, chosen.ravel())[:, -1].reshape(chosen.shape)
        return self._readable(np.where((np.diff(X.indptr) > 0)[:, None], chosen, NO_CATEGORY), last)

    def _on_the_way(
        self, X: sparse.csr_matrix, table: FloatArray, rows: Rows, leaves: npt.NDArray[np.integer]
    ) -> FloatArray:
        """Log-probabilities on the way to opened leaves, (n, depth); beyond them, the last again.

        Whatever is in the table has its siblings there, so that `trust` needs no margins.
        """
        paths, known = self.slots.paths[leaves], np.diff(X.indptr)
        shares = np.zeros(paths.shape, np.float32)
        for level, slots in enumerate(paths.T):
            parents = np.where(slots < 0, NO_CATEGORY, self.slots.parents[slots])
            for parent in np.unique(parents[parents >= 0]).tolist():
                at, children = np.flatnonzero(parents == parent), self.slots.children(parent)
                found = table[rows[at], children] - table[rows[at], parent][:, None]
                if self.trust is not None and found.shape[1] > 1:
                    found = self.trust.applied(found, known[rows[at]], parent == ROOT)
                shares[at, level] = found[np.arange(len(at)), slots[at] - children.start]
        return np.cumsum(shares, axis=1)

    def _readable(self, chosen: IntArray, logarithms: FloatArray) -> tuple[IntArray, FloatArray]:
        """Categories and probabilities of chosen slots, (n_rows, n) with -1 and 0 for none."""
        # numpy's exp for float32 does not always rise with its argument, so it is taken in float64
        probabilities = np.exp(logarithms.astype(np.float64)).astype(np.float32)
        probabilities[chosen == NO_CATEGORY] = 0
        return np.where(chosen < 0, NO_CATEGORY, self.slots.categories[chosen]), probabilities

    def batches(self, X: sparse.csr_matrix) -> Iterator[sparse.csr_matrix]:
        """Split rows so that a table of log-probabilities stays within `TABLE_ENTRIES`."""
        size = max(1, TABLE_ENTRIES // len(self.slots))
        for start in range(0, X.shape[0], size):
            yield X[start : start + size]


@dataclass
class _Descent:
    """One batch of rows on its way down; fills `table`.

    `leaders` are the log-probabilities of the best leaves so far, (n_rows, best), the least of
    them first: what is not above it need not be opened. None opens everything.
    """

    tree: LinearTree
    X: sparse.csr_matrix
    table: FloatArray
    leaders: FloatArray | None = None

    def __post_init__(self) -> None:
        self.waiting: dict[int, Rows] = {ROOT: np.arange(self.X.shape[0])}

    def follow_the_best(self) -> None:
        """Take every row to a leaf by its best child, so that few others can be among the best."""
        slots, heading = self.tree.slots, {ROOT: self.waiting.pop(ROOT)}
        for slot in slots.inner:
            rows = heading.pop(slot, None)
            if rows is None:
                continue
            children = self.open(slot, rows)
            choice = self.table[rows, children].argmax(axis=1) + children.start
            for child in np.unique(choice).tolist():
                heading[child] = rows[choice == child]
            for child in filter(slots.is_inner, range(children.start, children.stop)):
                self.waiting[child] = rows[choice != child]

    def open_the_rest(self) -> None:
        """Open every inner slot for the rows in which it may still hold one of the best leaves."""
        for slot in self.tree.slots.inner:
            rows = self.waiting.pop(slot, None)
            if rows is None:
                continue
            if self.leaders is not None:
                rows = rows[self.table[rows, slot] > self.leaders[rows, 0]]
            if len(rows):
                children = self.open(slot, rows)
                for child in filter(self.tree.slots.is_inner, range(children.start, children.stop)):
                    earlier = self.waiting.get(child, rows[:0])
                    self.waiting[child] = np.union1d(earlier, rows)

    def open(self, slot: int, rows: Rows) -> slice:
        """Write the log-probabilities of a slot's children; return the children.

        `rows` ascend: as many as there are means all of them, in order.
        """
        children = self.tree.slots.children(slot)
        base = self.table[rows, slot]
        branch = self.tree.branches.get(slot)
        if branch is None:
            self.table[rows, children.start] = base
        else:
            X = self.X if len(rows) == self.X.shape[0] else self.X[rows]
            shares = log_softmax(branch.margins(X) / np.float32(self.tree.temperature))
            self.table[rows, children] = base[:, None] + shares
        self.note_leaders(children, rows)
        return children

    def note_leaders(self, children: slice, rows: Rows) -> None:
        """Let the leaves among a slot's children take the places of less probable leaders."""
        leaves = self.tree.slots.is_leaf[children]
        if self.leaders is not None and leaves.any():
            found = np.hstack([self.leaders[rows], self.table[rows, children][:, leaves]])
            best = self.leaders.shape[1]
            self.leaders[rows] = np.partition(found, -best, axis=1)[:, -best:]


def _least_likely(rows: int, columns: int) -> FloatArray:
    return np.full((rows, columns), -np.inf, np.float32)
