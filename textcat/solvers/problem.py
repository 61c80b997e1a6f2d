"""What is solved at a slot: a machine for every child, which tells its rows from all others.

A machine is the w and b with the least

    (|w|² + b²) / 2  +  C · Σ weightᵢ · max(0, 1 - yᵢ (w·xᵢ + b))²

where yᵢ is 1 if row i takes the child and -1 otherwise: a linear support vector machine with the
squared hinge. Two children need but one machine, if one is always what the other is not.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import sparse

FloatArray = npt.NDArray[np.float32]


class Problem(NamedTuple):
    """Rows at a slot, and what they choose.

    Attributes
    ----------
    X : csr_matrix of float32, shape (n_rows, n_features)
    taken : ndarray, shape (n_rows,)
        The child that every row takes, from 0; -1 if it takes none of them.
    weight : ndarray of float64, shape (n_rows,)
    n_children : int
        2 or more.
    """

    X: sparse.csr_matrix
    taken: npt.NDArray[np.intp]
    weight: npt.NDArray[np.float64]
    n_children: int

    @property
    def is_pair(self) -> bool:
        """Whether there are two children and every row takes one of them."""
        return self.n_children == 2 and bool((self.taken >= 0).all())


class Settings(NamedTuple):
    """How problems are solved; the parameters are `TreeClassifier`'s."""

    C: float
    tolerance: float
    prune: float
    random_state: int


class Machines(NamedTuple):
    """Machines of some children.

    Attributes
    ----------
    weights : csr_matrix of float32, shape (n_features, n_machines)
    intercepts : ndarray of float32, shape (n_machines,)
    """

    weights: sparse.csr_matrix
    intercepts: FloatArray

    def mirrored(self) -> Machines:
        """Of the one machine that tells the second of two children from the first: both."""
        weights = sparse.hstack([-self.weights, self.weights], format="csr")
        return Machines(weights, np.concatenate([-self.intercepts, self.intercepts]))


def pruned(weights: FloatArray, prune: float) -> sparse.csr_matrix:
    """A table of weights without the small ones.

    >>> pruned(np.array([[0.5, -0.01], [0.0, -0.5]], np.float32), prune=0.05).toarray()
    array([[ 0.5,  0. ],
           [ 0. , -0.5]], dtype=float32)
    """
    kept = (np.abs(weights) >= prune) & (weights != 0)
    starts = np.concatenate([[0], np.cumsum(np.count_nonzero(kept, axis=1))])
    return sparse.csr_matrix((weights[kept], kept.nonzero()[1], starts), weights.shape)
