"""Changes of a tree: add, rename, move, merge, retire."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hand_made_trees import category_trees
from hypothesis import given
from hypothesis import strategies as st

from textcat.errors import TreeError
from textcat.tree import CategoryTree
from textcat.tree.changes import Change, added, has_own_ids, merged, moved, renamed, retired

ROWS = [
    ("10", None, "Еда"),
    ("11", "10", "Чай"),
    ("12", "11", "Зелёный"),
    ("13", "10", "Кофе"),
    ("20", None, "Напитки"),
    ("21", "20", "Чай"),
    ("22", "21", "Зелёный"),
    ("23", "21", "Чёрный"),
]


@pytest.fixture
def tree() -> CategoryTree:
    return CategoryTree.from_rows(ROWS)


@pytest.fixture
def without_ids(tree: CategoryTree) -> CategoryTree:
    return CategoryTree.from_paths(tree.to_paths())


def test_ids_that_are_paths_are_none_of_their_own(
    tree: CategoryTree, without_ids: CategoryTree
) -> None:
    assert has_own_ids(tree)
    assert not has_own_ids(without_ids)
    assert not has_own_ids(CategoryTree.from_labels(["Еда > Чай", "Кофе"]))


def test_a_new_category_comes_after_its_siblings(tree: CategoryTree) -> None:
    change = added(tree, "Еда > Какао", id="14")
    assert change.tree.ids == ("10", "11", "12", "13", "14", "20", "21", "22", "23")
    assert change.node_of.tolist() == [0, 1, 2, 3, 5, 6, 7, 8]


def test_missing_categories_above_a_new_one_are_added_too(without_ids: CategoryTree) -> None:
    change = added(without_ids, ["Книги", "Детские", "Сказки"])
    assert change.tree.ids[-3:] == ("Книги", "Книги > Детские", "Книги > Детские > Сказки")


def test_another_title_makes_the_ids_anew_only_where_they_are_paths(
    tree: CategoryTree, without_ids: CategoryTree
) -> None:
    assert renamed(tree, 1, "Чаи").tree.ids == tree.ids
    change = renamed(without_ids, 1, "Чаи")
    assert change.tree.ids[1:3] == ("Еда > Чаи", "Еда > Чаи > Зелёный")
    assert change.node_of.tolist() == list(range(8))


def test_a_category_is_moved_with_all_below_it(tree: CategoryTree) -> None:
    change = moved(tree, 1, -1)
    assert [change.tree.path_text(node) for node in change.node_of[:4].tolist()] == [
        "Еда",
        "Чай",
        "Чай > Зелёный",
        "Еда > Кофе",
    ]


def test_children_of_the_same_title_are_merged_too(tree: CategoryTree) -> None:
    change = merged(tree, [1, 5], into=5)
    assert change.node_of[1] == change.node_of[5]
    assert change.node_of[2] == change.node_of[6]
    assert change.tree.path_text(int(change.node_of[2])) == "Напитки > Чай > Зелёный"
    assert change.tree.ids == ("10", "13", "20", "21", "22", "23")


def test_a_child_may_be_merged_into_its_parent(tree: CategoryTree) -> None:
    change = merged(tree, [5], into=4)
    assert change.tree.path_text(int(change.node_of[6])) == "Напитки > Зелёный"


def test_with_a_category_all_below_it_is_retired(tree: CategoryTree) -> None:
    assert retired(tree, 1).node_of.tolist() == [0, -1, -1, 1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda tree: added(tree, "Еда > Чай"), "already"),
        (lambda tree: added(tree, "Еда >  > Чай"), "a title is empty"),
        (lambda tree: added(tree, "Еда > Какао", id="5"), "leave the id '5' out"),
        (lambda tree: renamed(tree, 1, "Кофе"), "two categories 'Кофе' under one parent"),
        (lambda tree: renamed(tree, 1, " "), "is empty"),
        (lambda tree: moved(tree, 0, 2), "cannot be moved to 'Еда > Чай > Зелёный'"),
        (lambda tree: moved(tree, 1, 4), "merge them, or rename"),
        (lambda tree: merged(tree, [0], into=1), "which is below it"),
    ],
)
def test_what_makes_no_tree_is_refused(
    change: Callable[[CategoryTree], Change], message: str
) -> None:
    tree = CategoryTree.from_paths(CategoryTree.from_rows(ROWS).to_paths())
    with pytest.raises(TreeError, match=message):
        change(tree)


def test_the_last_category_stays() -> None:
    with pytest.raises(TreeError, match="no categories"):
        retired(CategoryTree.from_paths(["Еда"]), 0)


def test_where_there_are_ids_a_new_category_needs_one(tree: CategoryTree) -> None:
    with pytest.raises(TreeError, match="give the new one 'Какао' one"):
        added(tree, "Еда > Какао")
    with pytest.raises(TreeError, match="add 'Книги' with an id of its own first"):
        added(tree, "Книги > Сказки", id="31")


@st.composite
def changes(draw: st.DrawFn, tree: CategoryTree, number: int) -> Change:
    """A change that is none of those refused."""
    node = draw(st.integers(0, len(tree) - 1))
    outside = [
        other for other in range(-1, len(tree)) if other < 0 or not tree.is_ancestor(node, other)
    ]
    kind = draw(st.sampled_from(["add", "rename", "move", "merge", "retire"]))
    if kind == "add":
        return added(tree, (*tree.path(node), f"новое {number}"), id=f"новое {number}")
    if kind == "move":
        return moved(tree, node, draw(st.sampled_from(outside)))
    if kind == "merge" and outside[1:]:
        return merged(tree, [node], draw(st.sampled_from(outside[1:])))
    if kind == "retire" and len(tree) > tree.subtree_stop[node] - node:
        return retired(tree, node)
    return renamed(tree, node, f"иначе {number}")


@given(data=st.data())
def test_after_any_changes_every_category_is_itself_or_what_it_was_merged_into(
    data: st.DataObject,
) -> None:
    first, _ = data.draw(category_trees())
    tree, node_of, merged_ids = first, np.arange(len(first)), set()
    for number in range(data.draw(st.integers(1, 6))):
        change = data.draw(changes(tree, number))
        gone = set(tree.ids) - set(change.tree.ids)
        merged_ids |= gone
        node_of = np.where(node_of < 0, -1, change.node_of[node_of])
        tree = change.tree
    for node, now in enumerate(node_of.tolist()):
        if first.ids[node] in tree.ids:
            assert tree.ids[now] == first.ids[node]
        else:
            assert first.ids[node] in merged_ids
