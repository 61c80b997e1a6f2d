"""The descent: probabilities worked out on paper, and what holds for any tree of linear models."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest
from hand_made_trees import branch, feature_rows, linear_trees
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy import sparse

from textcat.descent.linear_tree import LinearTree
from textcat.descent.slots import Slots
from textcat.fitting.calibration import log_softmax
from textcat.tree import CategoryTree

# Чай (slot 1)                         one feature; of a row with the value 1
# Кофе (slot 2) ── Молотый (slot 3)    the root gives Чай : Кофе = 3 : 1,
#               └─ В зёрнах (slot 4)   Кофе gives Молотый : В зёрнах = 1 : 4
ROOT_ODDS, COFFEE_ODDS = [[np.log(3), 0]], [[0, np.log(4)]]


def coffee_and_tea(temperature: float = 1.0) -> LinearTree:
    tree = CategoryTree.from_paths(["Чай", "Кофе > Молотый", "Кофе > В зёрнах"])
    slots = Slots.of(tree, [0, 2, 3])
    return LinearTree(slots, {0: branch(ROOT_ODDS), 2: branch(COFFEE_ODDS)}, temperature)


def row(*values: float) -> sparse.csr_matrix:
    return sparse.csr_matrix(np.array([values], np.float32))


def probabilities(tree: LinearTree, X: sparse.csr_matrix) -> list[float]:
    table: NDArray[np.float32] = np.exp(tree.log_probabilities(X, best=None))
    return table[0].round(5).tolist()


def test_probabilities_multiply_on_the_way_down() -> None:
    # Чай 3/4, Кофе 1/4, Молотый 1/4 · 1/5, В зёрнах 1/4 · 4/5
    assert probabilities(coffee_and_tea(), row(1)) == pytest.approx([1, 0.75, 0.25, 0.05, 0.2])


def test_a_value_twice_as_large_squares_the_odds_and_so_does_half_the_temperature() -> None:
    # 9 : 1 at the root, 1 : 16 below: Чай 0.9, Кофе 0.1, then 0.1/17 and 1.6/17
    worked_out = pytest.approx([1, 0.9, 0.1, 0.00588, 0.09412])
    assert probabilities(coffee_and_tea(), row(2)) == worked_out
    assert probabilities(coffee_and_tea(temperature=0.5), row(1)) == worked_out


def test_without_features_only_intercepts_speak() -> None:
    tree = coffee_and_tea()
    biased = {**tree.branches, 0: branch(ROOT_ODDS, intercepts=[0, np.log(4)])}
    # 1 : 4 at the root, even below
    assert probabilities(LinearTree(tree.slots, biased, 1.0), row(0)) == pytest.approx(
        [1, 0.2, 0.8, 0.4, 0.4]
    )


def test_a_feature_that_no_branch_knows_changes_nothing() -> None:
    assert probabilities(coffee_and_tea(), row(1, 5)) == probabilities(coffee_and_tea(), row(1))


def test_the_best_path_leads_to_the_best_leaf_of_the_whole_tree() -> None:
    # the root gives 2 : 3, so Кофе is the better child, but its leaves have 0.12 and 0.48 at most
    tree = coffee_and_tea()
    even = LinearTree(tree.slots, {0: branch([[0, np.log(1.5)]]), 2: branch([[0, 0]])}, 1.0)
    nodes, shares = even.best_paths(row(1))  # Чай 0.4 beats 0.3 and 0.3
    assert (nodes.tolist(), shares.round(5).tolist()) == ([[0, -1]], [[pytest.approx(0.4), 0]])


def test_best_leaves_come_in_the_order_of_their_probability() -> None:
    nodes, shares = coffee_and_tea().best_leaves(row(1), k=2)
    assert (nodes.tolist(), shares[0].tolist()) == ([[0, 3]], pytest.approx([0.75, 0.2]))


def test_more_leaves_than_there_are_gives_all_of_them() -> None:
    nodes, shares = coffee_and_tea().best_leaves(row(1), k=99)
    assert (nodes.tolist(), shares[0].tolist()) == ([[0, 3, 2]], pytest.approx([0.75, 0.2, 0.05]))


def test_fewer_than_one_best_leaf_is_refused() -> None:
    with pytest.raises(ValueError, match=r"best must be 1 or more leaves, .* but is 0"):
        coffee_and_tea().log_probabilities(row(1), best=0)


def test_a_row_without_features_has_no_path_and_no_leaves() -> None:
    for nodes, shares in (
        coffee_and_tea().best_paths(row(0)),
        coffee_and_tea().best_leaves(row(0), 3),
    ):
        assert (nodes == -1).all()
        assert (shares == 0).all()


def test_an_inner_category_with_products_is_answered_with_all_that_is_below_it() -> None:
    # Кофе (1) has products: its children are Молотый (2) and, as slot 3, Кофе itself
    tree = CategoryTree.from_paths(["Чай", "Кофе", "Кофе > Молотый"])
    slots = Slots.of(tree, [0, 1, 2])
    staying = LinearTree(slots, {0: branch([[0, np.log(9)]]), 2: branch([[0, np.log(3)]])}, 1.0)
    nodes, shares = staying.best_paths(row(1))  # Кофе 0.9: itself 0.675, Молотый 0.225
    assert (nodes.tolist(), shares[0].tolist()) == ([[1, -1]], pytest.approx([0.9, 0]))
    nodes, shares = staying.best_leaves(row(1), k=3)
    assert (nodes.tolist(), shares[0].tolist()) == ([[1, 2, 0]], pytest.approx([0.675, 0.225, 0.1]))


def test_a_chain_passes_its_probability_down_unchanged() -> None:
    tree = CategoryTree.from_paths(["Дом > Сад > Лопаты", "Чай"])
    slots = Slots.of(tree, [2, 3])
    nodes, shares = LinearTree(slots, {0: branch([[np.log(4), 0]])}, 1.0).best_paths(row(1))
    assert (nodes.tolist(), shares[0].tolist()) == ([[0, 1, 2]], pytest.approx([0.8, 0.8, 0.8]))


def test_a_tree_with_one_leaf_is_certain_of_it() -> None:
    slots = Slots.of(CategoryTree.from_paths(["Дом > Сад"]), [1])
    nodes, shares = LinearTree(slots, {}, 1.0).best_paths(row(1))
    assert (nodes.tolist(), shares.tolist()) == ([[0, 1]], [[1, 1]])


def test_batches_keep_the_order_of_the_rows_and_the_size_of_the_table(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("textcat.descent.linear_tree.TABLE_ENTRIES", 12)  # two rows of five slots
    X = sparse.csr_matrix(np.arange(7, dtype=np.float32)[:, None])
    batches = [batch.tocsr() for batch in coffee_and_tea().batches(X)]
    assert [batch.shape[0] for batch in batches] == [2, 2, 2, 1]
    assert (sparse.vstack(batches) != X).nnz == 0


def test_log_softmax_neither_overflows_nor_exceeds_zero() -> None:
    margins = np.array([[1e30, -1e30], [1e-30, 0], [-3e38, -3e38]], np.float32)
    logs = log_softmax(margins)
    assert (logs <= 0).all()
    assert np.exp(logs).tolist() == [[1, 0], [pytest.approx(0.5)] * 2, [pytest.approx(0.5)] * 2]


ROWS = feature_rows()


@given(linear_trees(), ROWS)
def test_children_sum_to_their_parent_and_never_exceed_it(
    tree: LinearTree, X: sparse.csr_matrix
) -> None:
    table = tree.log_probabilities(X, best=None)
    for slot in tree.slots.inner:
        below = table[:, tree.slots.children(slot)]
        assert (below <= table[:, [slot]]).all()
        np.testing.assert_allclose(np.exp(below).sum(axis=1), np.exp(table[:, slot]), atol=1e-5)


@given(linear_trees(), ROWS)
def test_the_root_is_certain_and_leaves_sum_to_one(tree: LinearTree, X: sparse.csr_matrix) -> None:
    table = tree.log_probabilities(X, best=None)
    assert (table[:, 0] == 0).all()
    np.testing.assert_allclose(np.exp(table[:, tree.slots.leaves]).sum(axis=1), 1, atol=1e-5)


@given(linear_trees(), ROWS, st.integers(1, 6))
def test_the_best_leaves_and_all_above_them_are_as_exact_as_when_every_slot_is_opened(
    tree: LinearTree, X: sparse.csr_matrix, best: int
) -> None:
    exact, pruned = tree.log_probabilities(X, best=None), tree.log_probabilities(X, best)
    leaves = tree.slots.leaves
    best = min(best, len(leaves))
    for wanted, found in zip(exact, pruned, strict=True):
        np.testing.assert_array_equal(
            np.sort(found[leaves])[-best:], np.sort(wanted[leaves])[-best:]
        )
        opened = np.isfinite(found)
        np.testing.assert_array_equal(found[opened], wanted[opened])
        for leaf in leaves[found[leaves] >= np.sort(found[leaves])[-best]]:
            above = tree.slots.paths[leaf]
            assert opened[above[above >= 0]].all()


@given(linear_trees(), feature_rows(most=3), st.sampled_from([1, 2, 3, None]), st.randoms())
def test_a_row_gets_the_same_answer_in_any_batch_and_any_order(
    tree: LinearTree, X: sparse.csr_matrix, best: int | None, random: Random
) -> None:
    order = list(range(X.shape[0]))
    random.shuffle(order)
    together = tree.log_probabilities(X, best)
    np.testing.assert_array_equal(tree.log_probabilities(X[order], best), together[order])
    alone = [tree.log_probabilities(X[[place]], best) for place in range(X.shape[0])]
    np.testing.assert_array_equal(np.concatenate(alone), together)


@given(linear_trees(), ROWS)
def test_probability_never_grows_on_the_way_to_the_best_leaf(
    tree: LinearTree, X: sparse.csr_matrix
) -> None:
    nodes, shares = tree.best_paths(X)
    assert (np.diff(shares, axis=1) <= 0).all()
    assert ((shares >= 0) & (shares <= 1)).all()
    assert ((nodes >= 0) == (shares > 0)).all()
