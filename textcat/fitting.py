"""Fit the linear models of a tree, inner slot by inner slot, in parallel.

Every inner slot is a task: the rows below it, the features that occur in them, its children as
classes; a large one is several, some children each. Tasks run in processes, since the solver's
random numbers are shared by the threads of a process and the fit would depend on their timing.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from joblib import Parallel, delayed
from scipy import sparse
from sklearn.svm import LinearSVC
from threadpoolctl import threadpool_limits

from textcat.branches import Branch
from textcat.descent import LinearTree
from textcat.slots import Slots
from textcat.tree import CategoryTree

IntArray = npt.NDArray[np.int32]

# Measured on 1,442 categories: margins of a squared-hinge machine are calibrated near 1/5.
DEFAULT_TEMPERATURE = 0.2
# Children are fitted together as long as their weights, not yet pruned, are fewer than this
# (128 MB). In a flat tree of 1,442 categories all of them at once would take 5 GB.
DENSE_WEIGHTS = 1 << 24
# No task is more than this part of the whole work: a single root must not keep one process busy
# while the others have nothing to do. Every cut costs one machine more, so it is not cut finer.
PIECES = 8


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
        delayed(fit_children)(task, X[task.rows], weight[task.rows], solver) for task in tasks
    )
    if progress:
        from tqdm.auto import tqdm

        fitted = tqdm(fitted, total=len(tasks), desc="fitting", unit="task")
    return LinearTree(slots, dict(_branches(fitted)), temperature)


class Task(NamedTuple):
    """Some children of a slot, each to be told from all others."""

    slot: int
    children: range
    rows: npt.NDArray[np.intp]
    taken: npt.NDArray[np.intp]  # which of the slot's children every row takes
    cost: int


class Fitted(NamedTuple):
    """What came of a task: weights (n_children, n_features) over the features that occur."""

    slot: int
    start: int
    features: IntArray
    weights: sparse.csr_matrix
    intercepts: npt.NDArray[np.float64]


def _tasks(paths: IntArray, slots: Slots) -> Iterator[Task]:
    """Tasks for every slot with several children; no task is more than a share of all the work.

    How the work is cut does not depend on the number of processes, so neither does the model.
    """
    decisions = [(slot, *slots.decisions(paths, slot)) for slot in slots.inner]
    counts = [int(taken.max()) + 1 for _, _, taken in decisions]
    costs = [len(rows) * count for (_, rows, _), count in zip(decisions, counts, strict=True)]
    most = max(1, sum(costs) // PIECES)
    for (slot, rows, taken), count, cost in zip(decisions, counts, costs, strict=True):
        if count > 1:
            size = max(2, -(-count // -(-cost // most)))
            for start in range(0, count, size):
                children = range(start, min(start + size, count))
                yield Task(slot, children, rows, taken, len(rows) * len(children))


def fit_children(
    task: Task, X: sparse.csr_matrix, weight: npt.NDArray[np.float64], solver: Solver
) -> Fitted:
    """Fit the children of one task: a one-vs-rest machine each."""
    features, local = _numbered(X.indices, X.shape[1])
    shape = (X.shape[0], max(1, len(features)))  # the solver wants a column
    X = sparse.csr_matrix((X.data, local, X.indptr), shape)
    size = max(2, DENSE_WEIGHTS // shape[1])
    weights, intercepts = [], []
    for start in range(task.children.start, task.children.stop, size):
        children = range(start, min(start + size, task.children.stop))
        dense, bias = _fit_children(X, task.taken, children, weight, solver)
        weights.append(_pruned(dense, solver.prune))
        intercepts.append(bias)
    joined = sparse.vstack(weights, format="csr")
    return Fitted(task.slot, task.children.start, features, joined, np.concatenate(intercepts))


def _numbered(columns: IntArray, size: int) -> tuple[IntArray, IntArray]:
    """Distinct columns, ascending, and the place of every column among them.

    >>> _numbered(np.array([7, 2, 7]), size=9)
    (array([2, 7], dtype=int32), array([1, 0, 1], dtype=int32))
    """
    stands = np.zeros(size, bool)
    stands[columns] = True
    places = np.cumsum(stands, dtype=np.int32) - 1
    return np.flatnonzero(stands).astype(np.int32), places[columns].astype(np.int32)


def _branches(fitted: Iterable[Fitted]) -> Iterator[tuple[int, Branch]]:
    """Put the tasks of a slot together again, slot by slot."""
    ordered = sorted(fitted, key=lambda part: (part.slot, part.start))
    for slot, group in groupby(ordered, key=lambda part: part.slot):
        parts = list(group)
        weights = sparse.vstack([part.weights for part in parts])
        intercepts = np.concatenate([part.intercepts for part in parts])
        yield slot, _branch(parts[0].features, weights, intercepts)


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
    with threadpool_limits(1), warnings.catch_warnings():
        # many categories with few rows each are no sign of a regression
        warnings.filterwarnings("ignore", "The number of unique classes", UserWarning)
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
