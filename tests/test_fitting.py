"""Fitting: a linear machine at every slot with a choice, the same whatever the number of jobs."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import sparse

from textcat.descent.linear_tree import LinearTree
from textcat.fitting.linear_trees import fit_linear_tree
from textcat.tree import CategoryTree

# Еда (0) ── Чай (1)         features: чай, кофе, лопата, and one that all rows have
#         └─ Кофе (2)
# Дом (3) ── Лопаты (4)      a chain
# Сад (5) ── Вёдра (6)       no rows
TREE = CategoryTree.from_paths(["Еда > Чай", "Еда > Кофе", "Дом > Лопаты", "Сад > Вёдра"])
X = sparse.csr_matrix(
    np.array(
        [
            [2, 0, 0, 1],
            [1, 0, 0, 1],
            [0, 1, 0, 1],
            [0, 2, 0, 1],
            [0, 0, 1, 1],
        ],
        np.float32,
    )
)
CATEGORIES = np.array([1, 1, 2, 2, 4], np.int32)


SOLVERS = ["numba", "liblinear"]


def fit(**options: object) -> LinearTree:
    return fit_linear_tree(X, CATEGORIES, TREE, n_jobs=1, **options)


def table(tree: LinearTree) -> np.ndarray:
    return tree.log_probabilities(X, best=None)


def test_rows_are_predicted_as_they_were_labelled_one_row_categories_included() -> None:
    nodes, _ = fit().best_paths(X)
    assert nodes.tolist() == [[0, 1], [0, 1], [0, 2], [0, 2], [3, 4]]


def test_only_slots_with_a_choice_are_fitted() -> None:
    tree = fit()
    assert [tree.slots.categories[slot] for slot in tree.branches] == [-1, 0]  # the root and Еда


def test_a_slot_knows_only_the_features_that_occur_below_it() -> None:
    root, food = fit().branches.values()
    assert 2 in root.features.tolist()  # лопата
    assert 2 not in food.features.tolist()


def test_two_children_have_opposite_margins() -> None:
    margins = fit().branches[1].margins(X)
    np.testing.assert_array_equal(margins[:, 0], -margins[:, 1])


@pytest.mark.parametrize("together", [2, 3])
@pytest.mark.parametrize("solver", SOLVERS)
def test_many_children_may_be_fitted_in_groups(
    monkeypatch: pytest.MonkeyPatch, solver: str, together: int
) -> None:
    # each corner of seven a category; 21 rows and 7 features, so a child needs 28 entries
    flat, rows = CategoryTree.from_labels(list("абвгдеж")), sparse.eye_array(7, dtype=np.float32)
    X, categories = sparse.csr_matrix(sparse.vstack([rows] * 3)), np.tile(np.arange(7), 3)
    options = {"tolerance": 1e-4, "solver": solver, "n_jobs": 1}
    whole = fit_linear_tree(X, categories.astype(np.int32), flat, **options)
    monkeypatch.setattr("textcat.fitting.linear_trees.DENSE_ENTRIES", 28 * together)
    parts = fit_linear_tree(X, categories.astype(np.int32), flat, **options)
    np.testing.assert_allclose(table(parts), table(whole), atol=1e-3)


def test_pruned_weights_are_gone_and_so_are_features_left_without_any() -> None:
    whole, pruned = fit().branches[0], fit(prune=0.3).branches[0]
    weights = np.abs(whole.weights.tocsr().toarray())
    kept = weights >= 0.3
    assert 0 < kept.sum() < (weights > 0).sum()
    assert len(pruned.weights.data) == kept.sum()
    assert pruned.features.tolist() == whole.features[kept[:-1].any(axis=1)].tolist()
    np.testing.assert_array_equal(pruned.intercepts, whole.intercepts)


def test_when_every_weight_is_pruned_intercepts_still_answer() -> None:
    pruned = table(fit(prune=1e9))
    assert np.isfinite(pruned).all()
    np.testing.assert_array_equal(pruned, np.repeat(pruned[:1], len(pruned), axis=0))


@pytest.mark.parametrize("solver", SOLVERS)
def test_without_any_feature_intercepts_answer(solver: str) -> None:
    nothing = sparse.csr_matrix((5, 0), dtype=np.float32)
    tree = fit_linear_tree(nothing, CATEGORIES, TREE, solver=solver, n_jobs=1)
    assert np.isfinite(tree.log_probabilities(nothing, best=None)).all()


def test_one_category_needs_no_fit() -> None:
    tree = fit_linear_tree(X[:2], CATEGORIES[:2], TREE, n_jobs=1)
    assert tree.branches == {}
    assert tree.best_paths(X[:2])[1].tolist() == [[1, 1], [1, 1]]


def test_a_heavier_row_is_heard_more() -> None:
    rows, same = sparse.csr_matrix(np.ones((2, 1), np.float32)), np.array([1, 2], np.int32)
    for heavy, wanted in (([9.0, 1.0], 1), ([1.0, 9.0], 2)):
        tree = fit_linear_tree(rows, same, TREE, weight=np.array(heavy), n_jobs=1)
        assert (tree.best_paths(rows)[0][:, 1] == wanted).all()


@pytest.mark.parametrize("solver", SOLVERS)
def test_the_same_seed_gives_the_same_weights_whatever_the_number_of_jobs(solver: str) -> None:
    options = {"random_state": 7, "solver": solver}
    tree = fit_linear_tree(X, CATEGORIES, TREE, **options, n_jobs=2)
    np.testing.assert_array_equal(table(tree), table(fit(**options)))


def test_progress_goes_to_standard_error_only_when_asked_for(
    capsys: pytest.CaptureFixture[str],
) -> None:
    fit()
    assert capsys.readouterr() == ("", "")
    fit(progress=True)
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "4/4" in shown.err  # two children of the root, two of Еда
