"""What a classifier can choose: the part of a category tree that has rows, as numbered slots.

A slot is a category as seen by the classifier. Slot 0 is the root, children of a slot are
numbered consecutively after all slots of the level above. A category that holds products
itself and has children besides gets one more child, which means "stay here".
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from textcat.concurrency.calculated import calculated_once
from textcat.tree import CategoryTree

IntArray = npt.NDArray[np.int32]

ROOT = 0
NO_CATEGORY = -1


@dataclass(frozen=True, eq=False)
class Slots:
    """Slots of a classifier.

    Attributes
    ----------
    parents : ndarray of int32, shape (n_slots,)
        Parent slot, -1 for the root.
    categories : ndarray of int32, shape (n_slots,)
        Category (node of the tree) that a slot stands for, -1 for the root. A "stay here" slot
        stands for the category of its parent.

    Examples
    --------
    >>> tree = CategoryTree.from_paths(["Чай", "Чай > Зелёный", "Кофе"])
    >>> slots = Slots.of(tree, with_rows=[0, 1, 2])
    >>> slots.parents.tolist(), slots.categories.tolist()
    ([-1, 0, 0, 1, 1], [-1, 0, 2, 1, 0])
    >>> slots.leaf_of(np.array([0, 1, 2])).tolist()  # Чай itself is the "stay here" slot 4
    [4, 3, 2]
    """

    parents: IntArray
    categories: IntArray

    @classmethod
    def of(cls, tree: CategoryTree, with_rows: Iterable[int]) -> Slots:
        """Slots for the categories `with_rows` and everything above them."""
        own = set(with_rows)
        used = sorted({above for node in own for above in tree.ancestors(node)})
        below: dict[int, list[int]] = {}
        for node in used:
            below.setdefault(int(tree.parents[node]), []).append(node)
        parents, categories = [-1], [NO_CATEGORY]
        for slot, node in enumerate(categories):  # grows while it is read: breadth first
            if slot and categories[parents[slot]] == node:
                continue  # a "stay here" slot has no children
            children = below.get(node, [])
            stay = [node] if node in own and children else []
            parents += [slot] * len(children + stay)
            categories += children + stay
        return cls(np.array(parents, np.int32), np.array(categories, np.int32))

    def __len__(self) -> int:
        return len(self.parents)

    @calculated_once
    def first_child(self) -> IntArray:
        """First child of every slot, (n_slots + 1,) int32; children of i end before i + 1's."""
        starts = np.searchsorted(self.parents, np.arange(len(self) + 1))
        return starts.astype(np.int32)

    @calculated_once
    def is_leaf(self) -> npt.NDArray[np.bool_]:
        """Whether a slot has no children, (n_slots,) bool."""
        return np.equal(self.first_child[1:], self.first_child[:-1])

    @calculated_once
    def leaves(self) -> npt.NDArray[np.intp]:
        """Slots without children, ascending."""
        return np.flatnonzero(self.is_leaf)

    @calculated_once
    def inner(self) -> list[int]:
        """Slots with children, parents before their children."""
        return [int(slot) for slot in np.flatnonzero(~self.is_leaf)]

    @calculated_once
    def depth(self) -> int:
        """Levels below the root."""
        return int(self.paths.shape[1])

    @calculated_once
    def most_children(self) -> int:
        """Children of the slot that has most."""
        return int(np.diff(self.first_child).max(initial=1))

    def leaf_children(self, slot: int) -> npt.NDArray[np.intp]:
        """Places of the leaves among a slot's children."""
        found: npt.NDArray[np.intp] = self.is_leaf[self.children(slot)].nonzero()[0]
        return found

    def leaf_of(self, categories: IntArray) -> IntArray:
        """Leaf slot of every category, -1 where it has none, as -1 itself."""
        size = 1 + max(int(self.categories.max()), int(categories.max(initial=-1)))
        leaves = np.full(size + 1, -1, np.int32)  # the last one is that of -1
        leaves[self.categories[self.leaves]] = self.leaves
        return leaves[categories]

    def paths_to(self, categories: IntArray) -> IntArray:
        """Slots on the way to the leaf of every category, (n, depth) int32; -1 where it has none.

        >>> slots = Slots.of(CategoryTree.from_paths(["Чай", "Кофе > Молотый"]), [0, 2])
        >>> slots.paths_to(np.array([2, -1])).tolist()
        [[2, 3], [-1, -1]]
        """
        leaves = self.leaf_of(categories)
        return np.where(leaves[:, None] < 0, np.int32(-1), self.paths[leaves])

    @calculated_once
    def paths(self) -> IntArray:
        """Slots from level 1 down to each slot itself, (n_slots, depth) int32, -1 beyond it."""
        rows: list[list[int]] = [[]]
        for slot, parent in enumerate(self.parents.tolist()[1:], start=1):
            rows.append([*rows[parent], slot])
        depth = max(map(len, rows))
        return np.array([row + [-1] * (depth - len(row)) for row in rows], np.int32)

    @calculated_once
    def answers(self) -> IntArray:
        """As `paths`, but a "stay here" slot is left out: its path ends at its parent."""
        stays = np.flatnonzero(self.categories == self.categories[self.parents])
        answers = self.paths.copy()
        answers[stays] = answers[self.parents[stays]]
        return answers

    def decisions(
        self, paths: IntArray, slot: int
    ) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
        """Rows that pass through an inner slot, and which of its children each of them takes.

        `paths` is (n_rows, depth) as in `Slots.paths`; children are counted from 0.
        """
        level = int((self.paths[slot] >= 0).sum())
        children, column = self.children(slot), paths[:, level]
        rows = np.flatnonzero((column >= children.start) & (column < children.stop))
        return rows, column[rows].astype(np.intp) - children.start

    def is_inner(self, slot: int) -> bool:
        """Whether a slot has children."""
        return not self.is_leaf[slot]

    def children(self, slot: int) -> slice:
        """Children of a slot."""
        return slice(int(self.first_child[slot]), int(self.first_child[slot + 1]))
