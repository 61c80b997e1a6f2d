"""Changes of a tree: each makes a new tree and tells where every old category is in it.

Categories that stay keep their order; what is new to a parent comes after its other children. Ids
stay as they are, unless they are the paths: then those of a category that is renamed or moved,
and of all below it, are made anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from textcat.errors import TreeError
from textcat.tree import NO_NODE, CategoryTree
from textcat.tree.lookup import split_path
from textcat.tree.order import UNDER_ROOT, depth_first, shown
from textcat.tree.reading import clean

GONE = -2  # parent of what is no longer in the tree, so that nothing below it is reached


class Change(NamedTuple):
    """A changed tree.

    Attributes
    ----------
    tree : CategoryTree
    node_of : ndarray of int32, shape (n_old,)
        New node of every old one, -1 if it was retired.
    """

    tree: CategoryTree
    node_of: npt.NDArray[np.int32]


def has_own_ids(tree: CategoryTree) -> bool:
    """Whether the ids were given, and are not just the paths.

    >>> has_own_ids(CategoryTree.from_paths(["Еда > Чай"]))
    False
    """
    return list(tree.ids) != tree.to_paths()


def added(tree: CategoryTree, path: str | Sequence[str], id: str | None = None) -> Change:  # noqa: A002 - as everywhere
    """A category more, and those above it that are missing.

    >>> print(added(CategoryTree.from_paths(["Еда > Чай"]), "Еда > Кофе > Молотый").tree)
    Еда
      Чай
      Кофе
        Молотый
    """
    titles = split_path(path) if isinstance(path, str) else list(path)
    titles = [clean(title) for title in titles]
    if not titles or not all(titles):
        raise TreeError(f"{shown(path)} is no path of a new category: a title is empty")
    if titles in tree:
        raise TreeError(f"the tree has a category {shown(path)} already")
    known = next((n for n in range(len(titles) - 1, 0, -1) if titles[:n] in tree), 0)
    draft, parent = _Draft(tree), tree.index(titles[:known]) if known else UNDER_ROOT
    _check_new_id(draft, id, titles[known:])
    for title in titles[known:]:
        parent = draft.add(title, parent, id or "")
    return draft.finished()


def renamed(tree: CategoryTree, node: int, title: str) -> Change:
    """Another title.

    >>> renamed(CategoryTree.from_paths(["Еда > Чай"]), 0, "Продукты").tree.ids
    ('Продукты', 'Продукты > Чай')
    """
    draft = _Draft(tree)
    draft.titles[node] = clean(title)
    if not draft.titles[node]:
        raise TreeError(f"the new title of {shown(tree.path_text(node))} is empty")
    return draft.finished()


def moved(tree: CategoryTree, node: int, parent: int) -> Change:
    """Another parent, -1 for the root; all below a category goes with it.

    >>> moved(CategoryTree.from_paths(["Еда > Чай > Зелёный", "Напитки"]), 1, 3).tree.to_paths()
    ['Еда', 'Напитки', 'Напитки > Чай', 'Напитки > Чай > Зелёный']
    """
    if parent != UNDER_ROOT and tree.is_ancestor(node, parent):
        there, whose = shown(tree.path_text(parent)), shown(tree.path_text(node))
        raise TreeError(f"{whose} cannot be moved to {there}, which is itself or below it")
    draft = _Draft(tree)
    draft.parents[node] = parent
    return draft.finished()


def merged(tree: CategoryTree, nodes: Iterable[int], into: int) -> Change:
    """Several categories in one; children that have the same title are merged, too.

    >>> tree = CategoryTree.from_paths(["Чай > Зелёный", "Чаи > Зелёный", "Чаи > Чёрный"])
    >>> change = merged(tree, [2], into=0)
    >>> change.tree.to_paths(), change.node_of.tolist()
    (['Чай', 'Чай > Зелёный', 'Чай > Чёрный'], [0, 1, 0, 1, 2])
    """
    draft = _Draft(tree)
    for node in dict.fromkeys(nodes):
        if node != into and tree.is_ancestor(node, into):
            there, whose = shown(tree.path_text(into)), shown(tree.path_text(node))
            raise TreeError(f"{whose} cannot be merged into {there}, which is below it; move it up")
        if draft.target[node] == node != into:
            draft.merge(node, into)
    return draft.finished()


def retired(tree: CategoryTree, node: int) -> Change:
    """A category less, and all below it.

    >>> retired(CategoryTree.from_paths(["Еда > Чай", "Книги"]), 0).node_of.tolist()
    [-1, -1, 0]
    """
    draft = _Draft(tree)
    draft.parents[node] = GONE
    return draft.finished()


class _Draft:
    """A tree while it is changed: old nodes keep their numbers, new ones come after them."""

    def __init__(self, tree: CategoryTree) -> None:
        self.titles = list(tree.titles)
        self.parents = tree.parents.tolist()
        self.ids = list(tree.ids)
        self.has_own_ids = has_own_ids(tree)
        self.target = list(range(len(tree)))  # the node that stands for each: itself, or another

    def add(self, title: str, parent: int, id_: str) -> int:
        self.titles.append(title)
        self.parents.append(parent)
        self.ids.append(id_)
        return len(self.ids) - 1

    def merge(self, node: int, into: int) -> None:
        """Let a node stand for another; the children go along."""
        self.parents[node], self.target[node] = GONE, into
        there = {self.titles[child]: child for child in self._children(into)}
        for child in self._children(node):
            self.parents[child] = into
            if self.titles[child] in there:
                self.merge(child, there[self.titles[child]])

    def finished(self) -> Change:
        self._check_titles()
        order = depth_first(self.parents)
        place = {node: new for new, node in enumerate(order)}
        parents = [place.get(self.parents[node], UNDER_ROOT) for node in order]
        node_of = [place.get(self._standing_for(node), NO_NODE) for node in range(len(self.target))]
        tree = self._tree(order, np.array(parents, np.int32))
        return Change(tree, np.array(node_of, np.int32))

    def _tree(self, order: list[int], parents: npt.NDArray[np.int32]) -> CategoryTree:
        titles = tuple(self.titles[node] for node in order)
        if self.has_own_ids:
            return CategoryTree(tuple(self.ids[node] for node in order), titles, parents)
        numbered = CategoryTree(tuple(map(str, range(len(order)))), titles, parents)
        return CategoryTree(tuple(numbered.to_paths()), titles, parents)

    def _standing_for(self, node: int) -> int:
        while self.target[node] != node:
            node = self.target[node]
        return node

    def _children(self, parent: int) -> list[int]:
        return [node for node, above in enumerate(self.parents) if above == parent]

    def _check_titles(self) -> None:
        """Where ids are paths, siblings cannot share a title."""
        if self.has_own_ids:
            return
        seen: set[tuple[int, str]] = set()
        for key in zip(self.parents, self.titles, strict=True):
            if key[0] != GONE and key in seen:
                raise TreeError(
                    f"there would be two categories {shown(key[1])} under one parent, and a tree "
                    "without ids cannot tell them apart: merge them, or rename one of them first"
                )
            seen.add(key)


def _check_new_id(draft: _Draft, id_: str | None, titles: list[str]) -> None:
    if not draft.has_own_ids and id_ is not None:
        raise TreeError(f"the categories have their paths as ids: leave the id {shown(id_)} out")
    if draft.has_own_ids and id_ is None:
        raise TreeError(f"the categories have ids: give the new one {shown(titles[-1])} one, too")
    if draft.has_own_ids and len(titles) > 1:
        raise TreeError(f"add {shown(titles[0])} with an id of its own first, then what is below")
