"""The linear models of one inner slot, and the softmax over what they say."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

FloatArray = npt.NDArray[np.float32]
IntArray = npt.NDArray[np.int32]


@dataclass(frozen=True)
class Branch:
    """The linear models of one inner slot, a column for each child.

    Attributes
    ----------
    features : ndarray of int32, shape (n_active,), ascending
        The features that have any weight here.
    weights : csr_matrix of float32, shape (n_active + 1, n_children)
        The last row is empty: it takes the features that have no weight.
    intercepts : ndarray of float32, shape (n_children,)
    """

    features: IntArray
    weights: sparse.csr_matrix
    intercepts: FloatArray

    def margins(self, X: sparse.csr_matrix) -> FloatArray:
        """Margin of every child, (n_rows, n_children) float32."""
        shape = (X.shape[0], len(self.features) + 1)
        local = sparse.csr_matrix((X.data, self.places(X.indices), X.indptr), shape)
        margins: FloatArray = (local @ self.weights).toarray()
        margins += self.intercepts
        return margins

    def places(self, columns: IntArray) -> IntArray:
        """Row of `weights` for every column of features, the empty one for those without any."""
        inactive = len(self.features)
        places = np.searchsorted(self.features, columns)
        places[places == inactive] = 0
        if inactive:
            places[self.features[places] != columns] = inactive
        return places.astype(np.int32, copy=False)


def log_softmax(margins: FloatArray) -> FloatArray:
    """Logarithm of the softmax over the last axis; never above 0.

    >>> np.exp(log_softmax(np.log(np.array([[1.0, 3.0]], dtype=np.float32)))).round(2)
    array([[0.25, 0.75]], dtype=float32)
    """
    shifted: FloatArray = margins - margins.max(axis=-1, keepdims=True)
    shifted -= np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
    np.minimum(shifted, 0, out=shifted)
    return shifted
