"""Slots: what of a category tree a classifier can choose."""

from __future__ import annotations

import numpy as np
from hand_made_trees import category_trees
from hypothesis import given

from textcat.descent.slots import NO_CATEGORY, ROOT, Slots
from textcat.tree import CategoryTree

# Еда (0) ── Чай (1) ── Зелёный (2)      «Чай» has rows of its own,
#         └─ Кофе (3)                    «Дом» is a chain, «Сад» has no rows
# Дом (4) ── Лопаты (5)
# Сад (6) ── Вёдра (7)
TREE = CategoryTree.from_paths(["Еда > Чай > Зелёный", "Еда > Кофе", "Дом > Лопаты", "Сад > Вёдра"])
WITH_ROWS = [1, 2, 3, 5]


def slots() -> Slots:
    return Slots.of(TREE, WITH_ROWS)


def test_slots_are_numbered_level_by_level_and_end_with_a_stay_here_slot() -> None:
    # root 0 | Еда 1, Дом 2 | Чай 3, Кофе 4, Лопаты 5 | Зелёный 6, Чай itself 7
    assert slots().categories.tolist() == [NO_CATEGORY, 0, 4, 1, 3, 5, 2, 1]
    assert slots().parents.tolist() == [-1, 0, 0, 1, 1, 2, 3, 3]
    assert [slots().children(slot) for slot in slots().inner] == [
        slice(1, 3), slice(3, 5), slice(5, 6), slice(6, 8),
    ]  # fmt: skip


def test_categories_without_rows_have_no_slot() -> None:
    assert not {6, 7} & set(slots().categories.tolist())
    assert slots().leaf_of(np.array([0, 6, 7], np.int32)).tolist() == [-1, -1, -1]


def test_the_leaf_of_a_category_with_children_is_its_stay_here_slot() -> None:
    assert slots().leaf_of(np.array([1, 2, 3, 5], np.int32)).tolist() == [7, 6, 4, 5]
    assert slots().leaf_of(np.empty(0, np.int32)).tolist() == []


def test_paths_go_down_to_the_slot_and_answers_stop_above_a_stay_here_slot() -> None:
    assert slots().paths.tolist() == [
        [-1, -1, -1], [1, -1, -1], [2, -1, -1], [1, 3, -1],
        [1, 4, -1], [2, 5, -1], [1, 3, 6], [1, 3, 7],
    ]  # fmt: skip
    assert slots().answers[7].tolist() == [1, 3, -1]
    assert np.array_equal(slots().answers[:7], slots().paths[:7])


def test_decisions_tell_which_rows_pass_a_slot_and_which_child_they_take() -> None:
    rows = slots().paths[[6, 5, 4, 7]]  # Зелёный, Лопаты, Кофе, Чай itself
    decided = {slot: slots().decisions(rows, slot) for slot in slots().inner}
    assert {slot: (rows.tolist(), taken.tolist()) for slot, (rows, taken) in decided.items()} == {
        ROOT: ([0, 1, 2, 3], [0, 1, 0, 0]),
        1: ([0, 2, 3], [0, 1, 0]),
        2: ([1], [0]),
        3: ([0, 3], [0, 1]),
    }


def test_a_single_category_is_the_root_and_one_leaf() -> None:
    single = Slots.of(CategoryTree.from_paths(["Чай"]), [0])
    assert (single.parents.tolist(), single.leaves.tolist(), single.inner) == ([-1, 0], [1], [0])


@given(category_trees())
def test_every_category_with_rows_has_one_leaf_of_its_own(
    chosen: tuple[CategoryTree, list[int]],
) -> None:
    tree, with_rows = chosen
    slots = Slots.of(tree, with_rows)
    leaves = slots.leaf_of(np.array(with_rows, np.int32))
    assert sorted(leaves.tolist()) == slots.leaves.tolist()
    assert slots.categories[leaves].tolist() == with_rows


@given(category_trees())
def test_answers_are_the_ancestors_of_the_leafs_category(
    chosen: tuple[CategoryTree, list[int]],
) -> None:
    tree, with_rows = chosen
    slots = Slots.of(tree, with_rows)
    for category, leaf in zip(with_rows, slots.leaf_of(np.array(with_rows, np.int32)), strict=True):
        answered = [slot for slot in slots.answers[leaf].tolist() if slot >= 0]
        assert slots.categories[answered].tolist() == list(tree.ancestors(category))


@given(category_trees())
def test_children_stand_together_after_all_slots_of_the_levels_above(
    chosen: tuple[CategoryTree, list[int]],
) -> None:
    slots = Slots.of(*chosen)
    depth = (slots.paths >= 0).sum(axis=1)
    assert (np.diff(depth) >= 0).all()
    for slot in slots.inner:
        children = slots.children(slot)
        assert (slots.parents[children] == slot).all()
        assert slots.is_inner(slot)
    assert len(slots) == 1 + sum(np.diff(slots.first_child))
