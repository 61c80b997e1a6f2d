"""From an id or a path, as people write it, to the node meant; or to those that may be meant.

One lookup is made per tree, when it is first asked for.
"""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Sequence

from textcat.errors import TreeError
from textcat.tree.order import PATH_SEPARATOR, UNDER_ROOT, Nodes, shown
from textcat.tree.reading import clean, path_splitter

split_path = path_splitter(PATH_SEPARATOR)

LONGEST_COMPARED = 200
"""Letters of a text that are compared with the categories to find the closest."""


class Lookup:
    """Finds the nodes of a tree by id and by path."""

    def __init__(self, nodes: Nodes) -> None:
        self._ids, self._titles, self._parents = nodes
        self._node_of_id = {id_: node for node, id_ in enumerate(self._ids)}
        self._children = defaultdict(list)  # (parent, title) -> nodes: siblings may share a title
        for node, key in enumerate(zip(self._parents.tolist(), self._titles, strict=True)):
            self._children[key].append(node)

    def find(self, path_or_id: object) -> list[int]:
        """Nodes of an id or a path; several if siblings share a title, none if unknown."""
        if not isinstance(path_or_id, str):
            return self._walk(_titles(path_or_id))
        node = self._node_of_id.get(clean(path_or_id))
        return self._walk(split_path(path_or_id)) if node is None else [node]

    def find_one(self, path_or_id: str | Sequence[str]) -> int:
        """Node of an id or a path; TreeError if there is none or more than one."""
        found = self.find(path_or_id)
        if not found:
            closest = "; ".join(map(self._named, self._closest(path_or_id))) or "none"
            raise TreeError(f"no category {shown(path_or_id)} in the tree; closest: {closest}")
        if len(found) > 1:
            ids = ", ".join(shown(self._ids[node]) for node in found[:5])
            raise TreeError(
                f"{len(found)} categories have the path {shown(path_or_id)}; "
                f"say which by its id: {ids}"
            )
        return found[0]

    def _walk(self, titles: Sequence[str]) -> list[int]:
        nodes = [UNDER_ROOT] if titles else []
        for title in map(clean, titles):
            nodes = [child for node in nodes for child in self._children.get((node, title), ())]
        return nodes

    def _closest(self, path_or_id: str | Sequence[str]) -> list[int]:
        """Up to three nodes: like the id, or with such a last title, or the path's known part."""
        titles = [path_or_id] if isinstance(path_or_id, str) else path_or_id
        wanted = PATH_SEPARATOR.join(titles)[-LONGEST_COMPARED:]
        ids = difflib.get_close_matches(wanted, self._node_of_id, n=3, cutoff=0.8)
        nodes = [self._node_of_id[id_] for id_ in ids]
        return nodes or self._closest_by_title(wanted) or self._known_part(split_path(wanted))

    def _closest_by_title(self, wanted: str) -> list[int]:
        last_title = split_path(wanted)[-1].strip()
        titles = difflib.get_close_matches(last_title, dict.fromkeys(self._titles), n=3)
        nodes = [node for node, title in enumerate(self._titles) if title in titles]
        path_of = {self._path_text(node): node for node in nodes[:1000]}
        paths = difflib.get_close_matches(wanted, path_of, n=3, cutoff=0)
        return [path_of[path] for path in paths]

    def _known_part(self, titles: list[str]) -> list[int]:
        parts = (self._walk(titles[:stop]) for stop in range(len(titles) - 1, 0, -1))
        return next(filter(None, parts), [])[:3]

    def _named(self, node: int) -> str:
        path, id_ = self._path_text(node), self._ids[node]
        return shown(path) if path == id_ else f"{shown(path)} (id {shown(id_)})"

    def _path_text(self, node: int) -> str:
        upwards = []
        while node != UNDER_ROOT:
            upwards.append(self._titles[node])
            node = int(self._parents[node])
        return PATH_SEPARATOR.join(reversed(upwards))


def _titles(path: object) -> Sequence[str]:
    if isinstance(path, Sequence) and all(isinstance(title, str) for title in path):
        return path
    raise TreeError(f"{shown(path)} is no category: give its id or path as text, or its titles")
