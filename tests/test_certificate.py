"""Certificates: the threshold of every precision level, and what answers at it are like."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from simulated_answers import certificate, flat, laxest_threshold, outcomes_of, random_outcomes

from textcat.errors import PrecisionError
from textcat.precision import (
    PRECISIONS,
    Outcomes,
    PrecisionLevel,
    answer_levels,
)
from textcat.precision.certification import THRESHOLDS

# A tree of two levels; at about 0.9 all are answered by the leaf, at 0.6 too, but some wrongly.
SURE, DOUBTFUL, WRONG = ([0.95, 0.92], 2), ([0.95, 0.65], 2), ([0.95, 0.65], 1)
TWO_LEVELS = outcomes_of(
    *[SURE] * 300, *[DOUBTFUL] * 170, *[WRONG] * 30, tops=[0] * 400 + [1] * 100
)


def test_the_threshold_of_a_level_is_the_laxest_that_is_certified() -> None:
    # above 0.65 all 500 answers are right, which certifies 0.995; below it 30 leaves are wrong,
    # and 470 of 500 certify 0.92
    found = certificate(TWO_LEVELS)
    assert found.threshold(0.99) == found.threshold(0.95) == laxest_threshold(0.65)
    assert found.threshold(0.92) == found.threshold(0.5) == THRESHOLDS[-1]
    assert found.highest == pytest.approx(0.1 ** (1 / 500), rel=1e-4)


def test_a_level_says_what_the_calibration_rows_got() -> None:
    found = certificate(TWO_LEVELS).level(0.95)
    assert found == PrecisionLevel(
        goods="familiar",
        precision=0.95,
        certified=True,
        threshold=laxest_threshold(0.65),
        rows=500,
        answered=1.0,
        found=1.0,
        at_leaf=0.6,  # the 300 sure ones
        by_level=(0.4, 0.6),
        missing=0,
        highest=certificate(TWO_LEVELS).highest,
    )
    lax = certificate(TWO_LEVELS).level(0.9)
    assert (lax.answered, lax.found, lax.at_leaf, lax.by_level) == (1, 0.94, 1, (0, 1))


def test_rows_without_an_answer_count_among_the_rows_but_not_among_the_answers() -> None:
    rows = [([0.9], 1)] * 97 + [([0.9], 0)] * 3 + [([0.0], 0)] * 100
    found = certificate(outcomes_of(*rows)).level(0.9)
    assert (found.rows, found.answered, found.found, found.at_leaf) == (200, 0.5, 0.97, 0.5)


def test_the_levels_shown_are_the_usual_ones() -> None:
    found = certificate(TWO_LEVELS)
    assert tuple(level.precision for level in found.levels) == PRECISIONS
    assert found.levels == tuple(found.level(precision) for precision in PRECISIONS)


def test_any_level_may_be_asked_for_and_none_takes_the_leaf() -> None:
    found = certificate(TWO_LEVELS)
    assert found.threshold(0.9423) == laxest_threshold(0.65)
    assert found.threshold(None) == 0


@pytest.mark.parametrize("precision", [95, 0, 1, "0.95"])
def test_what_is_no_precision_is_refused(precision: float) -> None:
    for ask in (certificate(TWO_LEVELS).threshold, certificate(TWO_LEVELS).level):
        with pytest.raises(PrecisionError, match="must lie between 0 and 1"):
            ask(precision)


def test_answers_and_right_ones_are_told_for_every_top_category() -> None:
    # see TWO_LEVELS: the last 100 rows are of category 1, and the wrong 30 are the last of them
    found = certificate(TWO_LEVELS)
    assert found.by_top_level(0.95) == {0: (400, 400), 1: (100, 100)}
    assert found.by_top_level(0.9) == {0: (400, 400), 1: (100, 70)}


def test_top_categories_without_an_answer_are_not_told() -> None:
    rows = [*flat(100, probability=0.9), *flat(50, 50, probability=0.2)]
    found = certificate(outcomes_of(*rows, tops=[3] * 100 + [7] * 100))
    assert found.by_top_level(0.95) == {3: (100, 100)}
    assert found.by_top_level(0.6) == {3: (100, 100), 7: (100, 50)}


LEVELS = st.floats(0.3, 0.999)


@given(random_outcomes(), LEVELS, LEVELS)
def test_thresholds_never_fall_as_the_level_rises(
    outcomes: Outcomes, one: float, other: float
) -> None:
    found, (lax, strict) = certificate(outcomes), sorted([one, other])
    lower, higher = found.level(lax), found.level(strict)
    if higher.certified:
        assert lower.certified
        assert found.threshold(lax) <= found.threshold(strict)


@given(random_outcomes(), LEVELS, LEVELS)
def test_an_answer_at_a_stricter_level_is_the_laxer_one_or_above_it(
    outcomes: Outcomes, one: float, other: float
) -> None:
    found, (lax, strict) = certificate(outcomes), sorted([one, other])
    if found.level(strict).certified:
        deep = answer_levels(outcomes.probabilities, found.threshold(lax))
        high = answer_levels(outcomes.probabilities, found.threshold(strict))
        assert (high <= deep).all()


@given(random_outcomes(), LEVELS)
def test_figures_of_a_level_agree_with_the_answers_at_its_threshold(
    outcomes: Outcomes, precision: float
) -> None:
    found = certificate(outcomes).level(precision)
    if found.certified:
        levels = answer_levels(outcomes.probabilities, found.threshold)
        leaf = (outcomes.probabilities > 0).sum(axis=1)
        assert found.answered == (levels > 0).mean()
        assert found.found == (levels[levels > 0] <= outcomes.right[levels > 0]).mean() >= precision
        assert found.at_leaf == ((levels == leaf) & (levels > 0)).mean()
        assert sum(found.by_level) == pytest.approx(found.answered)
        counts = certificate(outcomes).by_top_level(precision).values()
        assert sum(answers for answers, _ in counts) == (levels > 0).sum()
