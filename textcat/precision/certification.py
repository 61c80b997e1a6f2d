"""From answers to calibration rows to certified thresholds, one for every precision level.

A threshold is walked from strict to lax. At every step the exact binomial test asks whether the
answers given so far may be less precise than required; the walk for a level ends at its first
failure, and the last threshold that passed is certified (fixed-sequence testing, "Learn then
Test", arXiv 2110.01052). The test passes as long as the exact lower bound of the precision
(Clopper & Pearson 1934) is at least the level, so one walk serves all levels: what is certified
at a threshold is its own bound or the least one since the first wrong answer. Until then a bound
is low only because answers are few, which refutes nothing.

Rows of a group, such as the goods of one brand, are right or wrong together and say less than
as many rows of their own. Their number is divided by the design effect, as surveys do (Korn &
Graubard 1998, "Confidence intervals for proportions with small expected number of positive
counts estimated from survey data"). Where groups differ much in size that is not enough: the
bound of Clopper & Pearson reckons with one wrong answer more than was seen, but what luck kept out
of the draw may be a whole large group. So as many are added as the group with the most wrong
answers has (Fay & Feuer 1997, "Confidence intervals for directly standardized rates: a method
based on the gamma distribution").
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from textcat.precision.outcomes import Outcomes

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]

# Thresholds that are tried: log-odds in steps of 0.05, fixed before any row is seen.
THRESHOLDS = 1 / (1 + np.exp(-np.arange(10, -4.01, -0.05)))
# The walk starts where so many rows are answered that one or two errors do not end it, but as
# strict as the rows allow.
START_SHARE, LEAST_START, MOST_START = 0.25, 230, 1000
# A design effect is estimated from as many wrong answers or more.
WRONG_FOR_DESIGN_EFFECT = 20
DEFAULT_DELTA = 0.1


@dataclass(frozen=True, eq=False)
class Walk:
    """What was found at every threshold, from strict to lax: arrays of shape (n_thresholds,).

    Attributes
    ----------
    answered, wrong : ndarray of int64
        Answers given, and the wrong ones among them.
    design_effect : ndarray of float64
        How many rows say as much as an independent one.
    largest : ndarray of int64
        Wrong answers in the group that has most of them.
    bound : ndarray of float64
        Lower bound of the precision at the threshold alone, exact for rows of their own.
    certified : ndarray of float64
        The precision certified at the threshold; 0 before the walk starts.
    """

    answered: IntArray
    wrong: IntArray
    design_effect: FloatArray
    largest: IntArray
    bound: FloatArray
    certified: FloatArray


def walk_of(outcomes: Outcomes, delta: float = DEFAULT_DELTA) -> Walk:
    """Walk all thresholds from strict to lax.

    Parameters
    ----------
    outcomes : Outcomes
    delta : float
        Chance, over the draw of the rows, that a certified level is not kept.

    Examples
    --------
    Forty-five right answers without an error are the least that certify 0.95:

    >>> right = np.ones(45, np.int32)
    >>> sure = np.full((45, 1), 0.9, np.float32)
    >>> outcomes = Outcomes(sure, right, np.zeros(45, np.int32), np.arange(45, dtype=np.int32))
    >>> float(walk_of(outcomes).certified.max().round(3))
    0.95
    """
    answered = _count(outcomes.answered_from)
    wrong = _count(outcomes.wrong_from)
    design_effect = _design_effects(outcomes, wrong)
    largest = _largest_wrong(outcomes)
    bound = lower_bound(answered - wrong, answered, design_effect, delta, largest)
    certified = _certified(answered, wrong, bound, len(outcomes))
    return Walk(answered, wrong, design_effect, largest, bound, certified)


def _certified(
    answered: npt.NDArray[Any], wrong: npt.NDArray[Any], bound: FloatArray, rows: float
) -> FloatArray:
    """The precision that is certified at every threshold, (n_thresholds,)."""
    start = int(np.argmax(answered >= min(_first_answers(rows), answered[-1])))
    refuted_above = np.minimum.accumulate(np.where(wrong > 0, bound, 1.0)[start:])
    certified = np.zeros(len(THRESHOLDS))
    certified[start:] = np.minimum(bound[start:], refuted_above)
    return certified


def lower_bound(
    right: npt.ArrayLike,
    answered: npt.ArrayLike,
    design_effect: npt.ArrayLike,
    delta: float,
    largest: npt.ArrayLike = 1,
) -> FloatArray:
    """Least share of right answers that is not refuted with confidence 1 - delta.

    The wrong answers, and a group of `largest` more, have a mean and a variance; the bound is
    that of so many independent answers as have the same (Fay & Feuer 1997, Statistics in Medicine
    16:791-801, with the beta in place of the gamma distribution). For rows of their own,
    where both `design_effect` and `largest` are 1, it is the one of Clopper & Pearson.

    Parameters
    ----------
    right, answered : array-like
        Right answers, and all answers.
    design_effect : array-like
        How many rows say as much as an independent one, 1 or more.
    delta : float
        Chance that the true share is below the bound.
    largest : array-like
        Wrong answers in the group that has most of them.

    Examples
    --------
    >>> lower_bound([45, 388], [45, 389], 1, 0.1).round(3)
    array([0.95, 0.99])

    Ten of 200 answers are wrong: rows of their own, by twos, and by twos but for a group of six.

    >>> lower_bound(190, 200, [1, 2, 2], 0.1, [1, 2, 6]).round(3)
    array([0.924, 0.909, 0.874])
    """
    from scipy.special import betaincinv

    right, design_effect = np.asarray(right, np.float64), np.asarray(design_effect, np.float64)
    wrong = np.asarray(answered) - right
    # No less than one effective row: that no group has erred yet does not make rows independent.
    more = np.maximum(largest, design_effect)
    effect = (design_effect * wrong + more**2) / (wrong + more)
    hits = (right - more) / effect + 1
    some = (right > 0) & (hits > 0)  # otherwise it may be that all are wrong
    bound = betaincinv(np.where(some, hits, 1), (wrong + more) / effect, delta)
    return np.where(some, bound, 0.0)


def fewest_answers(precision: float, delta: float = DEFAULT_DELTA) -> int:
    """Answers without any error that certify a precision.

    >>> fewest_answers(0.95), fewest_answers(0.99)
    (45, 230)
    """
    return math.ceil(math.log(delta) / math.log(precision))


def times_missing(walk: Walk, rows: int, precision: float, delta: float = DEFAULT_DELTA) -> float:
    """How many times the rows would certify a precision if more of them turn out like these.

    Infinite if ten times as many would not. More rows are more groups, none larger than these.
    """
    for times in (1.02 ** np.arange(117)).tolist():
        answered, wrong = walk.answered * times, walk.wrong * times
        right = answered - wrong
        bound = lower_bound(right, answered, walk.design_effect, delta, walk.largest)
        if _certified(answered, wrong, bound, rows * times).max() >= precision:
            return float(times)
    return math.inf


def _first_answers(rows: float) -> float:
    """Answers from which the walk starts."""
    return min(max(round(START_SHARE * rows), LEAST_START), MOST_START, max(1, rows // 2))


def _count(highest: FloatArray) -> IntArray:
    """How many rows a threshold is low enough for, (n_thresholds,)."""
    ascending = np.sort(highest)
    below: IntArray = np.searchsorted(ascending, THRESHOLDS, side="left")
    return len(ascending) - below


def _largest_wrong(outcomes: Outcomes) -> IntArray:
    """Wrong answers in the group that has most of them, (n_thresholds,)."""
    steps = np.searchsorted(-THRESHOLDS, -outcomes.wrong_from)  # where the answer turns wrong
    order = np.lexsort((steps, outcomes.groups))
    groups = outcomes.groups[order]
    place_in_group = np.arange(1, len(order) + 1) - np.searchsorted(groups, groups)
    largest = np.zeros(len(THRESHOLDS) + 1, np.int64)  # the last is for what is never wrong
    np.maximum.at(largest, steps[order], place_in_group)
    found: IntArray = np.maximum.accumulate(largest[:-1])
    return found


def _design_effects(outcomes: Outcomes, wrong: IntArray) -> FloatArray:
    """Variance of the precision between groups over that of independent rows, at 1 or more.

    Where too few answers are wrong to tell, it is that of the next threshold where enough are;
    if none has enough, all rows of a group count as one.
    """
    sizes = np.bincount(outcomes.groups)
    effects = np.full(len(THRESHOLDS), max(1.0, (sizes @ sizes) / max(1, sizes.sum())))
    enough = np.flatnonzero(wrong >= WRONG_FOR_DESIGN_EFFECT)
    for step in enough:
        answered = outcomes.answered_from >= THRESHOLDS[step]
        is_wrong = (outcomes.wrong_from >= THRESHOLDS[step])[answered]
        effects[step] = design_effect(is_wrong, outcomes.groups[answered])
    if len(enough):
        effects[: enough[0]] = effects[enough[0]]
    return effects


def design_effect(wrong: npt.NDArray[np.bool_], groups: npt.NDArray[np.integer]) -> float:
    """How many rows of groups say as much about a share as one row of its own; 1 or more.

    The variance of the share when groups are drawn, over that when rows are drawn (Kish 1965,
    "Survey Sampling").

    >>> design_effect(np.array([True, True, False, False]), np.array([0, 0, 1, 1]))
    3.0
    >>> design_effect(np.array([True, True, False, False]), np.array([0, 1, 2, 3]))
    1.0
    """
    rows, share, count = len(wrong), wrong.mean(), len(np.unique(groups))
    if count < 2 or not 0 < share < 1:
        return 1.0
    deviations = np.bincount(groups, wrong - share)
    between = count / (count - 1) * float(deviations @ deviations)
    within = rows / (rows - 1) * rows * share * (1 - share)
    return float(max(1.0, between / within))
