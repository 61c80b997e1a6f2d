"""Carry a fitted tree over to a changed tree of categories."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from scipy import sparse

from textcat.arrays.sparse_rows import IntArray
from textcat.descent.branches import Branch
from textcat.descent.linear_tree import LinearTree
from textcat.descent.slots import ROOT, Slots
from textcat.remapping.machines import Machines
from textcat.remapping.recipes import NO_SLOT, Recipe, places_of, recipes, slots_of
from textcat.remapping.titles import leaning_to_texts, machine_of_texts
from textcat.tree import NO_NODE, CategoryTree

CACHED = 8  # branches as columns: most slots are made of one


@dataclass(frozen=True, eq=False)
class Texts:
    """What new categories are called.

    Attributes
    ----------
    X : csr_matrix of float32, shape (n_texts, n_features)
        Titles and synonyms.
    categories : ndarray of int32, shape (n_texts,)
        Whose they are: nodes of the new tree.
    """

    X: sparse.csr_matrix
    categories: IntArray


def carried_over(
    linear_tree: LinearTree, tree: CategoryTree, node_of: npt.NDArray[np.int32], texts: Texts
) -> tuple[LinearTree, list[int]]:
    """A fitted tree for a changed tree of categories, and what of it cannot be answered rightly.

    A branch whose children are the same stays the same object.

    Parameters
    ----------
    linear_tree : LinearTree
        For the old tree.
    tree : CategoryTree
        The new one.
    node_of : ndarray of int32, shape (n_old,)
        New node of every old one, -1 if it was retired.
    texts : Texts
        Of categories that are new.

    Returns
    -------
    LinearTree
    list of int
        New nodes whose texts would not be answered with them: nothing in these is their own.
    """
    slots = Slots.of(tree, _with_slots(linear_tree.slots, tree, node_of, texts))
    carrier = _Carrier(linear_tree, slots, node_of, texts)
    branches = {slot: branch for slot in slots.inner if (branch := carrier.branch(slot))}
    return replace(linear_tree, slots=slots, branches=branches), sorted(carrier.untold)


def _with_slots(
    old: Slots, tree: CategoryTree, node_of: npt.NDArray[np.int32], texts: Texts
) -> set[int]:
    """Categories that are to be answered: old ones, those that lost what was below them, new ones.

    An old category that could not be answered before is not answered now.
    """
    own = set(node_of[old.categories[old.leaves]].tolist())
    known = set(node_of[old.categories[1:]].tolist())
    new = set(texts.categories.tolist())
    return (own | ((known | new) & set(tree.leaves.tolist()))) - {NO_NODE}


class _Carrier:
    """Makes the branches of new slots of the machines of old ones."""

    def __init__(
        self,
        linear_tree: LinearTree,
        slots: Slots,
        node_of: npt.NDArray[np.int32],
        texts: Texts,
    ) -> None:
        self._old, self._slots, self._texts = linear_tree, slots, texts
        self._places = places_of(linear_tree.slots, slots, node_of)
        counts = Counter(self._places.of_slots)
        self._undivided = {place for place, count in counts.items() if count == 1} - {NO_SLOT}
        self._recipes = recipes(linear_tree.slots, slots, self._places)
        slot_of = slots_of(slots)
        self._ways = slots.paths[[slot_of[node] for node in texts.categories.tolist()]]
        self._machines = lru_cache(maxsize=CACHED)(self._machines_at)
        self.untold: set[int] = set()

    def branch(self, slot: int) -> Branch | None:
        """Of an inner slot; None if it has but one child."""
        children = self._slots.children(slot)
        parts = [self._recipes.get(child, {}) for child in range(children.start, children.stop)]
        texts, taken = self._slots.decisions(self._ways, slot)
        if len(parts) == 1:
            return None
        same = self._same_branch(parts)
        if same is not None and not len(texts):
            return same
        mixed = machines = self._mixed(slot, parts)
        for child in np.unique(taken).tolist():
            machines = self._told(machines, child, texts[taken == child], not parts[child])
        return same if same is not None and machines is mixed else machines.branch()

    def _same_branch(self, parts: list[Recipe]) -> Branch | None:
        """The old branch that has just these children in this order."""
        old = self._old.slots
        kept = [slot for recipe in parts for slot, sign in recipe.items() if sign == 1]
        if len(kept) != len(parts) or not all(len(recipe) == 1 for recipe in parts):
            return None
        parent = int(old.parents[kept[0]])
        children = old.children(parent)
        in_order = kept == list(range(children.start, children.stop))
        return self._old.branches[parent] if in_order else None

    def _mixed(self, slot: int, parts: list[Recipe]) -> Machines:
        """Machines as the recipes have them; without a recipe it is one that never speaks."""
        ways = [self._ways_up(slot, recipe) for recipe in parts]
        used = sorted({below for way in ways for below, _, _ in way})
        place = {below: number for number, below in enumerate(used, start=1)}
        weights = np.zeros((len(used) + 1, len(parts)), np.float32)
        constants = np.zeros_like(weights)
        for child, way in enumerate(ways):
            for below, share, is_top in way:
                weights[place[below], child] += share
                constants[place[below], child] += share * is_top
        for child, way in enumerate(ways):
            if any(is_top and self._is_only_child(below) for below, _, is_top in way):
                # what is not its siblings' is its
                for shares in (weights, constants):
                    shares[:, child] -= np.delete(shares, child, axis=1).sum(axis=1)
        nobody = Machines.constant(-1, self._n_features)
        sources = Machines.joined([nobody, *map(self._machine, used)])
        return sources.mixed(weights, constants)

    def _ways_up(self, slot: int, recipe: Recipe) -> list[tuple[int, float, bool]]:
        """Old slots, their shares, and whether they are the last on their way up.

        The last one is told from siblings whose names come to the new slot, or come above it.
        """
        found = []
        above = {slot, *self._slots.paths[slot].tolist()} & self._undivided
        for below, sign in recipe.items():
            share = float(sign)
            while (parent := int(self._old.slots.parents[below])) != ROOT:
                if self._places.of_slots[parent] in above:
                    break
                found.append((below, share, False))
                share *= self._share_of_parent(below)
                below = parent
            found.append((below, share, True))
        return found

    def _told(
        self, machines: Machines, child: int, texts: npt.NDArray[np.intp], is_new: bool
    ) -> Machines:
        """Machines with that of a child made of texts, or leaning to them."""
        before, after = machines.split(child)
        others, X = Machines.joined([before, after]), self._texts.X[texts]
        own = machines.only([child])
        told = machine_of_texts(X, others) if is_new else leaning_to_texts(X, own, others)
        if told is None:
            self.untold |= set(self._texts.categories[texts].tolist())
            return machines
        return machines if told is own else Machines.joined([before, told, after])

    def _machine(self, slot: int) -> Machines:
        """The machine of an old slot; an only child's takes every name."""
        if self._is_only_child(slot):
            return Machines.constant(1, self._n_features)
        parent = int(self._old.slots.parents[slot])
        return self._machines(parent).only([slot - self._old.slots.children(parent).start])

    def _share_of_parent(self, slot: int) -> float:
        """What a name of its parent of which nothing else is known is to a slot: 0 no, 1 yes."""
        return float(self._machine(slot).intercepts[0] + 1) / 2

    def _is_only_child(self, slot: int) -> bool:
        return int(self._old.slots.parents[slot]) not in self._old.branches

    def _machines_at(self, parent: int) -> Machines:
        return Machines.of(self._old.branches[parent], self._n_features)

    @property
    def _n_features(self) -> int:
        return int(self._texts.X.shape[1])
