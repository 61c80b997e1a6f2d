"""Coverage against precision and reliability: worked out by hand, and beside plain counting."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hand_made_comparisons import BLACK, BOOKS, COFFEE, GREEN, TEA, TREE, Row, compared
from hypothesis import given
from hypothesis import strategies as st

from textcat.evaluation.coverage import CURVE_POINTS, coverage_curve, leaf_coverage
from textcat.evaluation.metrics import is_right
from textcat.evaluation.reliability import leaf_diagram, level_diagrams, share_interval


def test_curve_has_a_point_for_every_step_of_the_climb() -> None:
    comparison = compared(
        [(BLACK, GREEN, (0.75, 0.5, 0.25)), (BOOKS, BOOKS, (0.5,)), (BOOKS, "", ())]
    )
    # 0.75: Еда                     right of 1
    # 0.5:  Чай, Книги              both right
    # 0.25: Зелёный, Книги          the first is wrong now
    points = [(p.threshold, p.precision, p.answered, p.at_leaf) for p in coverage_curve(comparison)]
    assert points == [(0.75, 1, 1 / 3, 0), (0.5, 1, 2 / 3, 1 / 3), (0.25, 1 / 2, 2 / 3, 2 / 3)]


def test_curve_of_names_in_which_nothing_is_known_is_empty() -> None:
    assert coverage_curve(compared([(BOOKS, "", ())])) == ()


def test_long_curve_is_thinned_and_keeps_its_ends() -> None:
    shares = np.linspace(0.99, 0.01, 1001)
    comparison = compared([(BOOKS, BOOKS, (share,)) for share in shares])
    curve = coverage_curve(comparison)
    assert len(curve) == CURVE_POINTS
    assert (curve[0].answered, curve[-1].answered) == (1 / 1001, 1)
    steps = np.diff([point.answered for point in curve])
    assert steps.max() < 2 * steps.min()


LABELS = st.sampled_from(TREE.ids)


@st.composite
def rows(draw: st.DrawFn) -> list[Row]:
    """Rows whose probabilities fall on the way down and often are equal."""
    made: list[Row] = []
    for true in draw(st.lists(LABELS, min_size=1, max_size=8)):
        predicted = draw(LABELS | st.just(""))
        depth = len(TREE.ancestors(TREE.index(predicted))) if predicted else 0
        eighths = draw(st.lists(st.integers(1, 8), min_size=depth, max_size=depth))
        made.append((true, predicted, [share / 8 for share in sorted(eighths, reverse=True)]))
    return made


@given(rows())
def test_curve_says_what_answering_at_its_thresholds_gives(made: list[Row]) -> None:
    comparison = compared(made)
    for point in coverage_curve(comparison):
        nodes = comparison.answers.answered_nodes(point.threshold)
        right = is_right(comparison.true, nodes, TREE)
        assert point.answered == (nodes >= 0).mean()
        assert point.precision == right[nodes >= 0].mean()
        assert point.at_leaf == ((nodes >= 0) & (nodes == comparison.leaves)).mean()


def test_leaf_coverage_counts_what_is_right_though_not_the_category_itself() -> None:
    # Чай for Зелёный is right as an answer; the name in which nothing is known is none
    rows = [(GREEN, TEA, (0.9, 0.9)), (GREEN, COFFEE, (0.6, 0.6)), (BOOKS, "", ())]
    assert leaf_coverage(compared(rows)) == 1 / 3


def test_reliability_of_leaves_sets_their_probability_against_the_truth() -> None:
    made = [
        (GREEN, GREEN, (1.0, 0.98, 0.96)),
        (GREEN, BLACK, (1.0, 0.98, 0.98)),
        (TEA, TEA, (0.6, 0.3)),
        (BOOKS, "", ()),
    ]
    diagram = leaf_diagram(compared(made))
    assert (diagram.of, diagram.rows) == ("leaf", 3)
    low, high = diagram.bins
    assert (low.above, low.up_to) == pytest.approx((4 / 15, 5 / 15))
    assert (low.rows, low.probability, low.right) == (1, pytest.approx(0.3), 1)
    assert (high.rows, high.probability, high.right) == (2, pytest.approx(0.97), 0.5)
    assert diagram.calibration_error == pytest.approx((0.7 + 2 * 0.47) / 3)


def test_reliability_of_a_level_is_about_the_paths_that_are_so_deep() -> None:
    made = [
        (GREEN, BLACK, (0.9, 0.8, 0.7)),
        (COFFEE, TEA, (0.9, 0.8)),
        (BOOKS, BOOKS, (0.9,)),
    ]
    first, second, third = level_diagrams(compared(made))
    assert (first.of, first.rows, first.bins[0].right) == ("level 1", 3, 1)
    assert (second.of, second.rows, second.bins[0].right) == ("level 2", 2, 1 / 2)
    assert (third.of, third.rows, third.bins[0].right) == ("level 3", 1, 0)


def test_reliability_of_a_level_that_no_path_reaches_is_empty() -> None:
    diagram = level_diagrams(compared([(BOOKS, BOOKS, (0.9,))]))[2]
    assert (diagram.rows, diagram.bins) == (0, ())
    assert math.isnan(diagram.calibration_error)


def test_intervals_are_those_of_the_binomial_tables() -> None:
    # nine of ten: 0.606 to 0.995; none of three: up to 1 - 0.05^(1/3); all of three: the mirror
    low, high = share_interval(np.array([9.0, 0.0, 3.0]), np.array([10, 3, 3]))
    np.testing.assert_allclose(low, [0.6058, 0, 0.05 ** (1 / 3)], atol=5e-5)
    np.testing.assert_allclose(high, [0.9949, 1 - 0.05 ** (1 / 3), 1], atol=5e-5)
