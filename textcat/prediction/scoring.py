"""From names to categories and probabilities, in batches, so that memory stays bounded."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from textcat.arrays.sparse_rows import SparseRows
from textcat.descent.linear_tree import LinearTree, Paths, joined
from textcat.features.name_reader import NameReader
from textcat.tree import NO_NODE

# Names are read this many at a time.
BATCH = 16384


@dataclass(frozen=True, eq=False)
class NameScorer:
    """Features of names, and what a tree of linear models says of them."""

    reader: NameReader
    linear_tree: LinearTree

    def best_paths(self, names: list[str]) -> Paths:
        """Nodes from level 1 to the most probable leaf, and their probabilities: (n, depth)."""
        return joined(list(map(self.linear_tree.best_paths, self._rows(names))))

    def best_leaves(self, names: list[str], k: int) -> Iterator[list[tuple[int, float]]]:
        """The `k` most probable categories of every name, best first, with probabilities."""
        for X in chain.from_iterable(map(self.linear_tree.batches, self._rows(names))):
            nodes, probabilities = self.linear_tree.best_leaves(X, k)
            for row, shares in zip(nodes.tolist(), probabilities.tolist(), strict=True):
                found = zip(row, shares, strict=True)
                yield [(node, share) for node, share in found if node != NO_NODE]

    def _rows(self, names: list[str]) -> Iterator[SparseRows]:
        return map(self.reader.rows, in_batches(names))


def in_batches(names: list[str]) -> Iterator[list[str]]:
    """Names in batches, one at least, though it may be empty."""
    for start in range(0, max(1, len(names)), BATCH):
        yield names[start : start + BATCH]
