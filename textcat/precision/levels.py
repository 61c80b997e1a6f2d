"""From the precision that a caller requires to the probability that an answer must have.

An answer is found by climbing: start at the most probable leaf and go up while the node's
probability is below the threshold; at the root there is no answer.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from textcat.errors import PrecisionError

DEFAULT_PRECISION = 0.95
# The levels that are shown unless others are named.
PRECISIONS = (0.99, 0.98, 0.95, 0.90, 0.80)


def check_precision(precision: object) -> float:
    """The precision as a float above 0 and below 1.

    >>> check_precision(95)
    Traceback (most recent call last):
        ...
    textcat.errors.PrecisionError: precision must lie between 0 and 1, such as 0.95, but is 95
    """
    if isinstance(precision, (int, float, np.floating)) and 0 < precision < 1:
        return float(precision)
    raise PrecisionError(f"precision must lie between 0 and 1, such as 0.95, but is {precision!r}")


def read_precisions(precision: float | Iterable[float | None] | None) -> tuple[float | None, ...]:
    """One level or several as a tuple; None asks for the leaf, however improbable it is.

    >>> read_precisions([0.99, None])
    (0.99, None)
    """
    if precision is None:
        return (None,)
    if isinstance(precision, Iterable) and not isinstance(precision, str):
        levels = tuple(None if level is None else check_precision(level) for level in precision)
        if not levels:
            raise PrecisionError("no precision level is given; pass one, such as 0.95, or several")
        return levels
    return (check_precision(precision),)


class Rule(Protocol):
    """Says how probable an answer has to be."""

    def threshold(self, precision: float | None) -> float:
        """Least probability of an answer at a precision level, 0 for None."""


@dataclass(frozen=True)
class Uncertified:
    """A rule that promises nothing: only the most probable leaf can be asked for."""

    reason: str

    def threshold(self, precision: float | None) -> float:
        """Raise `PrecisionError` for any level but None."""
        if precision is None:
            return 0.0
        raise PrecisionError(
            f"precision {check_precision(precision):g} is not certified: {self.reason}. Certify "
            "the model on rows with known categories, model.certify(rows), or take the most "
            "probable leaf, whatever it is worth: precision=None"
        )


def answer_levels(
    probabilities: npt.NDArray[np.floating], threshold: float
) -> npt.NDArray[np.int64]:
    """Level of every answer, (n,); 0 is no answer.

    `probabilities` is (n, depth), falling from level 1 downwards, and 0 beyond the leaf.

    >>> answer_levels(np.array([[0.99, 0.9, 0.0], [0.5, 0.4, 0.3]]), 0.9).tolist()
    [2, 0]
    """
    exact = probabilities.astype(np.float64)  # or the threshold would be rounded to float32
    levels: npt.NDArray[np.int64] = ((exact >= threshold) & (exact > 0)).sum(axis=1)
    return levels
