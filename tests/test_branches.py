"""The linear models of a slot: a feature's weights count wherever and however they are kept."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import sparse

from textcat.arrays.sparse_rows import SparseRows
from textcat.descent.branches import Branch

FEATURES, CHILDREN = 5000, 8


def random_branch(active: int, density: float) -> tuple[Branch, np.ndarray[tuple[int, int]]]:
    """A branch over every third feature or so, and its weights as a dense table of all features."""
    generator = np.random.default_rng(active)
    features = np.sort(generator.choice(FEATURES, active, replace=False)).astype(np.int32)
    dense = generator.normal(size=(active, CHILDREN)) * (
        generator.random((active, CHILDREN)) < density
    )
    weights = sparse.csr_matrix(np.vstack([dense, np.zeros((1, CHILDREN))]).astype(np.float32))
    table = np.zeros((FEATURES, CHILDREN), np.float32)
    table[features] = dense
    return Branch(features, SparseRows.of(weights), np.arange(CHILDREN, dtype=np.float32)), table


def random_rows(count: int, density: float) -> sparse.csr_matrix:
    """Rows that have a share of the features."""
    generator, shape = np.random.default_rng(count), (count, FEATURES)
    values = generator.normal(size=shape) * (generator.random(shape) < density)
    return sparse.csr_matrix(values.astype(np.float32))


@pytest.mark.parametrize("rows", [1, 3, 400])  # few are searched for, many looked up in a table
@pytest.mark.parametrize(
    ("active", "density"),
    [(0, 1.0), (1, 1.0), (300, 0.5), (FEATURES, 0.3), (FEATURES - 1, 0.02), (4000, 0.9)],
)
def test_margins_are_products_with_the_weights_and_the_intercepts(
    rows: int, active: int, density: float
) -> None:
    branch, table = random_branch(active, density)
    X = random_rows(rows, density=0.01)
    wanted = X @ table + np.arange(CHILDREN)
    np.testing.assert_allclose(branch.margins(X), wanted, rtol=1e-4, atol=1e-4)


def test_a_row_has_the_same_margins_alone_and_among_others() -> None:
    branch, _ = random_branch(FEATURES - 1, 0.3)
    X = random_rows(50, density=0.02)
    alone = np.concatenate([branch.margins(X[[row]]) for row in range(50)])
    np.testing.assert_array_equal(alone, branch.margins(X))
