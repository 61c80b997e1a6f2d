"""Ways to choose, on calibration rows, how probable an answer has to be: ours and naive ones.

Whatever the way, what it chooses is a threshold for every level of the tree, and an answer is the
deepest node that is probable enough at its level. Climbing has one threshold for all levels.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from textcat.precision import Certificate, Outcomes
from textcat.precision.certification import THRESHOLDS

Counts = npt.NDArray[np.int64]  # at each of `THRESHOLDS`
Thresholds = npt.NDArray[np.float64]  # least probability of an answer at level 1, 2, …
Choose = Callable[[float], Thresholds | None]  # precision level -> thresholds, None if refused


class Way(NamedTuple):
    """A way to choose thresholds."""

    name: str
    calibrate: Callable[[Outcomes, float], Choose]  # calibration rows and delta
    plain: bool = False  # whether it looks at the softmax as it is


def certificate(outcomes: Outcomes, delta: float) -> Choose:
    """What the library does."""
    unknown = np.zeros(len(outcomes), np.float32)  # only `model.check` needs these
    certified = Certificate.of("given", [outcomes], unknown, delta)
    return lambda precision: (
        climbing(outcomes, certified.threshold(precision))
        if certified.highest >= precision
        else None
    )


def without_groups(outcomes: Outcomes, delta: float) -> Choose:
    """The same, but every row counts as one of its own."""
    alone = np.arange(len(outcomes), dtype=np.int32)
    return certificate(replace(outcomes, groups=alone), delta)


def observed(outcomes: Outcomes, delta: float) -> Choose:  # noqa: ARG001
    """The laxest threshold with the precision seen on the calibration rows, and no test.

    >>> sure = np.array([[0.9], [0.8], [0.7]], np.float32)
    >>> right, none = np.array([1, 1, 0], np.int32), np.zeros(3, np.int32)
    >>> choose = observed(Outcomes(sure, right, none, np.arange(3, dtype=np.int32)), 0.1)
    >>> bool(0.7 < choose(0.99)[0] < 0.8), bool(choose(0.6)[0] < 0.7)
    (True, True)
    """
    answered = at_least(outcomes.answered_from, THRESHOLDS)
    hits = answered - at_least(outcomes.wrong_from, THRESHOLDS)

    def choose(precision: float) -> Thresholds | None:
        threshold = _laxest(hits, answered, precision)
        return climbing(outcomes, threshold) if np.isfinite(threshold) else None

    return choose


def per_depth(outcomes: Outcomes, delta: float) -> Choose:  # noqa: ARG001
    """For every level of the tree the laxest threshold at which that level is right often enough.

    >>> sure = np.array([[0.9, 0.8], [0.8, 0.6], [0.7, 0.5]], np.float32)
    >>> right, none = np.array([2, 1, 1], np.int32), np.zeros(3, np.int32)
    >>> chosen = per_depth(Outcomes(sure, right, none, np.arange(3, dtype=np.int32)), 0.1)(0.99)
    >>> bool(chosen[0] < 0.7), bool(0.6 < chosen[1] < 0.8)
    (True, True)
    """
    shares = outcomes.probabilities.astype(np.float64).T
    answered = [at_least(share, THRESHOLDS) for share in shares]
    hits = [
        at_least(share[outcomes.right >= level], THRESHOLDS)
        for level, share in enumerate(shares, start=1)
    ]

    def choose(precision: float) -> Thresholds | None:
        levels = zip(hits, answered, strict=True)
        chosen = np.array([_laxest(*counts, precision) for counts in levels])
        return chosen if np.isfinite(chosen).any() else None

    return choose


def raw_softmax(outcomes: Outcomes, delta: float) -> Choose:  # noqa: ARG001
    """A probability of p is taken for a precision of p; no calibration row is looked at."""
    return lambda precision: climbing(outcomes, precision)


WAYS = [
    Way("certificate", certificate),
    Way("softmax ≥ level", raw_softmax, plain=True),
    Way("observed, no test", observed),
    Way("per depth", per_depth),
]
# Rows of a brand are right or wrong together; what if nobody minded?
GROUPS_IGNORED = Way("groups ignored", without_groups)


def climbing(outcomes: Outcomes, threshold: float) -> Thresholds:
    """One threshold for all levels."""
    return np.full(outcomes.probabilities.shape[1], threshold)


def at_least(values: npt.NDArray[np.float64], thresholds: Thresholds) -> Counts:
    """How many of the values reach each threshold, (n_thresholds,)."""
    return len(values) - np.searchsorted(np.sort(values), thresholds).astype(np.int64)


def _laxest(hits: Counts, answered: Counts, precision: float) -> float:
    """The laxest threshold with so many of its answers right; infinite if there is none."""
    passed = np.flatnonzero((answered > 0) & (hits >= precision * answered))
    return float(THRESHOLDS[passed[-1]]) if len(passed) else float("inf")
