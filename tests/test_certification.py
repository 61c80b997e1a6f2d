"""Certification: the exact test, and the walk from strict to lax."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.stats import binom, binomtest
from simulated_answers import certificate, flat, outcomes_of, random_outcomes, step

from textcat.precision import Outcomes, answer_levels
from textcat.precision.certification import (
    THRESHOLDS,
    fewest_answers,
    lower_bound,
    walk_of,
)

# The exact test


@pytest.mark.parametrize(
    ("precision", "delta", "answers"),
    # 0.95 ** 45 = 0.0994 and 0.95 ** 44 = 0.1047, so 45 are the least to be surprised by
    [(0.95, 0.1, 45), (0.99, 0.1, 230), (0.90, 0.1, 22), (0.80, 0.1, 11), (0.95, 0.01, 90)],
)
def test_without_an_error_so_many_answers_certify_and_one_less_do_not(
    precision: float, delta: float, answers: int
) -> None:
    assert fewest_answers(precision, delta) == answers
    assert walk_of(outcomes_of(*flat(answers)), delta).certified.max() >= precision
    assert walk_of(outcomes_of(*flat(answers - 1)), delta).certified.max() < precision


COUNTS = st.integers(1, 3000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
DELTAS = st.sampled_from([0.01, 0.05, 0.1, 0.3])


@given(COUNTS, DELTAS)
def test_the_bound_is_that_of_clopper_and_pearson(counts: tuple[int, int], delta: float) -> None:
    right, answered = counts
    # one-sided at 1 - delta is the lower end of two-sided at 1 - 2 delta
    interval = binomtest(right, answered).proportion_ci(1 - 2 * delta, method="exact")
    assert lower_bound(right, answered, 1, delta) == pytest.approx(interval.low, abs=1e-9)


@given(COUNTS, DELTAS)
def test_at_the_bound_so_many_right_answers_or_more_have_the_chance_delta(
    counts: tuple[int, int], delta: float
) -> None:
    right, answered = counts
    assume(right)
    bound = lower_bound(right, answered, 1, delta)
    assert binom.sf(right - 1, answered, bound) == pytest.approx(delta, rel=1e-6)


def test_nothing_right_and_nothing_answered_have_no_bound() -> None:
    assert lower_bound([0, 0], [10, 0], 1, 0.1).tolist() == [0, 0]


def test_rows_with_a_design_effect_of_2_count_half() -> None:
    assert (
        lower_bound(90, 100, 2, 0.1) == lower_bound(45, 50, 1, 0.1) < lower_bound(90, 100, 1, 0.1)
    )


# The counts


@given(random_outcomes())
def test_answers_at_every_threshold_are_counted_row_by_row(outcomes: Outcomes) -> None:
    walk = walk_of(outcomes)
    for place, threshold in enumerate(THRESHOLDS):
        levels = answer_levels(outcomes.probabilities, threshold)
        assert walk.answered[place] == (levels > 0).sum()
        assert walk.wrong[place] == (levels > outcomes.right).sum()


def test_thresholds_are_fixed_fall_and_lie_between_0_and_1() -> None:
    assert (np.diff(THRESHOLDS) < 0).all()
    assert 0 < THRESHOLDS[-1] < 0.02
    assert 0.9999 < THRESHOLDS[0] < 1


# The walk


def slowly_certified(outcomes: Outcomes, precision: float, delta: float) -> float | None:
    """The threshold that is certified for a level, by the book: fixed-sequence testing.

    From strict to lax, test after test; those before the first wrong answer do not end the walk,
    because too few answers refute nothing. Starts at the threshold where the walk does.
    """
    walk, last = walk_of(outcomes, delta), None
    start = int(np.argmax(walk.certified > 0)) if (walk.certified > 0).any() else len(THRESHOLDS)
    for place in range(start, len(THRESHOLDS)):
        levels = answer_levels(outcomes.probabilities, THRESHOLDS[place])
        is_wrong = levels > outcomes.right
        answered, wrong = int((levels > 0).sum()), int(is_wrong.sum())
        largest = np.bincount(outcomes.groups[is_wrong]).max(initial=0)
        effect = walk.design_effect[place]
        if lower_bound(answered - wrong, answered, effect, delta, largest) >= precision:
            last = float(THRESHOLDS[place])
        elif wrong:
            break
    return last


@given(random_outcomes(), st.sampled_from([0.5, 0.7, 0.8, 0.9, 0.95]), DELTAS)
def test_a_threshold_is_certified_as_fixed_sequence_testing_has_it(
    outcomes: Outcomes, precision: float, delta: float
) -> None:
    level = certificate(outcomes, delta=delta).level(precision)
    assert level.threshold == slowly_certified(outcomes, precision, delta)


@given(random_outcomes(), DELTAS)
def test_what_is_certified_never_exceeds_the_bound_nor_rises_after_the_first_wrong_answer(
    outcomes: Outcomes, delta: float
) -> None:
    walk = walk_of(outcomes, delta)
    assert (walk.certified <= walk.bound).all()
    after = walk.certified[(walk.wrong > 0) & (np.maximum.accumulate(walk.certified) > 0)]
    assert (np.diff(after) <= 0).all()


@given(random_outcomes())
def test_more_certainty_certifies_less(outcomes: Outcomes) -> None:
    assert (walk_of(outcomes, 0.05).certified <= walk_of(outcomes, 0.1).certified).all()


@given(random_outcomes(), st.integers(0, 2**32 - 1))
def test_the_order_of_rows_and_the_numbers_of_groups_do_not_matter(
    outcomes: Outcomes, seed: int
) -> None:
    order = np.random.default_rng(seed).permutation(len(outcomes))
    shuffled = Outcomes(
        outcomes.probabilities[order],
        outcomes.right[order],
        outcomes.tops[order],
        1007 - outcomes.groups[order],
    )
    np.testing.assert_allclose(walk_of(shuffled).certified, walk_of(outcomes).certified, rtol=1e-9)


def test_a_failure_ends_the_walk_though_a_laxer_threshold_would_pass() -> None:
    # 20 of the 300 answers at 0.9 are wrong, and none of the 500 that come on top of them at 0.6:
    # 280 of 300 have a bound of 0.911, 780 of 800 one of 0.966
    walk = walk_of(outcomes_of(*flat(280, 20, probability=0.9), *flat(500, probability=0.6)))
    strict, lax = step(0.9), step(0.6)
    assert walk.bound[[strict, lax]] == pytest.approx([0.911, 0.966], abs=5e-4)
    assert walk.certified[lax] == walk.certified[strict] == walk.bound[strict]


def test_a_failure_before_the_walk_starts_does_not_end_it() -> None:
    # the same with 3,000 answers at 0.6: it starts with a quarter of all rows, thus behind 0.9
    walk = walk_of(outcomes_of(*flat(280, 20, probability=0.9), *flat(3000, probability=0.6)))
    strict, lax = step(0.9), step(0.6)
    assert walk.certified[strict] == 0
    assert walk.certified[lax] == walk.bound[lax] == pytest.approx(0.992, abs=5e-4)


def test_too_few_answers_end_no_walk_as_long_as_none_is_wrong() -> None:
    # the walk starts with the 30 answers at 0.9; they have a bound of 0.93, all 60 one of 0.96
    walk = walk_of(outcomes_of(*flat(30, probability=0.9), *flat(30, probability=0.8)))
    strict, lax = step(0.9), step(0.8)
    assert walk.certified[[strict, lax]] == pytest.approx([0.926, 0.962], abs=5e-4)
    # one error among the 30 refutes 0.9, so that it does not matter what comes later
    walk = walk_of(outcomes_of(*flat(29, 1, probability=0.9), *flat(30, probability=0.8)))
    assert walk.bound[[strict, lax]] == pytest.approx([0.876, 0.937], abs=5e-4)
    assert walk.certified[lax] == walk.bound[strict]


@pytest.mark.parametrize(
    ("rows", "first"),
    [
        (10, 5),  # half of few rows
        (400, 200),
        (460, 230),
        (800, 230),  # as many as certify 0.99 without an error
        (2000, 500),  # a quarter
        (8000, 1000),
    ],
)
def test_the_walk_starts_where_so_many_rows_are_answered(rows: int, first: int) -> None:
    # every row has a probability of its own, and they lie so close that few steps are skipped
    shares = np.linspace(0.99, 0.2, rows)
    walk = walk_of(outcomes_of(*[([share], 1) for share in shares.tolist()]))
    started = int(np.argmax(walk.certified > 0))
    assert walk.answered[started] >= first > walk.answered[started - 1]


def test_without_rows_and_without_answers_nothing_is_certified() -> None:
    for outcomes in (outcomes_of(), outcomes_of(([0.0], 0), ([0.0], 0))):
        walk = walk_of(outcomes)
        assert not walk.certified.any()
        assert not walk.answered.any()
