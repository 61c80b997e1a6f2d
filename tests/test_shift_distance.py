"""A one-sided two-sample test, worked out by hand and against every threshold."""

from __future__ import annotations

from typing import Literal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from textcat.shift.distance import Distance, distance

Harder = Literal["low", "high"]
VALUES = st.lists(st.sampled_from([0, 0.1, 0.25, 0.5, 0.9, 1]), min_size=1, max_size=30)
VALUE_ARRAYS = VALUES.map(lambda values: np.array(values, np.float32))
SIDES = st.sampled_from(["low", "high"])


@pytest.mark.parametrize(
    ("certified", "asked", "harder", "at", "shares"),
    [
        # up to 0.25 there is one of four, but three of four
        ([0.25, 0.5, 0.75, 1], [0.125, 0.25, 0.25, 1], "low", 0.25, (0.25, 0.75)),
        # above 0 there is one of four, but all of two
        ([0, 0, 0, 0.5], [0.5, 0.5], "high", 0, (0.25, 1)),
        # nothing of the one lies beyond anything of the other
        ([0, 0, 0], [1, 1], "high", 0, (0, 1)),
    ],
)
def test_hand_worked_distances(
    certified: list[float],
    asked: list[float],
    harder: Harder,
    at: float,
    shares: tuple[float, float],
) -> None:
    found = distance(np.array(certified, np.float32), np.array(asked, np.float32), harder)
    assert (found.at, (found.certified, found.asked)) == (at, shares)
    assert found.statistic == shares[1] - shares[0]


@pytest.mark.parametrize(("harder", "unlikely"), [("low", True), ("high", False)])
def test_only_one_direction_is_harder(harder: Harder, unlikely: bool) -> None:
    found = distance(np.full(200, 0.9, np.float32), np.full(200, 0.5, np.float32), harder)
    assert (found.p_value < 1e-9, found.matters) == (unlikely, unlikely)


def test_a_difference_matters_only_if_it_is_large_and_no_chance() -> None:
    def fewer_sure(names: int, share: float) -> Distance:
        sure, unsure = np.ones(names, np.float32), np.ones(names, np.float32)
        unsure[: round(share * names)] = 0.5
        return distance(sure, unsure, "low")

    assert fewer_sure(1000, 0.2).matters
    assert not fewer_sure(20, 0.2).matters  # may be chance
    assert not fewer_sure(100_000, 0.05).matters  # no chance, but small
    assert fewer_sure(100_000, 0.05).p_value < 1e-9


@given(VALUE_ARRAYS, VALUE_ARRAYS, SIDES)
def test_no_threshold_sets_the_samples_further_apart(
    certified: np.ndarray, asked: np.ndarray, harder: Harder
) -> None:
    def beyond(sample: np.ndarray, at: float) -> float:
        return float((sample <= at).mean() if harder == "low" else (sample > at).mean())

    found = distance(certified, asked, harder)
    thresholds = np.union1d(certified, asked)
    gaps = [beyond(asked, at) - beyond(certified, at) for at in thresholds]
    assert found.statistic == pytest.approx(max(gaps))
    assert (found.certified, found.asked) == (beyond(certified, found.at), beyond(asked, found.at))
    assert 0 <= found.p_value <= 1


def test_no_test_matters_to_nobody() -> None:
    assert not Distance().matters
