"""A certificate: the threshold of every precision level that held-out rows certify."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from textcat.concurrency.calculated import calculated_once
from textcat.errors import PrecisionError
from textcat.precision.certification import (
    DEFAULT_DELTA,
    THRESHOLDS,
    Walk,
    fewest_answers,
    times_missing,
    walk_of,
)
from textcat.precision.display import PrecisionLevels, rounded_down
from textcat.precision.levels import PRECISIONS, answer_levels, check_precision
from textcat.precision.outcomes import Outcomes, joined

# What calibration rows can stand for, and how a sentence says it.
GOODS = {
    "new": "new goods",
    "familiar": "goods like the catalogue's",
    "given": "goods like the rows given",
}


class PrecisionLevel(NamedTuple):
    """What a certificate says of a precision level; all shares are of the calibration rows."""

    goods: str
    precision: float
    certified: bool
    threshold: float | None
    """Least probability of an answer; None if the level is not certified."""
    rows: int
    """Calibration rows."""
    answered: float
    found: float
    """Share of the answers that were right; NaN without any."""
    at_leaf: float
    by_level: tuple[float, ...]
    """Share of the rows answered at level 1, 2, …"""
    missing: int | None
    """About how many rows more would certify the level; None if ten times as many would not."""
    highest: float
    """Highest precision that is certified for these goods; 0 if none is."""


@dataclass(frozen=True, eq=False)
class Certificate:
    """The precision that answers have been shown to have, at every threshold.

    Attributes
    ----------
    goods : str
        What the calibration rows stand for, a key of `GOODS`.
    parts : tuple of Outcomes
        How the model answered them. There are several parts if a level has to hold for each of
        them, since nobody knows in what mixture they will come.
    unknown_shares : ndarray of float32, shape (n,)
        Share of the words of every calibration row that the model does not know.
    certified : ndarray of float64, shape (n_thresholds,)
        Precision certified at each of `certification.THRESHOLDS`.
    delta : float
        Chance, over the draw of the calibration rows, that a level is not kept.
    """

    goods: str
    parts: tuple[Outcomes, ...]
    unknown_shares: npt.NDArray[np.float32]
    certified: npt.NDArray[np.float64]
    delta: float = DEFAULT_DELTA

    @classmethod
    def of(
        cls,
        goods: str,
        parts: Sequence[Outcomes],
        unknown_shares: npt.NDArray[np.float32],
        delta: float = DEFAULT_DELTA,
    ) -> Certificate:
        """Certify what the outcomes allow, of all parts alike."""
        certified = np.min([walk_of(part, delta).certified for part in parts], axis=0)
        return cls(goods, tuple(parts), unknown_shares, certified, delta)

    @calculated_once
    def outcomes(self) -> Outcomes:
        """All parts together."""
        return joined(self.parts)

    @property
    def highest(self) -> float:
        """Highest precision that is certified; 0 if none is."""
        return float(self.certified.max(initial=0.0))

    def threshold(self, precision: float | None) -> float:
        """Least probability of an answer at a precision level; 0 for None.

        It never falls as the level rises, so a stricter answer is the same category or one above.

        Raises
        ------
        PrecisionError
            If the level is not certified; it says which is, and what it would take.
        """
        if precision is None:
            return 0.0
        step = laxest_step(self.certified, check_precision(precision))
        if step is None:
            raise PrecisionError(self._refusal(precision))
        return float(THRESHOLDS[step])

    def level(self, precision: float) -> PrecisionLevel:
        """What the certificate says of a level, certified or not."""
        step = laxest_step(self.certified, check_precision(precision))
        if step is None:
            return self._refused_level(precision)
        outcomes, threshold = self.outcomes, float(THRESHOLDS[step])
        depths = answer_levels(outcomes.probabilities, threshold)
        answered = depths > 0
        by_level = np.bincount(depths, minlength=outcomes.probabilities.shape[1] + 1)[1:]
        return PrecisionLevel(
            goods=self.goods,
            precision=precision,
            certified=True,
            threshold=threshold,
            rows=len(outcomes),
            answered=float(answered.mean()),
            found=float((depths <= outcomes.right)[answered].mean()),
            at_leaf=float((outcomes.whole_from >= threshold).mean()),
            by_level=tuple((by_level / len(outcomes)).tolist()),
            missing=0,
            highest=self.highest,
        )

    def _refused_level(self, precision: float) -> PrecisionLevel:
        return PrecisionLevel(
            goods=self.goods,
            precision=precision,
            certified=False,
            threshold=None,
            rows=len(self.outcomes),
            answered=0.0,
            found=math.nan,
            at_leaf=0.0,
            by_level=(0.0,) * self.outcomes.probabilities.shape[1],
            missing=self._rows_missing(precision),
            highest=self.highest,
        )

    @property
    def levels(self) -> PrecisionLevels:
        """`level` of 0.99, 0.98, 0.95, 0.90 and 0.80."""
        return PrecisionLevels(map(self.level, PRECISIONS))

    def by_top_level(self, precision: float) -> dict[int, tuple[int, int]]:
        """Answers under every category of the first level, and how many of them were right.

        The promise is about all answers together; here is how they differ.
        """
        depths = answer_levels(self.outcomes.probabilities, self.threshold(precision))
        answered = depths > 0
        right = answered & (depths <= self.outcomes.right)
        counts = {}
        for top in np.unique(self.outcomes.tops[answered]).tolist():
            here = self.outcomes.tops == top
            counts[top] = (int((answered & here).sum()), int((right & here).sum()))
        return counts

    def _refusal(self, precision: float) -> str:
        rows, highest = len(self.outcomes), rounded_down(self.highest)
        message = f"precision {precision:g} is not certified for {GOODS[self.goods]}: "
        message += f"the highest level that is, is {highest:g}. " if highest else "no level is. "
        missing = self._rows_missing(precision)
        if missing is None:
            message += f"Even the surest answers to the {rows:,} calibration rows are not that "
            return message + "precise, or so few that ten times as many rows would not show it"
        fewest = fewest_answers(precision, self.delta)
        message += f"About {missing:,} calibration rows more than the {rows:,} would do if they "
        return message + f"turn out like these; {fewest} answers have to be right if none is wrong"

    @calculated_once
    def _walks(self) -> list[Walk]:
        return [walk_of(part, self.delta) for part in self.parts]

    def _rows_missing(self, precision: float) -> int | None:
        """How many rows more would certify a level; None if ten times as many would not."""
        times = max(
            times_missing(walk, len(part), precision, self.delta)
            for walk, part in zip(self._walks, self.parts, strict=True)
        )
        return None if math.isinf(times) else math.ceil((times - 1) * len(self.outcomes))


@dataclass(frozen=True, eq=False)
class Strictest:
    """What holds for several kinds of goods, each by itself."""

    certificates: tuple[Certificate, ...]

    def threshold(self, precision: float | None) -> float:
        """The laxest threshold that all certify; `PrecisionError` if one of them certifies none."""
        if precision is None:
            return 0.0
        step = laxest_step(self.certified, check_precision(precision))
        if step is not None:
            return float(THRESHOLDS[step])
        for certificate in self.certificates:
            certificate.threshold(precision)  # whichever certifies none says why
        raise PrecisionError(
            f"precision {precision:g} is certified for all goods, but at no threshold for all of "
            f"them at once: name the goods, such as goods={self.certificates[0].goods!r}"
        )

    @calculated_once
    def certified(self) -> npt.NDArray[np.float64]:
        """Precision that is certified for all at every threshold, (n_thresholds,)."""
        found: npt.NDArray[np.float64] = np.min([e.certified for e in self.certificates], axis=0)
        return found


def laxest_step(certified: npt.NDArray[np.float64], precision: float) -> int | None:
    """The laxest threshold at which a precision is certified, None if it is at none.

    >>> laxest_step(np.array([0.0, 0.96, 0.95, 0.9]), 0.95)
    2
    """
    steps = np.flatnonzero(certified >= precision)
    return int(steps[-1]) if len(steps) else None
