"""The machines of a slot by compiled dual coordinate descent on all of its children at once.

A feature that only one row has is kept out of the descent. Its weight is x·y·α of that row, so
to the row's own margin it adds x²·y·α, as if the row had a softer hinge, and to the margins of
other rows nothing. Among product names most features are such. Their weights are made from the
α at the end: the same numbers with a third of the memory.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import sparse

from textcat.solvers.dual_descent_kernel import descend
from textcat.solvers.problem import FloatArray, Machines, Problem, Settings, pruned

# Names take 10 to 22 passes. Rows that are nearly the same in few features, far
# from 0, would take millions: those are left to liblinear's Newton method, which has no random
# numbers and may run in threads.
MOST_PASSES = 500


def fit_machines(problem: Problem, children: range, settings: Settings) -> Machines:
    """Fit some children of a slot, each against all others."""
    is_pair = problem.is_pair
    found = _fit_against_others(problem, range(1, 2) if is_pair else children, settings)
    if found is None:
        from textcat.solvers import liblinear  # and with it scikit-learn, which takes a second

        return liblinear.fit_machines(problem, children, settings, dual=False)
    return found.mirrored() if is_pair else found


def _fit_against_others(problem: Problem, children: range, settings: Settings) -> Machines | None:
    """A machine for each of some children; None if the tolerance was not reached."""
    counted = problem.weight > 0  # without weight there is no hinge at all
    rows = _Rows.of(problem.X[counted] if not counted.all() else problem.X)
    hinge = 1 / (2 * settings.C * problem.weight[counted])
    own = (problem.taken[counted] - children.start).astype(np.int32)
    weights = np.zeros((len(rows.shared) + 1, len(children)), np.float32)
    alphas = np.zeros((len(own), len(children)), np.float32)
    violation = descend(
        rows.starts, rows.places, rows.values, own,
        (rows.lone_square + hinge).astype(np.float32),
        (1 / (rows.square + 1 + hinge)).astype(np.float32),
        weights, alphas, settings.tolerance, MOST_PASSES, _seed(settings.random_state),
    )  # fmt: skip
    if violation > settings.tolerance:
        return None
    signed = -alphas
    row_of_own = np.flatnonzero((own >= 0) & (own < len(children)))
    signed[row_of_own, own[row_of_own]] *= -1
    return Machines(rows.all_weights(weights[:-1], signed, settings.prune), weights[-1])


def _seed(random_state: object) -> int:
    """A number for the compiled generator from whatever scikit-learn takes for a seed."""
    if isinstance(random_state, int):
        return random_state
    from sklearn.utils import check_random_state

    return int(check_random_state(random_state).randint(1, np.iinfo(np.int32).max))


class _Rows(NamedTuple):
    """Rows, their features split into shared ones and lone ones, which only one row has.

    Attributes
    ----------
    shared, lone : ndarray
        Features.
    starts, places, values : ndarray of int64, int32, float32
        The rows as a CSR matrix over the shared features.
    lone_rows, lone_values : ndarray, shape (n_lone,)
        Which row has a lone feature, and how much of it.
    square, lone_square : ndarray, shape (n_rows,)
        Squared length of every row, and of its lone features.
    n_features : int
    """

    shared: npt.NDArray[np.intp]
    lone: npt.NDArray[np.intp]
    starts: npt.NDArray[np.int64]
    places: npt.NDArray[np.int32]
    values: FloatArray
    lone_rows: npt.NDArray[np.intp]
    lone_values: FloatArray
    square: npt.NDArray[Any]
    lone_square: npt.NDArray[Any]
    n_features: int

    @classmethod
    def of(cls, X: sparse.csr_matrix) -> _Rows:
        n_rows, n_features = X.shape
        stands_in = np.bincount(X.indices, minlength=n_features)
        shared = np.flatnonzero(stands_in > 1)
        place = np.full(n_features, -1, np.int32)
        place[shared] = np.arange(len(shared), dtype=np.int32)
        places = place[X.indices]
        is_lone = places < 0
        lone_rows = np.searchsorted(X.indptr, np.flatnonzero(is_lone), side="right") - 1
        lone_values = X.data[is_lone]
        lone_before = np.concatenate([[0], np.cumsum(np.bincount(lone_rows, minlength=n_rows))])
        squares = sparse.csr_matrix((X.data**2, X.indices, X.indptr), X.shape)
        return cls(
            shared, X.indices[is_lone],
            (X.indptr - lone_before).astype(np.int64), places[~is_lone], X.data[~is_lone],
            lone_rows, lone_values,
            squares @ np.ones(n_features),
            np.bincount(lone_rows, lone_values**2, minlength=n_rows),
            n_features,
        )  # fmt: skip

    def all_weights(
        self, of_shared: FloatArray, signed_alphas: FloatArray, prune: float
    ) -> sparse.csr_matrix:
        """Weights of shared and lone features, (n_features, n_machines), without small ones."""
        of_rows = pruned(signed_alphas, 0)[self.lone_rows]
        of_rows.data *= np.repeat(self.lone_values, np.diff(of_rows.indptr))
        of_rows.data[np.abs(of_rows.data) < prune] = 0
        of_rows.eliminate_zeros()
        nothing = sparse.csr_matrix((1, of_shared.shape[1]), dtype=np.float32)
        found = sparse.vstack([pruned(of_shared, prune), of_rows, nothing], format="csr")
        place = np.full(self.n_features, found.shape[0] - 1)
        place[np.concatenate([self.shared, self.lone])] = np.arange(found.shape[0] - 1)
        return found[place]
