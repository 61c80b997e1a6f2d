"""Every category's rows, and how many of them are found: what the tree browser shows."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from textcat.evaluation.comparison import Comparison
from textcat.tree import CategoryTree
from textcat.tree.browser import subtree_sums

IntArray = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class NodeCounts:
    """Rows of every category and all below it, counted; arrays of shape (n_nodes,).

    Attributes
    ----------
    tree : CategoryTree
    rows : ndarray of int64
    found : ndarray of int64
        Those whose most probable path leads into the category.
    right : ndarray of int64
        Those whose most probable leaf is their very category.
    """

    tree: CategoryTree
    rows: IntArray
    found: IntArray
    right: IntArray

    @classmethod
    def of(cls, comparison: Comparison) -> NodeCounts:
        """Count them."""
        tree, true = comparison.tree, comparison.true
        passed = comparison.answers.nodes[comparison.right]
        rows, found, right = (
            np.bincount(nodes, minlength=len(tree))
            for nodes in (true, passed, true[comparison.leaves == true])
        )
        return cls(tree, subtree_sums(tree, rows), found, subtree_sums(tree, right))

    @property
    def figures(self) -> dict[str, npt.NDArray[np.int64] | npt.NDArray[np.float64]]:
        """Columns of the tree browser."""
        with np.errstate(invalid="ignore"):  # 0 / 0 is NaN: a share of nothing
            shares = self.found / self.rows, self.right / self.rows
        return {"rows": self.rows, "found": shares[0], "right category": shares[1]}
