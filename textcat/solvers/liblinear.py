"""The machines of a slot by scikit-learn's liblinear, one child after the other."""

from __future__ import annotations

import warnings
from threading import Lock

import numpy as np
import numpy.typing as npt
from scipy import sparse
from sklearn.svm import LinearSVC
from threadpoolctl import threadpool_limits

from textcat.solvers.problem import Machines, Problem, Settings

Table = npt.NDArray[np.float64]
OTHERS = -1
# Threads share the solver's random numbers: what one draws would depend on the others.
_ONE_AT_A_TIME = Lock()


def fit_machines(
    problem: Problem, children: range, settings: Settings, dual: bool | str = "auto"
) -> Machines:
    """Fit some children of a slot, each against all others; `dual` as for `LinearSVC`."""
    is_among = (problem.taken >= children.start) & (problem.taken < children.stop)
    labels = np.where(is_among, problem.taken, OTHERS)
    weights, intercepts = _one_versus_rest(problem, labels, settings, dual)
    if len(intercepts) == 1:  # two classes: one machine tells the second from the first
        weights, intercepts = np.vstack([-weights, weights]), np.hstack([-intercepts, intercepts])
    wanted = slice(-len(children), None)  # without the others, which come first
    by_child = _pruned(weights[wanted], settings.prune)
    return Machines(by_child.T.tocsr(), intercepts[wanted].astype(np.float32))


def _one_versus_rest(
    problem: Problem, labels: npt.NDArray[np.intp], settings: Settings, dual: bool | str
) -> tuple[Table, npt.NDArray[np.float64]]:
    """Weights (n_labels, n_features) and intercepts of every label, of the second of two labels."""
    machine = LinearSVC(
        C=settings.C, tol=settings.tolerance, random_state=settings.random_state, dual=dual
    )
    X = problem.X
    if not X.shape[1]:  # the solver wants a column
        X = sparse.csr_matrix((X.shape[0], 1), dtype=X.dtype)
    with _ONE_AT_A_TIME, threadpool_limits(1), warnings.catch_warnings():
        # many categories with few rows each are no sign of a regression
        warnings.filterwarnings("ignore", "The number of unique classes", UserWarning)
        machine.fit(X, labels, sample_weight=problem.weight)
    return machine.coef_[:, : problem.X.shape[1]], machine.intercept_


def _pruned(weights: Table, prune: float) -> sparse.csr_matrix:
    """Weights of children without the small ones, (n_children, n_features)."""
    for child in weights:  # one at a time, to need no second table of that size
        child[np.abs(child) < prune] = 0
    return sparse.csr_matrix(weights, dtype=np.float32)
