"""A tree of linear models: the one descent that every answer derives from.

The probability of a node is the product of softmaxes on the way down to it, so it never grows
downwards and children sum to their parent. `search` finds the way, and `finds` keeps what was
found.

This module only reads fitted weights and needs no scikit-learn; `classifier` fits them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from scipy import sparse

from textcat.arrays.sparse_rows import FloatArray, IntArray, SparseRows
from textcat.descent.branches import Branch
from textcat.descent.finds import BestLeaves, Tables, TrustedTables
from textcat.descent.search import Search
from textcat.descent.slots import NO_CATEGORY, ROOT, Slots
from textcat.descent.trust import Trust

# Rows go down in batches whose table of log-probabilities stays below this many entries (64 MB).
TABLE_ENTRIES = 1 << 24

# Of rows: categories from level 1 to the most probable leaf, and their probabilities.
Paths: TypeAlias = tuple[IntArray, FloatArray]


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
        rows = SparseRows.of(X)
        tables = Tables.of(len(rows), self.slots, best)
        Search(self, rows, tables).run(follow_the_best=best is not None)
        return tables.plain

    def best_paths(self, X: sparse.csr_matrix | SparseRows) -> Paths:
        """Categories from level 1 to the most probable leaf, and their probabilities.

        Both are (n_rows, depth); beyond the leaf, and for rows without any feature, they are
        -1 and 0.
        """
        return joined([self._best_paths(rows) for rows in self.batches(X, tables=False)])

    def _best_paths(self, rows: SparseRows) -> Paths:
        found = BestLeaves.of(len(rows), self.slots)
        Search(self, rows, found).run()
        found.leaves[rows.lengths == 0] = ROOT
        return self._readable(self.slots.answers[found.leaves], found.trails)

    def best_leaves(self, X: sparse.csr_matrix | SparseRows, k: int) -> tuple[IntArray, FloatArray]:
        """The `k` most probable categories, best first, and their probabilities: (n_rows, k).

        They are ranked without `trust`, and may have probabilities in another order with it.
        """
        leaves, rows = self.slots.leaves, SparseRows.of(X)
        tables = TrustedTables.of(len(rows), self.slots, min(k, len(leaves)))
        Search(self, rows, tables).run()
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

    def _readable(self, chosen: IntArray, logarithms: FloatArray) -> tuple[IntArray, FloatArray]:
        """Categories and probabilities of chosen slots, (n_rows, n) with -1 and 0 for none."""
        # numpy's exp for float32 does not always rise with its argument, so it is taken in float64
        probabilities = np.exp(logarithms.astype(np.float64)).astype(np.float32)
        probabilities[chosen == NO_CATEGORY] = 0
        categories = self.slots.categories[chosen]
        categories[chosen == NO_CATEGORY] = NO_CATEGORY
        return categories, probabilities


def joined(parts: Sequence[Paths]) -> Paths:
    """Paths of several batches, one or more, as one.

    >>> one, two = (np.array([[1]]), np.array([[0.5]])), (np.array([[2]]), np.array([[0.9]]))
    >>> [part.tolist() for part in joined([one, two])]
    [[[1], [2]], [[0.5], [0.9]]]
    """
    if len(parts) == 1:
        return parts[0]
    return np.concatenate([nodes for nodes, _ in parts]), np.concatenate([p for _, p in parts])
