"""How good a model is on rows whose categories are known.

`comparison` says what a model answered beside what is true; this module makes figures of it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from textcat.catalogue import read_catalogue
from textcat.comparison import Comparison, compare
from textcat.metrics import (
    accuracy_per_level,
    answer_precision,
    coverage,
    coverage_at_precision,
    expected_calibration_error,
    hierarchical_scores,
    leaf_accuracy,
)
from textcat.precision import EVALUATED_PRECISIONS, read_precisions
from textcat.prediction import NO_NODE

if TYPE_CHECKING:
    from textcat.model import CategoryModel

# What share of the answers is to be right where names are answered at a leaf or not at all.
LEAF_PRECISION = 0.95
# Categories that the model does not have are counted; this many are named.
NAMED = 5


@dataclass(frozen=True)
class AnswersAt:
    """What a precision level gave on rows whose categories are known."""

    asked: float
    precision: float  # share of the answers that are right; NaN without any answer
    answered: float  # share of the rows
    at_leaf: float  # share of the rows


@dataclass(frozen=True)
class Evaluation:
    """Figures of a model on rows whose categories are known; all but counts are shares.

    Attributes
    ----------
    rows : int
        Rows that the figures are about.
    unknown_rows : int
        Rows left out of them: their category is not in the model, so no answer could be right.
    unknown_categories : tuple of str
        The first few of those categories.
    dropped_rows : int
        Rows left out of them: they have no name or no category.
    leaf_accuracy : float
        Share of the rows whose most probable leaf is the true category itself.
    level_accuracies : tuple of float
        The same at level 1, 2, …, among rows whose category lies so deep.
    hierarchical_precision, hierarchical_recall, hierarchical_f1 : float
        See `textcat.metrics.hierarchical_scores`.
    leaf_coverage : float
        Largest share of the rows that can be answered by a leaf with 95 % of them right, if
        the most probable come first.
    calibration_error : float
        Mean distance of a leaf's probability and the share that is right.
    at : tuple of AnswersAt
        For every precision level asked.
    """

    rows: int
    unknown_rows: int
    unknown_categories: tuple[str, ...]
    dropped_rows: int
    leaf_accuracy: float
    level_accuracies: tuple[float, ...]
    hierarchical_precision: float
    hierarchical_recall: float
    hierarchical_f1: float
    leaf_coverage: float
    calibration_error: float
    at: tuple[AnswersAt, ...]

    def to_dict(self) -> dict[str, Any]:
        """Plain values, ready for JSON; a share of nothing is None."""
        return {name: _plain(value) for name, value in asdict(self).items()}

    def __str__(self) -> str:
        levels = ", ".join(map(_shown, self.level_accuracies))
        lines = [
            f"rows: {self.rows:,}",
            f"right category: {_shown(self.leaf_accuracy)}, level by level: {levels}",
            f"hierarchical precision {_shown(self.hierarchical_precision)}, "
            f"recall {_shown(self.hierarchical_recall)}, F1 {_shown(self.hierarchical_f1)}",
            f"at a leaf with {LEAF_PRECISION:.0%} right: {_shown(self.leaf_coverage)} of the rows",
            f"calibration error: {_shown(self.calibration_error)}",
        ]
        lines += [
            f"asked for {level.asked:g}: {_shown(level.precision)} right, "
            f"{_shown(level.answered)} answered, {_shown(level.at_leaf)} at a leaf"
            for level in self.at
        ]
        return "\n".join(lines + self.left_out())

    def left_out(self) -> list[str]:
        """Sentences about the rows that the figures leave out."""
        lines = []
        if self.unknown_rows:
            named = ", ".join(map(repr, self.unknown_categories))
            lines.append(
                f"left out: {self.unknown_rows:,} rows whose category the model does not have, "
                f"so that no answer to them could be right: {named}"
            )
        if self.dropped_rows:
            lines.append(f"left out: {self.dropped_rows:,} rows without a name or a category")
        return lines


def evaluate(
    model: CategoryModel,
    rows: object,
    *,
    precision: float | Iterable[float] = EVALUATED_PRECISIONS,
    **reading: Any,
) -> Evaluation:
    """Measure a model on rows that it was not trained on.

    Parameters
    ----------
    model : CategoryModel
    rows : path, table or rows
        Whatever `textcat.read_catalogue` takes. Rows whose category is not in the model are
        counted and left out of the figures.
    precision : float or several
        Levels that answers are asked at.
    **reading
        Passed on to `textcat.read_catalogue`: `name=`, `category=`, `separator=`, ...

    Raises
    ------
    CatalogueError
        If there is no row to compare, or the model has no row's category.

    Examples
    --------
    >>> import textcat
    >>> rows = [("Чай зелёный", "Чай"), ("Кофе молотый", "Кофе"), ("Кофе в зёрнах", "Кофе")]
    >>> model = textcat.train(rows, n_jobs=1)
    >>> evaluation = evaluate(model, [("чай чёрный", "Чай"), ("какао", "Какао")], precision=0.5)
    >>> evaluation.rows, evaluation.leaf_accuracy, evaluation.unknown_categories
    (1, 1.0, ('Какао',))
    """
    precisions = [level for level in read_precisions(precision) if level is not None]
    return figures(compare(model, read_catalogue(rows, **reading)), precisions)


def figures(comparison: Comparison, precisions: Sequence[float]) -> Evaluation:
    """Figures of a comparison, with the answers at every precision level asked."""
    tree, true, leaves = comparison.answers.tree, comparison.true, comparison.leaves
    probabilities = comparison.leaf_probabilities
    right = leaves == true
    scores = np.where(leaves != NO_NODE, probabilities, -np.inf)
    hierarchical = hierarchical_scores(true, leaves, tree)
    return Evaluation(
        rows=len(true),
        unknown_rows=sum(rows for _, rows in comparison.unknown),
        unknown_categories=tuple(category for category, _ in comparison.unknown[:NAMED]),
        dropped_rows=comparison.report.rows_dropped,
        leaf_accuracy=leaf_accuracy(true, leaves, tree),
        level_accuracies=tuple(accuracy_per_level(true, leaves, tree).tolist()),
        hierarchical_precision=hierarchical.precision,
        hierarchical_recall=hierarchical.recall,
        hierarchical_f1=hierarchical.f1,
        leaf_coverage=coverage_at_precision(scores, right, LEAF_PRECISION).coverage,
        calibration_error=expected_calibration_error(probabilities, right),
        at=tuple(_answers_at(comparison, level) for level in precisions),
    )


def _answers_at(comparison: Comparison, precision: float) -> AnswersAt:
    tree, nodes = comparison.answers.tree, comparison.answers.answered_nodes(precision)
    found, share = answer_precision(comparison.true, nodes, tree), coverage(nodes, tree)
    return AnswersAt(precision, found, share.answered, share.at_leaf)


def _shown(share: float) -> str:
    return "–" if math.isnan(share) else f"{share:.3f}"


def _plain(value: object) -> object:
    """JSON has no NaN and no tuples."""
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    return None if isinstance(value, float) and math.isnan(value) else value
