"""The content of a tree in depth-first order, and whether it is a tree at all.

Every text here has been read and cleaned before (reading.py) or comes from storage.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from textcat.errors import TreeError

PATH_SEPARATOR = " > "
"""What stands between the titles of a path when it is written as one text."""

UNDER_ROOT = -1
"""The parent of a top-level category. The root itself is not a node."""


class Nodes(NamedTuple):
    """The content of a tree: one entry a node, in depth-first order."""

    ids: tuple[str, ...]
    titles: tuple[str, ...]
    parents: npt.NDArray[np.int32]


def depth_first(parents: Iterable[int], root: int = UNDER_ROOT) -> list[int]:
    """Nodes below the root in depth-first order, siblings as they come: [1, -1, -1] -> [1, 0, 2].

    Nodes that hang on a cycle are not reached and not returned.
    """
    children: defaultdict[int, list[int]] = defaultdict(list)
    for node, parent in enumerate(parents):
        children[parent].append(node)
    order, waiting = [], [root]  # a stack of our own: a deep tree must not exhaust Python's
    while waiting:
        order.append(waiting.pop())
        waiting.extend(reversed(children[order[-1]]))
    return order[1:]


def arranged(ids: list[str], titles: list[str], parents: list[int], root: int) -> Nodes:
    """Bring nodes into depth-first order and leave the root out."""
    order = depth_first(parents, root)
    if len(order) < len(parents) - (root != UNDER_ROOT):
        raise TreeError(f"categories stand in a cycle: {_cycle(ids, parents, {root, *order})}")
    place = {node: new for new, node in enumerate(order)} | {root: UNDER_ROOT}
    return Nodes(
        tuple(ids[node] for node in order),
        tuple(titles[node] for node in order),
        np.array([place[parents[node]] for node in order], dtype=np.int32),
    )


def check_nodes(nodes: Nodes) -> None:
    """Raise TreeError unless these are the nodes of a tree in depth-first order."""
    ids, titles, parents = nodes
    if parents.ndim != 1 or not len(ids) == len(titles) == len(parents):
        sizes = f"{len(ids)} ids, {len(titles)} titles, parents of shape {parents.shape}"
        raise TreeError(f"every node needs one id, title and parent, got {sizes}")
    if not ids:
        raise TreeError("the tree has no categories; give at least one")
    if len(set(ids)) < len(ids):
        twice = next(id_ for id_, count in Counter(ids).items() if count > 1)
        raise TreeError(
            f"two categories have the id {shown(twice)}; if titles contain {PATH_SEPARATOR!r}, "
            "paths cannot be told apart: use from_rows with ids"
        )
    if parents.dtype.kind != "i" or depth_first(parents.tolist()) != list(range(len(ids))):
        raise TreeError("parents must be nodes in depth-first order; use from_rows for any order")


def _cycle(ids: list[str], parents: list[int], reached: set[int]) -> str:
    """Write out a cycle among the nodes that were not reached, each before its parent."""
    node = next(node for node in range(len(parents)) if node not in reached)
    trail: dict[int, None] = {}
    while node not in trail:
        trail[node] = None
        node = parents[node]
    nodes = list(trail)
    loop = nodes[nodes.index(node) :]
    names = [repr(ids[node]) for node in [*loop, node]]
    if len(loop) > 10:
        names[8:-1] = [f"… ({len(loop) - 8:,} more)"]
    return " -> ".join(names) + " (each followed by its parent)"


def shown(value: object) -> str:
    """Write a value as error messages quote it: its repr, the middle left out when long."""
    text = repr(value)
    return text if len(text) <= 160 else f"{text[:80]}…{text[-60:]} ({len(text):,} characters)"


def read_only(values: npt.ArrayLike, dtype: type = np.int32) -> npt.NDArray[Any]:
    """Make an array that nobody can write to."""
    array: npt.NDArray[Any] = np.array(values, dtype=dtype)
    array.flags.writeable = False
    return array
