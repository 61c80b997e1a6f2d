"""A store's rows, and by a map written by hand where they belong in the starter's tree."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from textcat.catalogue import iterate_table
from textcat.tree import PATH_SEPARATOR, CategoryTree

MAPS = Path(__file__).parent / "starter_maps"
Bools = npt.NDArray[np.bool_]
Nodes = npt.NDArray[np.int32]


@dataclass(frozen=True, eq=False)
class StoreRows:
    """Names of a store and where they belong.

    Attributes
    ----------
    names, categories : list of str
    kinds : ndarray, shape (n_rows,)
        Which set of nodes they belong to: goods of a category may be in several of ours.
    inside, above : ndarray of bool, shape (n_kinds, n_nodes)
        Whether a node is one of the set or lies below one; whether it lies above one.
    """

    names: list[str]
    categories: list[str]
    kinds: npt.NDArray[np.intp]
    inside: Bools
    above: Bools

    def within(self, nodes: Nodes) -> Bools:
        """Whether nodes answered, (n_rows,), are as deep as the map goes, and right."""
        return self.inside[self.kinds, nodes] & (nodes >= 0)

    def agree(self, nodes: Nodes) -> Bools:
        """Whether nodes answered are right as deep as they and the map go."""
        return (self.within(nodes) | self.above[self.kinds, nodes]) & (nodes >= 0)


def read_store(path: Path, store: str, split: str | None, tree: CategoryTree) -> StoreRows:
    """Rows of a file with columns name, path and maybe split, of which only one is wanted."""
    maps = _read_map(MAPS / f"{store}.tsv")
    kinds: dict[str, int] = {}
    names, categories, numbers = [], [], []
    for _, row in iterate_table(str(path), wanted=("name", "path", "split")):
        if split and row.get("split", split) != split:
            continue
        names.append(str(row["name"] or ""))
        categories.append(str(row["path"]))
        numbers.append(kinds.setdefault(_target(categories[-1], maps, store), len(kinds)))
    inside, above = _tables(list(kinds), tree)
    return StoreRows(names, categories, np.array(numbers), inside, above)


def _read_map(path: Path) -> dict[str, str]:
    with path.open(encoding="utf-8") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return {row["category"]: row["nodes"] for row in rows}


def _target(category: str, maps: dict[str, str], store: str) -> str:
    """What the map says of a category, or of the longest beginning of its path that it has."""
    titles = category.split(PATH_SEPARATOR)
    beginnings = (PATH_SEPARATOR.join(titles[:stop]) for stop in range(len(titles), 0, -1))
    found = next((maps[each] for each in beginnings if each in maps), None)
    if found is None:
        raise SystemExit(f"{MAPS / store}.tsv has no line for {category!r}")
    return found


def _tables(kinds: list[str], tree: CategoryTree) -> tuple[Bools, Bools]:
    number = {name: node for node, name in enumerate(tree.ids)}
    inside, above = np.zeros((2, len(kinds), len(tree)), bool)
    for kind, targets in enumerate(kinds):
        for target in targets.split("|"):
            node = number[target]
            inside[kind, node : tree.subtree_stop[node]] = True
            above[kind, list(tree.ancestors(node))] = True
    return inside, above
