"""The descent with a trust: the probabilities of what is found change, not what is found."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hand_made_trees import branch, feature_rows, linear_trees
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

from textcat.descent.linear_tree import LinearTree
from textcat.descent.slots import Slots
from textcat.descent.trust import Trust
from textcat.tree import CategoryTree

# Чай (slot 1)                         of a row with the value 1
# Кофе (slot 2) ── Молотый (slot 3)    the root gives Чай : Кофе = 1 : 4,
#               └─ В зёрнах (slot 4)   Кофе gives Молотый : В зёрнах = 1 : 9
TREE = CategoryTree.from_paths(["Чай", "Кофе > Молотый", "Кофе > В зёрнах"])
ROOT_ODDS, COFFEE_ODDS = [[0, np.log(4)]], [[0, np.log(9)]]


def coffee_and_tea(trust: Trust | None) -> LinearTree:
    slots = Slots.of(TREE, [0, 2, 3])
    return LinearTree(slots, {0: branch(ROOT_ODDS), 2: branch(COFFEE_ODDS)}, 1.0, trust)


def row(*values: float) -> sparse.csr_matrix:
    return sparse.csr_matrix(np.array([values], np.float32))


@pytest.mark.parametrize(
    ("trust", "coffee", "beans"),
    [
        (None, 4 / 5, 4 / 5 * 9 / 10),
        (Trust(), 4 / 5, 4 / 5 * 9 / 10),
        # odds of 2 : 1 and 3 : 1 instead of 4 : 1 and 9 : 1
        (Trust(log_odds=0.5), 2 / 3, 2 / 3 * 3 / 4),
        # a single feature is known: all odds are doubled
        (Trust(known=1), 8 / 9, 8 / 9 * 18 / 19),
        # at the first level odds are halved, and below it they are not
        (Trust(first_level=-np.log(2)), 2 / 3, 2 / 3 * 9 / 10),
    ],
)
def test_every_choice_on_the_way_is_corrected(
    trust: Trust | None, coffee: float, beans: float
) -> None:
    nodes, shares = coffee_and_tea(trust).best_paths(row(1))
    assert nodes.tolist() == [[1, 3]]
    assert shares[0].tolist() == pytest.approx([coffee, beans])


def test_every_leaf_has_its_share_of_what_the_best_children_leave() -> None:
    # at the root 2 : 1, below 3 : 1; what the best does not have goes to the others
    nodes, shares = coffee_and_tea(Trust(log_odds=0.5)).best_leaves(row(1), k=3)
    assert nodes.tolist() == [[3, 0, 2]]
    assert shares[0].tolist() == pytest.approx([2 / 3 * 3 / 4, 1 / 3, 2 / 3 * 1 / 4])


def test_a_single_child_needs_no_trust() -> None:
    tree = CategoryTree.from_paths(["Дом > Сад > Лопаты", "Чай"])
    chain = LinearTree(
        Slots.of(tree, [2, 3]), {0: branch([[np.log(4), 0]])}, 1.0, Trust(log_odds=0.5)
    )
    nodes, shares = chain.best_paths(row(1))
    assert (nodes.tolist(), shares[0].tolist()) == ([[0, 1, 2]], pytest.approx([2 / 3] * 3))


def test_an_inner_category_with_products_is_answered_with_all_that_is_below_it() -> None:
    # Кофе has products: its children are Молотый and Кофе itself, and the path ends at Кофе
    tree = CategoryTree.from_paths(["Чай", "Кофе", "Кофе > Молотый"])
    slots, trust = Slots.of(tree, [0, 1, 2]), Trust(log_odds=0.5)
    staying = LinearTree(slots, {0: branch(ROOT_ODDS), 2: branch(COFFEE_ODDS)}, 1.0, trust)
    nodes, shares = staying.best_paths(row(1))
    assert (nodes.tolist(), shares[0].tolist()) == ([[1, -1]], pytest.approx([2 / 3, 0]))
    nodes, shares = staying.best_leaves(row(1), k=1)
    assert (nodes.tolist(), shares[0].tolist()) == ([[1]], pytest.approx([2 / 3 * 3 / 4]))


def test_a_row_without_features_is_not_trusted_at_all() -> None:
    for nodes, shares in (
        coffee_and_tea(Trust(intercept=9)).best_paths(row(0)),
        coffee_and_tea(Trust(intercept=9)).best_leaves(row(0), 2),
    ):
        assert (nodes == -1).all()
        assert (shares == 0).all()


ROWS = feature_rows()
WEIGHT = st.floats(-3, 3)
TRUSTS = st.builds(Trust, WEIGHT, WEIGHT, WEIGHT, WEIGHT, WEIGHT)


@given(linear_trees(), ROWS, TRUSTS)
def test_trust_does_not_change_which_categories_are_found(
    tree: LinearTree, X: sparse.csr_matrix, trust: Trust
) -> None:
    trusted = replace(tree, trust=trust)
    np.testing.assert_array_equal(trusted.best_paths(X)[0], tree.best_paths(X)[0])
    np.testing.assert_array_equal(trusted.best_leaves(X, 3)[0], tree.best_leaves(X, 3)[0])


@given(linear_trees(), ROWS, TRUSTS, st.sampled_from([1, 2, None]))
def test_tables_of_log_probabilities_know_no_trust(
    tree: LinearTree, X: sparse.csr_matrix, trust: Trust, best: int | None
) -> None:
    trusted = replace(tree, trust=trust)
    np.testing.assert_array_equal(
        trusted.log_probabilities(X, best), tree.log_probabilities(X, best)
    )


@given(linear_trees(), ROWS, TRUSTS)
def test_probability_never_grows_on_the_way_to_the_best_leaf(
    tree: LinearTree, X: sparse.csr_matrix, trust: Trust
) -> None:
    nodes, shares = replace(tree, trust=trust).best_paths(X)
    assert (np.diff(shares, axis=1) <= 0).all()
    assert ((shares >= 0) & (shares <= 1)).all()
    assert ((nodes >= 0) >= (shares > 0)).all()


@given(linear_trees(), ROWS, TRUSTS)
def test_the_best_leaf_is_the_end_of_the_best_path(
    tree: LinearTree, X: sparse.csr_matrix, trust: Trust
) -> None:
    trusted = replace(tree, trust=trust)
    (paths, on_path), (leaves, shares) = trusted.best_paths(X), trusted.best_leaves(X, 1)
    ends = (paths >= 0).sum(axis=1) - 1
    for number, (leaf, share) in enumerate(zip(leaves[:, 0], shares[:, 0], strict=True)):
        if leaf >= 0:
            assert paths[number, ends[number]] == leaf
            # less if the leaf is the category's own products and the path ends at the category
            assert share <= on_path[number, ends[number]] * (1 + 1e-6)


@given(linear_trees(), ROWS, TRUSTS)
def test_all_leaves_sum_to_one(tree: LinearTree, X: sparse.csr_matrix, trust: Trust) -> None:
    X = X[np.diff(X.indptr) > 0]
    _, shares = replace(tree, trust=trust).best_leaves(X, len(tree.slots.leaves))
    np.testing.assert_allclose(shares.sum(axis=1), 1, atol=1e-4)


@given(linear_trees(), ROWS)
def test_a_trust_without_weights_of_its_own_changes_no_probability(
    tree: LinearTree, X: sparse.csr_matrix
) -> None:
    trusted = replace(tree, trust=Trust())
    np.testing.assert_allclose(trusted.best_paths(X)[1], tree.best_paths(X)[1], atol=1e-5)


@given(linear_trees(), feature_rows(most=4), TRUSTS, st.integers(0, 2**32 - 1))
def test_a_row_gets_the_same_probabilities_in_any_batch_and_any_order(
    tree: LinearTree, X: sparse.csr_matrix, trust: Trust, seed: int
) -> None:
    trusted, order = replace(tree, trust=trust), np.random.default_rng(seed).permutation(X.shape[0])
    for found in (trusted.best_paths, lambda rows: trusted.best_leaves(rows, 2)):
        together = found(X)[1]
        np.testing.assert_array_equal(found(X[order])[1], together[order])
        alone = [found(X[[place]])[1] for place in range(X.shape[0])]
        np.testing.assert_array_equal(np.concatenate(alone), together)
