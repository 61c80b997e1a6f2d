"""The change of a slot's machines is the least one that puts its rows on their side."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

from textcat.arrays.sparse_rows import SparseRows
from textcat.learning.machines import ENOUGH, least_change

ROWS, FEATURES, CHILDREN = 4, 5, 3

seeds = st.integers(0, 2**32 - 1)


def random_rows(seed: int) -> tuple[np.random.Generator, np.ndarray, np.ndarray]:
    """Rows of length 1, and the child that each has to take."""
    random = np.random.default_rng(seed)
    table = random.normal(size=(ROWS, FEATURES)).astype(np.float32)
    table /= np.linalg.norm(table, axis=1, keepdims=True)
    return random, table, random.integers(CHILDREN, size=ROWS)


@given(seeds, st.floats(0.1, 20))
def test_no_other_change_costs_less(seed: int, C: float) -> None:
    """Among those in its neighbourhood; the cost is convex."""
    random, table, taken = random_rows(seed)
    X, weight = SparseRows.of(sparse.csr_matrix(table)), np.full(ROWS, C)
    margins = random.uniform(-2, 2, (ROWS, CHILDREN)).astype(np.float32)
    found = least_change(X, margins, taken, weight)
    sides = np.where(taken[:, None] == np.arange(CHILDREN), 1.0, -1.0)
    stand = sides * margins.astype(np.float64)
    wanted = np.where(stand < ENOUGH, 1.0, np.minimum(stand, 1.0))
    moved = (stand < ENOUGH).any(axis=0)

    def cost(change: np.ndarray) -> float:
        missed = np.maximum(wanted - stand - sides * (table @ change), 0)[:, moved]
        return float((change**2).sum() / 2 + C * (missed**2).sum())

    assert not found[:, ~moved].any()
    for size in (0.01, 0.1, 1.0):
        other = found + size * moved * random.normal(size=found.shape)
        assert cost(found) <= 1.01 * cost(other) + 0.01


@given(seeds)
def test_rows_that_are_where_they_belong_change_nothing(seed: int) -> None:
    _, table, taken = random_rows(seed)
    margins = np.where(taken[:, None] == np.arange(CHILDREN), 0.9, -0.6).astype(np.float32)
    X = SparseRows.of(sparse.csr_matrix(table))
    assert not least_change(X, margins, taken, np.ones(ROWS)).any()


def test_one_row_alone_comes_as_near_as_its_weight_says() -> None:
    """With |x| = 1 the gap between what it has and 1 shrinks to 1 part in 1 + 2C."""
    X = SparseRows.of(sparse.csr_matrix([[0.6, 0.8]]))
    change = least_change(X, np.float32([[-1, 0]]), np.array([0]), np.array([2.0]))
    np.testing.assert_allclose(np.array([0.6, 0.8]) @ change, [1.6, -0.8], atol=0.01)
