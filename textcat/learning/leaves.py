"""Room in a tree of linear models for categories that nothing could be answered with yet."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from textcat.arrays.sparse_rows import IntArray, SparseRows
from textcat.descent.branches import Branch
from textcat.descent.linear_tree import LinearTree
from textcat.descent.slots import ROOT, Slots
from textcat.tree import CategoryTree

# A slot by what it stands for: its category, and whether it is a "stay here" slot.
Key: TypeAlias = tuple[int, bool]

# Margins of a child that every row went to, and of one that nothing speaks for yet.
TAKEN, NOT_TAKEN = 1.0, -1.0


def with_leaves(linear_tree: LinearTree, tree: CategoryTree, categories: IntArray) -> LinearTree:
    """The same with a leaf slot for every one of these categories.

    A new child begins as one that no name goes to. A slot that becomes a fork goes on sending its
    names where it sent them.

    >>> from textcat.descent.slots import Slots
    >>> tree = CategoryTree.from_paths(["Чай", "Кофе"])
    >>> narrow = LinearTree(Slots.of(tree, [0]), {}, temperature=0.2)
    >>> with_leaves(narrow, tree, np.int32([1])).branches[0].intercepts
    array([ 1., -1.], dtype=float32)
    """
    slots = linear_tree.slots
    missing = categories[slots.leaf_of(categories) < 0].tolist()
    if not missing:
        return linear_tree
    wider = Slots.of(tree, {*slots.categories[slots.leaves].tolist(), *missing})
    old_slots = {key: slot for slot, key in enumerate(_keys(slots))}
    keys, branches = _keys(wider), {}
    for slot in wider.inner:
        children = keys[wider.children(slot)]
        if len(children) > 1:
            branches[slot] = _branch(linear_tree, old_slots, keys[slot], children)
    return LinearTree(wider, branches, linear_tree.temperature, linear_tree.trust)


def _keys(slots: Slots) -> list[Key]:
    stays = slots.categories == slots.categories[slots.parents]
    stays[ROOT] = False
    return list(zip(slots.categories.tolist(), stays.tolist(), strict=True))


def _branch(
    linear_tree: LinearTree, old_slots: dict[Key, int], key: Key, children: list[Key]
) -> Branch:
    """The branch of a slot: the one that it had, as far as it had one."""
    old = linear_tree.branches.get(old_slots.get(key, -1))
    were = np.array([child in old_slots for child in children])
    if old is not None:
        return old if were.all() else _widened(old, np.flatnonzero(were), len(children))
    stays = np.array([is_stay for _, is_stay in children])
    taken = were if were.any() else stays & (key in old_slots)  # there a leaf's names stay
    intercepts = np.where(taken, TAKEN, NOT_TAKEN).astype(np.float32)
    nothing = np.empty(0, np.int32)
    weights = SparseRows(np.empty(0, np.float32), nothing, np.zeros(2, np.int32), (1, len(taken)))
    return Branch(nothing, weights, intercepts)


def _widened(branch: Branch, places: npt.NDArray[np.intp], count: int) -> Branch:
    """A branch with `count` children, its own at these places."""
    own = branch.weights
    indices = places.astype(np.int32)[own.indices]
    intercepts = np.full(count, NOT_TAKEN, np.float32)
    intercepts[places] = branch.intercepts
    weights = SparseRows(own.data, indices, own.indptr, (len(own), count))
    return Branch(branch.features, weights, intercepts)
