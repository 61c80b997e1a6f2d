"""CategoryTree.diff: which categories of two trees are the same."""

from __future__ import annotations

from pathlib import Path

import pytest
from hand_made_trees import category_trees
from hypothesis import given

from textcat.tree import CategoryTree
from textcat.tree.diff import KINDS, TreeDiff

TABLE = (Path(__file__).parent / "cases" / "tree_diff.txt").read_text("utf-8")


def cases() -> list[tuple[str, ...]]:
    """Old leaves, new leaves, changes."""
    lines = (line for line in TABLE.splitlines() if line and not line.startswith("#"))
    found = []
    for line in lines:
        trees, _, changes = line.rpartition("=")
        old, _, new = trees.partition(" | ")
        found.append((old, new, changes.strip()))
    return found


def tree_of(leaves: str) -> CategoryTree:
    return CategoryTree.from_paths([path.strip() for path in leaves.split(";")])


def changes_of(diff: TreeDiff) -> set[str]:
    return {
        f"{kind} {category}".replace("  →  ", " → ")
        for kind in KINDS
        for category in getattr(diff, kind)
    }


@pytest.mark.parametrize(("old", "new", "changes"), cases())
def test_categories_without_ids_are_found_again_by_paths_and_titles(
    old: str, new: str, changes: str
) -> None:
    diff = CategoryTree.diff(tree_of(old), tree_of(new))
    assert changes_of(diff) == {change.strip() for change in changes.split(";") if change}


OLD = CategoryTree.from_rows([(1, None, "Еда"), (2, 1, "Чай"), (3, 1, "Кофе"), (4, None, "Дом")])


def test_ids_decide_where_both_trees_have_their_own() -> None:
    new = CategoryTree.from_rows(
        [(1, None, "Продукты"), (2, 4, "Чай"), (4, None, "Дом"), (5, 1, "Кофе")]
    )
    diff = CategoryTree.diff(OLD, new)
    assert changes_of(diff) == {
        "renamed Еда → Продукты",
        "moved Еда > Чай → Дом > Чай",
        "added Продукты > Кофе",
        "retired Еда > Кофе",
    }
    assert diff.moved[0].old_id == diff.moved[0].new_id == "2"
    assert (diff.added[0].old_id, diff.added[0].new_id) == (None, "5")
    assert diff.node_of.tolist() == [0, 3, -1, 2]


def test_paths_decide_if_only_one_tree_has_ids() -> None:
    diff = CategoryTree.diff(OLD, CategoryTree.from_paths(OLD.to_paths()))
    assert not diff
    assert diff.node_of.tolist() == [0, 1, 2, 3]


def test_products_tell_which_categories_were_merged_or_renamed() -> None:
    old = tree_of("Чай > Зелёный; Чай > Белый; Посуда")
    new = tree_of("Чай > Зелёный; Кухня")
    names = ["сенча", "пуэр белый", "тарелка"]
    old_rows = zip(names, [("Чай", "Зелёный"), "Чай > Белый", "Посуда"], strict=True)
    new_rows = zip(names, ["Чай > Зелёный", "Чай > Зелёный", "Кухня"], strict=True)
    diff = CategoryTree.diff(old, new, list(old_rows), list(new_rows))
    assert changes_of(diff) == {
        "merged Чай > Белый → Чай > Зелёный",
        "renamed Посуда → Кухня",
    }


def test_products_of_a_category_that_is_not_there_are_left_out() -> None:
    rows = [("сенча", "Нет такой")]
    assert not CategoryTree.diff(OLD, OLD, rows, rows)


def test_a_diff_reads_well() -> None:
    diff = CategoryTree.diff(tree_of("Еда > Чай"), tree_of("Еда > Кофе"))
    assert str(diff).splitlines() == [
        "1 kept, 1 added, 1 retired",
        "added: 1",
        "  Еда > Кофе",
        "retired: 1",
        "  Еда > Чай",
    ]
    assert repr(diff) == "<TreeDiff: 1 kept, 1 added, 1 retired>"
    assert ">retired: 1</summary>Еда &gt; Чай" in diff._repr_html_()


def test_long_lists_are_cut() -> None:
    many = CategoryTree.from_labels([f"Товар {number}" for number in range(50)])
    text = str(CategoryTree.diff(tree_of("Еда"), many))
    assert "… 30 more" in text
    assert len(text.splitlines()) < 30


def test_nothing_changed_is_said_in_a_line() -> None:
    assert str(CategoryTree.diff(OLD, OLD)) == "no changes: 4 categories kept"


def test_a_large_tree_with_every_parent_renamed_is_followed() -> None:
    paths = [f"Отдел {a} > Полка {a}-{b}" for a in range(100) for b in range(100)]
    new = [path.replace("Отдел", "Раздел") for path in paths]
    diff = CategoryTree.diff(CategoryTree.from_paths(paths), CategoryTree.from_paths(new))
    assert diff.counts == {
        "kept": 10_000, "renamed": 100, "moved": 0, "merged": 0, "added": 0, "retired": 0,
    }  # fmt: skip


@given(category_trees())
def test_a_tree_does_not_differ_from_itself(drawn: tuple[CategoryTree, list[int]]) -> None:
    tree, _ = drawn
    by_path = CategoryTree.from_paths(tree.to_paths())
    assert not CategoryTree.diff(tree, tree)
    assert not CategoryTree.diff(by_path, by_path)
    assert len(CategoryTree.diff(tree, by_path).kept) == len(tree)
