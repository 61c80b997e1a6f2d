"""Answers beside the truth, set by hand, for the tests of evaluation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from textcat.catalogue import read_catalogue
from textcat.errors import PrecisionError
from textcat.evaluation.comparison import Comparison
from textcat.prediction.answers import Answers
from textcat.prediction.explanation import Explanation
from textcat.tree import CategoryTree

# Еда (0) ── Чай (1) ── Зелёный (2)      Чай may hold products itself
#         │          └─ Чёрный (3)
#         └─ Кофе (4)
# Книги (5)
TREE = CategoryTree.from_paths(["Еда > Чай > Зелёный", "Еда > Чай > Чёрный", "Еда > Кофе", "Книги"])
GREEN, BLACK, TEA, COFFEE, BOOKS = map(TREE.ids.__getitem__, (2, 3, 1, 4, 5))

# true category, predicted one ("" for a name in which nothing is known), probabilities of its path
Row = tuple[str, str, Sequence[float]]

# Right leaf; wrong leaf below the right parent; wrong at the top; nothing known; stays.
ALL_KINDS: list[Row] = [
    (GREEN, GREEN, (0.99, 0.98, 0.97)),
    (GREEN, BLACK, (0.98, 0.97, 0.6)),
    (BOOKS, COFFEE, (0.7, 0.5)),
    (BOOKS, "", ()),
    (TEA, TEA, (0.96, 0.9)),
]


@dataclass(frozen=True)
class Threshold:
    """A level is its own threshold, up to the highest that is given."""

    highest: float = 1.0

    def threshold(self, precision: float | None) -> float:
        """The level itself."""
        if precision is not None and precision > self.highest:
            raise PrecisionError(f"precision {precision:g} is too high <for this model>")
        return precision or 0.0


def compared(
    rows: Sequence[Row],
    names: Sequence[str] = (),
    tree: CategoryTree = TREE,
    highest: float = 1.0,
    unknown: tuple[tuple[str, int], ...] = (),
) -> Comparison:
    """A comparison of such rows; they are called 0, 1, … unless they have names."""
    names = list(names) or [str(row) for row in range(len(rows))]
    nodes = np.full((len(rows), tree.depth), -1, np.int32)
    probabilities = np.zeros((len(rows), tree.depth), np.float32)
    for row, (_, predicted, shares) in enumerate(rows):
        path = tree.ancestors(tree.index(predicted)) if predicted else ()
        nodes[row, : len(path)] = path
        probabilities[row, : len(path)] = shares
    return Comparison(
        names=names,
        true=np.array([tree.index(true) for true, _, _ in rows], np.int32),
        answers=Answers(
            names, nodes, probabilities, (None,), tree, Threshold(highest), _unexplained
        ),
        unknown=unknown,
        report=read_catalogue([("чай", "Еда"), ("", "Книги")]).report,
    )


def _unexplained(name: str) -> Explanation:
    return Explanation(name, (), ())
