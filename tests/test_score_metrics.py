"""Coverage at a precision and calibration, on examples worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from textcat.errors import PrecisionError, TextcatError
from textcat.evaluation.metrics import (
    coverage_at_precision,
    expected_calibration_error,
    reliability,
)

# score   0.9  0.8  0.7  0.7  0.6  0.5
# right    1    1    0    1    1    0
# so far  1/1  2/2   -   3/4  4/5  4/6     (the two at 0.7 stand or fall together)
SCORES = [0.7, 0.9, 0.5, 0.8, 0.7, 0.6]
RIGHT = [False, True, False, True, True, True]


@pytest.mark.parametrize(
    ("precision", "threshold", "coverage", "reached"),
    [
        (1.0, 0.8, 2 / 6, 1.0),
        (0.81, 0.8, 2 / 6, 1.0),
        (0.8, 0.6, 5 / 6, 0.8),  # 3/4 at 0.7 failed, but more answers make up for it
        (0.75, 0.6, 5 / 6, 0.8),
        (0.6, 0.5, 1.0, 4 / 6),
    ],
)
def test_the_largest_share_that_keeps_the_precision_is_answered(
    precision: float, threshold: float, coverage: float, reached: float
) -> None:
    point = coverage_at_precision(SCORES, RIGHT, precision)
    assert point == pytest.approx((threshold, coverage, reached))


def test_answers_of_equal_score_stand_or_fall_together() -> None:
    # either order of the rows: half right is all that a threshold can give
    for right in ([True, False], [False, True]):
        assert coverage_at_precision([0.5, 0.5], right, 0.9).coverage == 0
        assert coverage_at_precision([0.5, 0.5], right, 0.5).coverage == 1


def test_a_precision_out_of_reach_is_answered_with_nothing() -> None:
    threshold, coverage, precision = coverage_at_precision([0.9, 0.1], [False, True], 0.9)
    assert (threshold, coverage) == (np.inf, 0)
    assert np.isnan(precision)


def test_rows_without_an_answer_count_but_are_never_answered() -> None:
    point = coverage_at_precision([0.9, -np.inf, -np.inf], [True, True, True], 0.9)
    assert point == (0.9, 1 / 3, 1.0)


@pytest.mark.parametrize("precision", [0, -0.1, 1.1, 95, float("nan")])
def test_a_precision_that_is_no_share_is_refused(precision: float) -> None:
    with pytest.raises(PrecisionError, match="above 0 and at most 1, got"):
        coverage_at_precision(SCORES, RIGHT, precision)


def test_reliability_sets_stated_probability_against_truth() -> None:
    # bins of 0.25: 0.1, 0.25 -> first (a bin holds its upper bound); none in the second;
    # 0.6 -> third; 0.9, 1.0 -> fourth
    curve = reliability([0.1, 0.25, 0.6, 0.9, 1.0], [False, True, True, True, False], bins=4)
    assert curve.edges.tolist() == [0, 0.25, 0.5, 0.75, 1]
    np.testing.assert_allclose(curve.probability, [0.175, np.nan, 0.6, 0.95])
    np.testing.assert_allclose(curve.accuracy, [0.5, np.nan, 1, 0.5])
    assert curve.rows.tolist() == [2, 0, 1, 2]


def test_calibration_error_weighs_bins_by_their_rows() -> None:
    # |0.175 - 0.5| * 2/5 + |0.6 - 1| * 1/5 + |0.95 - 0.5| * 2/5 = 0.13 + 0.08 + 0.18
    error = expected_calibration_error(
        [0.1, 0.25, 0.6, 0.9, 1.0], [False, True, True, True, False], bins=4
    )
    assert error == pytest.approx(0.39)


def test_sums_of_single_precision_may_pass_one_by_rounding() -> None:
    stated = np.array([1.0000001, 0.0, -1e-8], dtype=np.float32)
    assert reliability(stated, [True, False, False], bins=2).rows.tolist() == [2, 1]


@pytest.mark.parametrize(
    ("scores", "right", "message"),
    [
        ([0.5, float("nan")], [True, True], "NaN in row 2"),
        ([0.5], [True, False], r"got shapes \(1,\) and \(2,\)"),
        ([[0.5]], [[True]], r"got shapes \(1, 1\)"),
        ([], [], r"got shapes \(0,\)"),
        ([0.5, 0.5], [3, 1], "right must say True or False for every row"),
    ],
)
def test_scores_that_cannot_be_measured_are_refused(
    scores: list[float], right: list[bool], message: str
) -> None:
    with pytest.raises(TextcatError, match=message):
        coverage_at_precision(scores, right, 0.9)
    with pytest.raises(TextcatError, match=message):
        expected_calibration_error(scores, right)


def test_a_probability_outside_0_to_1_is_named() -> None:
    with pytest.raises(TextcatError, match=r"lie in 0\.\.1, got 95\.0 in row 2"):
        reliability([0.5, 95], [True, True])
    with pytest.raises(TextcatError, match="at least one bin, got bins=0"):
        reliability([0.5], [True], bins=0)


@given(
    st.lists(st.tuples(st.integers(0, 9), st.booleans()), min_size=1),
    st.integers(1, 20).map(lambda twentieths: twentieths / 20),
)
def test_no_threshold_answers_more_at_that_precision(
    rows: list[tuple[int, bool]], precision: float
) -> None:
    scores = np.array([score for score, _ in rows])
    right = np.array([right for _, right in rows])
    point = coverage_at_precision(scores, right, precision)
    good = [t for t in set(scores.tolist()) if right[scores >= t].mean() >= precision]
    assert point.threshold == min(good, default=np.inf)
    assert point.coverage == (scores >= point.threshold).mean()
