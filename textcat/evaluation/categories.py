"""The categories one by one: which of them are found badly, and how each top-level one fares."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from textcat.evaluation.comparison import Comparison
from textcat.evaluation.confusions import ConfusedPairs, IntArray, TitlePath
from textcat.evaluation.levels import AskedLevel
from textcat.evaluation.metrics import is_right
from textcat.tree import NO_NODE

LISTED = 10
ENOUGH_ROWS = 5  # a share of fewer rows says nothing about a category


@dataclass(frozen=True)
class CategoryFigures:
    """How well one category is found, by most probable leaves.

    Attributes
    ----------
    category : tuple of str
        Its path.
    rows : int
        Rows of the category.
    recall : float
        Share of them that are predicted to be in it; NaN without any.
    predicted_rows : int
        Rows that are predicted to be in it.
    precision : float
        Share of them that are in it; NaN without any.
    mistaken : tuple of str
        Path of the category that it is confused with most often, () if with none: in a list by
        recall the one that its rows go to, in one by precision the one that rows come from.
    mistaken_rows : int
        How many rows that are.
    """

    category: TitlePath
    rows: int
    recall: float
    predicted_rows: int
    precision: float
    mistaken: TitlePath
    mistaken_rows: int


@dataclass(frozen=True)
class WorstCategories:
    """Up to ten categories of five rows or more that are found badly, the worst first."""

    by_recall: tuple[CategoryFigures, ...]
    by_precision: tuple[CategoryFigures, ...]


@dataclass(frozen=True)
class TopLevelAnswers:
    """What a precision level gave on the rows of one top-level category."""

    asked: float
    answers: int
    answered: float  # share of the rows
    right: int
    precision: float  # share of the answers that are right; NaN without any

    @classmethod
    def of(cls, asked: float, rows: int, answers: int, right: int) -> TopLevelAnswers:
        """Shares of what was counted."""
        precision = right / answers if answers else np.nan
        return cls(asked, answers, answers / rows, right, precision)


@dataclass(frozen=True)
class TopLevelFigures:
    """Figures on the rows that belong to one category of the first level."""

    category: str
    rows: int
    leaf_accuracy: float
    at: tuple[TopLevelAnswers, ...]


def worst_categories(comparison: Comparison, pairs: ConfusedPairs) -> WorstCategories:
    """The categories whose rows are found least, and those that are least to be believed."""
    true, leaves = comparison.true, comparison.leaves
    rows, predicted, right = (
        np.bincount(nodes, minlength=len(comparison.tree))
        for nodes in (true, leaves[leaves != NO_NODE], true[leaves == true])
    )
    with np.errstate(invalid="ignore"):  # 0 / 0 is NaN: a share of nothing
        recall, precision = right / rows, right / predicted

    def figures(node: int, ours: IntArray, theirs: IntArray) -> CategoryFigures:
        most = np.flatnonzero(ours == node)[:1]  # of its pairs the one with most rows stands first
        return CategoryFigures(
            comparison.tree.path(node),
            int(rows[node]),
            float(recall[node]),
            int(predicted[node]),
            float(precision[node]),
            comparison.tree.path(int(theirs[most[0]])) if most.size else (),
            int(pairs.rows[most].sum()),
        )

    return WorstCategories(
        tuple(figures(node, pairs.true, pairs.predicted) for node in _lowest(recall, rows)),
        tuple(figures(node, pairs.predicted, pairs.true) for node in _lowest(precision, predicted)),
    )


def _lowest(shares: npt.NDArray[np.float64], rows: IntArray) -> list[int]:
    """Nodes of the lowest shares, of equal ones those with more rows first."""
    order = np.lexsort((-rows, shares))
    nodes = order[(rows[order] >= ENOUGH_ROWS) & (shares[order] < 1)]
    return [int(node) for node in nodes[:LISTED]]


def by_top_level(
    comparison: Comparison, levels: Sequence[AskedLevel]
) -> tuple[TopLevelFigures, ...]:
    """Figures of every top-level category that has rows, most rows first."""
    tree, true = comparison.tree, comparison.true
    top = tree.ancestors_at(1)[true]

    def count(chosen: npt.NDArray[np.bool_]) -> list[int]:
        counts: list[int] = np.bincount(top[chosen], minlength=len(tree)).tolist()
        return counts

    found = count(comparison.leaves == true)
    given = [
        (level.asked, count(level.nodes != NO_NODE), count(is_right(true, level.nodes, tree)))
        for level in levels
        if level.reason is None
    ]
    nodes, counts = np.unique(top, return_counts=True)
    order = np.argsort(-counts, kind="stable")
    return tuple(
        TopLevelFigures(
            tree.titles[node],
            rows,
            found[node] / rows,
            tuple(
                TopLevelAnswers.of(asked, rows, answers[node], right[node])
                for asked, answers, right in given
            ),
        )
        for node, rows in zip(nodes[order].tolist(), counts[order].tolist(), strict=True)
    )
