"""Design effects: rows that are right or wrong together say less than as many of their own."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from simulated_answers import flat, outcomes_of, random_outcomes, step

from textcat.precision import Outcomes
from textcat.precision.certification import design_effect, lower_bound, walk_of


def test_rows_of_their_own_have_next_to_no_design_effect() -> None:
    wrong = np.arange(1000) < 300
    assert design_effect(wrong, np.arange(1000)) == pytest.approx(1, abs=0.002)


@pytest.mark.parametrize(
    ("wrong", "groups", "effect"),
    [
        # half of the rows are wrong; groups have 1.5 more and 1.5 fewer than half of theirs, so
        # 2 / (2 - 1) * (1.5² + 1.5²) = 9 between groups, for 6 / 5 * 6 * 0.5 * 0.5 between rows
        ([1, 1, 1, 0, 0, 0], [0, 0, 0, 1, 1, 1], 9 / 1.8),
        # a quarter of the rows is wrong; groups have 1.5 more, 0.75 fewer and 0.75 fewer:
        # 3 / 2 * (2.25 + 0.5625 + 0.5625) = 5.0625, and 8 / 7 * 8 * 0.25 * 0.75 = 12 / 7
        ([1, 1, 0, 0, 0, 0, 0, 0], [0, 0, 1, 1, 1, 2, 2, 2], 5.0625 / (12 / 7)),
        # 0, 0 and 0: groups that are alike on average say more than rows, but never count as more
        ([1, 0, 1, 0, 1, 0], [0, 0, 1, 1, 2, 2], 1),
        # one group tells nothing of how groups differ; nothing wrong, or all, leaves no doubt
        ([1, 1, 0, 0], [7, 7, 7, 7], 1),
        ([0, 0, 0, 0], [0, 0, 1, 1], 1),
        ([1, 1, 1, 1], [0, 0, 1, 1], 1),
    ],
)
def test_a_design_effect_by_hand(wrong: list[int], groups: list[int], effect: float) -> None:
    assert design_effect(np.array(wrong, bool), np.array(groups)) == pytest.approx(effect)


@pytest.mark.parametrize("size", [2, 5, 20])
def test_groups_that_are_all_right_or_all_wrong_count_as_one_row_each(size: int) -> None:
    wrong = np.repeat(np.arange(400) < 100, size)
    together = design_effect(wrong, np.repeat(np.arange(400), size))
    assert together == pytest.approx(size, rel=0.005)


def test_the_more_groups_are_right_or_wrong_together_the_greater_the_design_effect() -> None:
    random, groups = np.random.default_rng(0), np.repeat(np.arange(500), 10)
    shares = [random.beta(0.2 * (1 / k - 1), 0.8 * (1 / k - 1), 500) for k in (0.01, 0.1, 0.3, 0.9)]
    effects = [design_effect(random.random(5000) < share[groups], groups) for share in shares]
    assert effects == sorted(effects)
    # for a correlation r in groups of 10 it is 1 + 9 r
    assert effects == pytest.approx([1.09, 1.9, 3.7, 9.1], rel=0.15)


def test_groups_certify_less_than_as_many_rows_of_their_own() -> None:
    rows = flat(950, 50)
    alone = walk_of(outcomes_of(*rows))
    pairs = walk_of(outcomes_of(*rows, groups=[place // 2 for place in range(1000)]))
    assert pairs.design_effect[step(0.9)] == pytest.approx(2, rel=0.01)
    assert pairs.certified[step(0.9)] == pytest.approx(lower_bound(475, 500, 1, 0.1), abs=1e-4)
    assert alone.certified[step(0.9)] == pytest.approx(lower_bound(950, 1000, 1, 0.1), abs=1e-4)


def test_where_few_are_wrong_the_design_effect_is_that_of_the_first_threshold_with_enough() -> None:
    # 500 right answers in pairs; then 20 wrong ones in pairs and 480 right ones
    rows = flat(500, probability=0.9) + flat(480, 20, probability=0.6)
    walk = walk_of(outcomes_of(*rows, groups=[place // 2 for place in range(1000)]))
    assert walk.wrong[step(0.9)] == 0
    assert walk.design_effect[step(0.9)] == walk.design_effect[step(0.6)]
    assert walk.design_effect[step(0.6)] == pytest.approx(2, rel=0.01)


def test_where_too_few_are_wrong_to_tell_anywhere_a_group_counts_as_one_row() -> None:
    rows = flat(40, 2)
    singles = walk_of(outcomes_of(*rows))
    pairs = walk_of(outcomes_of(*rows, groups=[place // 2 for place in range(42)]))
    assert (singles.design_effect == 1).all()
    assert (pairs.design_effect == 2).all()
    # of 42 rows one group has 12 and the others are alone: (144 + 30) / 42
    mixed = walk_of(outcomes_of(*rows, groups=[*[0] * 12, *range(1, 31)]))
    assert mixed.design_effect == pytest.approx(174 / 42)
    # 90 right answers in pairs are what 45 of their own are
    right = outcomes_of(*flat(90), groups=[place // 2 for place in range(90)])
    assert walk_of(right).certified.max() == walk_of(outcomes_of(*flat(45))).certified.max()


@given(random_outcomes())
def test_a_design_effect_is_never_below_1(outcomes: Outcomes) -> None:
    assert (walk_of(outcomes).design_effect >= 1).all()
