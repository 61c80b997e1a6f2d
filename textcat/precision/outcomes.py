"""How a model answered rows whose categories are known: all that a certificate is made from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from textcat.concurrency.calculated import calculated_once
from textcat.tree import NO_NODE, CategoryTree
from textcat.tree.alternatives import agreement


@dataclass(frozen=True, eq=False)
class Outcomes:
    """Answers of a model to n rows that it was not trained on, and what of them is right.

    Attributes
    ----------
    probabilities : ndarray of float32, shape (n, depth)
        On the way to the most probable leaf, falling from level 1 downwards, 0 beyond the leaf.
    right : ndarray of int32, shape (n,)
        Levels of that way, from the top, that are right.
    tops : ndarray of int32, shape (n,)
        Node of the first level that was answered, -1 without any.
    groups : ndarray of int32, shape (n,)
        Rows of a group are alike and are right or wrong together: near-duplicates, goods of one
        brand.
    """

    probabilities: npt.NDArray[np.float32]
    right: npt.NDArray[np.int32]
    tops: npt.NDArray[np.int32]
    groups: npt.NDArray[np.int32]

    @classmethod
    def of(
        cls,
        true: npt.NDArray[np.int32],
        nodes: npt.NDArray[np.int32],
        probabilities: npt.NDArray[np.float32],
        groups: npt.NDArray[np.integer],
        tree: CategoryTree,
    ) -> Outcomes:
        """Compare answers, (n, depth) nodes with -1 beyond the leaf, with true nodes (n,).

        To a true node of -1, one that the tree does not have, no answer is right.

        >>> tree = CategoryTree.from_paths(["Чай > Зелёный", "Чай > Чёрный", "Кофе"])
        >>> nodes = np.array([[0, 1], [0, 2], [3, -1]], np.int32)
        >>> shares = np.array([[0.9, 0.8], [0.7, 0.4], [0.6, 0.0]], np.float32)
        >>> true = np.array([1, 1, 0], np.int32)
        >>> Outcomes.of(true, nodes, shares, np.arange(3), tree).right.tolist()
        [2, 1, 0]
        """
        right = agreement(true, nodes, tree).astype(np.int32)
        tops = nodes[:, 0] if nodes.shape[1] else np.full(len(nodes), NO_NODE, np.int32)
        _, numbered = np.unique(groups, return_inverse=True)
        return cls(probabilities, right, tops.astype(np.int32), numbered.astype(np.int32))

    def __len__(self) -> int:
        return len(self.right)

    @calculated_once
    def answered_from(self) -> npt.NDArray[np.float64]:
        """Highest threshold at which a row is answered, (n,); 0 if at none."""
        return self._at(np.zeros(len(self), np.intp))

    @calculated_once
    def wrong_from(self) -> npt.NDArray[np.float64]:
        """Highest threshold at which a row's answer is wrong, (n,); 0 if at none.

        The answer is right as long as it ends at one of the right levels.
        """
        return self._at(self.right.astype(np.intp))

    @calculated_once
    def whole_from(self) -> npt.NDArray[np.float64]:
        """Highest threshold at which a row is answered by its leaf, (n,); 0 if at none."""
        return self._at((self.probabilities > 0).sum(axis=1) - 1)

    def _at(self, level: npt.NDArray[np.intp]) -> npt.NDArray[np.float64]:
        """Probability at a level counted from 0, 0 beyond the last."""
        padded = np.pad(self.probabilities, ((0, 0), (0, 1))).astype(np.float64)
        found: npt.NDArray[np.float64] = padded[np.arange(len(self)), level]
        return found


def joined(parts: Sequence[Outcomes]) -> Outcomes:
    """Outcomes one after the other; a group lies within one part."""
    first = np.cumsum([0, *(int(part.groups.max(initial=-1)) + 1 for part in parts)])
    groups = [part.groups + start for part, start in zip(parts, first.tolist(), strict=False)]
    return Outcomes(
        np.concatenate([part.probabilities for part in parts]),
        np.concatenate([part.right for part in parts]),
        np.concatenate([part.tops for part in parts]),
        np.concatenate(groups).astype(np.int32),
    )
