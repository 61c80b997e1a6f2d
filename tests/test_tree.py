"""CategoryTree: order, relations, identity, storage."""

from __future__ import annotations

import pickle
import re
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from textcat.errors import TreeError
from textcat.tree import PATH_SEPARATOR, CategoryTree

# Одежда (0) ── Платья (1) ── Вечерние (2)      uneven depth, a one-child chain,
#            └─ Чехлы (3)                       «Чехлы» under two parents
# Книги (4)
# Электроника (5) ── Чехлы (6)
PATHS = [
    "Одежда > Платья > Вечерние",
    "Одежда > Чехлы",
    "Книги",
    "Электроника > Чехлы",
]


@pytest.fixture
def tree() -> CategoryTree:
    return CategoryTree.from_paths(PATHS)


def test_nodes_are_numbered_depth_first_with_siblings_as_they_appear(tree: CategoryTree) -> None:
    assert tree.titles == (
        "Одежда",
        "Платья",
        "Вечерние",
        "Чехлы",
        "Книги",
        "Электроника",
        "Чехлы",
    )
    assert tree.parents.tolist() == [-1, 0, 1, 0, -1, -1, 5]
    assert tree.levels.tolist() == [1, 2, 3, 2, 1, 1, 2]
    assert tree.subtree_stop.tolist() == [4, 3, 3, 4, 5, 7, 7]
    assert tree.leaves.tolist() == [2, 3, 4, 6]
    assert tree.is_leaf.tolist() == [False, False, True, True, True, False, True]
    assert (len(tree), tree.depth) == (7, 3)


def test_a_branch_named_again_later_stays_together() -> None:
    tree = CategoryTree.from_paths(["А > 1", "Б", "А > 2"])
    assert tree.to_paths() == ["А", "А > 1", "А > 2", "Б"]


def test_ids_are_the_paths_when_none_were_given(tree: CategoryTree) -> None:
    assert tree.ids == tuple(tree.to_paths())
    assert tree.ids[6] == "Электроника > Чехлы"


def test_children_of_the_root_of_inner_nodes_and_of_leaves(tree: CategoryTree) -> None:
    assert tree.children(-1).tolist() == [0, 4, 5]
    assert tree.children(0).tolist() == [1, 3]
    assert tree.children(5).tolist() == [6]
    assert tree.children(6).tolist() == []


def test_ancestors_lead_from_the_top_to_the_node_itself(tree: CategoryTree) -> None:
    assert tree.ancestors(2) == (0, 1, 2)
    assert tree.ancestors(4) == (4,)
    assert tree.ancestors(-1) == ()


def test_ancestors_at_a_level_are_missing_for_nodes_above_it(tree: CategoryTree) -> None:
    assert tree.ancestors_at(1).tolist() == [0, 0, 0, 0, 4, 5, 5]
    assert tree.ancestors_at(2).tolist() == [-1, 1, 1, 3, -1, -1, 6]
    assert tree.ancestors_at(3).tolist() == [-1, -1, 2, -1, -1, -1, -1]


def test_is_ancestor_holds_for_the_node_itself_and_the_root(tree: CategoryTree) -> None:
    assert tree.is_ancestor([0, 0, 1, 3, -1], [2, 0, 3, 6, 4]).tolist() == [
        True,
        True,
        False,
        False,
        True,
    ]
    assert tree.is_ancestor(0, np.arange(7)).tolist() == [True] * 4 + [False] * 3
    assert not tree.is_ancestor(0, -1)


def test_paths_of_nodes(tree: CategoryTree) -> None:
    assert tree.path(2) == ("Одежда", "Платья", "Вечерние")
    assert tree.path_text(6) == "Электроника > Чехлы"
    assert tree.path(-1) == ()


@pytest.mark.parametrize("node", [-2, 7])
def test_a_node_that_is_not_there_is_named(tree: CategoryTree, node: int) -> None:
    with pytest.raises(TreeError, match=f"no node {node}: nodes are 0 to 6"):
        tree.path(node)


def test_one_category_is_a_tree() -> None:
    tree = CategoryTree.from_labels(["Прочее"])
    assert (len(tree), tree.leaves.tolist(), tree.children(-1).tolist()) == (1, [0], [0])


def test_ten_thousand_levels_are_no_problem() -> None:
    rows = [(i, i - 1 if i else None, f"т{i}") for i in reversed(range(10_000))]
    tree = CategoryTree.from_rows(rows)
    assert tree.depth == 10_000
    assert len(tree.path(9_999)) == 10_000
    assert "9,800 more" in str(tree)
    assert "9,800 more" in tree._repr_html_()
    assert tree == pickle.loads(pickle.dumps(tree))


def test_trees_are_equal_by_content() -> None:
    tree, same = CategoryTree.from_paths(PATHS), CategoryTree.from_paths(PATHS + PATHS)
    other = CategoryTree.from_paths(PATHS[::-1])
    assert tree == same
    assert (hash(tree), tree.version) == (hash(same), same.version)
    assert tree != other
    assert tree.version != other.version
    assert tree != PATHS


def test_the_version_is_the_same_in_every_process(tree: CategoryTree) -> None:
    code = f"from textcat.tree import *; print(CategoryTree.from_paths({PATHS!r}).version)"
    printed = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", code], capture_output=True, text=True, check=True
    )
    assert printed.stdout.strip() == tree.version
    assert re.fullmatch("[0-9a-f]{12}", tree.version)


def test_a_tree_cannot_be_changed(tree: CategoryTree) -> None:
    for name in ("parents", "levels", "leaves", "is_leaf", "subtree_stop", "child_nodes"):
        for array in (getattr(tree, name), getattr(pickle.loads(pickle.dumps(tree)), name)):
            with pytest.raises(ValueError, match="read-only"):
                array[0] = 1
    with pytest.raises(AttributeError):
        tree.titles = ()  # type: ignore[misc]


def test_a_tree_keeps_its_own_copy_of_the_arrays(tree: CategoryTree) -> None:
    arrays = tree.to_arrays()
    arrays["parents"] = arrays["parents"].copy()
    copy = CategoryTree.from_arrays(arrays)
    arrays["parents"][:] = -1
    assert copy == tree


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"parents": [-1, 0]}, "got 7 ids"),
        ({"parents": [1, -1, 1, 0, -1, -1, 5]}, "depth-first order"),
        ({"parents": [-1, 0, 1, 0, -1, -1, 9]}, "depth-first order"),
        ({"parents": [-1.0] * 7}, "depth-first order"),
        ({"ids": ["а"] * 7}, "two categories have the id 'а'"),
    ],
)
def test_arrays_that_are_no_tree_are_refused(
    tree: CategoryTree, change: dict[str, list[object]], message: str
) -> None:
    with pytest.raises(TreeError, match=message):
        CategoryTree.from_arrays(tree.to_arrays() | change)


@st.composite
def parent_lists(draw: st.DrawFn) -> list[int]:
    """Parents of n nodes, each smaller than its node; -1 under the root."""
    size = draw(st.integers(1, 30))
    return [draw(st.integers(-1, node - 1)) for node in range(size)]


@st.composite
def shuffled_rows(draw: st.DrawFn) -> list[tuple[object, object, object]]:
    parents = draw(parent_lists())
    titles = draw(st.lists(st.sampled_from("абвг"), min_size=len(parents), max_size=len(parents)))
    rows: list[tuple[object, object, object]] = [
        (node, None if parent < 0 else parent, titles[node]) for node, parent in enumerate(parents)
    ]
    return draw(st.permutations(rows))


def paths_of(parents: list[int]) -> list[str]:
    paths: list[str] = []
    for node, parent in enumerate(parents):
        paths.append(f"т{node}" if parent < 0 else f"{paths[parent]}{PATH_SEPARATOR}т{node}")
    return paths


@given(shuffled_rows())
def test_rows_read_back_give_the_same_tree(rows: list[tuple[object, object, object]]) -> None:
    tree = CategoryTree.from_rows(rows)
    own_rows = [
        (id_, tree.ids[parent] if parent >= 0 else None, title)
        for id_, parent, title in zip(tree.ids, tree.parents, tree.titles, strict=True)
    ]
    given_rows = [(str(id_), None if up is None else str(up), title) for id_, up, title in rows]
    assert set(own_rows) == set(given_rows)
    assert CategoryTree.from_rows(own_rows) == tree
    assert CategoryTree.from_arrays(tree.to_arrays()) == tree


@given(parent_lists())
def test_paths_read_back_give_the_same_tree(parents: list[int]) -> None:
    paths = paths_of(parents)
    tree = CategoryTree.from_paths(paths)
    assert sorted(tree.to_paths()) == sorted(paths)
    assert CategoryTree.from_paths(tree.to_paths()) == tree
    assert [tree.index(path) for path in tree.to_paths()] == list(range(len(tree)))


@given(shuffled_rows())
def test_subtrees_are_slices_and_levels_are_lengths_of_paths(
    rows: list[tuple[object, object, object]],
) -> None:
    tree = CategoryTree.from_rows(rows)
    nodes = range(len(tree))
    assert all(tree.parents[node] < node for node in nodes)
    assert tree.levels.tolist() == [len(tree.path(node)) for node in nodes]
    for node in nodes:
        below = [other for other in nodes if node in tree.ancestors(other)]
        assert below == list(range(node, tree.subtree_stop[node]))
        assert np.flatnonzero(tree.is_ancestor(node, np.arange(len(tree)))).tolist() == below
        assert tree.children(node).tolist() == [x for x in below if tree.parents[x] == node]
        levels = [int(tree.ancestors_at(level)[node]) for level in range(1, tree.depth + 1)]
        assert tuple(x for x in levels if x >= 0) == tree.ancestors(node)
