"""Precision levels: what may be asked for, how far down an answer goes, and no promise at all."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.typing import NDArray

from textcat.errors import PrecisionError
from textcat.precision import (
    DEFAULT_PRECISION,
    PRECISIONS,
    Uncertified,
    answer_levels,
    check_precision,
    read_precisions,
)


@pytest.mark.parametrize(
    "precision",
    [0, 1, 0.0, 1.0, -0.5, 95, float("nan"), float("inf"), "0.95", True, False, 1j, b"", ()],
)
def test_what_is_no_share_is_refused_with_its_value(precision: object) -> None:
    with pytest.raises(PrecisionError) as error:
        check_precision(precision)
    assert str(error.value).endswith(f"such as 0.95, but is {precision!r}")


@pytest.mark.parametrize("precision", [0.5, np.float64(0.5), np.float32(0.5)])
def test_any_float_between_0_and_1_is_a_precision(precision: float) -> None:
    assert check_precision(precision) == 0.5
    assert type(check_precision(precision)) is float


@pytest.mark.parametrize(
    ("precision", "levels"),
    [
        (0.95, (0.95,)),
        (None, (None,)),
        ([0.99, 0.95], (0.99, 0.95)),
        ((level for level in (0.9, 0.99)), (0.9, 0.99)),  # in the order they were asked for
        (np.array([0.9, 0.5]), (0.9, 0.5)),
        ([0.9, None], (0.9, None)),
    ],
)
def test_one_level_or_several_are_read(precision: object, levels: tuple[float, ...]) -> None:
    assert read_precisions(precision) == levels


@pytest.mark.parametrize(
    ("precision", "message"),
    [
        ([], "no precision level is given"),
        ([0.9, 2], "between 0 and 1, such as 0.95, but is 2"),
        ("0.95", "but is '0.95'"),
    ],
)
def test_levels_that_cannot_be_read_are_errors(precision: object, message: str) -> None:
    with pytest.raises(PrecisionError, match=message):
        read_precisions(precision)


def test_the_levels_that_are_shown_fall_and_hold_the_default() -> None:
    assert PRECISIONS == (0.99, 0.98, 0.95, 0.90, 0.80)
    assert DEFAULT_PRECISION in PRECISIONS


def test_without_a_certificate_only_the_most_probable_leaf_can_be_asked_for() -> None:
    rule = Uncertified("60 rows of the catalogue are too few, 100 are the least")
    assert rule.threshold(None) == 0
    with pytest.raises(PrecisionError) as error:
        rule.threshold(0.95)
    assert str(error.value) == (
        "precision 0.95 is not certified: 60 rows of the catalogue are too few, 100 are the "
        "least. Certify the model on rows with known categories, model.certify(rows), or take "
        "the most probable leaf, whatever it is worth: precision=None"
    )


def test_without_a_certificate_what_is_no_precision_is_still_told_so() -> None:
    with pytest.raises(PrecisionError, match=r"such as 0\.95, but is 95"):
        Uncertified("there is none").threshold(95)


# From level 1 downwards, beyond the leaf 0.
WAYS = np.array([[0.99, 0.9, 0.6], [0.99, 0.9, 0.0], [0.5, 0.4, 0.3], [0.0, 0.0, 0.0]])


@pytest.mark.parametrize(
    ("threshold", "levels"),
    [
        (1.0, [0, 0, 0, 0]),
        (0.95, [1, 1, 0, 0]),
        (0.9, [2, 2, 0, 0]),  # a probability at the threshold is enough
        (0.45, [3, 2, 1, 0]),
        (0.0, [3, 2, 3, 0]),  # the leaf; where nothing is known there is none
    ],
)
def test_an_answer_climbs_from_the_leaf_until_it_is_probable_enough(
    threshold: float, levels: list[int]
) -> None:
    assert answer_levels(WAYS, threshold).tolist() == levels


PROBABILITIES = hnp.arrays(
    np.float32,
    hnp.array_shapes(min_dims=2, max_dims=2, max_side=5),
    elements=st.floats(0, 1, width=32),
).map(lambda table: -np.sort(-table, axis=1))


@given(PROBABILITIES, st.floats(0, 1))
def test_an_answer_is_the_deepest_level_that_is_probable_enough(
    table: NDArray[np.float32], threshold: float
) -> None:
    for row, level in zip(table.tolist(), answer_levels(table, threshold).tolist(), strict=True):
        assert all(share >= threshold and share > 0 for share in row[:level])
        assert all(share < threshold or share == 0 for share in row[level:])


@given(PROBABILITIES, st.floats(0, 1), st.floats(0, 1))
def test_a_stricter_threshold_never_leads_deeper(
    table: NDArray[np.float32], one: float, other: float
) -> None:
    lax, strict = sorted([one, other])
    assert (answer_levels(table, strict) <= answer_levels(table, lax)).all()


def test_thresholds_are_not_rounded_to_the_precision_of_the_probabilities() -> None:
    nearly = np.float32(0.95)  # 0.949999988
    assert Fraction(float(nearly)) < Fraction(0.95)
    assert answer_levels(np.array([[nearly]]), 0.95).tolist() == [0]
