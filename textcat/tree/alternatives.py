"""Rows with more than one right category: cross-listed goods, shelves that overlap."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from textcat.tree import CategoryTree

Nodes = npt.NDArray[np.int32]


@dataclass(frozen=True, eq=False)
class Alternatives:
    """Further right categories of rows, besides the one that every row has.

    Attributes
    ----------
    rows : ndarray, shape (n,), ascending
    nodes : ndarray of int32, shape (n,)
    """

    rows: npt.NDArray[np.intp]
    nodes: Nodes

    @classmethod
    def of(cls, nodes: Sequence[Sequence[int]]) -> Alternatives:
        """From the further nodes of every row.

        >>> Alternatives.of([[], [3, 4]]).rows.tolist()
        [1, 1]
        """
        rows = np.repeat(np.arange(len(nodes)), [len(more) for more in nodes])
        flat = [node for more in nodes for node in more]
        return cls(rows, np.array(flat, np.int32))

    def __len__(self) -> int:
        return len(self.rows)

    def of_rows(self, chosen: npt.NDArray[np.intp]) -> Alternatives:
        """Those of some rows, which are numbered anew in their order.

        >>> Alternatives.of([[5], [], [6, 7]]).of_rows(np.array([2, 1])).rows.tolist()
        [0, 0]
        """
        place = np.full(int(max(self.rows.max(initial=-1), chosen.max(initial=-1))) + 1, -1)
        place[chosen] = np.arange(len(chosen))
        kept = place[self.rows] >= 0
        rows, nodes = place[self.rows[kept]], self.nodes[kept]
        order = rows.argsort(kind="stable")
        return Alternatives(rows[order], nodes[order])

    def nearest(self, true: Nodes, answers: Nodes, tree: CategoryTree) -> Nodes:
        """Of all right categories of a row the one that its answer agrees with furthest.

        Parameters
        ----------
        true : ndarray of int32, shape (n_rows,)
        answers : ndarray of int32, shape (n_rows, depth)
            Nodes from level 1 down, -1 beyond the end.
        tree : CategoryTree

        Examples
        --------
        >>> from textcat.tree import CategoryTree
        >>> tree = CategoryTree.from_paths(["Еда > Чай", "Дом", "Еда > Кофе"])
        >>> alternatives, answers = Alternatives.of([[2], []]), np.array([[0, 2], [3, -1]])
        >>> alternatives.nearest(np.array([3, 3], np.int32), answers, tree).tolist()
        [2, 3]
        """
        best, levels = true.copy(), agreement(true, answers, tree)
        found = agreement(self.nodes, answers[self.rows], tree)
        for row, node, level in zip(
            self.rows.tolist(), self.nodes.tolist(), found.tolist(), strict=True
        ):
            if level > levels[row]:
                best[row], levels[row] = node, level
        return best


def agreement(true: Nodes, answers: Nodes, tree: CategoryTree) -> npt.NDArray[np.intp]:
    """Levels from the top on which answers, (n, depth), are above the true nodes, (n,), or these.

    A true node of -1 agrees with nothing.
    """
    both = (answers >= 0) & (true >= 0)[:, None]
    targets = np.broadcast_to(np.maximum(true, 0)[:, None], answers.shape)
    levels: npt.NDArray[np.intp] = (both & tree.is_ancestor(np.maximum(answers, 0), targets)).sum(1)
    return levels
