"""A tree to be opened and closed in a notebook, with figures beside its categories.

Nothing can be fetched when a category is opened, since no script is needed: what is to be seen is
there from the start, as many categories as are asked for, level by level. Where others are left
out their number stands, and `root` starts further down.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import numpy.typing as npt

from textcat.display.markup import FAINT, LINE, bar, card, faint, path, text
from textcat.tree.display import Figures, as_text, figure_text, nodes_below, outline

if TYPE_CHECKING:
    from textcat.tree import CategoryTree

MOST = 500  # categories; in a notebook's file each takes half a kilobyte
INDENT = 1.1  # letters a level


class _Column(NamedTuple):
    """One figure of every category."""

    title: str
    values: npt.NDArray[Any]
    has_bars: bool

    def cell(self, html: str) -> str:
        """A piece of a line, as wide as all of the column."""
        width = 9 if self.has_bars else 5
        return f'<span style="display:inline-block;width:{width}em">{html}</span>'

    def figure(self, node: int) -> str:
        """The cell of a category."""
        value = self.values[node]
        shown = figure_text(value)
        if self.has_bars and not np.isnan(value):
            shown = f"{bar(float(value), width=4)} {shown}"
        return self.cell(shown)


@dataclass(frozen=True, repr=False, eq=False)
class TreeBrowser:
    """A tree to be opened and closed in a notebook; text elsewhere.

    Attributes
    ----------
    tree : CategoryTree
    figures : mapping of str to ndarray, shape (n_nodes,)
        What stands beside every category, by title: integers are counts, others are shares, with
        NaN for the share of nothing.
    root : int
        Node below which the categories are shown, -1 for all.
    depth : int
        How many levels can be seen before anything is opened.
    most : int
        How many categories there are to be seen at all.
    """

    tree: CategoryTree
    figures: Figures = field(default_factory=dict)
    root: int = -1
    depth: int = 1
    most: int = MOST

    def __str__(self) -> str:
        columns = f" ({', '.join(self.figures)})" if self.figures else ""
        lines = as_text(self.tree, self.figures, self.root, self.most)
        return f"{self._size()}{columns}\n{lines}"

    def __repr__(self) -> str:
        return f"<TreeBrowser: {self._size()}>"

    def _repr_html_(self) -> str:
        title = "Categories" if self.root < 0 else path(self.tree.path(self.root))
        return card(title, _heading(self._columns), "".join(self._lines()), beside=self._size())

    def _lines(self) -> Sequence[str]:
        lines = []
        for node, opens, left_out in outline(self.tree, self.root, self.most):
            if opens:
                lines.append(self._opened(node))
                continue
            if left_out:
                lines.append(f'<div style="{FAINT}">… {left_out:,} more</div>')
            if node != self.root:
                lines.append("</div>" if self.tree.is_leaf[node] else "</div></details>")
        return lines

    def _opened(self, node: int) -> str:
        """A category's line, and the beginning of what is below it; a leaf has only its line."""
        cells = "".join(column.figure(node) for column in self._columns)
        line = text(self.tree.titles[node]) + _right(cells)
        if self.tree.is_leaf[node]:
            return f'<div style="padding-left:{INDENT}em">{line}'
        is_open = " open" if self.tree.levels[node] - self._top < self.depth else ""
        return f'<details{is_open}><summary>{line}</summary><div style="margin-left:{INDENT}em">'

    @cached_property
    def _columns(self) -> list[_Column]:
        """The last one has bars, if it has shares."""
        last = len(self.figures) - 1
        return [
            _Column(title, values, place == last and values.dtype.kind == "f")
            for place, (title, values) in enumerate(self.figures.items())
        ]

    @property
    def _top(self) -> int:
        """Level of the root."""
        return 0 if self.root < 0 else int(self.tree.levels[self.root])

    def _size(self) -> str:
        below = nodes_below(self.tree, self.root)
        leaves = int(self.tree.is_leaf[below.start : below.stop].sum())
        all_of_them = f"{len(below):,} categories, {leaves:,} of them leaves"
        return all_of_them + (f", {self.most:,} shown" if len(below) > self.most else "")


def browse(
    tree: CategoryTree,
    figures: Figures,
    root: str | Sequence[str] | None = None,
    depth: int = 1,
    most: int = MOST,
) -> TreeBrowser:
    """Make a browser whose root is named by its id or path; see `TreeBrowser`.

    Examples
    --------
    >>> from textcat.tree import CategoryTree
    >>> tree = CategoryTree.from_paths(["Еда > Чай", "Еда > Кофе", "Книги"])
    >>> print(browse(tree, {"rows": subtree_sums(tree, [0, 20, 7, 3])}))
    4 categories, 3 of them leaves (rows)
    Еда  27
      Чай  20
      Кофе  7
    Книги  3
    >>> print(browse(tree, {}, root="Еда"))
    2 categories, 2 of them leaves
    Чай
    Кофе
    """
    for name, value in (("depth", depth), ("most", most)):
        if value < 1:
            raise ValueError(f"{name} must be 1 or more, but is {value!r}")
    return TreeBrowser(tree, figures, -1 if root is None else tree.index(root), depth, most)


def subtree_sums(tree: CategoryTree, counts: npt.ArrayLike) -> npt.NDArray[np.int64]:
    """Counts of every node with all below it, (n_nodes,) int64."""
    before = np.concatenate([[0], np.cumsum(np.asarray(counts, np.int64))])
    return np.asarray(before[tree.subtree_stop] - before[:-1])


def _heading(columns: Sequence[_Column]) -> str:
    """The titles of the columns, above them."""
    small = (f'<span style="font-size:.85em">{text(column.title)}</span>' for column in columns)
    cells = "".join(map(_Column.cell, columns, small))
    look = f"border-bottom:{LINE};margin-bottom:.3em;overflow:hidden"
    return f'<div style="{look}">{_right(faint(cells))}&nbsp;</div>' if columns else ""


def _right(html: str) -> str:
    return f' <span style="float:right;text-align:right">{html}</span>' if html else ""
