"""Levels that have to hold for several sorts of goods, each by themselves, in any mixture."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from simulated_answers import certificate, flat, laxest_threshold, outcomes_of, random_outcomes

from textcat.errors import PrecisionError
from textcat.precision import Outcomes, Strictest
from textcat.precision.certification import THRESHOLDS
from textcat.precision.outcomes import joined

SAFE = outcomes_of(*flat(300, probability=0.9), *flat(300, probability=0.5))
UNSAFE = outcomes_of(*flat(300, probability=0.9), *flat(300, 30, probability=0.5))


def test_a_level_has_to_hold_for_every_part_by_itself() -> None:
    # 600 of 630 certify 0.94; it does not help that 1,200 of 1,230 together would certify 0.97
    assert certificate(joined((SAFE, UNSAFE))).threshold(0.95) == THRESHOLDS[-1]
    for parts in [(SAFE, UNSAFE), (UNSAFE, SAFE)]:
        assert certificate(*parts).threshold(0.95) == laxest_threshold(0.5)
        assert certificate(*parts).threshold(0.9) == THRESHOLDS[-1]


def test_what_a_level_gives_is_told_of_all_parts_together() -> None:
    found = certificate(SAFE, UNSAFE).level(0.9)
    assert (found.rows, found.answered) == (1230, 1)
    assert found.found == 1200 / 1230


def four_levels(outcomes: Outcomes) -> Outcomes:
    """As in a tree of four levels: all parts come from one model."""
    missing = 4 - outcomes.probabilities.shape[1]
    return replace(outcomes, probabilities=np.pad(outcomes.probabilities, ((0, 0), (0, missing))))


@given(random_outcomes(), random_outcomes())
def test_parts_certify_at_every_threshold_what_the_worst_of_them_does(
    one: Outcomes, other: Outcomes
) -> None:
    parts = four_levels(one), four_levels(other)
    alone = [certificate(part).certified for part in parts]
    np.testing.assert_array_equal(certificate(*parts).certified, np.minimum(*alone))


STRICT, LAX = certificate(UNSAFE), certificate(SAFE, goods="new")


def test_for_several_goods_the_strictest_threshold_holds() -> None:
    assert LAX.threshold(0.95) == THRESHOLDS[-1] < STRICT.threshold(0.95) == laxest_threshold(0.5)
    for both in (Strictest((STRICT, LAX)), Strictest((LAX, STRICT))):
        assert both.threshold(0.95) == STRICT.threshold(0.95)
        assert both.threshold(0.9) == THRESHOLDS[-1]
        assert both.threshold(None) == 0


def test_for_several_goods_a_level_is_refused_if_one_of_them_does_not_have_it() -> None:
    few = certificate(outcomes_of(*flat(50)), goods="new")
    with pytest.raises(PrecisionError, match=r"0\.99 is not certified for new goods"):
        Strictest((STRICT, few)).threshold(0.99)
    with pytest.raises(PrecisionError, match=r"0\.999 is not certified for goods like the cat"):
        Strictest((STRICT, few)).threshold(0.999)
