"""Linear machines as columns over all features, and branches that are put together from them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import sparse

from textcat.arrays.sparse_rows import FloatArray, SparseRows
from textcat.descent.branches import Branch


class Machines(NamedTuple):
    """Machines of some children.

    Attributes
    ----------
    weights : csc_matrix of float32, shape (n_features, n_machines)
    intercepts : ndarray of float32, shape (n_machines,)
    """

    weights: sparse.csc_matrix
    intercepts: FloatArray

    @classmethod
    def of(cls, branch: Branch, n_features: int) -> Machines:
        """Those of all children of a branch."""
        local = branch.weights.tocsr()[:-1].tocsc()
        features = branch.features[local.indices]
        columns = (local.data, features, local.indptr)
        weights = sparse.csc_matrix(columns, (n_features, local.shape[1]))
        return cls(weights, branch.intercepts)

    @classmethod
    def constant(cls, says: float, n_features: int) -> Machines:
        """One that says the same of all names."""
        nothing = sparse.csc_matrix((n_features, 1), dtype=np.float32)
        return cls(nothing, np.array([says], np.float32))

    @classmethod
    def joined(cls, parts: Sequence[Machines]) -> Machines:
        """Several side by side."""
        weights = sparse.hstack([part.weights for part in parts], format="csc")
        return cls(weights, np.concatenate([part.intercepts for part in parts]))

    def only(self, columns: Sequence[int]) -> Machines:
        """Some of them."""
        return Machines(self.weights[:, columns], self.intercepts[columns])

    def split(self, column: int) -> tuple[Machines, Machines]:
        """Those before one of them, and those after it."""
        before, after = slice(None, column), slice(column + 1, None)
        return (
            Machines(self.weights[:, before], self.intercepts[before]),
            Machines(self.weights[:, after], self.intercepts[after]),
        )

    def mixed(
        self, shares: npt.NDArray[np.float32], constants: npt.NDArray[np.float32]
    ) -> Machines:
        """Sums of them; both are (n_machines, n_mixed), of what is weighed and of what is not.

        Of two that stand for two sets the sum stands for both: m₁ + m₂ + 1 is 1 where either is 1
        and -1 where both are -1. With -1 the second is taken out of the first.

        >>> both = Machines.joined([Machines.constant(1, 1), Machines.constant(-1, 1)])
        >>> signs = np.array([[1, 1], [1, -1]], np.float32)
        >>> both.mixed(signs, signs).intercepts.tolist()
        [1.0, 1.0]
        """
        weights = sparse.csc_matrix(self.weights @ sparse.csc_matrix(shares))
        return Machines(weights, (self.intercepts + 1) @ constants - 1)

    def margins(self, X: sparse.csr_matrix) -> FloatArray:
        """Of rows, (n_rows, n_machines)."""
        margins: FloatArray = (X @ self.weights).toarray() + self.intercepts
        return margins

    def branch(self) -> Branch:
        """As what a slot decides by."""
        rows = self.weights.tocsr()
        rows.eliminate_zeros()
        active = np.flatnonzero(np.diff(rows.indptr))
        nothing = sparse.csr_matrix((1, rows.shape[1]), dtype=np.float32)
        weights = sparse.vstack([rows[active], nothing], format="csr")
        return Branch(active.astype(np.int32), SparseRows.of(weights), self.intercepts)
