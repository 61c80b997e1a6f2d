"""Which categories of two trees are the same.

Ids decide where both trees have their own: another id is another category, whatever its title.
Otherwise, and in this order,

1. the full path;
2. products that both trees have: most of a category's are in one category of the other;
3. a title that is the only one of its kind among what is left, wherever it stands;
4. under parents that are the same: the same title, then the closest one;
5. a parent that is left: it is where most of its children are.

A match may tell of others above and below it, so 4 and 5 are repeated.
"""

from __future__ import annotations

import difflib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
import numpy.typing as npt

from textcat.errors import TreeError
from textcat.tree import NO_NODE, CategoryTree
from textcat.tree.changes import has_own_ids
from textcat.values import normalize_name

CLOSE = 0.8
"""Least ratio (`difflib`) of two titles that may be the same category's."""
MOST_COMPARED = 100_000
"""Pairs of titles that are compared in all, a few seconds; where most are new few are renamed."""


def match(
    old: CategoryTree,
    new: CategoryTree,
    old_rows: Iterable[tuple[str, str | Sequence[str]]] = (),
    new_rows: Iterable[tuple[str, str | Sequence[str]]] = (),
) -> npt.NDArray[np.int32]:
    """New node of every old one, (n_old,) int32; -1 if there is none."""
    matching = _Matching(old, new)
    by_id = has_own_ids(old) and has_own_ids(new)
    matching.by_key(old.ids, new.ids) if by_id else matching.by_key(_paths(old), _paths(new))
    matching.by_products(_categories(old_rows, old), _categories(new_rows, new))
    if not by_id:
        matching.by_unique_title()
        while matching.below_the_same_parent() or matching.by_children():
            pass
    return np.array(matching.node_of, np.int32)


class _Matching:
    def __init__(self, old: CategoryTree, new: CategoryTree) -> None:
        self.old, self.new = old, new
        self.node_of = [NO_NODE] * len(old)
        self.taken = [False] * len(new)
        self.to_compare = MOST_COMPARED

    def by_key(self, old: Sequence[object], new: Sequence[object]) -> None:
        """Those that have an equal key, which no other has."""
        there = _only_ones(new, range(len(new)))
        for key, node in _only_ones(old, range(len(old))).items():
            if key in there:
                self._pair(node, there[key])

    def by_products(self, old: dict[str, int], new: dict[str, int]) -> None:
        """Old ones that are left, by where most of their products are; several may be in one."""
        shared: defaultdict[int, Counter[int]] = defaultdict(Counter)
        for name in old.keys() & new.keys():
            if self.node_of[old[name]] == NO_NODE:
                shared[old[name]][new[name]] += 1
        for node, counts in sorted(shared.items()):
            there, count = counts.most_common(1)[0]
            if 2 * count > counts.total():
                self._pair(node, there)

    def by_unique_title(self) -> None:
        """Those that are left and have a title that only one on each side has."""
        old, new = self._left()
        there = _only_ones([self.new.titles[node] for node in new], new)
        for title, node in _only_ones([self.old.titles[node] for node in old], old).items():
            if title in there:
                self._pair(node, there[title])

    def below_the_same_parent(self) -> bool:
        """Children of matched parents by an equal title, or the closest; whether there are any."""
        old, new = self._left()
        parents, above = self.old.parents.tolist(), self.new.parents.tolist()
        children, found = defaultdict(list), False
        for node in new:
            children[above[node]].append(node)
        siblings = defaultdict(list)
        for node in old:
            siblings[parents[node]].append(node)
        for parent, nodes in sorted(siblings.items(), key=lambda item: len(item[1])):
            there = self.node_of[parent] if parent >= 0 else NO_NODE
            if (parent < 0 or there != NO_NODE) and there in children:
                found |= self._pair_by_title(nodes, children[there])
        return found

    def by_children(self) -> bool:
        """Parents that are left and are where most of their children are; whether there are any."""
        votes: defaultdict[int, Counter[int]] = defaultdict(Counter)
        for node, there in enumerate(self.node_of):
            parent = int(self.old.parents[node])
            if there != NO_NODE and parent >= 0 and self.node_of[parent] == NO_NODE:
                votes[parent][int(self.new.parents[there])] += 1
        found = False
        for parent, counts in sorted(votes.items()):
            there, count = counts.most_common(1)[0]
            if there >= 0 and not self.taken[there] and 2 * count > counts.total():
                self._pair(parent, there)
                found = True
        return found

    def _pair_by_title(self, old: list[int], new: list[int]) -> bool:
        by_title = {self.new.titles[node]: node for node in reversed(new)}
        pairs = [(node, by_title.pop(self.old.titles[node], NO_NODE)) for node in old]
        equal = [(node, there) for node, there in pairs if there != NO_NODE]
        rest = [node for node, there in pairs if there == NO_NODE]
        close = self._close(rest, by_title)
        for node, there in equal + close:
            self._pair(node, there)
        return bool(equal or close)

    def _close(self, old: list[int], new: dict[str, int]) -> list[tuple[int, int]]:
        """The closest first, every node once; none if there are too many to compare."""
        if len(old) * len(new) > self.to_compare:
            return []
        self.to_compare -= len(old) * len(new)
        found: set[int] = set()
        ratios = sorted(
            (-ratio, node, new[title])
            for node in old
            for title, ratio in _close_titles(self.old.titles[node], new)
        )
        pairs: dict[int, int] = {}  # new node -> old node
        for _, node, there in ratios:
            if there not in pairs and node not in found:
                pairs[there] = node
                found.add(node)
        return [(node, there) for there, node in pairs.items()]

    def _left(self) -> tuple[list[int], list[int]]:
        old = [node for node, there in enumerate(self.node_of) if there == NO_NODE]
        return old, [node for node, taken in enumerate(self.taken) if not taken]

    def _pair(self, node: int, there: int) -> None:
        self.node_of[node], self.taken[there] = there, True


def _close_titles(title: str, others: Iterable[str]) -> Iterator[tuple[str, float]]:
    """Titles that may be this one's successors, with how close they are.

    >>> list(_close_titles("Чай зелёный", ["Зелёный чай", "Чай зеленый", "Кофе"]))
    [('Чай зеленый', 0.9090909090909091)]
    """
    matcher = difflib.SequenceMatcher(autojunk=False)
    matcher.set_seq2(title.casefold())
    for other in others:
        matcher.set_seq1(other.casefold())
        if matcher.real_quick_ratio() >= CLOSE and matcher.quick_ratio() >= CLOSE:
            ratio = matcher.ratio()
            if ratio >= CLOSE:
                yield other, ratio


def _only_ones(keys: Sequence[object], nodes: Sequence[int]) -> dict[object, int]:
    """Node by key, of keys that only one has."""
    counts = Counter(keys)
    return {key: node for key, node in zip(keys, nodes, strict=True) if counts[key] == 1}


def _paths(tree: CategoryTree) -> list[tuple[str, ...]]:
    return [tree.path(node) for node in range(len(tree))]


def _categories(
    rows: Iterable[tuple[str, str | Sequence[str]]], tree: CategoryTree
) -> dict[str, int]:
    """Category of every name; a row whose category is not in the tree, or not clear, is no help."""
    node_of: dict[str | tuple[str, ...], int] = {}
    found = {}
    for name, path in rows:
        key = path if isinstance(path, str) else tuple(path)
        if key not in node_of:
            node_of[key] = _node(key, tree)
        if node_of[key] != NO_NODE:
            found[normalize_name(name)] = node_of[key]
    return found


def _node(path: str | tuple[str, ...], tree: CategoryTree) -> int:
    try:
        return tree.index(path[0] if len(path) == 1 else path)
    except TreeError:
        return NO_NODE
