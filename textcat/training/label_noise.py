"""Rows whose category is most probably wrong, and how little they count in training."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from textcat.training.rows import TrainingRows

DOWNWEIGHT = "downweight"
# Measured on 89,000 rows (benchmarks/audit.py --fit): with 5 % of the labels spoilt, leaf accuracy
# on others rises from 0.862 to 0.864; with none spoilt it falls by 0.001. From a confidence of
# 0.995 on it would fall by 0.002 then, and from 0.5 on it falls even with spoilt ones: most
# suspects are needed to learn where categories overlap.
DOUBTED_FROM, WEIGHT_OF_DOUBTED = 0.9995, 0.1


def label_weights(rows: TrainingRows, training: npt.NDArray[np.bool_]) -> npt.NDArray[np.float64]:
    """Weight of every row, (n_rows,), as far as the rows chosen, (n_rows,) bool, tell.

    The others are not looked at: what is certified on them has to be news to the model.
    """
    from textcat.auditing.folds import witnesses_of_folds
    from textcat.auditing.suspicion import confidences
    from textcat.auditing.witness import opinions_of

    weights = np.ones(len(training))
    witnesses = witnesses_of_folds(rows, np.random.default_rng(0), training)
    if witnesses:
        asked, opinions = opinions_of(witnesses, rows.categories)
        doubted = (confidences(opinions) >= DOUBTED_FROM) & opinions.contradict
        weights[asked[doubted]] = WEIGHT_OF_DOUBTED
    return weights


def check_label_noise(way: object) -> None:
    """Refuse a way to deal with wrong labels that is none."""
    if way not in (None, DOWNWEIGHT):
        raise ValueError(f"label_noise is {way!r}, but must be {DOWNWEIGHT!r} or None")
