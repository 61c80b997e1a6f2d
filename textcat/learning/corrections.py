"""Corrections: rows that moderators gave, kept with the model and stronger than a catalogue.

They are pairs of a name and a category's titles, in the order in which they came, so that they can
be handed on as rows to whatever takes rows.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import TypeAlias

import numpy as np

from textcat.arrays.sparse_rows import IntArray
from textcat.errors import TreeError
from textcat.tree import CategoryTree

Corrections: TypeAlias = tuple[tuple[str, tuple[str, ...]], ...]


def corrections_of(names: Iterable[str], categories: IntArray, tree: CategoryTree) -> Corrections:
    """Names with the titles of their categories; with the id where titles do not tell which.

    >>> tree = CategoryTree.from_rows([(1, None, "Чай"), (2, 1, "Улун"), (3, 1, "Улун")])
    >>> corrections_of(["сенча", "улун"], np.int32([0, 2]), tree)
    (('сенча', ('Чай',)), ('улун', ('3',)))
    """
    path_of = {node: _path(node, tree) for node in np.unique(categories).tolist()}
    nodes = categories.tolist()
    return tuple((name, path_of[node]) for name, node in zip(names, nodes, strict=True))


def still_known(corrections: Corrections, tree: CategoryTree) -> tuple[list[str], IntArray]:
    """Names and categories of those whose category is in the tree; it may be another by now."""
    found = [(name, _node(path, tree)) for name, path in corrections]
    known = [(name, node) for name, node in found if node is not None]
    return [name for name, _ in known], np.array([node for _, node in known], np.int32)


def corrections_to_strings(corrections: Corrections) -> dict[str, list[str]]:
    """Lists of strings for storage."""
    return {
        "correction_names": [name for name, _ in corrections],
        "correction_paths": [json.dumps(path, ensure_ascii=False) for _, path in corrections],
    }


def corrections_from_strings(strings: dict[str, list[str]]) -> Corrections:
    """From what `corrections_to_strings` gave; a model of earlier days has none.

    >>> corrections_from_strings(corrections_to_strings((("Сенча", ("Еда", "Чай")),)))
    (('Сенча', ('Еда', 'Чай')),)
    """
    names, paths = strings.get("correction_names", []), strings.get("correction_paths", [])
    return tuple(zip(names, map(_titles_from_text, paths), strict=True))


def _titles_from_text(text: str) -> tuple[str, ...]:
    titles = json.loads(text)
    if not isinstance(titles, list) or not titles or not all(isinstance(t, str) for t in titles):
        raise ValueError(f"{text!r:.80} are no titles of a category")
    return tuple(titles)


def _path(node: int, tree: CategoryTree) -> tuple[str, ...]:
    path = tree.path(node)
    return path if _node(path, tree) == node else (tree.ids[node],)


def _node(path: Sequence[str], tree: CategoryTree) -> int | None:
    """As `textcat.train` reads a row's path; None if the tree has none or several such."""
    try:
        return tree.index(path[0] if len(path) == 1 else path)
    except TreeError:
        return None
