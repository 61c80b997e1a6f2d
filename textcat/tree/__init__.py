"""The marketplace's categories as an immutable tree of numbered nodes.

Nodes are numbered depth-first: a parent stands before its children and a subtree is a slice,
so that most questions about the tree are one line of array arithmetic. The root is not a
node; where a node is asked for, -1 stands for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from textcat.errors import TreeError
from textcat.tree.browser import TreeBrowser, browse
from textcat.tree.display import SHOWN_CATEGORIES, as_text
from textcat.tree.lookup import Lookup
from textcat.tree.order import PATH_SEPARATOR, UNDER_ROOT, Nodes, check_nodes, read_only
from textcat.tree.reading import read_labels, read_paths, read_rows
from textcat.tree.versions import Version

__all__ = ["NO_NODE", "PATH_SEPARATOR", "CategoryTree"]

NO_NODE = -1
"""Stands for a node where there is none: no answer, or beyond the end of a path."""

IntArray = npt.NDArray[np.int32]
BoolArray = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False, repr=False)
class CategoryTree(Version):
    """Categories in depth-first order; made by `from_…` or `read`.

    Titles and ids are kept as given, but for white space around and composed letters (NFC).

    Attributes
    ----------
    ids : tuple of str, length n
        Unique. A tree that came without ids has the full paths in their place.
    titles : tuple of str, length n
        May repeat, also under one parent; such categories are told apart by id only.
    parents : ndarray of int32, shape (n,), read-only like all arrays of a tree
        Parent of every node, -1 under the root; always smaller than the node itself.

    Examples
    --------
    >>> tree = CategoryTree.from_paths(["Одежда > Платья", "Одежда > Юбки", "Книги"])
    >>> print(tree)
    Одежда
      Платья
      Юбки
    Книги
    >>> tree.index("Одежда > Юбки")
    2
    >>> tree.index("Одежда > Юпки")
    Traceback (most recent call last):
        ...
    textcat.errors.TreeError: no category 'Одежда > Юпки' in the tree; closest: 'Одежда > Юбки'
    """

    ids: tuple[str, ...]
    titles: tuple[str, ...]
    parents: IntArray

    def __post_init__(self) -> None:
        check_nodes(Nodes(self.ids, self.titles, self.parents))
        object.__setattr__(self, "parents", read_only(self.parents))

    @classmethod
    def from_paths(
        cls, paths: Iterable[str | Sequence[str]], separator: str = PATH_SEPARATOR
    ) -> CategoryTree:
        """Build from full paths, as texts or as sequences of titles; inner nodes are added.

        Paths may repeat. The ids are the paths, joined by `PATH_SEPARATOR` whatever the
        `separator` was; a title that contains the separator can only be given in a sequence.
        """
        return cls(*read_paths(paths, separator))

    @classmethod
    def from_rows(
        cls, rows: Iterable[tuple[object, object, object]], single_root: bool = False
    ) -> CategoryTree:
        """Build from rows (id, parent id, title) in any order.

        Ids are texts or whole numbers; None, '' or NaN as the parent means the top level.
        With `single_root` exactly one row has no parent: it is the root and no category.

        >>> rows = [(7, 1, "Книги"), (1, None, "Каталог")]
        >>> CategoryTree.from_rows(rows, single_root=True).to_paths()
        ['Книги']
        """
        return cls(*read_rows(rows, single_root))

    @classmethod
    def from_labels(cls, labels: Iterable[str]) -> CategoryTree:
        """Build a flat tree: every distinct label, never split, is a category under the root."""
        return cls(*read_labels(labels))

    @classmethod
    def read(cls, source: object, **reading: Any) -> CategoryTree:
        """Read a file or table of paths or of ids: see `textcat.catalogue.tree_files.read_tree`."""
        from textcat.catalogue.tree_files import read_tree  # which imports this module

        return read_tree(source, **reading)

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, Any]) -> CategoryTree:
        """Build from what `to_arrays` gave."""
        return cls(tuple(arrays["ids"]), tuple(arrays["titles"]), np.asarray(arrays["parents"]))

    def to_arrays(self) -> dict[str, Any]:
        """Content for storage: lists `ids` and `titles`, array `parents` (n,) int32."""
        return {"ids": list(self.ids), "titles": list(self.titles), "parents": self.parents}

    def to_paths(self) -> list[str]:
        """Full path of every node, in node order."""
        return [self.path_text(node) for node in range(len(self))]

    def __len__(self) -> int:
        return len(self.ids)

    @cached_property
    def levels(self) -> IntArray:
        """Depth of every node, (n,) int32; 1 = under the root."""
        levels = [0] * (len(self) + 1)  # the last one is the root's, found at index -1
        for node, parent in enumerate(self.parents.tolist()):
            levels[node] = levels[parent] + 1
        return read_only(levels[:-1])

    @cached_property
    def depth(self) -> int:
        """Level of the deepest node."""
        return int(self.levels.max())

    @cached_property
    def subtree_stop(self) -> IntArray:
        """End of every subtree, (n,) int32: node i and all below it are i..subtree_stop[i]-1."""
        stops = list(range(1, len(self) + 1))
        parents = self.parents.tolist()
        for node in reversed(range(len(self))):
            if parents[node] != UNDER_ROOT:
                stops[parents[node]] = max(stops[parents[node]], stops[node])
        return read_only(stops)

    @cached_property
    def is_leaf(self) -> BoolArray:
        """Whether a node has no children, (n,) bool."""
        return read_only(self.subtree_stop == np.arange(1, len(self) + 1), np.bool_)

    @cached_property
    def leaves(self) -> IntArray:
        """Nodes without children in ascending order, (n_leaves,) int32."""
        return read_only(np.flatnonzero(self.is_leaf))

    @cached_property
    def child_nodes(self) -> IntArray:
        """All nodes ordered by parent, (n,) int32; `child_start` says where each parent's begin."""
        return read_only(np.argsort(self.parents, kind="stable"))

    @cached_property
    def child_start(self) -> IntArray:
        """Bounds in `child_nodes`, (n + 2,) int32: those of node i from [i + 1] to [i + 2]."""
        in_order = self.parents[self.child_nodes]
        return read_only(np.searchsorted(in_order, np.arange(UNDER_ROOT, len(self) + 1)))

    def children(self, node: int) -> IntArray:
        """Nodes directly below a node, or the top level for -1; ascending, int32."""
        node = self._checked(node)
        return self.child_nodes[self.child_start[node + 1] : self.child_start[node + 2]]

    def ancestors(self, node: int) -> tuple[int, ...]:
        """Nodes from level 1 down to the node itself; () for the root, -1."""
        node, upwards = self._checked(node), []
        while node != UNDER_ROOT:
            upwards.append(node)
            node = int(self.parents[node])
        return tuple(reversed(upwards))

    def ancestors_at(self, level: int) -> IntArray:
        """Every node's ancestor (or itself) at a level, (n,) int32; -1 for nodes above it."""
        at_level = np.where(self.levels == level, np.arange(len(self)), UNDER_ROOT)
        # depth-first, so the ancestor is the last node of that level so far
        return read_only(np.where(self.levels >= level, np.maximum.accumulate(at_level), -1))

    def is_ancestor(self, a: npt.ArrayLike, b: npt.ArrayLike) -> BoolArray:
        """Whether a is b or an ancestor of b, elementwise; -1 is the root, above everything."""
        stop = np.append(self.subtree_stop, len(self))[np.asarray(a)]  # index -1: the root's
        return np.asarray(np.less_equal(a, b) & np.less(b, stop), dtype=np.bool_)

    def path(self, node: int) -> tuple[str, ...]:
        """Titles from level 1 down to the node; () for the root, -1."""
        return tuple(self.titles[ancestor] for ancestor in self.ancestors(node))

    def path_text(self, node: int) -> str:
        """Titles from level 1 down to the node, joined by `PATH_SEPARATOR`."""
        return PATH_SEPARATOR.join(self.path(node))

    def index(self, path_or_id: str | Sequence[str]) -> int:
        """Node of an id, of a full path as one text, or of a full path as titles.

        An id comes first if a text is both. TreeError if there is no such category, or several.
        """
        return self._lookup.find_one(path_or_id)

    def __contains__(self, path_or_id: object) -> bool:
        return len(self._lookup.find(path_or_id)) > 0

    def __reduce__(self) -> tuple[Any, ...]:
        return CategoryTree.from_arrays, (self.to_arrays(),)  # arrays stay read-only that way

    def browse(self, root: str | Sequence[str] | None = None, **shown: int) -> TreeBrowser:
        """Open and close categories in a notebook, with the number of those below each.

        `root` is the id or path to start below, `depth=` how many levels can be seen at first,
        `most=` how many categories there are to be seen at all.
        """
        below = self.subtree_stop - np.arange(1, len(self) + 1)
        return browse(self, {"below": below}, root, **shown)

    def __repr__(self) -> str:
        leaves = self.leaves.size
        return f"CategoryTree(categories={len(self)}, leaves={leaves}, depth={self.depth})"

    def __str__(self) -> str:
        return as_text(self)

    def _repr_html_(self) -> str:
        return self.browse(most=SHOWN_CATEGORIES)._repr_html_()

    @cached_property
    def _lookup(self) -> Lookup:
        return Lookup(Nodes(self.ids, self.titles, self.parents))

    def _checked(self, node: int) -> int:
        if not UNDER_ROOT <= node < len(self):
            raise TreeError(f"no node {node}: nodes are 0 to {len(self) - 1}, -1 is the root")
        return int(node)
