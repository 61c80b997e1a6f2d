"""Rows of features: what scipy's matrices do, done without them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

from textcat.arrays.sparse_rows import SparseRows


@st.composite
def matrices(draw: st.DrawFn, columns: int = 5) -> sparse.csr_matrix:
    """Rows with gaps, some of them empty."""
    generator = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    shape = (draw(st.integers(1, 6)), columns)
    values = generator.normal(size=shape) * (generator.random(shape) < 0.5)
    return sparse.csr_matrix(values.astype(np.float32))


def test_equal_places_are_counted_together_in_the_order_of_the_columns() -> None:
    rows, columns = np.array([1, 0, 1, 1], np.int32), np.array([2, 1, 0, 2], np.int32)
    X = SparseRows.counted(rows, columns, (3, 3))
    assert (X.indptr.tolist(), X.indices.tolist(), X.data.tolist()) == (
        [0, 1, 3, 3],
        [1, 0, 2],
        [1, 1, 2],
    )


def test_nothing_counted_is_an_empty_row() -> None:
    nothing = np.zeros(0, np.int32)
    assert SparseRows.counted(nothing, nothing, (1, 0)).indptr.tolist() == [0, 0]


@given(matrices())
def test_a_matrix_comes_back_as_it_was(X: sparse.csr_matrix) -> None:
    rows = SparseRows.of(X)
    assert SparseRows.of(rows) is rows
    assert len(rows) == X.shape[0]
    assert rows.lengths.tolist() == np.diff(X.indptr).tolist()
    assert (rows.tocsr() != X).nnz == 0


@given(matrices(), st.data())
def test_rows_are_taken_in_any_order(X: sparse.csr_matrix, data: st.DataObject) -> None:
    chosen = np.array(data.draw(st.lists(st.integers(0, X.shape[0] - 1))), np.intp)
    taken = SparseRows.of(X).take(chosen).tocsr()
    np.testing.assert_array_equal(taken.toarray(), X.toarray()[chosen])


@given(matrices(), matrices(columns=3), st.data())
def test_products_are_added_to_what_is_there(
    X: sparse.csr_matrix, weights: sparse.csr_matrix, data: st.DataObject
) -> None:
    # every value of X meets some row of the weights
    met = st.integers(0, weights.shape[0] - 1)
    columns = np.array(data.draw(st.lists(met, min_size=X.nnz, max_size=X.nnz)), np.int32)
    out = np.ones((X.shape[0], 3), np.float32)
    wanted = out + sparse.csr_matrix((X.data, columns, X.indptr), (X.shape[0], 6)).toarray()[
        :, : weights.shape[0]
    ] @ (weights.toarray())
    dense, by_sparse = out.copy(), out.copy()
    SparseRows.of(X).add_product(columns, weights.toarray(), dense)
    SparseRows.of(X).add_sparse_product(columns, SparseRows.of(weights), by_sparse)
    np.testing.assert_allclose(dense, wanted, rtol=1e-4, atol=1e-5)
    np.testing.assert_allclose(by_sparse, wanted, rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize(
    ("data", "indices", "indptr"),
    [
        ([1, 2], [0, 3], [0, 1, 2]),  # no such column
        ([1, 2], [0, -1], [0, 1, 2]),
        ([1, 2], [0, 1], [0, 1]),  # a row is missing
        ([1, 2], [0, 1], [0, 2, 1]),
        ([1, 2], [0, 1], [1, 1, 2]),
        ([1, 2], [0, 1], [0, 1, 3]),  # beyond the last value
        ([1], [0, 1], [0, 1, 2]),
    ],
)
def test_arrays_that_do_not_fit_together_are_refused(
    data: list[float], indices: list[int], indptr: list[int]
) -> None:
    arrays = np.float32(data), np.int32(indices), np.int32(indptr)
    with pytest.raises(ValueError, match=r"do not make rows of the shape \(2, 3\)"):
        SparseRows(*arrays, (2, 3)).checked()


def test_rows_of_any_shape_pass_the_check() -> None:
    for shape in ((0, 0), (0, 3), (3, 0), (2, 2)):
        X = SparseRows.of(sparse.csr_matrix(shape, dtype=np.float32))
        assert X.checked() is X
