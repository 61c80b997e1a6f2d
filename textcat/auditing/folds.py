"""Every row of a catalogue judged by a model that has seen neither it nor what is like it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from textcat.auditing.witness import Witness
from textcat.fitting.calibration import Decision, best_temperature
from textcat.training.held_out import Rows, near_duplicates
from textcat.training.rows import Categories, Fitted, TrainingRows

FOLDS, NO_FOLD = 5, -1
# A temperature needs no more rows of each fold than that.
CALIBRATING = 4000


def witnesses_of_folds(
    rows: TrainingRows, random: np.random.Generator, chosen: npt.NDArray[np.bool_] | None = None
) -> list[Witness]:
    """A model a fold, fitted on the others; its temperature is that of the others' decisions.

    Only the rows `chosen`, (n_rows,) bool, are judged and fitted on; there is none to judge them if
    they are all like each other.
    """
    fold = folds_of(rows.categories, near_duplicates(rows.names), random)
    if chosen is not None:
        fold[~chosen] = NO_FOLD
    numbers = np.unique(fold[fold != NO_FOLD]).tolist()
    if len(numbers) < 2:
        return []
    weights = np.ones(len(fold))
    fitted = [
        rows.fit_weighted((fold != number) & (fold != NO_FOLD), weights) for number in numbers
    ]
    asked = [np.flatnonzero(fold == number) for number in numbers]
    decisions = [
        model.decisions(_some(own, random)) for model, own in zip(fitted, asked, strict=True)
    ]
    others = [
        [one for other in decisions if other is not own for one in other] for own in decisions
    ]
    return list(map(_witness, fitted, asked, others))


def folds_of(
    categories: Categories, duplicates: Rows, random: np.random.Generator
) -> npt.NDArray[np.intp]:
    """Fold of every row, (n_rows,): near-duplicates together, every category spread over all.

    >>> categories, duplicates = np.int32([0, 0, 0, 1, 1]), np.array([0, 1, 1, 2, 3])
    >>> fold = folds_of(categories, duplicates, np.random.default_rng(0))
    >>> bool(fold[1] == fold[2] != fold[0]), bool(fold[3] != fold[4])
    (True, True)
    """
    _, first, group = np.unique(duplicates, return_index=True, return_inverse=True)
    order = np.lexsort((random.random(len(first)), categories[first]))
    fold = np.empty(len(first), np.intp)
    fold[order] = np.arange(len(first)) % FOLDS
    return fold[group]


def _some(rows: Rows, random: np.random.Generator) -> Rows:
    return np.sort(random.permutation(rows)[:CALIBRATING])


def _witness(fitted: Fitted, asked: Rows, decisions: list[Decision]) -> Witness:
    tree, X = fitted.linear_tree, fitted.X
    if decisions:
        tree = replace(tree, temperature=best_temperature(decisions))
    X = X if len(asked) == X.shape[0] else X[fitted.asked.searchsorted(asked)]
    return Witness.of(fitted.reader, tree, asked, X)
