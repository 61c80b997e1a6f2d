"""Fit the linear models of a tree, inner slot by inner slot, in parallel.

Every inner slot is a problem: the rows below it, the features that occur in them, its children as
classes. A large one is cut into several tasks, some children each. How a problem is solved is up
to `textcat.solvers`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from joblib import delayed
from scipy import sparse

from textcat.arrays.sparse_rows import IntArray, SparseRows
from textcat.concurrency.jobs import side_by_side
from textcat.descent.branches import Branch
from textcat.descent.linear_tree import LinearTree
from textcat.descent.slots import Slots
from textcat.display.progress import with_progress
from textcat.solvers import Solver, find_solver
from textcat.solvers.problem import Machines, Problem, Settings
from textcat.tree import NO_NODE, CategoryTree

# Measured on 1,442 categories: margins of a squared-hinge machine are calibrated near 1/5.
DEFAULT_TEMPERATURE = 0.2
# A task has no more children than that their dense weights and dual variables, one for each
# feature and row, are fewer than this (256 MB in float32).
DENSE_ENTRIES = 1 << 26
# No task is more than this part of the whole work: a single root must not keep one processor busy
# while the others have nothing to do. But a row fetches the weights of a few children from memory
# in hardly less time than those of many, so there is no cut finer than that.
PIECES, FEWEST_CHILDREN = 8, 48


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
    solver: str = "auto",
    random_state: int = 0,
    n_jobs: int | None = None,
    progress: bool = False,
) -> LinearTree:
    """Fit every inner slot that has more than one child.

    Parameters
    ----------
    X : csr_matrix of float32, shape (n_rows, n_features)
    categories : ndarray of int32, shape (n_rows,)
        Node of every row; -1 if it is of none, so that it speaks against all of the first level.
    tree : CategoryTree
    weight : ndarray of float64, shape (n_rows,), optional
        Of the rows; 1 unless given.
    C, tolerance, prune, temperature, solver, random_state, n_jobs, progress
        As for `TreeClassifier`.
    """
    slots = Slots.of(tree, np.unique(categories[categories != NO_NODE]).tolist())
    forks = _forks(slots.paths_to(categories), slots)
    weight = np.ones(X.shape[0]) if weight is None else weight
    settings, found = Settings(C, tolerance, prune, random_state), find_solver(solver)
    fit = delayed(fit_task)
    fitted: Iterable[Fitted] = side_by_side(
        (fit(found, settings, *task, *problem) for task, problem in _tasks(X, weight, forks)),
        n_jobs,
        ordered=False,
        prefer="threads" if found.in_threads else "processes",
        pre_dispatch="n_jobs",  # a slot's rows are large, and made only when they are needed
    )
    if progress:
        total = sum(fork.n_children for fork in forks)
        fitted = with_progress(fitted, total, "fitting", " categories", _n_children)
    return LinearTree(slots, dict(_branches(fitted)), temperature)


class Fork(NamedTuple):
    """A slot, the rows that come to it, and where they go on."""

    slot: int
    rows: npt.NDArray[np.intp]
    taken: npt.NDArray[np.intp]  # which of the slot's children every row takes, -1 for none

    @property
    def n_children(self) -> int:
        """Children that rows go on to."""
        return int(self.taken.max()) + 1

    @property
    def cost(self) -> int:
        """Work that it takes to fit them, in no unit."""
        return len(self.rows) * self.n_children


class Task(NamedTuple):
    """Some children of a slot, each to be told from all others."""

    slot: int
    children: range
    features: IntArray  # of the problem's columns


class Fitted(NamedTuple):
    """What came of a task."""

    slot: int
    children: range
    features: IntArray
    machines: Machines


def fit_task(
    solver: Solver, settings: Settings, slot: int, children: range, features: IntArray, *rows: Any
) -> Fitted:
    """Fit the children of one task.

    What a problem is made of, `rows`, are arguments of their own: Dask sends large ones ahead, and
    once for all tasks of a slot.
    """
    machines = solver.fit_machines(Problem(*rows), children, settings)
    return Fitted(slot, children, features, machines)


def _forks(paths: IntArray, slots: Slots) -> list[Fork]:
    """Slots where rows take several children, the most work first."""
    forks = [Fork(slot, *slots.decisions(paths, slot)) for slot in slots.inner]
    forks[0] = _with_others(forks[0], np.flatnonzero(paths[:, 0] < 0))
    wide = [fork for fork in forks if fork.n_children > 1]
    return sorted(wide, key=lambda fork: -fork.cost)


def _with_others(root: Fork, others: npt.NDArray[np.intp]) -> Fork:
    """The root with the rows that take none of its children."""
    if not len(others):
        return root
    rows, taken = np.append(root.rows, others), np.append(root.taken, np.full(len(others), -1))
    order = rows.argsort()
    return root._replace(rows=rows[order], taken=taken[order])


def _tasks(
    X: sparse.csr_matrix, weight: npt.NDArray[np.float64], forks: list[Fork]
) -> Iterator[tuple[Task, Problem]]:
    """Tasks of about the same work, or less; a slot's rows are only there while it is fitted.

    How the work is cut does not depend on the number of jobs, so neither does the model.
    """
    most = max(1, sum(fork.cost for fork in forks) // PIECES)
    for slot, rows, taken in forks:
        all_rows = len(rows) == X.shape[0]
        features, local = _with_own_features(X if all_rows else X[rows])
        problem = Problem(local, taken, weight[rows], int(taken.max()) + 1)
        size = max(most // len(rows), FEWEST_CHILDREN)
        size = min(size, DENSE_ENTRIES // sum(local.shape))
        for children in _cut(problem.n_children, size):
            yield Task(slot, children, features), problem


def _cut(count: int, size: int) -> list[range]:
    """Ranges of about the same length, no longer than `size` but 2 or more.

    >>> _cut(7, 3), _cut(3, 0)
    ([range(0, 3), range(3, 5), range(5, 7)], [range(0, 3)])
    """
    pieces = min(-(-count // max(1, size)), count // 2)
    return [range(part[0], part[-1] + 1) for part in np.array_split(np.arange(count), pieces)]


def _with_own_features(X: sparse.csr_matrix) -> tuple[IntArray, sparse.csr_matrix]:
    """The features that occur in rows, ascending, and the rows with columns for them alone.

    >>> _with_own_features(sparse.csr_matrix([[0, 0, 7], [2, 0, 0]]))[0]
    array([0, 2], dtype=int32)
    """
    occurs = np.zeros(X.shape[1], bool)
    occurs[X.indices] = True
    features = np.flatnonzero(occurs).astype(np.int32)
    if len(features) == len(occurs):
        return features, X
    places = np.cumsum(occurs, dtype=np.int32) - 1
    shape = (X.shape[0], len(features))
    return features, sparse.csr_matrix((X.data, places[X.indices], X.indptr), shape)


def _n_children(part: Fitted) -> int:
    return len(part.children)


def _branches(fitted: Iterable[Fitted]) -> Iterator[tuple[int, Branch]]:
    """Put the tasks of a slot together again, slot by slot."""
    ordered = sorted(fitted, key=lambda part: (part.slot, part.children.start))
    for slot, group in groupby(ordered, key=lambda part: part.slot):
        parts = list(group)
        weights = sparse.hstack([part.machines.weights for part in parts], format="csr")
        intercepts = np.concatenate([part.machines.intercepts for part in parts])
        yield slot, _branch(parts[0].features, weights, intercepts)


def _branch(
    features: IntArray, weights: sparse.csr_matrix, intercepts: npt.NDArray[np.float32]
) -> Branch:
    """Without the features that are left without any weight."""
    active = np.diff(weights.indptr) > 0
    nothing = sparse.csr_matrix((1, len(intercepts)), dtype=np.float32)
    weights = sparse.vstack([weights[active], nothing], format="csr")
    return Branch(features[active], SparseRows.of(weights), intercepts)
