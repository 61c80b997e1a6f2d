"""How probable the leaf of a given category is, without a look at the others."""

from __future__ import annotations

import numpy as np
from scipy import sparse

from textcat.arrays.sparse_rows import FloatArray, IntArray, SparseRows
from textcat.descent.linear_tree import LinearTree
from textcat.descent.trust import Choice


def log_probabilities_of(
    tree: LinearTree, X: sparse.csr_matrix | SparseRows, categories: IntArray
) -> FloatArray:
    """Log-probability of every row's own category, (n_rows,) float32, without `trust`.

    Only the slots on the way to it are opened. It is -inf for a category that has no leaf.

    Parameters
    ----------
    tree : LinearTree
    X : csr_matrix or SparseRows, shape (n_rows, n_features)
    categories : ndarray of int32, shape (n_rows,)
    """
    rows, paths = SparseRows.of(X), tree.slots.paths_to(categories)
    logarithms = np.where(paths[:, 0] < 0, np.float32(-np.inf), np.float32(0))
    for slot, branch in tree.branches.items():
        here, taken = tree.slots.decisions(paths, slot)
        if len(here):
            choice = Choice.of(branch.margins(rows.take(here)) / np.float32(tree.temperature))
            logarithms[here] += choice.log_shares_at(np.arange(len(here)), taken)
    return logarithms
