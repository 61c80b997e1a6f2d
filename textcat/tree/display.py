"""A category tree for the eye: its outline, large trees cut, and the outline as text.

Level by level as many categories are shown as fit, so that the top of the tree is always
whole; where others are left out, their number is written. In a notebook it is browsed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from textcat.display.markup import share

if TYPE_CHECKING:
    from textcat.tree import CategoryTree

SHOWN_CATEGORIES = 200
Figures = Mapping[str, npt.NDArray[Any]]


def as_text(
    tree: CategoryTree, figures: Figures | None = None, root: int = -1, most: int = SHOWN_CATEGORIES
) -> str:
    """One category a line, two spaces a level, the figures behind it."""
    lines, top = [], 0 if root < 0 else int(tree.levels[root])
    for node, opens, left_out in outline(tree, root, most):
        level = top if node == root else int(tree.levels[node])
        if opens:
            cells = (figure_text(values[node]) for values in (figures or {}).values())
            lines.append("  ".join(["  " * (level - top - 1) + tree.titles[node], *cells]))
        elif left_out:
            lines.append("  " * (level - top) + f"… {left_out:,} more")
    return "\n".join(lines)


def figure_text(value: Any) -> str:
    """A count, or a share with three digits; a dash for the share of nothing.

    >>> figure_text(np.int32(1200)), figure_text(np.float64(0.5)), figure_text(np.nan)
    ('1,200', '0.500', '–')
    """
    return f"{value:,}" if isinstance(value, int | np.integer) else share(float(value))


def outline(
    tree: CategoryTree, root: int = -1, most: int = SHOWN_CATEGORIES
) -> Iterator[tuple[int, bool, int]]:
    """Yield (node, True, 0) where a shown node opens and (node, False, left out) where it closes.

    The root (-1, or a node of which only what is below it is shown) closes last, and never opens.
    `left_out` counts the categories below a node that are not shown, but for those that a shown
    category below it counts already.
    """
    below = nodes_below(tree, root)
    by_level = np.argsort(tree.levels[below.start : below.stop], kind="stable")
    visible = np.sort(by_level[:most]) + below.start
    left_out = _left_out(tree, np.append(visible, root))
    open_nodes = [root]
    for node in visible.tolist():
        while open_nodes[-1] != tree.parents[node]:
            closed = open_nodes.pop()
            yield closed, False, left_out[closed + 1]
        open_nodes.append(node)
        yield node, True, 0
    for closed in reversed(open_nodes):
        yield closed, False, left_out[closed + 1]


def nodes_below(tree: CategoryTree, root: int) -> range:
    """All nodes below one, or all for -1."""
    return range(len(tree)) if root < 0 else range(root + 1, int(tree.subtree_stop[root]))


def _left_out(tree: CategoryTree, visible: npt.NDArray[np.int64]) -> list[int]:
    """Count of hidden categories by the lowest shown one above them, root first: (n + 1,)."""
    # a hidden child of a shown node stands for its whole subtree: nothing below it is shown
    hidden_tops = np.isin(tree.parents, visible)
    hidden_tops[visible[visible >= 0]] = False
    nodes = np.flatnonzero(hidden_tops)
    counts = np.zeros(len(tree) + 1, dtype=np.int64)
    np.add.at(counts, tree.parents[nodes] + 1, tree.subtree_stop[nodes] - nodes)
    return [int(count) for count in counts]
