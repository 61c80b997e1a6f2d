"""Levels that are not certified: what is, how many rows are missing, or that none would help."""

from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from simulated_answers import certificate, flat, outcomes_of, random_outcomes, repeated

from textcat.errors import PrecisionError
from textcat.precision import GOODS, Certificate, Outcomes


def refusal(found: Certificate, precision: float) -> str:
    with pytest.raises(PrecisionError) as error:
        found.threshold(precision)
    return str(error.value)


def test_a_level_that_is_not_certified_names_the_highest_that_is_and_the_rows_missing() -> None:
    # 100 right answers certify 0.1 ** (1 / 100) = 0.977, rounded down; 0.99 takes 230
    found = certificate(outcomes_of(*flat(100)))
    message, level = refusal(found, 0.99), found.level(0.99)
    assert message.startswith(
        "precision 0.99 is not certified for goods like the catalogue's: the highest level that "
        f"is, is 0.977. About {level.missing} calibration rows more than the 100 would do"
    )
    assert "230 answers" in message
    assert "none is wrong" in message
    assert (level.certified, level.threshold, level.rows) == (False, None, 100)
    assert (level.answered, level.at_leaf, level.by_level) == (0, 0, (0,))
    assert np.isnan(level.found)


def test_the_highest_level_that_is_named_is_certified_indeed() -> None:
    for rows in range(30, 300, 7):
        found = certificate(outcomes_of(*flat(rows)))
        named = float(re.findall(r"is, is (0\.\d+)", refusal(found, 0.999))[0])
        assert found.threshold(named) > 0
        assert found.highest - 0.001 < named <= found.highest


def test_a_level_above_what_the_answers_are_worth_is_out_of_reach_of_more_rows() -> None:
    # 450 of 500 certify 0.8805
    found = certificate(outcomes_of(*flat(450, 50)))
    message = refusal(found, 0.95)
    assert "the highest level that is, is 0.88. " in message
    assert "About" not in message
    assert "ven the surest answers" in message
    assert found.level(0.95).missing is None


@pytest.mark.parametrize(
    ("right", "wrong", "precision", "least"),
    [
        (44, 0, 0.95, 1),  # 45 without an error
        (100, 0, 0.99, 130),  # 230
        # Wrong answers come along: 98 of 100 leave 0.9477, 108.78 of 111 leave 0.9501
        (98, 2, 0.95, 11),
    ],
)
def test_missing_rows_by_hand(right: int, wrong: int, precision: float, least: int) -> None:
    missing = certificate(outcomes_of(*flat(right, wrong))).level(precision).missing
    assert missing is not None
    by_two_percent = 1 + 0.02 * (right + wrong + least)
    assert least <= missing <= least + by_two_percent


@pytest.mark.parametrize("precision", [0.96, 0.98])
@pytest.mark.parametrize(
    "rows", [flat(25), flat(196, 3), [([0.9, 0.8], 2)] * 199 + [([0.9, 0.5], 1)] * 20]
)
def test_so_many_rows_more_do_certify_if_they_turn_out_like_these(
    rows: list[tuple[list[float], int]], precision: float
) -> None:
    outcomes = outcomes_of(*rows)
    missing = certificate(outcomes).level(precision).missing
    assert missing is not None
    times = 1 - (-missing // len(outcomes))
    assert certificate(repeated(outcomes, times)).level(precision).certified


def test_rows_of_groups_are_missing_by_the_group() -> None:
    # the rows of a pair are both right or both wrong, so twice as many are needed altogether
    rows = flat(970, 30)
    alone, pairs = outcomes_of(*rows), outcomes_of(*rows, groups=[n // 2 for n in range(1000)])
    few, many = (certificate(each).level(0.965).missing for each in (alone, pairs))
    assert few
    assert many
    assert 1000 + many == pytest.approx(2 * (1000 + few), rel=0.05)


def test_rows_are_missing_for_a_large_group_of_errors() -> None:
    # ten of the 30 wrong answers are of one brand
    rows, groups = flat(970, 30), [*range(990), *[990] * 10]
    spread, skewed = outcomes_of(*rows), outcomes_of(*rows, groups=groups)
    few, many = (certificate(each).level(0.963).missing for each in (spread, skewed))
    assert few
    assert many
    assert 1000 + many > 4 * (1000 + few)
    times = 1 - (-many // len(skewed))
    assert certificate(repeated(skewed, times)).level(0.963).certified
    assert not certificate(repeated(skewed, times // 2)).level(0.963).certified


def test_where_nothing_is_right_no_level_is_certified() -> None:
    for outcomes in (outcomes_of(), outcomes_of(*flat(0, 300)), outcomes_of(([0.0], 0))):
        found = certificate(outcomes)
        assert found.highest == 0
        assert "no level is. " in refusal(found, 0.5)


@pytest.mark.parametrize(("goods", "words"), GOODS.items())
def test_a_refusal_says_for_which_goods(goods: str, words: str) -> None:
    assert f"not certified for {words}:" in refusal(
        certificate(outcomes_of(*flat(9)), goods=goods), 0.9
    )


def test_more_certainty_takes_more_rows() -> None:
    rows = outcomes_of(*flat(60))
    assert certificate(rows, delta=0.1).level(0.95).certified
    strict = certificate(rows, delta=0.01)
    assert not strict.level(0.95).certified
    assert "90 answers" in refusal(strict, 0.95)


@given(random_outcomes(), st.floats(0.3, 0.999))
def test_a_threshold_is_given_where_the_level_is_certified_and_refused_elsewhere(
    outcomes: Outcomes, precision: float
) -> None:
    found = certificate(outcomes)
    assert found.level(precision).certified == (precision <= found.highest)
    if found.level(precision).certified:
        assert found.threshold(precision) == found.level(precision).threshold
    else:
        assert f"precision {precision:g} is not certified" in refusal(found, precision)
