"""Which version of a tree it is, and what tells it from another."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from textcat.tree import CategoryTree
    from textcat.tree.diff import TreeDiff


class Version:
    """What a tree offers to be told from others by its content."""

    ids: tuple[str, ...]
    titles: tuple[str, ...]
    parents: npt.NDArray[np.int32]

    @cached_property
    def version(self) -> str:
        """Hash of the content, 12 hexadecimal digits; the same in every process."""
        content = json.dumps([self.ids, self.titles, self.parents.tolist()])
        return hashlib.blake2b(content.encode(), digest_size=6).hexdigest()

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Version):
            return NotImplemented
        same_texts = self.ids == other.ids and self.titles == other.titles
        return same_texts and np.array_equal(self.parents, other.parents)

    def __hash__(self) -> int:
        return hash(self.version)

    @staticmethod
    def diff(
        old: CategoryTree,
        new: CategoryTree,
        old_rows: Iterable[tuple[str, str | Sequence[str]]] = (),
        new_rows: Iterable[tuple[str, str | Sequence[str]]] = (),
    ) -> TreeDiff:
        """What has become of the categories of an older tree.

        They are found again by their ids if both trees have ids of their own, and otherwise by
        what `textcat.tree.matching` says: paths, products, titles.

        Parameters
        ----------
        old, new : CategoryTree
        old_rows, new_rows : iterable of (name, category), optional
            Products; a category is an id, a path, or titles. Those that are in both tell where
            the others of their category are, and which categories were merged.

        Examples
        --------
        >>> from textcat.tree import CategoryTree
        >>> old = CategoryTree.from_paths(["Еда > Чай", "Еда > Кофе", "Одежда > Чехлы"])
        >>> new = CategoryTree.from_paths(["Еда > Кофе", "Еда > Какао", "Напитки > Чай", "Одежда"])
        >>> print(CategoryTree.diff(old, new))
        3 kept, 1 moved, 2 added, 1 retired
        moved: 1
          Еда > Чай  →  Напитки > Чай
        added: 2
          Еда > Какао
          Напитки
        retired: 1
          Одежда > Чехлы
        """
        from textcat.tree.diff import TreeDiff

        return TreeDiff.of(old, new, old_rows, new_rows)
