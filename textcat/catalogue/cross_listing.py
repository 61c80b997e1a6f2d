"""Goods that are filed under several categories: each of these is right."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from textcat.tree import NO_NODE
from textcat.tree.alternatives import Alternatives
from textcat.values import normalize_name

if TYPE_CHECKING:
    from textcat.catalogue import Catalogue


def other_categories(catalogue: Catalogue, nodes: npt.NDArray[np.int32]) -> Alternatives:
    """Further right categories of every row.

    Rows belong together that one row of the source gave, since it had several categories; and in a
    catalogue that is read as cross-listed, those of one name.

    Parameters
    ----------
    catalogue : Catalogue
    nodes : ndarray of int32, shape (n_rows,)
        Category of every row; -1 for one that is not known.

    Examples
    --------
    >>> from textcat.catalogue import read_catalogue
    >>> rows = [("Кефир", "Молоко"), ("Чай", "Чай"), ("кефир", "Диета")]
    >>> catalogue = read_catalogue(rows, cross_listed=True)
    >>> alternatives = other_categories(catalogue, np.array([0, 1, 2], np.int32))
    >>> alternatives.rows.tolist(), alternatives.nodes.tolist()
    ([0, 2], [2, 0])
    """
    keys: Iterable[Hashable] = zip(catalogue.rows, catalogue.names, strict=True)
    if catalogue.cross_listed:
        keys = map(normalize_name, catalogue.names)
    listed: dict[Hashable, list[int]] = defaultdict(list)
    for row, key in enumerate(keys):
        listed[key].append(row)
    others: list[list[int]] = [[] for _ in catalogue.rows]
    for rows in listed.values():
        if len(rows) > 1:
            together = {int(nodes[row]) for row in rows} - {NO_NODE}
            for row in rows:
                others[row] = sorted(together - {int(nodes[row])})
    return Alternatives.of(others)
