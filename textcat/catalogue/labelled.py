"""What a catalogue is once it has been read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from textcat.catalogue.report import CatalogueReport
from textcat.tree import CategoryTree

if TYPE_CHECKING:
    from textcat.tree.browser import TreeBrowser


@dataclass(frozen=True, repr=False)
class Catalogue:
    """Names and their categories, row by row."""

    names: list[str]  # as they were written, but for spaces around them
    paths: list[tuple[str, ...]]  # titles from the root's child down; equal paths are one object
    rows: list[int]  # the number of each row, or of its line, where it was read from
    report: CatalogueReport
    tree: CategoryTree | None = None  # the whole, if it was given or came along
    nodes: list[int] | None = None  # of every row in it, which a path alone need not tell
    cross_listed: bool = False  # whether rows of one name are one product in several categories

    def __len__(self) -> int:
        return len(self.names)

    def browse(self, root: str | Sequence[str] | None = None, **shown: int) -> TreeBrowser:
        """Open and close categories in a notebook, with their rows; see `CategoryTree.browse`."""
        from textcat.catalogue.display import browser

        return browser(self, root, **shown)

    def __repr__(self) -> str:
        return f"<Catalogue: {len(self):,} rows of {self.report.place}>"

    def _repr_html_(self) -> str:
        return self.report._repr_html_()

    def nodes_in(self, tree: CategoryTree) -> npt.NDArray[np.int32] | None:
        """Node of every row, (n_rows,) int32, if this is the tree that they were looked up in."""
        if self.nodes is None or self.tree != tree:
            return None
        return np.array(self.nodes, np.int32)

    def only(self, rows: Sequence[int]) -> Catalogue:
        """The same with some of its rows; the report stays that of all.

        >>> from textcat.catalogue import read_catalogue
        >>> read_catalogue([("Чай", "Еда"), ("Лак", "Дом")]).only([1]).names
        ['Лак']
        """
        return replace(
            self,
            names=[self.names[row] for row in rows],
            paths=[self.paths[row] for row in rows],
            rows=[self.rows[row] for row in rows],
            nodes=None if self.nodes is None else [self.nodes[row] for row in rows],
        )
