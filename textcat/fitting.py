"""Fit the linear models of a tree, one inner slot at a time, in parallel.

Every inner slot is a task of its own: the rows below it, the features that occur in them, its
children as classes. Tasks run in processes, since the solver's random numbers are shared by
the threads of a process and the fit would depend on their timing.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from joblib import Parallel, delayed
from scipy import sparse
from sklearn.svm import LinearSVC
from threadpoolctl import threadpool_limits

from textcat.descent import Branch, LinearTree
from textcat.slots import Slots
from textcat.tree import CategoryTree

IntArray = npt.NDArray[np.int32]

# Measured on 1,442 categories: margins of a squared-hinge machine are calibrated near 1/5.
DEFAULT_TEMPERATURE = 0.2
# Children are fitted together as long as their weights, not yet pruned, are fewer than this
# (128 MB). In a flat tree of 1,442 categories all of them at once would take 5 GB.
DENSE_WEIGHTS = 1 << 24


class Solver(NamedTuple):
    """How one slot is fitted; the parameters are `TreeClassifier`'s."""

    C: float
    tolerance: float
    prune: float
    random_state: int


def fit_linear_tree(
    X: sparse.csr_matrix,
    categories: npt.NDArray[np.int32],
    tree: CategoryTree,
    *,
    weight: npt.NDArray[np.float64] | None = None,
    C: float = 2.0,
    tolerance: float = 0.1,
    prune: float = 0.0,
    temperature: float = DEFAULT_TEMPERATURE,
    random_state: int = 0,
    n_jobs: int | None = None,
    progress: bool = False,
) -> LinearTree:
    """Fit every inner slot that has more than one child.

    Parameters
    ----------
    X : csr_matrix of float32, shape (n_rows, n_features)
    categories : ndarray of int32, shape (n_rows,)
        Node of every row.
    tree : CategoryTree
    weight : ndarray of float64, shape (n_rows,), optional
        Of the rows; 1 unless given.
    C, tolerance, prune, temperature, random_state, n_jobs, progress
        As for `TreeClassifier`.
    """
    slots = Slots.of(tree, np.unique(categories).tolist())
    paths = slots.paths[slots.leaf_of(categories)]
    weight = np.ones(X.shape[0]) if weight is None else weight
    solver = Solver(C, tolerance, prune, random_state)
    tasks = sorted(_tasks(paths, slots), key=lambda task: -task.cost)
    fitted = Parallel(n_jobs=n_jobs, return_as="generator_unordered")(
        delayed(fit_branch)(task.slot, X[task.rows], task.taken, weight[task.rows], solver)
        for task in tasks
    )
    if progress:
        from tqdm.auto import tqdm

        fitted = tqdm(fitted, total=len(tasks), desc="fitting nodes", unit="node")
    return LinearTree(slots, dict(sorted(fitted, key=lambda pair: pair[0])), temperature)


class _Task(NamedTuple):
    slot: int
    rows: npt.NDArray[np.intp]
    taken: npt.NDArray[np.intp]  # which of the slot's children every row takes
    cost: int


def _tasks(paths: IntArray, slots: Slots) -> Iterator[_Task]:
    """One task for every slot with several children."""
    for slot in slots.inner:
        children = slots.children(slot)
        count = children.stop - children.start
        if count > 1:
            rows, taken = slots.decisions(paths, slot)
            yield _Task(slot, rows, taken, len(rows) * count)


def fit_branch(
    slot: int,
    X: sparse.csr_matrix,
    taken: npt.NDArray[np.intp],
    weight: npt.NDArray[np.float64],
    solver: Solver,
) -> tuple[int, Branch]:
    """Fit one slot: a one-vs-rest machine for every child over the features that occur."""
    features, local = np.unique(X.indices, return_inverse=True)
    shape = (X.shape[0], max(1, len(features)))  # the solver wants a column
    X = sparse.csr_matrix((X.data, local.astype(np.int32).ravel(), X.indptr), shape)
    size, count = max(2, DENSE_WEIGHTS // shape[1]), int(taken.max()) + 1
    weights, intercepts = [], []
    for start in range(0, count, size):
        children = range(start, min(start + size, count))
        dense, bias = _fit_children(X, taken, children, weight, solver)
        weights.append(_pruned(dense, solver.prune))
        intercepts.append(bias)
    return slot, _branch(features, sparse.vstack(weights), np.concatenate(intercepts))


def _fit_children(
    X: sparse.csr_matrix,
    taken: npt.NDArray[np.intp],
    children: range,
    weight: npt.NDArray[np.float64],
    solver: Solver,
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Weights (n_children, n_features) and intercepts of some children, each against all others."""
    others = (taken < children.start) | (taken >= children.stop)
    machine = LinearSVC(C=solver.C, tol=solver.tolerance, random_state=solver.random_state)
    with threadpool_limits(1):
        machine.fit(X, np.where(others, -1, taken), sample_weight=weight)
    weights, intercepts = machine.coef_, machine.intercept_
    if len(intercepts) == 1:  # two classes: one machine tells the second from the first
        weights, intercepts = np.vstack([-weights, weights]), np.hstack([-intercepts, intercepts])
    return weights[-len(children) :], intercepts[-len(children) :]  # without the others', at -1


def _pruned(weights: npt.NDArray[np.float64], prune: float) -> sparse.csr_matrix:
    """Weights of children without the small ones, (n_children, n_features)."""
    for child in weights:  # one at a time, to need no second table of that size
        child[np.abs(child) < prune] = 0
    return sparse.csr_matrix(weights, dtype=np.float32)


def _branch(
    features: IntArray, by_child: sparse.csr_matrix, intercepts: npt.NDArray[np.float64]
) -> Branch:
    """Weights by feature, without the features that are left without any."""
    weights = by_child.T.tocsr()[: len(features)]
    active = np.diff(weights.indptr) > 0
    empty = sparse.csr_matrix(np.zeros((1, len(intercepts)), np.float32))
    return Branch(
        features[active].astype(np.int32),
        sparse.vstack([weights[active], empty], format="csr"),
        intercepts.astype(np.float32),
    )
