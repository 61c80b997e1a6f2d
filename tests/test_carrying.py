"""A fitted tree carried over to a changed tree of categories: what becomes of its machines."""

from __future__ import annotations

import numpy as np
from hand_made_trees import FEATURES, branch, category_trees, feature_rows, linear_tree
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

from textcat.descent.linear_tree import LinearTree
from textcat.descent.slots import Slots
from textcat.remapping.carrying import Texts, carried_over
from textcat.tree import CategoryTree
from textcat.tree.changes import Change, merged, moved, retired

NO_TEXTS = Texts(sparse.csr_matrix((0, FEATURES), dtype=np.float32), np.empty(0, np.int32))


def test_machines_of_merged_children_add_up() -> None:
    tree = CategoryTree.from_labels(["А", "Б", "В"])
    slots = Slots.of(tree, [0, 1, 2])
    machines = branch(np.array([[1, 0, -1], [0, 2, -1]]), np.array([-1, -1, 0.5]))
    old = LinearTree(slots, {0: machines}, 1.0)
    change = merged(tree, [0], into=1)
    new, _ = carried_over(old, change.tree, change.node_of, NO_TEXTS)
    margins = new.branches[0].margins(sparse.csr_matrix(np.eye(FEATURES, dtype=np.float32)))
    assert margins.tolist() == [[0, -0.5], [1, -0.5], [-1, 0.5], [-1, 0.5]]


def test_a_machine_goes_along_with_its_category_and_is_taken_out_where_it_was() -> None:
    tree = CategoryTree.from_paths(["А > 1", "А > 2", "Б"])
    slots = Slots.of(tree, [1, 2, 3])
    top = branch(np.array([[2, -2], [2, -2], [-2, 2]]), np.array([-1, -1]))
    below = branch(np.array([[2, -2], [-2, 2], [0, 0]]), np.array([-1, -1]))
    change = moved(tree, 2, 3)
    new, _ = carried_over(
        LinearTree(slots, {0: top, 1: below}, 1.0), change.tree, change.node_of, NO_TEXTS
    )
    X = sparse.csr_matrix(np.eye(FEATURES, dtype=np.float32))
    # А without 2 and Б with it, in names of 1, 2, Б and of nothing
    assert new.branches[0].margins(X).tolist() == [[3, -5], [-1, -1], [-3, 1], [-1, -1]]


def test_only_children_of_merged_categories_are_told_as_their_parents_were() -> None:
    tree = CategoryTree.from_paths(["А > 1", "Б > 2"])
    top = branch(np.array([[2, -2], [-2, 2]]), np.array([-1, -1]))
    old = LinearTree(Slots.of(tree, [1, 3]), {0: top}, 1.0)
    change = merged(tree, [0], into=2)
    new, _ = carried_over(old, change.tree, change.node_of, NO_TEXTS)
    X = sparse.csr_matrix(np.eye(FEATURES, dtype=np.float32))
    titles = [change.tree.titles[node] for node in new.best_paths(X[:2])[0][:, 1]]
    assert titles == ["1", "2"]


@st.composite
def fitted_trees(draw: st.DrawFn) -> tuple[CategoryTree, LinearTree]:
    """A tree of categories and one of random machines for those that have rows."""
    tree, with_rows = draw(category_trees())
    generator = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    slots = Slots.of(tree, with_rows)
    return tree, linear_tree(slots, lambda size: generator.normal(0, 3, (FEATURES, size)))


@given(fitted_trees())
def test_the_same_tree_shares_every_branch(fitted: tuple[CategoryTree, LinearTree]) -> None:
    tree, old = fitted
    new, untold = carried_over(old, tree, np.arange(len(tree), dtype=np.int32), NO_TEXTS)
    assert new.slots.categories.tolist() == old.slots.categories.tolist()
    assert new.branches.keys() == old.branches.keys()
    assert all(new.branches[slot] is old.branches[slot] for slot in old.branches)
    assert not untold


@given(fitted_trees(), feature_rows(), st.data())
def test_after_a_change_children_still_sum_to_their_parents(
    fitted: tuple[CategoryTree, LinearTree], X: sparse.csr_matrix, data: st.DataObject
) -> None:
    tree, old = fitted
    change = data.draw(changes(tree))
    new, _ = carried_over(old, change.tree, change.node_of, NO_TEXTS)
    shares = np.exp(new.log_probabilities(X, None).astype(np.float64))
    for slot in new.slots.inner:
        sums = shares[:, new.slots.children(slot)].sum(axis=1)
        assert np.allclose(sums, shares[:, slot], atol=1e-5)


@given(fitted_trees(), st.data())
def test_after_a_change_every_category_that_is_kept_can_still_be_answered(
    fitted: tuple[CategoryTree, LinearTree], data: st.DataObject
) -> None:
    tree, old = fitted
    change = data.draw(changes(tree))
    new, _ = carried_over(old, change.tree, change.node_of, NO_TEXTS)
    now = change.node_of[old.slots.categories[old.slots.leaves]]
    assert (new.slots.leaf_of(now[now >= 0]) >= 0).all()


@st.composite
def changes(draw: st.DrawFn, tree: CategoryTree) -> Change:
    """A category is moved, retired or merged into another, as far as that can be."""
    node = draw(st.integers(0, len(tree) - 1))
    others = [other for other in range(len(tree)) if not tree.is_ancestor(node, other)]
    kind = draw(st.sampled_from(["moved", "retired", "merged"])) if others else "moved"
    if kind == "retired":
        return retired(tree, node)
    if kind == "merged":
        return merged(tree, [node], draw(st.sampled_from(others)))
    return moved(tree, node, draw(st.sampled_from([-1, *others])))
