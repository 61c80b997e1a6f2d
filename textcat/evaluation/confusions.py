"""Which categories a model takes for which others."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from textcat.evaluation.comparison import Comparison
from textcat.tree import NO_NODE

TitlePath = tuple[str, ...]
IntArray = npt.NDArray[np.int64]

LISTED = 20


@dataclass(frozen=True)
class Confusion:
    """Rows of one category whose most probable leaf is another.

    Attributes
    ----------
    true, predicted : tuple of str
        Paths of the two.
    rows : int
    rows_of_true : int
        All rows of the true category.
    example : str
        Name of the row in which the model was surest of the predicted one.
    """

    true: TitlePath
    predicted: TitlePath
    rows: int
    rows_of_true: int
    example: str


@dataclass(frozen=True, eq=False)
class ConfusedPairs:
    """Pairs of a true node and a predicted leaf that differ, most rows first; (n_pairs,) each."""

    true: IntArray
    predicted: IntArray
    rows: IntArray
    surest: IntArray  # the row in which the predicted leaf is most probable

    @classmethod
    def of(cls, comparison: Comparison) -> ConfusedPairs:
        """Count the pairs; a row in which nothing is known is confused with nothing."""
        true, leaves, size = comparison.true, comparison.leaves, len(comparison.tree)
        wrong = np.flatnonzero((leaves != NO_NODE) & (leaves != true))
        surest = wrong[np.argsort(-comparison.leaf_probabilities[wrong], kind="stable")]
        keys = true[surest].astype(np.int64) * size + leaves[surest]
        pairs, first, rows = np.unique(keys, return_index=True, return_counts=True)
        order = np.argsort(-rows, kind="stable")
        true_nodes, predicted = np.divmod(pairs[order], size)
        return cls(true_nodes, predicted, rows[order], surest[first[order]])


def most_confused(
    comparison: Comparison, pairs: ConfusedPairs, most: int = LISTED
) -> tuple[Confusion, ...]:
    """The pairs with most rows, each with an example."""
    rows_of_true = np.bincount(comparison.true, minlength=len(comparison.tree))
    columns = (pairs.true, pairs.predicted, pairs.rows, pairs.surest)
    path = comparison.tree.path
    return tuple(
        Confusion(path(true), path(predicted), rows, int(rows_of_true[true]), comparison.names[row])
        for true, predicted, rows, row in zip(
            *(column[:most].tolist() for column in columns), strict=True
        )
    )
