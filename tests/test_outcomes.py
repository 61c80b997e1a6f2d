"""Outcomes: how answers to rows of known categories are counted as right, wrong and whole."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from simulated_answers import outcomes_of, random_outcomes

from textcat.precision import Outcomes, answer_levels
from textcat.precision.outcomes import joined
from textcat.tree import CategoryTree

# Чай (0) ── Зелёный (1), Чёрный (2)     Кофе (3)     Дом (4) ── Сад (5) ── Лопаты (6)
TREE = CategoryTree.from_paths(["Чай > Зелёный", "Чай > Чёрный", "Кофе", "Дом > Сад > Лопаты"])
TEA, GREEN, BLACK, COFFEE, HOME, GARDEN, SPADES = range(7)
UNKNOWN = -1


def compared(true: int, *way: int) -> Outcomes:
    """The outcome of a single row that was answered with the nodes on the `way`."""
    nodes = np.array([[*way, *[-1] * (3 - len(way))]], np.int32)
    shares = np.where(nodes >= 0, [0.9, 0.8, 0.7], 0).astype(np.float32)
    return Outcomes.of(np.array([true], np.int32), nodes, shares, np.array([0]), TREE)


@pytest.mark.parametrize(
    ("true", "way", "right"),
    [
        (GREEN, (TEA, GREEN), 2),
        (GREEN, (TEA, BLACK), 1),
        (GREEN, (COFFEE,), 0),
        (SPADES, (HOME, GARDEN, SPADES), 3),
        # what holds products itself: an answer above the true node is right, one below is wrong
        (GREEN, (TEA,), 1),
        (TEA, (TEA, GREEN), 1),
        (HOME, (HOME, GARDEN, SPADES), 1),
        # nothing was answered; the tree does not have the true category; both
        (GREEN, (), 0),
        (UNKNOWN, (TEA, GREEN), 0),
        (UNKNOWN, (), 0),
    ],
)
def test_levels_are_right_down_to_where_the_way_leaves_that_of_the_true_category(
    true: int, way: tuple[int, ...], right: int
) -> None:
    assert compared(true, *way).right.tolist() == [right]


def test_the_first_level_of_every_way_is_remembered() -> None:
    tops = [compared(GREEN, *way).tops.tolist() for way in [(TEA, BLACK), (COFFEE,), ()]]
    assert tops == [[TEA], [COFFEE], [-1]]


def test_groups_are_numbered_anew() -> None:
    rows, nothing = np.zeros(4, np.int32), np.full((4, 1), -1, np.int32)
    groups = np.array([70, 5, 70, 1_000_000])
    found = Outcomes.of(rows, nothing, np.zeros((4, 1), np.float32), groups, TREE)
    assert found.groups.tolist() == [1, 0, 1, 2]


def test_no_rows_and_no_levels_have_outcomes_too() -> None:
    none = np.empty(0, np.int32)
    for depth in (0, 2):
        nodes = np.empty((0, depth), np.int32)
        found = Outcomes.of(none, nodes, nodes.astype(np.float32), none, TREE)
        assert (len(found), found.answered_from.tolist(), found.tops.tolist()) == (0, [], [])


@pytest.mark.parametrize(
    ("shares", "right", "wrong_from"),
    [
        # at 0.9 and less it is answered; at 0.4 and less with the second level, and so on
        ([0.9, 0.4, 0.2], 3, 0),
        ([0.9, 0.4, 0.2], 2, 0.2),
        ([0.9, 0.4, 0.2], 1, 0.4),
        ([0.9, 0.4, 0.2], 0, 0.9),
        ([0.9, 0.4, 0.0], 2, 0),  # a leaf of the second level
        ([0.9, 0.4, 0.0], 1, 0.4),
    ],
)
def test_an_answer_is_wrong_from_the_probability_of_its_first_wrong_level(
    shares: list[float], right: int, wrong_from: float
) -> None:
    found = outcomes_of((shares, right))
    assert found.wrong_from.tolist() == pytest.approx([wrong_from])
    assert found.answered_from.tolist() == pytest.approx([0.9])
    assert found.whole_from.tolist() == pytest.approx([0.2 if shares[2] else 0.4])


def test_a_row_without_any_answer_is_neither_answered_nor_wrong_nor_whole() -> None:
    nothing = outcomes_of(([0.0, 0.0], 0))
    assert nothing.answered_from == nothing.wrong_from == nothing.whole_from == [0]


@given(random_outcomes(), st.floats(1e-6, 1))
def test_the_three_thresholds_say_the_same_as_the_answers_at_any_threshold(
    outcomes: Outcomes, threshold: float
) -> None:
    levels = answer_levels(outcomes.probabilities, threshold)
    deepest = (outcomes.probabilities > 0).sum(axis=1)
    for found, wanted in (
        (outcomes.answered_from, levels > 0),
        (outcomes.wrong_from, levels > outcomes.right),
        (outcomes.whole_from, (levels > 0) & (levels == deepest)),
    ):
        np.testing.assert_array_equal(found >= threshold, wanted)


def test_outcomes_are_joined_row_after_row_and_groups_stay_apart() -> None:
    parts = [
        outcomes_of(([0.9], 1), ([0.8], 0), ([0.7], 1), groups=[0, 1, 0], tops=[5, 6, 5]),
        outcomes_of(),
        outcomes_of(([0.6], 1), ([0.5], 1), groups=[0, 0], tops=[6, 7]),
    ]
    together = joined(parts)
    assert together.probabilities[:, 0].tolist() == pytest.approx([0.9, 0.8, 0.7, 0.6, 0.5])
    assert together.right.tolist() == [1, 0, 1, 1, 1]
    assert together.tops.tolist() == [5, 6, 5, 6, 7]
    assert together.groups.tolist() == [0, 1, 0, 2, 2]
