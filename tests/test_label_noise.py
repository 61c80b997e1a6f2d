"""Rows whose label is all but certainly wrong count little in training."""

from __future__ import annotations

import numpy as np
import pytest

import textcat
from textcat.lemmas import Lemmatizer
from textcat.training.label_noise import WEIGHT_OF_DOUBTED, label_weights
from textcat.training.rows import TrainingRows

KINDS = ["Чай", "Кофе", "Молоток", "Чехол", "Шампунь", "Носки"]
COLORS = ["белый", "чёрный", "красный", "синий", "зелёный", "жёлтый", "серый", "розовый"]
SIZES = ["большой", "малый", "средний", "огромный", "крошечный"]
ROWS = [(f"{kind} {color} {size}", kind) for kind in KINDS for color in COLORS for size in SIZES]
WRONG = 3  # a row of tea that is said to be socks
SPOILT = [(name, "Носки" if row == WRONG else kind) for row, (name, kind) in enumerate(ROWS)]


def _training_rows() -> TrainingRows:
    tree = textcat.CategoryTree.from_paths(KINDS)
    categories = np.array([tree.index(kind) for _, kind in SPOILT], np.int32)
    names = [name for name, _ in SPOILT]
    return TrainingRows(names, categories, tree, False, Lemmatizer(), 1, {"n_jobs": 1})


def test_only_the_wrong_label_counts_less() -> None:
    weights = label_weights(_training_rows(), np.ones(len(SPOILT), bool))
    assert np.flatnonzero(weights < 1).tolist() == [WRONG]
    assert weights[WRONG] == WEIGHT_OF_DOUBTED


def test_rows_that_are_held_out_are_not_looked_at() -> None:
    rows, training = _training_rows(), np.arange(len(SPOILT)) % 5 > 0
    training[WRONG] = True
    weights = label_weights(rows, training)
    rows.categories[~training] = rows.categories[0]
    assert np.array_equal(label_weights(rows, training), weights)
    assert (weights[~training] == 1).all()


def test_a_few_rows_that_are_all_alike_keep_their_weight() -> None:
    training = np.zeros(len(SPOILT), bool)
    training[0] = True
    assert (label_weights(_training_rows(), training) == 1).all()


def test_a_wrong_label_says_less_for_its_category() -> None:
    usual = textcat.train(SPOILT, n_jobs=1, calibration=None)
    doubting = textcat.train(SPOILT, n_jobs=1, calibration=None, label_noise="downweight")
    name = SPOILT[WRONG][0]
    share = {
        model: {each.path: each.probability for each in model.top(name, k=6)}[("Носки",)]
        for model in (usual, doubting)
    }
    assert share[doubting] < share[usual]


def test_certified_levels_are_given_all_the_same() -> None:
    model = textcat.train(SPOILT, n_jobs=1, label_noise="downweight")
    assert "familiar" in model.certificates


def test_an_unknown_way_is_an_error() -> None:
    with pytest.raises(ValueError, match="label_noise is 'drop', but must be 'downweight' or None"):
        textcat.train(SPOILT, label_noise="drop")
