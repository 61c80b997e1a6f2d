"""The bound for groups of very different sizes: it reckons with a whole group of errors more."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest
from simulated_answers import flat, outcomes_of, random_outcomes, step

from textcat.precision import Outcomes, answer_levels
from textcat.precision.certification import THRESHOLDS, lower_bound, walk_of

COUNTS = st.integers(1, 3000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
DELTAS = st.sampled_from([0.01, 0.05, 0.1, 0.3])
EFFECTS = st.floats(1, 200)
LARGEST = st.integers(1, 500)


def clopper_pearson(right: int, answered: int, delta: float) -> float:
    """The lower end of the exact interval; one-sided at 1 - delta is two-sided at 1 - 2 delta."""
    if not answered:
        return 0
    return float(binomtest(right, answered).proportion_ci(1 - 2 * delta, method="exact").low)


def alone(outcomes: Outcomes) -> Outcomes:
    """The same rows, each a group of its own."""
    return replace(outcomes, groups=np.arange(len(outcomes), dtype=np.int32))


# By hand


@pytest.mark.parametrize(
    ("counts", "effect", "largest", "as_rows_of_their_own"),
    [
        # 9 wrong and 3 more have a variance of 9 + 3²: 18 / 12 = 1.5 rows say as much as one.
        # 150 rows are 100, the 12 are 8, and Clopper & Pearson have 7 wrong and one more
        ((141, 150), 1, 3, (93, 100)),
        # 12 wrong and 4 more: (4/3 * 12 + 4²) / 16 = 2; 160 rows are 80 and the 16 are 8
        ((148, 160), 4 / 3, 4, (73, 80)),
        # 10 wrong and 20 more: (2 * 10 + 20²) / 30 = 14; 420 rows are 30, the 30 are 15 / 7
        ((410, 420), 2, 20, (30 - 8 / 7, 30)),
        # none wrong: one effective row more is wrong, whatever the groups
        ((225, 225), 5, 0, (45, 45)),
        # as many as the design effect says: nothing but that
        ((190, 200), 2, 2, (95, 100)),
        ((190, 200), 2, 1, (95, 100)),
    ],
)
def test_a_bound_by_hand(
    counts: tuple[int, int],
    effect: float,
    largest: int,
    as_rows_of_their_own: tuple[float, float],
) -> None:
    bound = lower_bound(*counts, effect, 0.1, largest)
    assert bound == pytest.approx(lower_bound(*as_rows_of_their_own, 1, 0.1), abs=1e-12)


def test_errors_of_one_large_group_certify_less_than_as_many_of_small_ones() -> None:
    # 30 of 1,000 answers are wrong. If one group has ten of them, the design effect is about
    # (10² + 20) / 30 = 4, so (4 * 30 + 10²) / 40 = 5.5 rows are one. With ten more, 40 of 1,000 are
    # wrong, as 7.27 of 181.8, and Clopper & Pearson have one less
    rows, each = flat(970, 30), list(range(1000))
    spread = walk_of(outcomes_of(*rows))
    together = walk_of(outcomes_of(*rows, groups=[*each[:990], *[990] * 10]))
    assert (spread.largest[-1], together.largest[-1]) == (1, 10)
    assert together.design_effect[-1] == pytest.approx(4, rel=0.03)
    assert spread.bound[-1] == pytest.approx(clopper_pearson(970, 1000, 0.1))
    by_hand = lower_bound(181.8 - 6.27, 181.8, 1, 0.1)
    assert together.bound[-1] == pytest.approx(by_hand, abs=5e-4)
    assert (spread.bound[-1], by_hand) == pytest.approx((0.962, 0.941), abs=5e-4)


def test_a_few_groups_without_an_error_certify_as_little_as_so_many_rows() -> None:
    # 200 right answers of five brands are five draws: 0.1 ** (1 / 5)
    walk = walk_of(outcomes_of(*flat(200), groups=[place // 40 for place in range(200)]))
    assert not walk.largest.any()
    assert walk.certified.max() == pytest.approx(0.1 ** (1 / 5))


def test_a_large_group_counts_from_the_threshold_at_which_it_is_answered_wrongly() -> None:
    # one wrong answer of the group of six comes at 0.9, and five more at 0.6
    wrong = flat(0, 1, probability=0.9) + flat(0, 5, probability=0.6)
    groups = [*range(200), *[200] * 6]
    walk = walk_of(outcomes_of(*flat(200, probability=0.95), *wrong, groups=groups))
    assert walk.largest[step(0.9) - 1] == 0
    assert walk.largest[step(0.9)] == walk.largest[step(0.6) - 1] == 1
    assert walk.largest[step(0.6)] == walk.largest[-1] == 6


# For any rows


@given(random_outcomes())
def test_the_most_wrong_answers_of_a_group_are_counted_row_by_row(outcomes: Outcomes) -> None:
    walk = walk_of(outcomes)
    for place, threshold in enumerate(THRESHOLDS):
        wrong = answer_levels(outcomes.probabilities, threshold) > outcomes.right
        assert walk.largest[place] == np.bincount(outcomes.groups[wrong], minlength=1).max()


@given(random_outcomes(), DELTAS)
def test_rows_of_their_own_have_the_bound_of_clopper_and_pearson(
    outcomes: Outcomes, delta: float
) -> None:
    walk = walk_of(alone(outcomes), delta)
    for place in range(0, len(THRESHOLDS), 40):
        answered, wrong = int(walk.answered[place]), int(walk.wrong[place])
        exact = clopper_pearson(answered - wrong, answered, delta)
        assert walk.bound[place] == pytest.approx(exact, abs=1e-9)


@given(random_outcomes(), DELTAS)
def test_groups_never_have_a_bound_above_that_of_rows_of_their_own(
    outcomes: Outcomes, delta: float
) -> None:
    assert (walk_of(outcomes, delta).bound <= walk_of(alone(outcomes), delta).bound + 1e-12).all()


@given(COUNTS, EFFECTS, LARGEST, DELTAS)
def test_a_bound_is_never_above_that_of_clopper_and_pearson_nor_of_the_design_effect_alone(
    counts: tuple[int, int], effect: float, largest: int, delta: float
) -> None:
    bound = lower_bound(*counts, effect, delta, largest)
    assert 0 <= bound <= lower_bound(*counts, effect, delta) + 1e-12
    assert bound <= clopper_pearson(*counts, delta) + 1e-12


@given(COUNTS, EFFECTS, LARGEST, LARGEST, DELTAS)
def test_the_larger_the_largest_group_of_errors_the_lower_the_bound(
    counts: tuple[int, int], effect: float, one: int, other: int, delta: float
) -> None:
    small, large = sorted([one, other])
    lower, higher = (lower_bound(*counts, effect, delta, size) for size in (large, small))
    assert lower <= higher + 1e-12
    if higher > 1e-3 and effect < small < large:
        assert lower < higher


def test_all_thresholds_are_bounded_at_once() -> None:
    bounds = lower_bound([141, 410, 0], [150, 420, 0], [1, 2, 1], 0.1, [3, 20, 0])
    apart = [lower_bound(141, 150, 1, 0.1, 3), lower_bound(410, 420, 2, 0.1, 20), 0]
    assert bounds.tolist() == apart
