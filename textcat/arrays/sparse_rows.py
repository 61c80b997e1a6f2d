"""Rows of features, and what a descent does with them: scipy's kernels without its objects.

A `csr_matrix` checks its arrays whenever one is made, which takes some 15 µs. Of a batch that is
nothing; for a single name it is more than all the arithmetic. So this module, and no other, calls
the compiled functions behind scipy's sparse matrices, which are the same in all its versions.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.sparse import _sparsetools as kernels

FloatArray = npt.NDArray[np.float32]
IntArray = npt.NDArray[np.int32]


@dataclass(frozen=True, eq=False, slots=True)
class SparseRows:
    """Sparse rows in the layout of a `csr_matrix`.

    Attributes
    ----------
    data : ndarray of float32, shape (n_values,)
    indices : ndarray of int32, shape (n_values,)
        Column of every value.
    indptr : ndarray of int32, shape (n_rows + 1,)
        Where every row begins.
    shape : tuple of int
        (n_rows, n_columns)
    """

    data: FloatArray
    indices: IntArray
    indptr: IntArray
    shape: tuple[int, int]

    @classmethod
    def of(cls, X: sparse.csr_matrix | SparseRows) -> SparseRows:
        """The rows of a matrix; its arrays are shared where they have these types."""
        if isinstance(X, SparseRows):
            return X
        return cls(
            X.data.astype(np.float32, copy=False),
            X.indices.astype(np.int32, copy=False),
            X.indptr.astype(np.int32, copy=False),
            X.shape,
        )

    @classmethod
    def counted(cls, rows: IntArray, columns: IntArray, shape: tuple[int, int]) -> SparseRows:
        """How often every column stands in every row, columns ascending.

        >>> X = SparseRows.counted(np.int32([1, 0, 1]), np.int32([2, 0, 2]), (2, 3))
        >>> X.tocsr().toarray().tolist()
        [[1.0, 0.0, 0.0], [0.0, 0.0, 2.0]]
        """
        size = len(rows)
        data, indices = np.empty(size, np.float32), np.empty(size, np.int32)
        indptr = np.empty(shape[0] + 1, np.int32)
        ones = np.ones(size, np.float32)
        kernels.coo_tocsr(*shape, size, rows, columns, ones, indptr, indices, data)
        kernels.csr_sort_indices(shape[0], indptr, indices, data)
        kernels.csr_sum_duplicates(*shape, indptr, indices, data)
        size = int(indptr[-1])
        return cls(data[:size], indices[:size], indptr, shape)

    def checked(self) -> SparseRows:
        """The same, if the arrays fit together; compiled code would read beyond them otherwise.

        Raises
        ------
        ValueError
            If they do not.
        """
        rows, columns = self.shape
        fits = (
            len(self.indptr) == rows + 1
            and self.indptr[0] == 0
            and self.indptr[-1] == len(self.indices) == len(self.data)
            and bool((self.indptr[1:] >= self.indptr[:-1]).all())
            and 0 <= self.indices.min(initial=0) <= self.indices.max(initial=0) < max(1, columns)
        )
        if not fits:
            raise ValueError(f"the arrays do not make rows of the shape {self.shape}")
        return self

    def __len__(self) -> int:
        return self.shape[0]

    @property
    def lengths(self) -> IntArray:
        """Values in every row, (n_rows,)."""
        lengths: IntArray = self.indptr[1:] - self.indptr[:-1]
        return lengths

    def take(self, rows: npt.NDArray[np.integer]) -> SparseRows:
        """Some of the rows, in the order asked for."""
        rows = rows.astype(np.int32, copy=False)
        indptr = np.zeros(len(rows) + 1, np.int32)
        np.cumsum(self.lengths[rows], out=indptr[1:])
        data, indices = np.empty(indptr[-1], np.float32), np.empty(indptr[-1], np.int32)
        kernels.csr_row_index(len(rows), rows, self.indptr, self.indices, self.data, indices, data)
        return SparseRows(data, indices, indptr, (len(rows), self.shape[1]))

    def add_product(self, columns: IntArray, weights: FloatArray, out: FloatArray) -> None:
        """Add the product with a dense table; `columns` say which of its rows every value meets.

        `weights` is (n, n_out) and contiguous, `out` (n_rows, n_out).
        """
        kernels.csr_matvecs(
            len(self), len(weights), out.shape[1], self.indptr, columns, self.data,
            weights.ravel(), out.ravel(),
        )  # fmt: skip

    def add_sparse_product(self, columns: IntArray, weights: SparseRows, out: FloatArray) -> None:
        """Add the product with a sparse table to `out`, otherwise as `add_product`."""
        indptr = np.empty(len(self) + 1, np.int32)
        indices, data = np.empty(out.size, np.int32), np.empty(out.size, np.float32)
        kernels.csr_matmat(
            *out.shape, self.indptr, columns, self.data,
            weights.indptr, weights.indices, weights.data, indptr, indices, data,
        )  # fmt: skip
        SparseRows(data, indices, indptr, out.shape).add_to(out)

    def add_to(self, table: FloatArray) -> None:
        """Add the values to a dense table of this shape."""
        kernels.csr_todense(*self.shape, self.indptr, self.indices, self.data, table)

    def tocsr(self) -> sparse.csr_matrix:
        """The same rows as a matrix of scipy's."""
        return sparse.csr_matrix((self.data, self.indices, self.indptr), self.shape)
