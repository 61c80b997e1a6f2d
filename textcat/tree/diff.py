"""What has become of every category of a tree in a newer one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from textcat.display.markup import card, fold, sentence
from textcat.tree import NO_NODE, CategoryTree
from textcat.tree.matching import match

Product: TypeAlias = "tuple[str, str | Sequence[str]]"
"""Name and category: an id, a path, or titles."""

SHOWN = 20  # categories of a kind that are listed
KINDS = ("renamed", "moved", "merged", "added", "retired")


class Category(NamedTuple):
    """A category in the old tree and in the new one; None where it is not there."""

    old_id: str | None
    new_id: str | None
    old_path: str | None
    new_path: str | None

    def __str__(self) -> str:
        if self.old_path is None or self.new_path is None:
            return self.old_path or self.new_path or ""
        return f"{self.old_path}  →  {self.new_path}"


@dataclass(frozen=True, eq=False, repr=False)
class TreeDiff:
    """Two trees, and where the categories of the old one are in the new one.

    Attributes
    ----------
    old, new : CategoryTree
    node_of : ndarray of int32, shape (n_old,)
        New node of every old one, -1 if it was retired.
    """

    old: CategoryTree
    new: CategoryTree
    node_of: npt.NDArray[np.int32]

    @classmethod
    def of(
        cls,
        old: CategoryTree,
        new: CategoryTree,
        old_rows: Iterable[Product] = (),
        new_rows: Iterable[Product] = (),
    ) -> TreeDiff:
        """See `CategoryTree.diff`."""
        return cls(old, new, match(old, new, old_rows, new_rows))

    @cached_property
    def kept(self) -> tuple[Category, ...]:
        """Under the same parent by the same title, wherever that parent is now."""
        return self._of_kind("kept")

    @cached_property
    def renamed(self) -> tuple[Category, ...]:
        """Under the same parent by another title."""
        return self._of_kind("renamed")

    @cached_property
    def moved(self) -> tuple[Category, ...]:
        """Under another parent; what is below them goes along and is not listed."""
        return self._of_kind("moved")

    @cached_property
    def merged(self) -> tuple[Category, ...]:
        """Those that became part of a category which is another one's successor."""
        return self._of_kind("merged")

    @cached_property
    def added(self) -> tuple[Category, ...]:
        """New ones; `old_id` and `old_path` are None."""
        is_new = np.ones(len(self.new), np.bool_)
        is_new[self.node_of[self.node_of != NO_NODE]] = False
        return tuple(self._category(None, node) for node in np.flatnonzero(is_new).tolist())

    @cached_property
    def retired(self) -> tuple[Category, ...]:
        """Those that are nowhere; `new_id` and `new_path` are None."""
        gone = np.flatnonzero(self.node_of == NO_NODE)
        return tuple(self._category(node, None) for node in gone.tolist())

    @property
    def counts(self) -> dict[str, int]:
        """How many there are of each kind."""
        return {kind: len(getattr(self, kind)) for kind in ("kept", *KINDS)}

    def __bool__(self) -> bool:
        """Whether anything has changed but the order."""
        return any(getattr(self, kind) for kind in KINDS)

    def __repr__(self) -> str:
        return f"<TreeDiff: {_summary(self)}>"

    def __str__(self) -> str:
        lines = [_summary(self)]
        for kind in KINDS:
            lines += _lines(kind, getattr(self, kind))
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        parts = []
        for kind in filter(self.counts.get, KINDS):
            title, *lines = _lines(kind, getattr(self, kind))
            parts.append(fold(title, "<br>".join(sentence(line.strip()) for line in lines)))
        return card("Changes", *parts, beside=_summary(self))

    def _category(self, old: int | None, new: int | None) -> Category:
        return Category(
            None if old is None else self.old.ids[old],
            None if new is None else self.new.ids[new],
            None if old is None else self.old.path_text(old),
            None if new is None else self.new.path_text(new),
        )

    def _of_kind(self, kind: str) -> tuple[Category, ...]:
        pairs = zip(self._kinds, self.node_of.tolist(), strict=True)
        found = ((old, new) for old, (is_kind, new) in enumerate(pairs) if is_kind == kind)
        return tuple(self._category(old, new) for old, new in found)

    @cached_property
    def _kinds(self) -> list[str]:
        return list(self._kinds_in_order())

    def _kinds_in_order(self) -> Iterator[str]:
        places, above = self.node_of.tolist(), self.new.parents.tolist()
        parents = [places[node] if node >= 0 else NO_NODE for node in self.old.parents.tolist()]
        successors = _successors(self)
        for old, (new, title) in enumerate(zip(places, self.old.titles, strict=True)):
            was_top = self.old.parents[old] == NO_NODE
            if new == NO_NODE:
                yield "retired"
            elif successors[new] != old:
                yield "merged"
            elif parents[old] != above[new] or was_top != (above[new] == NO_NODE):
                yield "moved"
            else:
                yield "kept" if title == self.new.titles[new] else "renamed"


def _successors(diff: TreeDiff) -> dict[int, int]:
    """By new node the one old node that it is, rather than one merged into it: id, path, title."""
    best: dict[int, tuple[int, int]] = {}
    for old, new in enumerate(diff.node_of.tolist()):
        if new == NO_NODE:
            continue
        alike = (
            2 * (diff.old.ids[old] == diff.new.ids[new])
            + (diff.old.titles[old] == diff.new.titles[new]),
            -old,
        )
        best[new] = max(best.get(new, alike), alike)
    return {new: -negative for new, (_, negative) in best.items()}


def _summary(diff: TreeDiff) -> str:
    counts = [f"{count:,} {kind}" for kind, count in diff.counts.items() if count]
    return ", ".join(counts) if diff else f"no changes: {len(diff.new):,} categories kept"


def _lines(kind: str, categories: Sequence[Category]) -> list[str]:
    """A heading and a line for each, as many as are shown."""
    if not categories:
        return []
    lines = [f"  {category}" for category in categories[:SHOWN]]
    more = len(categories) - SHOWN
    return [f"{kind}: {len(categories):,}", *lines, *([f"  … {more:,} more"] if more > 0 else [])]
