"""What stated probabilities are worth: of names with 0.7, seven in ten should be right."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import betaincinv

from textcat.evaluation.comparison import Comparison
from textcat.evaluation.metrics import Reliability, expected_calibration_error, reliability
from textcat.tree import NO_NODE

# The interval of the share right in a bin holds the true share this often.
CONFIDENCE = 0.9


@dataclass(frozen=True)
class ReliabilityBin:
    """Rows whose stated probability lies above a bound and up to the next.

    Attributes
    ----------
    above, up_to : float
    rows : int
    probability : float
        Mean of those stated.
    right : float
        Share of the rows that are right.
    right_at_least, right_at_most : float
        Exact 90 % interval of that share (Clopper, Pearson 1934).
    """

    above: float
    up_to: float
    rows: int
    probability: float
    right: float
    right_at_least: float
    right_at_most: float


@dataclass(frozen=True)
class ReliabilityDiagram:
    """Stated probability against the share right, over rows in which anything is known.

    Attributes
    ----------
    of : str
        What the probabilities are of: "leaf", the end of every predicted path, or "level 1", …,
        the paths' nodes at that level.
    rows : int
    calibration_error : float
        Mean distance of probability and share right, bins weighted by rows; NaN without rows.
    bins : tuple of ReliabilityBin
        Of equal width; those without rows are left out.
    """

    of: str
    rows: int
    calibration_error: float
    bins: tuple[ReliabilityBin, ...]


def leaf_diagram(comparison: Comparison) -> ReliabilityDiagram:
    """Reliability of the probabilities at the ends of predicted paths."""
    known = np.flatnonzero(comparison.ends)
    right = comparison.right[known, comparison.ends[known] - 1]
    return _diagram("leaf", comparison.leaf_probabilities[known], right)


def level_diagrams(comparison: Comparison) -> tuple[ReliabilityDiagram, ...]:
    """Reliability of the probabilities at every level, over the paths that are so deep."""
    diagrams = []
    for level, nodes in enumerate(comparison.answers.nodes.T):
        deep = nodes != NO_NODE
        stated = comparison.answers.probabilities[deep, level]
        diagrams.append(_diagram(f"level {level + 1}", stated, comparison.right[deep, level]))
    return tuple(diagrams)


def _diagram(
    of: str, stated: npt.NDArray[np.floating], right: npt.NDArray[np.bool_]
) -> ReliabilityDiagram:
    if not right.size:
        return ReliabilityDiagram(of, 0, np.nan, ())
    error = expected_calibration_error(stated, right)
    return ReliabilityDiagram(of, len(right), error, _bins(reliability(stated, right)))


def _bins(curve: Reliability) -> tuple[ReliabilityBin, ...]:
    filled = np.flatnonzero(curve.rows)
    rows, shares = curve.rows[filled], curve.accuracy[filled]
    bounds = curve.edges[filled], curve.edges[filled + 1]
    interval = share_interval(np.rint(shares * rows), rows)
    columns = (*bounds, rows, curve.probability[filled], shares, *interval)
    values = zip(*(column.tolist() for column in columns), strict=True)
    return tuple(ReliabilityBin(*bin_) for bin_ in values)


def share_interval(
    right: npt.NDArray[np.floating], rows: npt.NDArray[np.integer]
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Exact interval of a share, given the right ones among so many rows.

    >>> low, high = share_interval(np.array([3.0, 0.0]), np.array([3, 1]))
    >>> low.round(2), high.round(2)
    (array([0.37, 0.  ]), array([1.  , 0.95]))
    """
    tail, wrong = (1 - CONFIDENCE) / 2, rows - right
    # where none or all are right the distribution has no such parameter, and the bound is known
    low = np.where(right > 0, betaincinv(np.maximum(right, 1), wrong + 1, tail), 0.0)
    high = np.where(wrong > 0, betaincinv(right + 1, np.maximum(wrong, 1), 1 - tail), 1.0)
    return low, high
