"""Rules and certificates that take probabilities at their word, for what stands upon them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from textcat.model import CategoryModel
from textcat.precision import Certificate, Outcomes
from textcat.precision.certification import THRESHOLDS


@dataclass(frozen=True)
class AtItsWord:
    """An answer is precise enough if its probability is."""

    def threshold(self, precision: float | None) -> float:
        """The level itself."""
        return precision or 0.0


def taken_at_its_word(model: CategoryModel) -> CategoryModel:
    """As if rows had been given that certify every probability as the precision it states."""
    one = np.ones(1, np.int32)
    outcomes = Outcomes(np.ones((1, 1), np.float32), one, one - 1, one - 1)
    stated = Certificate("given", (outcomes,), np.zeros(1, np.float32), THRESHOLDS)
    certificates = {"given": stated}
    return CategoryModel(model.tree, model.reader, model.linear_tree, model.facts, certificates)
