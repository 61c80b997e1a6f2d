"""What rows get from a model's own certificates, those that it ships with."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from pools import Pool
from redraws import LEVELS, Answered, answered_at

from textcat import CategoryModel
from textcat.precision import Outcomes
from textcat.precision.certificate import laxest_step
from textcat.precision.certification import THRESHOLDS

DEFAULT = "default"  # what counts if no goods are named: probable enough for all of them


class Shipped(NamedTuple):
    """What came of one level of one certificate."""

    level: float
    goods: str
    answered: Answered | None  # None if the level is not certified


def shipped(model: CategoryModel, pool: Pool) -> Iterator[Shipped]:
    """Ask all rows of a pool, level by level."""
    for level in LEVELS:
        for goods in (*model.certificates, DEFAULT):
            threshold = threshold_of(model, goods, level)
            found = None if threshold is None else ask(pool.outcomes, threshold)
            yield Shipped(level, goods, found)


def threshold_of(model: CategoryModel, goods: str, level: float) -> float | None:
    """Least probability of an answer, None if the level is not certified for the goods.

    It is what `goods=` and its default give; asking the model would raise an error where there is
    none, and take its time to say what is missing.
    """
    counted = model.certificates.values() if goods == DEFAULT else [model.certificates[goods]]
    if not counted:
        return None
    step = laxest_step(np.min([each.certified for each in counted], axis=0), level)
    return None if step is None else float(THRESHOLDS[step])


def ask(
    outcomes: Outcomes, threshold: float, chosen: npt.NDArray[np.bool_] | None = None
) -> Answered:
    """What rows get at one threshold for all levels of the tree, all of them or some."""
    shares, right = outcomes.probabilities, outcomes.right
    if chosen is not None:
        shares, right = shares[chosen], right[chosen]
    return answered_at(np.full(shares.shape[1], threshold), shares, right)
