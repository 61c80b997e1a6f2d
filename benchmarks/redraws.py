"""Draw calibration rows from a pool again and again, and see which promises are kept.

The pool is taken for the whole population: groups of its rows are drawn with replacement, and the
precision at whatever threshold comes out is known exactly. Drawn without replacement and asked on
the rest, a promise looks worse than it is: wherever the rows drawn are easier than the pool, the
rest is harder than it, and the rest is a sample with an error of its own. That version is measured
as well.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from pools import Pool
from ways import GROUPS_IGNORED, WAYS, Thresholds, Way

from textcat.precision import Outcomes

LEVELS = (0.99, 0.98, 0.95, 0.93, 0.90, 0.80)
# Where fewer rows than this many times those drawn are left, the rest is not asked.
FEWEST_LEFT = 1

Members = list[npt.NDArray[np.intp]]  # rows of every group


class Answered(NamedTuple):
    """What rows got at some thresholds."""

    precision: float  # share of the answers that are right; 1 without any
    answered: float
    at_leaf: float
    answers: int


class Line(NamedTuple):
    """What came of a way at a level."""

    way: str
    level: float
    certified: float  # share of the redraws in which the way gave thresholds
    broken: float  # share of all redraws in which the population got less than the level
    broken_on_rest: float | None  # the same for the rows that were not drawn
    precision: float  # mean over the redraws with thresholds, like the two that follow
    answered: float
    at_leaf: float


Asked = Callable[[Way, Thresholds], Answered]
Records = dict[tuple[str, float], list[Answered | None]]


class Asking:
    """Asks all rows of a pool, or some of them, and remembers what it has asked."""

    def __init__(self, pool: Pool, rows: npt.NDArray[np.intp] | None = None) -> None:
        self._pool = pool
        self._rows = np.arange(len(pool)) if rows is None else rows
        self._known: dict[tuple[bool, bytes], Answered] = {}

    def __call__(self, way: Way, thresholds: Thresholds) -> Answered:
        """What the rows get."""
        key = way.plain, thresholds.tobytes()
        if key not in self._known:
            outcomes = self._pool.plain if way.plain else self._pool.outcomes
            shares, right = outcomes.probabilities[self._rows], outcomes.right[self._rows]
            self._known[key] = answered_at(thresholds, shares, right)
        return self._known[key]


def redraw(
    pool: Pool, rows: int, redraws: int, delta: float, random: np.random.Generator
) -> list[Line]:
    """Calibrate on about so many rows each time, in every way; lines level by level."""
    ways = [*WAYS, GROUPS_IGNORED] if pool.is_new else WAYS
    members = members_of(pool.outcomes.groups)
    count = max(1, round(rows / len(pool) * len(members)))
    on_all: Records = defaultdict(list)
    on_rest: Records = defaultdict(list)
    ask_all = Asking(pool)
    for _ in range(redraws):
        drawn = random.integers(len(members), size=count).tolist()
        _record(on_all, ways, draw(pool.outcomes, members, drawn), delta, ask_all)
        if len(pool) >= (1 + FEWEST_LEFT) * rows:
            order = random.permutation(len(members)).tolist()
            ask_rest = Asking(pool, np.concatenate([members[group] for group in order[count:]]))
            drawn = order[:count]
            _record(on_rest, ways, draw(pool.outcomes, members, drawn), delta, ask_rest)
    return lines_of(on_all, on_rest)


def members_of(groups: npt.NDArray[np.int32]) -> Members:
    """Rows of every group.

    >>> [rows.tolist() for rows in members_of(np.array([0, 1, 0], np.int32))]
    [[0, 2], [1]]
    """
    order = np.argsort(groups, kind="stable")
    return np.split(order, np.cumsum(np.bincount(groups))[:-1])


def draw(outcomes: Outcomes, members: Members, drawn: list[int]) -> Outcomes:
    """Outcomes of the groups drawn; one that is drawn twice is two groups."""
    rows = np.concatenate([members[group] for group in drawn])
    groups = np.repeat(np.arange(len(drawn)), [len(members[group]) for group in drawn])
    return Outcomes(
        outcomes.probabilities[rows],
        outcomes.right[rows],
        outcomes.tops[rows],
        groups.astype(np.int32),
    )


def answered_at(
    thresholds: Thresholds, shares: npt.NDArray[np.float32], right: npt.NDArray[np.int32]
) -> Answered:
    """Answer every row by the deepest level that is probable enough.

    >>> shares = np.array([[0.9, 0.8], [0.8, 0.4]], np.float32)
    >>> answered_at(np.array([0.7, 0.7]), shares, np.array([2, 0], np.int32))
    Answered(precision=0.5, answered=1.0, at_leaf=0.5, answers=2)
    """
    there = shares > 0
    passing = there & (shares.astype(np.float64) >= thresholds)
    level = (passing * np.arange(1, shares.shape[1] + 1)).max(axis=1)
    answered = level > 0
    answers, hits = int(answered.sum()), int((level <= right)[answered].sum())
    at_leaf = answered & (level == there.sum(axis=1))
    precision = hits / answers if answers else 1.0
    return Answered(precision, float(answered.mean()), float(at_leaf.mean()), answers)


def lines_of(on_all: Records, on_rest: Records) -> list[Line]:
    """Level by level, what came of every way."""
    return [
        line_of(way, level, on_all[way, level], on_rest.get((way, level)))
        for way, level in sorted(on_all, key=lambda key: -key[1])
    ]


def line_of(
    way: str, level: float, found: list[Answered | None], rest: list[Answered | None] | None
) -> Line:
    """Shares and means over redraws."""
    given = [each for each in found if each is not None]
    means = np.mean([each[:3] for each in given], axis=0).tolist() if given else [np.nan] * 3
    on_rest = None if rest is None else share_broken(rest, level)
    certified, broken = len(given) / len(found), share_broken(found, level)
    return Line(way, level, certified, broken, on_rest, *means)


def share_broken(found: list[Answered | None], level: float) -> float:
    """Share of redraws with answers that are less precise than the level; a refusal breaks nothing.

    >>> share_broken([Answered(0.94, 1.0, 1.0, 100), None], 0.95)
    0.5
    """
    return float(np.mean([each is not None and each.precision < level for each in found]))


def _record(
    records: Records, ways: Sequence[Way], calibration: Outcomes, delta: float, ask: Asked
) -> None:
    for way in ways:
        choose = way.calibrate(calibration, delta)
        for level in LEVELS:
            thresholds = choose(level)
            answered = None if thresholds is None else ask(way, thresholds)
            records[way.name, level].append(answered)
