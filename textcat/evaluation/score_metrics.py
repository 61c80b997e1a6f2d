"""How good scores and probabilities are: how well they rank, how true they are.

Everything here takes plain arrays, one value a row, and knows nothing of categories.
Whether a row's answer is right is for `textcat.evaluation.metrics.is_right` to say.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from textcat.errors import PrecisionError, TextcatError

FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]

ROUNDING = 1e-6
"""How far outside 0..1 a sum of float32 probabilities may come to lie."""


class CoveragePoint(NamedTuple):
    """What is answered when every score from `threshold` on is."""

    threshold: float
    coverage: float
    precision: float


class Reliability(NamedTuple):
    """Stated probability against the share that came true, in bins of equal width."""

    edges: FloatArray
    """Bounds of the bins, (bins + 1,); a bin holds its upper bound, the first both."""
    probability: FloatArray
    """Mean probability in each bin, (bins,); NaN in an empty one."""
    accuracy: FloatArray
    """Share of right answers in each bin, (bins,); NaN in an empty one."""
    rows: npt.NDArray[np.int64]
    """Rows in each bin, (bins,)."""


def coverage_at_precision(
    scores: npt.ArrayLike, right: npt.ArrayLike, precision: float
) -> CoveragePoint:
    """Largest share of rows that can be answered with at least `precision` of them right.

    Answers are taken from the highest score down; those of equal score stand or fall
    together, so that a threshold can tell them from the rest. A score of -inf is a row
    without an answer. If no threshold gives the precision: coverage 0, threshold inf.

    This looks at the truth: it says how well scores rank, not what a threshold will give on
    other rows. It is a point of the risk-coverage curve, its risk being 1 - precision.

    References
    ----------
    El-Yaniv, Wiener: On the Foundations of Noise-free Selective Classification. JMLR 11, 2010.

    Examples
    --------
    >>> coverage_at_precision([0.9, 0.8, 0.8, 0.3], [True, True, False, True], 0.75)
    CoveragePoint(threshold=0.3, coverage=1.0, precision=0.75)
    >>> coverage_at_precision([0.9, 0.8, 0.8, 0.3], [True, True, False, True], 0.8)
    CoveragePoint(threshold=0.9, coverage=0.25, precision=1.0)
    """
    if not 0 < precision <= 1:
        raise PrecisionError(f"a precision is above 0 and at most 1, got {precision!r}")
    values, is_right_ = _checked(scores, right, "scores")
    order = np.argsort(-values, kind="stable")
    values = values[order]
    answered = np.arange(1, values.size + 1)
    precisions = np.cumsum(is_right_[order]) / answered
    ends_block = np.append(values[1:] != values[:-1], True) & (values != -np.inf)
    passing = np.flatnonzero(ends_block & (precisions >= precision))
    if not passing.size:
        return CoveragePoint(np.inf, 0.0, np.nan)
    last = passing[-1]
    share = answered[last] / values.size
    return CoveragePoint(float(values[last]), float(share), float(precisions[last]))


def reliability(probabilities: npt.ArrayLike, right: npt.ArrayLike, bins: int = 15) -> Reliability:
    """Mean probability and share of right answers in bins of equal width over 0..1.

    References
    ----------
    Niculescu-Mizil, Caruana: Predicting Good Probabilities With Supervised Learning. ICML 2005.

    Examples
    --------
    >>> curve = reliability([0.2, 0.9, 0.7], [False, True, False], bins=2)
    >>> curve.probability, curve.accuracy, curve.rows
    (array([0.2, 0.8]), array([0. , 0.5]), array([1, 2]))
    """
    if bins < 1:
        raise TextcatError(f"a reliability curve needs at least one bin, got bins={bins}")
    stated, is_right_ = _checked(probabilities, right, "probabilities")
    outside = (stated < -ROUNDING) | (stated > 1 + ROUNDING)
    if outside.any():
        row = int(np.argmax(outside))
        raise TextcatError(f"probabilities lie in 0..1, got {stated[row]} in row {row + 1}")
    edges = np.linspace(0, 1, bins + 1)
    bin_of = np.clip(np.searchsorted(edges, stated) - 1, 0, bins - 1)
    rows = np.bincount(bin_of, minlength=bins)
    with np.errstate(invalid="ignore"):  # 0 / 0 is NaN: an empty bin has no mean
        means = [np.bincount(bin_of, x, bins) / rows for x in (stated, is_right_)]
    return Reliability(edges, means[0], means[1], rows)


def expected_calibration_error(
    probabilities: npt.ArrayLike, right: npt.ArrayLike, bins: int = 15
) -> float:
    """Mean distance of stated probability and share of right answers, bins weighted by rows.

    References
    ----------
    Guo, Pleiss, Sun, Weinberger: On Calibration of Modern Neural Networks. ICML 2017
    (arXiv 1706.04599), with its 15 bins of equal width.

    Examples
    --------
    >>> expected_calibration_error([0.75, 0.75, 0.75, 0.75], [True, True, True, False])
    0.0
    """
    curve = reliability(probabilities, right, bins)
    distance = np.abs(curve.probability - curve.accuracy)
    return float(np.nansum(distance * curve.rows) / curve.rows.sum())


def _checked(
    scores: npt.ArrayLike, right: npt.ArrayLike, name: str
) -> tuple[FloatArray, BoolArray]:
    values, truths = np.asarray(scores, dtype=np.float64), np.asarray(right)
    if values.ndim != 1 or not values.size or values.shape != truths.shape:
        raise TextcatError(
            f"{name} and right must be one value for each of n > 0 rows, "
            f"got shapes {values.shape} and {truths.shape}"
        )
    if np.isnan(values).any():
        raise TextcatError(f"{name} is NaN in row {int(np.argmax(np.isnan(values))) + 1}")
    if not np.isin(truths, (0, 1)).all():
        raise TextcatError("right must say True or False for every row")
    return values, truths.astype(np.bool_)
