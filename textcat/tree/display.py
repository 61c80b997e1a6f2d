"""A category tree for the eye: indented text and collapsible HTML, large trees cut.

Level by level as many categories are shown as fit, so that the top of the tree is always
whole; where others are left out, their number is written.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from textcat.tree import CategoryTree

SHOWN_CATEGORIES = 200


def as_text(tree: CategoryTree) -> str:
    """One category a line, two spaces a level."""
    lines = []
    for node, opens, left_out in _outline(tree):
        level = 0 if node < 0 else int(tree.levels[node])
        if opens:
            lines.append("  " * (level - 1) + tree.titles[node])
        elif left_out:
            lines.append("  " * level + f"… {left_out:,} more")
    return "\n".join(lines)


def as_html(tree: CategoryTree) -> str:
    """One closed <details> an inner node, with titles escaped."""
    parts = [f"<div><b>{len(tree):,}</b> categories, {len(tree.leaves):,} leaves"]
    parts.append(f", levels: {tree.depth}")
    for node, opens, left_out in _outline(tree):
        if opens:
            parts.append(_opening(tree, node))
            continue
        if left_out:
            parts.append(f"<div><i>… {left_out:,} more</i></div>")
        parts.append("</div>" if node < 0 or tree.is_leaf[node] else "</div></details>")
    return "".join(parts)


def _opening(tree: CategoryTree, node: int) -> str:
    title = escape(tree.titles[node])
    if tree.is_leaf[node]:
        return f"<div>{title}"
    below = int(tree.subtree_stop[node]) - node - 1
    return (
        f"<details><summary>{title} <small>{below:,}</small></summary>"
        '<div style="margin-left:1.5em">'
    )


def _outline(tree: CategoryTree) -> Iterator[tuple[int, bool, int]]:
    """Yield (node, True, 0) where a shown node opens and (node, False, left out) where it closes.

    The root (-1) closes last. `left_out` counts the categories below a node that are not
    shown, but for those that a shown category below it counts already.
    """
    visible = np.sort(np.argsort(tree.levels, kind="stable")[:SHOWN_CATEGORIES])
    left_out = _left_out(tree, visible)
    open_nodes = [-1]
    for node in visible.tolist():
        while open_nodes[-1] != tree.parents[node]:
            closed = open_nodes.pop()
            yield closed, False, left_out[closed + 1]
        open_nodes.append(node)
        yield node, True, 0
    for closed in reversed(open_nodes):
        yield closed, False, left_out[closed + 1]


def _left_out(tree: CategoryTree, visible: np.ndarray) -> list[int]:
    """Count of hidden categories by the lowest shown one above them, root first: (n + 1,)."""
    hidden_tops = np.ones(len(tree), dtype=bool)
    hidden_tops[visible] = False
    # a hidden child of a shown node stands for its whole subtree: nothing below it is shown
    hidden_tops &= np.isin(tree.parents, np.append(visible, -1))
    nodes = np.flatnonzero(hidden_tops)
    counts = np.zeros(len(tree) + 1, dtype=np.int64)
    np.add.at(counts, tree.parents[nodes] + 1, tree.subtree_stop[nodes] - nodes)
    return [int(count) for count in counts]
