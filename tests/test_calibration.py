"""Calibration: one temperature for the whole tree, the most likely one on held-out rows."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import numpy as np
import pytest
from hand_made_trees import branch, feature_rows, linear_trees
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

from textcat.calibration import HIGHEST, LOWEST, best_temperature, calibrated
from textcat.descent import LinearTree
from textcat.errors import TreeError
from textcat.slots import Slots
from textcat.tree import CategoryTree

TREE = CategoryTree.from_paths(["Чай", "Кофе", "Книги"])


def tea_or_coffee(margin: float) -> LinearTree:
    """A tree that gives Чай `margin` more than Кофе; Книги was not fitted."""
    return LinearTree(Slots.of(TREE, [0, 1]), {0: branch([[margin, 0]])}, 1.0)


def ones(count: int) -> sparse.csr_matrix:
    return sparse.csr_matrix(np.ones((count, 1), np.float32))


@pytest.mark.parametrize("temperature", [0.5, 1, 2, 5])
def test_the_temperature_makes_the_probability_the_share_of_right_rows(temperature: float) -> None:
    # three of four rows are Чай: odds of 3 : 1 are likeliest, so margin / temperature is ln 3
    tree, rows = tea_or_coffee(temperature * np.log(3)), np.array([0, 0, 0, 1], np.int32)
    assert calibrated(tree, ones(4), rows).temperature == pytest.approx(temperature, rel=1e-3)


def test_temperatures_stay_within_bounds() -> None:
    always_right, always_wrong = np.zeros(4, np.int32), np.ones(4, np.int32)
    tree = tea_or_coffee(1)
    assert LOWEST <= calibrated(tree, ones(4), always_right).temperature < 0.1
    assert calibrated(tree, ones(4), always_wrong).temperature == pytest.approx(HIGHEST, rel=0.01)


def test_without_held_out_rows_the_temperature_stays() -> None:
    tree = replace(tea_or_coffee(1), temperature=0.3)
    assert calibrated(tree, ones(0), np.empty(0, np.int32)).temperature == 0.3


def test_a_tree_without_a_choice_keeps_its_temperature() -> None:
    tree = LinearTree(Slots.of(TREE, [0]), {}, 0.3)
    assert calibrated(tree, ones(2), np.zeros(2, np.int32)).temperature == 0.3


def test_a_row_of_a_category_that_was_not_fitted_is_named() -> None:
    with pytest.raises(TreeError, match="row 2 is of category number 2, of which no row was"):
        calibrated(tea_or_coffee(1), ones(3), np.array([0, 2, 1], np.int32))


def test_decisions_below_the_root_count_too() -> None:
    # the root is always right; below it three of four rows are, with a margin of 2 ln 3
    tree = CategoryTree.from_paths(["Чай > Зелёный", "Чай > Чёрный", "Кофе"])
    deep = LinearTree(
        Slots.of(tree, [1, 2, 3]), {0: branch([[0, 0]]), 1: branch([[2 * np.log(3), 0]])}, 1.0
    )
    leaves = deep.slots.leaf_of(np.array([1, 1, 1, 2], np.int32))
    assert best_temperature(deep, ones(4), leaves) == pytest.approx(2, rel=1e-3)


@given(linear_trees(), feature_rows(), st.randoms(use_true_random=False))
def test_held_out_rows_are_never_less_likely_than_before(
    tree: LinearTree, X: sparse.csr_matrix, random: Random
) -> None:
    leaves = np.array(random.choices(tree.slots.leaves.tolist(), k=X.shape[0]), np.int32)

    def likelihood(temperature: float) -> float:
        table = replace(tree, temperature=temperature).log_probabilities(X, best=None)
        return float(table[np.arange(len(leaves)), leaves].sum())

    best = likelihood(best_temperature(tree, X, leaves))
    assert best >= max(map(likelihood, [0.05, 1.0, 5.0])) - 1e-3 * (1 + abs(best))
