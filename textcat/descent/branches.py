"""The linear models of one inner slot."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import sparse

from textcat.arrays.sparse_rows import FloatArray, IntArray, SparseRows
from textcat.concurrency.calculated import calculated_once

# A feature with weights for this share of the children or more is multiplied as a dense row: on
# 1,442 categories a tenth of the features, and seven tenths of those that names have.
DENSE = 1 / 4
# A branch is dense as a whole if it has no more weights than this (64 kB).
SMALL = 1 << 14
# Columns are looked up in a table of all features once they are more than this share of the
# branch's own, since filling one costs as much as so many searches.
MANY = 1 / 16


class Parts(NamedTuple):
    """The weights of a branch in two parts, one dense, one sparse.

    Attributes
    ----------
    dense : ndarray of float32, shape (n_dense + 1, n_children)
        Rows of the features that speak for many children; the last one is empty.
    dense_rows, sparse_rows : ndarray of int32, shape (n_active + 1,)
        Where the row of every feature is, in `dense` and in the weights of the branch; the empty
        row of a part if the other part has it.
    has_sparse : bool
    """

    dense: FloatArray
    dense_rows: IntArray
    sparse_rows: IntArray
    has_sparse: bool


@dataclass(frozen=True)
class Branch:
    """The linear models of one inner slot, a column for each child.

    Attributes
    ----------
    features : ndarray of int32, shape (n_active,), ascending
        The features that have any weight here.
    weights : SparseRows, shape (n_active + 1, n_children)
        The last row is empty: it takes the features that have no weight.
    intercepts : ndarray of float32, shape (n_children,)
    """

    features: IntArray
    weights: SparseRows
    intercepts: FloatArray

    def margins(self, X: sparse.csr_matrix | SparseRows) -> FloatArray:
        """Margin of every child, (n_rows, n_children) float32."""
        rows, parts = SparseRows.of(X), self._parts
        places = self.places(rows.indices)
        margins = self.intercepts[None].repeat(len(rows), axis=0)
        rows.add_product(parts.dense_rows.take(places), parts.dense, margins)
        if parts.has_sparse:
            rows.add_sparse_product(parts.sparse_rows.take(places), self.weights, margins)
        return margins

    def places(self, columns: IntArray) -> npt.NDArray[np.integer]:
        """Row of `weights` for every column of features, the empty one for those without any."""
        inactive = len(self.features)
        if len(columns) > MANY * inactive > 0:
            table = np.full(int(self.features[-1]) + 2, inactive, np.int32)
            table[self.features] = np.arange(inactive)
            return table.take(columns, mode="clip")
        places = self.features.searchsorted(columns)
        found = self.features.take(places, mode="clip") == columns if inactive else False
        return np.where(found, places, inactive)

    def renumbered(self, columns: IntArray) -> Branch:
        """The same with another number for every feature, (n_features,) ascending."""
        branch = Branch(columns[self.features], self.weights, self.intercepts)
        vars(branch).update({name: parts for name, parts in vars(self).items() if name == "_parts"})
        return branch

    @calculated_once
    def _parts(self) -> Parts:
        """Made when a row first comes here: most models stay on disk in the main."""
        inactive, children = len(self.features), len(self.intercepts)
        share = 0 if inactive * children <= SMALL else DENSE
        is_dense = self.weights.lengths[:-1] >= share * children
        chosen = np.flatnonzero(is_dense)
        dense = np.zeros((len(chosen) + 1, children), np.float32)
        self.weights.take(chosen).add_to(dense[:-1])
        dense_rows = np.full(inactive + 1, len(chosen), np.int32)
        dense_rows[chosen] = np.arange(len(chosen))
        sparse_rows = np.arange(inactive + 1, dtype=np.int32)
        sparse_rows[chosen] = inactive
        return Parts(dense, dense_rows, sparse_rows, not is_dense.all())
