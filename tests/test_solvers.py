"""Solvers: one problem, its minimum, and the same answers whichever is installed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from textcat.catalogue import read_catalogue
from textcat.errors import MissingExtraError
from textcat.features.vectorizer import NameVectorizer
from textcat.fitting.linear_trees import fit_linear_tree
from textcat.solvers import find_solver, liblinear
from textcat.solvers.problem import Machines, Problem, Settings
from textcat.training.rows import categories_of_rows
from textcat.tree import CategoryTree

pytest.importorskip("numba")

SOLVERS = ["numba", "liblinear"]
FINE = Settings(C=2.0, tolerance=1e-3, prune=0.0, random_state=0)


def fit(problem: Problem, solver: str = "numba", settings: Settings = FINE) -> Machines:
    children = range(problem.n_children)
    return find_solver(solver).fit_machines(problem, children, settings)


def minimized(problem: Problem, machines: Machines, C: float = FINE.C) -> np.ndarray:
    """What every machine should make least, see `textcat.solvers.problem`."""
    margins = problem.X @ machines.weights.toarray() + machines.intercepts
    signs = np.where(problem.taken[:, None] == np.arange(problem.n_children), 1, -1)
    losses = np.maximum(0, 1 - signs * margins) ** 2
    squares = (machines.weights.toarray() ** 2).sum(axis=0) + machines.intercepts**2
    return squares / 2 + C * problem.weight @ losses


def problem(X: object, taken: list[int], weight: list[float] | None = None) -> Problem:
    weights = np.array(weight or [1.0] * len(taken))
    rows = sparse.csr_matrix(np.array(X, np.float32))
    return Problem(rows, np.array(taken), weights, max(taken) + 1)


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    """Some rows, every child with one at least; features of one row, of all, and of none."""
    n_children, n_features = draw(st.integers(2, 4)), draw(st.integers(0, 5))
    others = draw(st.lists(st.integers(-1, n_children - 1), max_size=6))  # -1 takes none
    taken = [*range(n_children), *others]
    cells = st.sampled_from([0.0, 0.0, 0.5, 1.0, -1.0])
    X = [draw(st.lists(cells, min_size=n_features, max_size=n_features)) for _ in taken]
    weights = st.sampled_from([0.5, 1.0, 3.0])
    weight = draw(st.lists(weights, min_size=len(taken), max_size=len(taken)))
    return problem(np.array(X).reshape(len(taken), n_features), taken, weight)


@settings(max_examples=40)
@given(problems())
def test_both_come_to_the_same_minimum(given_problem: Problem) -> None:
    children = range(given_problem.n_children)
    # liblinear's dual way stops where all gradients are alike, which among two rows may be anywhere
    theirs = liblinear.fit_machines(given_problem, children, FINE, dual=False)
    ours, least = (minimized(given_problem, each) for each in (fit(given_problem), theirs))
    np.testing.assert_allclose(ours, least, rtol=1e-3, atol=1e-4)


def test_a_machine_worked_out_by_hand() -> None:
    # Two rows, one feature, 1 and -1. By symmetry b = 0, and w²/2 + 2C(1 - w)² is least at
    # w = 4C / (1 + 4C) = 8/9.
    machines = fit(problem([[1], [-1]], [1, 0]), settings=FINE._replace(tolerance=1e-5))
    np.testing.assert_allclose(machines.weights.toarray(), [[-8 / 9, 8 / 9]], atol=1e-4)
    np.testing.assert_allclose(machines.intercepts, 0, atol=1e-4)


@pytest.mark.parametrize("solver", SOLVERS)
def test_rows_without_weight_are_not_heard(solver: str) -> None:
    X, taken = [[1, 0, 0], [0, 1, 0], [0, 0, 1]], [0, 1, 2]
    heard = fit(problem([*X, [1, 1, 0]], [*taken, 2], [1.0, 1.0, 1.0, 0.0]), solver)
    alone = fit(problem(X, taken), solver)
    np.testing.assert_allclose(heard.weights.toarray(), alone.weights.toarray(), atol=1e-3)


def test_empty_rows_are_heard_by_the_intercepts_alone() -> None:
    machines = fit(problem(np.zeros((4, 2)), [0, 0, 0, 1]))
    assert machines.weights.nnz == 0
    assert machines.intercepts[0] > 0 > machines.intercepts[1]


def test_features_of_one_row_are_fitted_like_all_others() -> None:
    # the last feature of the first problem is the first row's own; a second row, so light that
    # nothing hears it, makes it a shared one
    alone = fit(problem([[1, 1], [1, 0], [1, 0]], [0, 1, 2]))
    shared = fit(problem([[1, 1], [1, 0], [1, 0], [0, 1]], [0, 1, 2, 2], [1, 1, 1, 1e-6]))
    np.testing.assert_allclose(alone.weights.toarray(), shared.weights.toarray(), atol=1e-3)


def test_children_may_be_fitted_in_any_ranges() -> None:
    corners = problem(np.tile(np.eye(5), (3, 1)), [0, 1, 2, 3, 4] * 3)
    solve, whole = find_solver("numba").fit_machines, fit(corners)
    parts = [solve(corners, children, FINE) for children in (range(2), range(2, 5))]
    table = np.hstack([part.weights.toarray() for part in parts])
    np.testing.assert_allclose(table, whole.weights.toarray(), atol=1e-3)


def test_it_is_the_seed_that_decides() -> None:
    random = np.random.default_rng(0)
    rows = problem(random.normal(size=(30, 4)), random.integers(3, size=30).tolist())
    coarse = FINE._replace(tolerance=0.5)
    one, again, other = (fit(rows, settings=coarse._replace(random_state=s)) for s in (1, 1, 2))
    np.testing.assert_array_equal(one.weights.toarray(), again.weights.toarray())
    assert (one.weights.toarray() != other.weights.toarray()).any()


def test_a_finer_tolerance_comes_nearer_to_the_minimum() -> None:
    random = np.random.default_rng(0)
    rows = problem(random.normal(size=(60, 8)), random.integers(3, size=60).tolist())
    coarse, fine, finest = (
        minimized(rows, fit(rows, settings=FINE._replace(tolerance=t))).sum()
        for t in (1.0, 0.01, 1e-4)
    )
    assert coarse > fine >= finest * (1 - 1e-6)
    assert fine < finest * 1.001


def test_rows_that_differ_little_and_lie_far_from_zero_are_fitted_all_the_same() -> None:
    random = np.random.default_rng(0)
    rows = problem(random.normal(100, size=(100, 2)), [0, 1] * 50)
    ours, theirs = (minimized(rows, fit(rows, each)) for each in SOLVERS)
    np.testing.assert_allclose(ours, theirs, rtol=0.01)


def test_small_weights_are_pruned_shared_or_not() -> None:
    random = np.random.default_rng(0)
    X = np.hstack([np.eye(9), random.normal(size=(9, 3))])
    rows = problem(X, [0, 1, 2] * 3)
    whole, pruned = fit(rows), fit(rows, settings=FINE._replace(prune=0.2))
    table = whole.weights.toarray()
    assert 0 < pruned.weights.nnz < whole.weights.nnz
    np.testing.assert_array_equal(
        pruned.weights.toarray(), np.where(np.abs(table) >= 0.2, table, 0)
    )


def test_a_real_catalogue_is_answered_alike() -> None:
    rows = read_catalogue(Path(__file__).parents[1] / "data" / "catalogue.tsv")
    names, paths = rows.names[::8], rows.paths[::8]
    tree = CategoryTree.from_paths(rows.paths)
    categories = categories_of_rows(rows, tree)[::8]
    X = NameVectorizer().fit_transform(names)
    assert len(paths) > 100
    ours, theirs = (
        fit_linear_tree(X, categories, tree, tolerance=0.01, solver=solver, n_jobs=1)
        for solver in SOLVERS
    )
    one, other = ours.best_paths(X), theirs.best_paths(X)
    assert (one[0] == other[0]).all(axis=1).mean() > 0.99
    np.testing.assert_allclose(
        ours.log_probabilities(X, best=None), theirs.log_probabilities(X, best=None), atol=0.1
    )


def test_a_solver_of_another_name_is_refused() -> None:
    with pytest.raises(ValueError, match="one of auto, numba, liblinear, but is 'saga'"):
        find_solver("saga")


def test_without_numba_liblinear_fits_and_asking_for_numba_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "numba", None)
    for module in ("textcat.solvers.dual_descent", "textcat.solvers.dual_descent_kernel"):
        monkeypatch.delitem(sys.modules, module, raising=False)
    monkeypatch.delattr("textcat.solvers.dual_descent", raising=False)
    assert find_solver().name == "liblinear"
    with pytest.raises(MissingExtraError, match=r'pip install "textcat\[fast\]"'):
        find_solver("numba")


def run(code: str, **environment: str) -> str:
    return subprocess.run(
        [sys.executable, "-c", code],
        check=True,
        capture_output=True,
        text=True,
        env={**os.environ, **environment},
    ).stdout.strip()


def test_numba_is_not_imported_before_something_is_fitted() -> None:
    assert run("import sys, textcat.training; print('numba' in sys.modules)") == "False"


def test_nothing_has_to_be_written_to_disk() -> None:
    code = "from textcat.solvers import find_solver, liblinear; print(find_solver('numba').name)"
    nowhere = {
        "NUMBA_CACHE_LOCATOR_CLASSES": "UserProvidedCacheLocator",
        "NUMBA_CACHE_DIR": f"{os.devnull}/nowhere",
    }
    assert run(code, **nowhere) == "numba"
