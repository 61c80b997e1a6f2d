"""Calibration: a temperature and a trust for the whole tree, the most likely on held-out rows."""

from __future__ import annotations

from dataclasses import astuple, replace
from random import Random

import numpy as np
import pytest
from hand_made_trees import branch, feature_rows, linear_trees
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy import sparse

from textcat.descent.linear_tree import LinearTree
from textcat.descent.slots import Slots
from textcat.descent.trust import Choice, Trust
from textcat.errors import TreeError
from textcat.fitting.calibration import (
    HIGHEST,
    LOWEST,
    Decision,
    best_temperature,
    best_trust,
    decisions_on_the_way,
    log_softmax,
    with_calibration,
)
from textcat.tree import CategoryTree

TREE = CategoryTree.from_paths(["Чай", "Кофе", "Книги"])


def tea_or_coffee(margin: float) -> LinearTree:
    """A tree that gives Чай `margin` more than Кофе; Книги was not fitted."""
    return LinearTree(Slots.of(TREE, [0, 1]), {0: branch([[margin, 0]])}, 1.0)


def calibrated(tree: LinearTree, X: sparse.csr_matrix, categories: np.ndarray) -> LinearTree:
    return with_calibration(tree, decisions_on_the_way(tree, X, categories))


def ones(count: int) -> sparse.csr_matrix:
    return sparse.csr_matrix(np.ones((count, 1), np.float32))


# The temperature


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


def test_decisions_below_the_root_count_too() -> None:
    # the root is always right; below it three of four rows are, with a margin of 2 ln 3
    tree = CategoryTree.from_paths(["Чай > Зелёный", "Чай > Чёрный", "Кофе"])
    deep = LinearTree(
        Slots.of(tree, [1, 2, 3]), {0: branch([[0, 0]]), 1: branch([[2 * np.log(3), 0]])}, 1.0
    )
    decisions = decisions_on_the_way(deep, ones(4), np.array([1, 1, 1, 2], np.int32))
    assert best_temperature(decisions) == pytest.approx(2, rel=1e-3)


@given(linear_trees(), feature_rows(), st.randoms(use_true_random=False))
def test_held_out_rows_are_never_less_likely_than_before(
    tree: LinearTree, X: sparse.csr_matrix, random: Random
) -> None:
    leaves = np.array(random.choices(tree.slots.leaves.tolist(), k=X.shape[0]), np.int32)

    def likelihood(temperature: float) -> float:
        table = replace(tree, temperature=temperature).log_probabilities(X, best=None)
        return float(table[np.arange(len(leaves)), leaves].sum())

    decisions = decisions_on_the_way(tree, X, tree.slots.categories[leaves])
    assume(decisions)
    best = likelihood(best_temperature(decisions))
    assert best >= max(map(likelihood, [0.05, 1.0, 5.0])) - 1e-3 * (1 + abs(best))


# The decisions on the way to the true leaf


def test_decisions_are_those_of_every_slot_that_rows_pass_with_what_speaks_for_each_child() -> None:
    # Чай (1) and Кофе (2) at the root; below Кофе are Молотый and, as «stay here», Кофе itself
    tree = CategoryTree.from_paths(["Чай", "Кофе", "Кофе > Молотый"])
    root, coffee = branch([[3, 0], [1, 1]]), branch([[0, 2], [0, 0]])
    linear = LinearTree(Slots.of(tree, [0, 1, 2]), {0: root, 2: coffee}, 0.5)
    X = sparse.csr_matrix(np.array([[1, 0], [1, 1], [0, 0]], np.float32))
    first, second = decisions_on_the_way(linear, X, np.array([0, 2, 1], np.int32))
    assert first.margins.tolist() == [[3, 0], [4, 1], [0, 0]]  # whatever the temperature
    assert first.taken.tolist() == [0, 1, 1]
    assert first.known.tolist() == [1, 2, 0]
    assert first.is_first_level
    assert second.margins.tolist() == [[0, 2], [0, 0]]  # the second row and the third
    assert second.taken.tolist() == [0, 1]
    assert second.known.tolist() == [2, 0]
    assert not second.is_first_level


def test_slots_that_no_row_passes_and_those_without_a_choice_have_no_decision() -> None:
    tree = CategoryTree.from_paths(["Чай > Зелёный > Сенча", "Кофе > Молотый", "Кофе > Арабика"])
    slots = Slots.of(tree, [2, 4, 5])
    linear = LinearTree(slots, {0: branch([[1, 0]]), 2: branch([[1, 0]])}, 1.0)
    assert len(decisions_on_the_way(linear, ones(2), np.array([2, 2], np.int32))) == 1
    assert len(decisions_on_the_way(linear, ones(2), np.array([2, 4], np.int32))) == 2


def test_a_row_of_a_category_that_was_not_fitted_is_named() -> None:
    with pytest.raises(TreeError, match="row 2 is of category number 2, of which no row was"):
        calibrated(tea_or_coffee(1), ones(3), np.array([0, 2, 1], np.int32))


# The trust


def decisions_of(
    margins: NDArray[np.float32],
    trust: Trust,
    known: NDArray[np.int32],
    first_level: bool,
    random: np.random.Generator,
) -> Decision:
    """Decisions that turn out as a trust has it, at temperature 1."""
    choice = Choice.of(margins)
    odds = trust.odds(choice, np.log1p(known), first_level)
    shares = np.exp(choice.log_shares(odds).astype(np.float64))
    ends = np.cumsum(shares, axis=1)
    taken = (random.random(len(ends))[:, None] > ends / ends[:, -1:]).sum(axis=1)
    return Decision(margins, taken, known, first_level)


@pytest.mark.parametrize(
    "trust",
    [
        Trust(),
        Trust(intercept=0.5, log_odds=0.6, lead=0.2, first_level=-0.7, known=0.2),
        Trust(intercept=1.0, log_odds=1.2, lead=0.4, first_level=0.5, known=-0.4),
    ],
)
def test_the_trust_that_decisions_were_made_with_is_found_again(trust: Trust) -> None:
    random = np.random.default_rng(11)
    decisions = [
        decisions_of(
            random.normal(0, 2, (20_000, 5)).astype(np.float32),
            trust,
            random.integers(0, 60, 20_000).astype(np.int32),
            first_level,
            random,
        )
        for first_level in (True, False)
    ]
    assert astuple(best_trust(decisions, 1.0)) == pytest.approx(astuple(trust), abs=0.15)


def test_the_trust_is_that_of_shares_at_the_temperature() -> None:
    random, doubled = np.random.default_rng(5), Trust(log_odds=0.5)
    margins = random.normal(0, 2, (20_000, 2)).astype(np.float32)
    decision = decisions_of(margins, doubled, np.zeros(20_000, np.int32), False, random)
    # two children: odds and lead are one thing; at temperature 1 they weigh a half together, and
    # of margins divided by 2 they weigh 1
    for temperature, weight in [(1.0, 0.5), (2.0, 1.0)]:
        found = best_trust([decision], temperature)
        assert found.log_odds + found.lead == pytest.approx(weight, rel=0.05)


def test_a_single_decision_moves_the_trust_as_far_as_the_ridge_lets_it() -> None:
    # an even choice that is right speaks for the intercept alone: b² / 2 + ln(1 + exp(-b)) is
    # least where b = 1 / (1 + exp(b)), at 0.4006; where it is wrong, at -0.4006
    even, nothing_known = np.zeros((1, 2), np.float32), np.zeros(1, np.int32)
    for taken, intercept in [(0, 0.4006), (1, -0.4006)]:
        found = best_trust([Decision(even, np.array([taken]), nothing_known, False)], 1.0)
        assert astuple(found) == pytest.approx((intercept, 1, 0, 0, 0), abs=1e-3)


def test_a_few_rows_leave_the_softmax_nearly_as_it_is() -> None:
    random = np.random.default_rng(0)
    for count, most in [(3, 1.0), (10, 2.0)]:
        margins = random.normal(0, 1, (count, 4)).astype(np.float32)
        wrong = (margins.argmax(axis=1) + 1) % 4
        found = best_trust([Decision(margins, wrong, np.full(count, 2, np.int32), True)], 1.0)
        moved = np.array(astuple(found)) - astuple(Trust())
        assert 0 < np.linalg.norm(moved) < most


def test_more_odds_and_a_greater_lead_never_speak_against_a_child() -> None:
    # the surer the choice, the more often it is wrong
    margins = np.repeat([[0.1, 0.0, 0.0], [2.0, 0.0, 0.0], [5.0, 0.0, 0.0]], 500, axis=0)
    wrong = np.random.default_rng(0).random(1500) < np.repeat([0.2, 0.5, 0.9], 500)
    known = np.ones(1500, np.int32)
    found = best_trust([Decision(margins.astype(np.float32), wrong * 1, known, False)], 1.0)
    assert (found.log_odds, found.lead) == (0, 0)


@settings(max_examples=40)
@given(linear_trees(), feature_rows(), st.randoms(use_true_random=False))
def test_with_trust_it_is_never_less_likely_which_best_children_are_right(
    tree: LinearTree, X: sparse.csr_matrix, random: Random
) -> None:
    leaves = np.array(random.choices(tree.slots.leaves.tolist(), k=X.shape[0]), np.int32)
    decisions = decisions_on_the_way(tree, X, tree.slots.categories[leaves])
    assume(decisions)

    def likelihood(trust: Trust) -> float:
        total = 0.0
        for margins, taken, known, is_first_level in decisions:
            choice = Choice.of(log_softmax(margins))
            log_odds = choice.evidence(known, is_first_level) @ np.array(astuple(trust))
            signs = np.where(choice.best == taken, 1, -1)
            total -= float(np.logaddexp(0, -signs * log_odds).sum())
        return total

    found = best_trust(decisions, 1.0)
    assert min(found.log_odds, found.lead) >= 0
    assert likelihood(found) >= likelihood(Trust()) - 1e-6 * (1 + abs(likelihood(Trust())))


# Both together


def test_without_held_out_rows_a_tree_stays_as_it_is() -> None:
    tree = replace(tea_or_coffee(1), temperature=0.3, trust=Trust(intercept=0.5))
    assert with_calibration(tree, []) is tree
    assert calibrated(tree, ones(0), np.empty(0, np.int32)) is tree


def test_a_tree_without_a_choice_stays_as_it_is() -> None:
    tree = LinearTree(Slots.of(TREE, [0]), {}, 0.3)
    assert calibrated(tree, ones(2), np.zeros(2, np.int32)) is tree


def test_a_calibrated_tree_has_the_best_temperature_and_the_best_trust_at_it() -> None:
    tree, X = tea_or_coffee(2), ones(40)
    categories = np.array([0] * 30 + [1] * 10, np.int32)
    decisions = decisions_on_the_way(tree, X, categories)
    found = calibrated(tree, X, categories)
    assert found.temperature == best_temperature(decisions)
    assert found.trust == best_trust(decisions, found.temperature)
    assert with_calibration(tree, decisions) == found
    _, shares = found.best_paths(X)
    assert shares[0, 0] == pytest.approx(0.75, abs=0.01)


# Rows of no category


def test_a_row_of_no_category_should_take_nothing_at_the_first_level() -> None:
    tree = tea_or_coffee(2)
    first, outside = decisions_on_the_way(tree, ones(3), np.array([0, -1, 1], np.int32))
    assert first.taken.tolist() == [0, 1]
    assert outside.taken.tolist() == [-1]
    assert outside.margins.tolist() == [[2, 0]]
    assert outside.is_first_level


def test_rows_of_no_category_do_not_move_the_temperature_and_lower_the_trust() -> None:
    rows = np.array([0, 0, 0, 1], np.int32)
    plain = calibrated(tea_or_coffee(1), ones(4), rows)
    doubted = calibrated(tea_or_coffee(1), ones(8), np.r_[rows, np.full(4, -1, np.int32)])
    assert doubted.temperature == pytest.approx(plain.temperature, rel=1e-3)
    best = [np.exp(tree.best_paths(ones(1))[1][0, 0]) for tree in (plain, doubted)]
    assert best[1] < best[0]
