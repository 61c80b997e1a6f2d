"""Which machines of a fitted tree make up the machines of a changed one.

A machine says +1 for what is its child's and -1 for what is not. So machines can be reckoned with
like the sets that they stand for: that of two children together is m₁ + m₂ + 1, that of a child
without a part of it m₁ - m₂ - 1. This is exact where all margins are ±1. All changes of a tree
come down to it: a child that is still there keeps its machine, what has gone elsewhere is taken
out, what has come is added, and children that were merged are one.

A recipe is the list of such parts. The machine of a category that has come is the one that told
it from its old siblings. It has never seen other names than its parent's: what it says of a name
in which it knows nothing, b + 1, counts only as far as its parent's machine takes the name.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from textcat.descent.slots import NO_CATEGORY, ROOT, Slots

NO_SLOT = -1

Recipe: TypeAlias = "dict[int, int]"
"""Old slot -> 1 if its machine is added, -1 if it is taken out."""


class Places(NamedTuple):
    """Where old slots are among new ones.

    Attributes
    ----------
    of_slots : list of int
        New slot that an old one's machine belongs to, -1 if there is none.
    of_leaves : dict of int to int
        New leaf by old leaf; those that were retired are left out.
    """

    of_slots: list[int]
    of_leaves: dict[int, int]


def places_of(old: Slots, new: Slots, node_of: npt.NDArray[np.int32]) -> Places:
    """Find every old slot among the new ones; `node_of` has the new node of every old one."""
    categories = np.append(node_of, NO_CATEGORY)[old.categories]
    slot_of = slots_of(new)
    places = [slot_of.get(category, NO_SLOT) for category in categories.tolist()]
    places[ROOT] = ROOT
    for stay in np.flatnonzero(_stays(old)).tolist():
        leaf = int(new.leaf_of(categories[[stay]])[0])
        places[stay] = leaf if leaf >= 0 and _stays(new)[leaf] else NO_SLOT
    leaves = old.leaves
    found = new.leaf_of(categories[leaves])
    pairs = zip(leaves.tolist(), found.tolist(), strict=True)
    return Places(places, {leaf: place for leaf, place in pairs if place >= 0})


def recipes(old: Slots, new: Slots, places: Places) -> dict[int, Recipe]:
    """Recipe of every new slot that is made of old machines, the root's aside."""
    found: defaultdict[int, Recipe] = defaultdict(dict)
    parents, new_parents = old.parents.tolist(), new.parents.tolist()
    stayed = {
        slot
        for slot in range(1, len(old))
        if (place := places.of_slots[slot]) != NO_SLOT
        and new_parents[place] == places.of_slots[parents[slot]]
    }
    for slot in sorted(stayed):
        found[places.of_slots[slot]][slot] = 1
    came, left = _travels(old, new, places, stayed)
    cover = _Cover(parents, places.of_leaves)
    for place, leaves in came.items():
        found[place].update(dict.fromkeys(cover.of(leaves), 1))
    for place, leaves in left.items():
        for slot in cover.of(leaves):
            if found[place].pop(slot, None) is None:  # or nothing is left of it
                found[place][slot] = -1
    return {place: recipe for place, recipe in found.items() if recipe}


def _travels(
    old: Slots, new: Slots, places: Places, stayed: set[int]
) -> tuple[Mapping[int, list[int]], Mapping[int, list[int]]]:
    """Old leaves by the new slots that they have come to, and by those that they have left."""
    came: defaultdict[int, list[int]] = defaultdict(list)
    left: defaultdict[int, list[int]] = defaultdict(list)
    for leaf, place in places.of_leaves.items():
        way = {slot for slot in old.paths[leaf].tolist() if slot in stayed}
        before = {places.of_slots[slot] for slot in way}
        now = {slot for slot in new.paths[place].tolist() if slot != NO_SLOT}
        for slot in now - before:
            came[slot].append(leaf)
        for slot in before - now:
            left[slot].append(leaf)
    return came, left


class _Cover:
    """Finds the fewest old slots that hold some leaves and, but for retired ones, no others."""

    def __init__(self, parents: list[int], leaves: Iterable[int]) -> None:
        self._parents = parents
        self._sizes = self._counted(leaves)

    def of(self, leaves: list[int]) -> list[int]:
        """Slots, ascending."""
        counts = self._counted(leaves)
        return sorted({self._highest(leaf, counts) for leaf in leaves})

    def _highest(self, slot: int, counts: Mapping[int, int]) -> int:
        parent = self._parents[slot]
        while parent != ROOT and counts[parent] == self._sizes[parent]:
            slot, parent = parent, self._parents[parent]
        return slot

    def _counted(self, leaves: Iterable[int]) -> Counter[int]:
        """Leaves at or below every slot."""
        counts: Counter[int] = Counter()
        for leaf in leaves:
            slot = leaf
            while slot != ROOT:
                counts[slot] += 1
                slot = self._parents[slot]
        return counts


def slots_of(slots: Slots) -> dict[int, int]:
    """Slot of every category, "stay here" slots aside."""
    numbers = np.flatnonzero(~_stays(slots))
    return dict(zip(slots.categories[numbers].tolist(), numbers.tolist(), strict=True)) | {
        NO_CATEGORY: NO_SLOT
    }


def _stays(slots: Slots) -> npt.NDArray[np.bool_]:
    """Whether a slot means to stay at its parent, (n_slots,)."""
    return np.equal(slots.categories, slots.categories[slots.parents]) & (slots.parents > ROOT)
