"""Coverage against precision: what every threshold would have given on these rows."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from textcat.evaluation.comparison import Comparison
from textcat.evaluation.metrics import coverage_at_precision

# What share of the answers is to be right where names are answered at a leaf or not at all.
LEAF_PRECISION = 0.95
# More points than these make a plot no finer.
CURVE_POINTS = 200


@dataclass(frozen=True)
class CurvePoint:
    """What is answered if the answer is the deepest node of at least `threshold` probability.

    Attributes
    ----------
    threshold : float
    precision : float
        Share of the answers that are right.
    answered, at_leaf : float
        Shares of the rows.
    """

    threshold: float
    precision: float
    answered: float
    at_leaf: float


def coverage_curve(comparison: Comparison) -> tuple[CurvePoint, ...]:
    """What climbing gives as the threshold falls from the strictest to none.

    A name is answered by the deepest node of its path that reaches the threshold. So every level
    of every path is a step of the curve, taken when the threshold falls to its probability: there
    the row gets its first answer, or a deeper one, which may be wrong where the one above it was
    right. At most `CURVE_POINTS` are kept, evenly among the steps; the first and the last stay.
    """
    rows, levels = np.nonzero(comparison.answers.probabilities > 0)
    thresholds = comparison.answers.probabilities[rows, levels].astype(np.float64)
    order = np.argsort(-thresholds, kind="stable")
    thresholds, rows, levels = thresholds[order], rows[order], levels[order]
    is_first = levels == 0
    was_right = ~is_first & comparison.right[rows, levels - 1]
    right = np.cumsum(comparison.right[rows, levels].astype(np.int64) - was_right)
    answers, leaves = np.cumsum(is_first), np.cumsum(levels + 1 == comparison.ends[rows])
    ends_block = np.append(thresholds[1:] != thresholds[:-1], True)  # equal ones come together
    kept = _evenly(np.flatnonzero(ends_block[: len(thresholds)]))
    total = len(comparison.true)
    columns = thresholds[kept], right[kept] / answers[kept], answers[kept], leaves[kept]
    return tuple(
        CurvePoint(threshold, precision, answered / total, at_leaf / total)
        for threshold, precision, answered, at_leaf in zip(
            *(column.tolist() for column in columns), strict=True
        )
    )


def leaf_coverage(comparison: Comparison) -> float:
    """Largest share of the rows that leaves alone can answer with `LEAF_PRECISION` right."""
    known = comparison.ends > 0
    right = known & comparison.right[np.arange(len(known)), comparison.ends - 1]
    scores = np.where(known, comparison.leaf_probabilities, -np.inf)
    return coverage_at_precision(scores, right, LEAF_PRECISION).coverage


def _evenly(steps: npt.NDArray[np.intp]) -> npt.NDArray[np.intp]:
    if len(steps) <= CURVE_POINTS:
        return steps
    wanted = np.linspace(steps[0], steps[-1], CURVE_POINTS)
    return np.unique(steps[np.searchsorted(steps, wanted)])
