"""Trust: the share of the best child is corrected, and what is left of a node stays in order."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from textcat.descent.trust import Choice, Trust
from textcat.fitting.calibration import log_softmax

Shares = NDArray[np.float32]


def applied(trust: Trust, logs: Shares, known: NDArray[np.int_], first_level: bool) -> Shares:
    """Log-shares of the children of every row's node under a trust."""
    choice = Choice.of(logs)
    return choice.log_shares(trust.odds(choice, np.log1p(known), first_level))


def corrected(
    trust: Trust, *shares: float, known: int = 0, first_level: bool = False
) -> list[float]:
    """Shares of the children of one node under a trust."""
    logs = np.log(np.array([shares], np.float32))
    return np.exp(applied(trust, logs, np.array([known]), first_level))[0].tolist()


@pytest.mark.parametrize(
    ("trust", "shares"),
    [
        # the best has 0.6 against 0.4, that is odds of 1.5, and leads the second by 2; the others
        # divide what is left as 3 : 1
        (Trust(), [0.6, 0.3, 0.1]),
        (Trust(intercept=np.log(2)), [0.75, 0.1875, 0.0625]),  # 2 * 1.5 = 3
        (Trust(log_odds=2), [2.25 / 3.25, 0.75 / 3.25, 0.25 / 3.25]),  # 1.5 ** 2 = 2.25
        (Trust(lead=1), [0.75, 0.1875, 0.0625]),  # 1.5 * 2 = 3
        (Trust(lead=2), [6 / 7, 0.75 / 7, 0.25 / 7]),  # 1.5 * 2 ** 2 = 6
        (Trust(log_odds=0, lead=1), [2 / 3, 0.25, 1 / 12]),  # 2
    ],
)
def test_odds_of_the_best_child_by_hand(trust: Trust, shares: list[float]) -> None:
    assert corrected(trust, 0.6, 0.3, 0.1) == pytest.approx(shares)


def test_the_more_features_are_known_the_greater_the_odds() -> None:
    # odds of 1 are multiplied by 1 + n
    shares = [corrected(Trust(known=1), 0.5, 0.25, 0.25, known=known)[0] for known in (0, 1, 8)]
    assert shares == pytest.approx([0.5, 2 / 3, 0.9])


def test_the_first_level_is_trusted_differently() -> None:
    doubtful = Trust(first_level=-np.log(2))  # 4 : 1 becomes 2 : 1
    assert corrected(doubtful, 0.8, 0.2, first_level=True) == pytest.approx([2 / 3, 1 / 3])
    assert corrected(doubtful, 0.8, 0.2, first_level=False) == pytest.approx([0.8, 0.2])


def test_the_best_child_falls_to_the_share_of_the_second_and_no_further() -> None:
    # the second has 3/4 of what is left, so that the best keeps odds of 3/4: 3/7 for both
    assert corrected(Trust(intercept=-9), 0.6, 0.3, 0.1) == pytest.approx([3 / 7, 3 / 7, 1 / 7])
    assert corrected(Trust(intercept=-9), 0.1, 0.9) == pytest.approx([0.5, 0.5])


def test_of_equal_children_the_first_is_taken_for_the_best() -> None:
    assert corrected(Trust(intercept=np.log(6)), 0.25, 0.25, 0.25, 0.25) == pytest.approx(
        [2 / 3, 1 / 9, 1 / 9, 1 / 9]
    )


def test_rows_are_corrected_each_by_its_own_best_child_and_known_features() -> None:
    logs = np.log(np.array([[0.8, 0.2], [0.2, 0.8], [0.5, 0.5]], np.float32))
    found = np.exp(applied(Trust(known=1), logs, np.array([0, 1, 2]), False))
    np.testing.assert_allclose(found, [[0.8, 0.2], [1 / 9, 8 / 9], [0.75, 0.25]], rtol=1e-5)


def test_what_is_nearly_certain_neither_overflows_nor_exceeds_1() -> None:
    logs = log_softmax(np.array([[1e30, 0, -1e30], [90, 0, -90], [0, -1e4, -1e4]], np.float32))
    for trust in (Trust(), Trust(1, 2, 3, 1, 1), Trust(-99, 0.1, 0, 0, 0)):
        found = applied(trust, logs, np.array([3, 3, 3]), True)
        assert not np.isnan(found).any()
        np.testing.assert_allclose(np.exp(found).sum(axis=1), 1, rtol=1e-5)


WEIGHT = st.floats(-3, 3)
TRUSTS = st.builds(Trust, WEIGHT, WEIGHT, WEIGHT, WEIGHT, WEIGHT)


@st.composite
def log_shares(draw: st.DrawFn) -> Shares:
    """Log-softmaxes of some rows over two children or more, from even to nearly certain."""
    generator = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    scale = draw(st.sampled_from([0, 0.1, 1, 10]))
    rows, children = draw(st.integers(1, 5)), draw(st.integers(2, 7))
    return log_softmax(generator.normal(0, scale, (rows, children)).astype(np.float32))


KNOWN = st.integers(0, 100)


@given(log_shares(), TRUSTS, KNOWN, st.booleans())
def test_children_still_sum_to_their_parent(
    shares: Shares, trust: Trust, known: int, first_level: bool
) -> None:
    found = applied(trust, shares, np.full(len(shares), known), first_level)
    assert (found <= 0).all()
    np.testing.assert_allclose(np.exp(found).sum(axis=1), 1, rtol=1e-5)


@given(log_shares(), TRUSTS, KNOWN, st.booleans())
def test_the_best_stays_the_best_and_the_others_divide_what_is_left_as_before(
    shares: Shares, trust: Trust, known: int, first_level: bool
) -> None:
    found = applied(trust, shares, np.full(len(shares), known), first_level)
    for before, after in zip(shares, found, strict=True):
        best = before.argmax()
        assert after[best] >= after.max() - 1e-5
        others = np.delete(after, best), np.delete(before, best)
        np.testing.assert_allclose(others[0] - others[0][0], others[1] - others[1][0], atol=1e-4)


@given(log_shares(), KNOWN, st.booleans())
def test_without_weights_of_its_own_a_softmax_stays_as_it_is(
    shares: Shares, known: int, first_level: bool
) -> None:
    found = applied(Trust(), shares, np.full(len(shares), known), first_level)
    np.testing.assert_allclose(found, shares, atol=1e-5)


@given(log_shares(), TRUSTS, KNOWN, st.booleans())
def test_a_row_is_corrected_the_same_alone_and_among_others(
    shares: Shares, trust: Trust, known: int, first_level: bool
) -> None:
    features = np.arange(known, known + len(shares))
    together = applied(trust, shares, features, first_level)
    for place in range(len(shares)):
        alone = applied(trust, shares[[place]], features[[place]], first_level)
        np.testing.assert_array_equal(alone[0], together[place])


def test_a_choice_by_hand() -> None:
    choice = Choice.of(np.log(np.array([[0.1, 0.6, 0.3], [0.25, 0.25, 0.5]], np.float32)))
    assert choice.best.tolist() == [1, 2]
    assert np.exp(choice.margins[0]).tolist() == pytest.approx([1 / 6, 1, 1 / 2])
    assert np.exp(choice.second).tolist() == pytest.approx([0.3 / 0.6, 0.25 / 0.5])
    assert np.exp(choice.others).tolist() == pytest.approx([0.4 / 0.6, 0.5 / 0.5])
    evidence = choice.evidence(np.array([0, 1]), is_first_level=True)
    assert evidence[0].tolist() == pytest.approx([1, np.log(1.5), np.log(2), 1, 0], abs=1e-6)
    assert evidence[1].tolist() == pytest.approx([1, 0, np.log(2), 1, np.log(2)], abs=1e-6)


@given(log_shares(), TRUSTS, KNOWN)
def test_the_share_of_one_child_is_what_it_is_among_all(
    shares: Shares, trust: Trust, known: int
) -> None:
    choice, rows = Choice.of(shares), np.arange(len(shares))
    odds = trust.odds(choice, np.log1p(np.full(len(shares), known)), False)
    table = choice.log_shares(odds)
    for child in range(shares.shape[1]):
        children = np.full(len(shares), child)
        np.testing.assert_array_equal(choice.log_shares_at(rows, children, odds), table[:, child])
