"""What a model answered beside what is true, row by row.

Whatever says how good a model is starts from here: figures, plots, tables of confusions.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from textcat.catalogue import Catalogue, CatalogueReport
from textcat.errors import CatalogueError
from textcat.prediction import NO_NODE, Answers
from textcat.tree import PATH_SEPARATOR

if TYPE_CHECKING:
    from textcat.model import CategoryModel


@dataclass(frozen=True)
class Comparison:
    """What a model answered beside what is true, row by row.

    Attributes
    ----------
    names : list of str, length n
    true : ndarray of int32, shape (n,)
        Node of every row's category.
    answers : Answers
    unknown : tuple of (str, int)
        Categories that the model does not have and their rows, most rows first. These rows are
        not among the n.
    report : CatalogueReport
        How the rows were read, and what was dropped.
    """

    names: list[str]
    true: npt.NDArray[np.int32]
    answers: Answers
    unknown: tuple[tuple[str, int], ...]
    report: CatalogueReport

    @property
    def leaves(self) -> npt.NDArray[np.int32]:
        """Most probable leaf of every row, (n,) int32; -1 if nothing in the name is known."""
        return self.answers.answered_nodes(None)

    @property
    def leaf_probabilities(self) -> npt.NDArray[np.float64]:
        """Probability of the most probable leaf, (n,) float64; 0 without one."""
        levels = (self.answers.nodes != NO_NODE).sum(axis=1)
        last = self.answers.probabilities[np.arange(len(levels)), levels - 1]
        return np.where(levels > 0, last, 0.0).astype(np.float64)


def compare(model: CategoryModel, catalogue: Catalogue) -> Comparison:
    """Ask a model for the rows whose category it has, and count the others."""
    node_of = {
        path: model.tree.index(path)
        for path in dict.fromkeys(catalogue.paths)
        if path in model.tree
    }
    known = [row for row, path in enumerate(catalogue.paths) if path in node_of]
    unknown: dict[str, int] = {}
    for path in catalogue.paths:
        if path not in node_of:
            text = PATH_SEPARATOR.join(path)
            unknown[text] = unknown.get(text, 0) + 1
    ranked = tuple(sorted(unknown.items(), key=lambda item: -item[1]))
    if not known:
        deepest = model.tree.path_text(int(model.tree.levels.argmax()))
        raise CatalogueError(
            f"{catalogue.report.place}: the model has none of the categories of these rows, such "
            f"as {ranked[0][0]!r}. Its own look like {deepest!r}."
        )
    names = [catalogue.names[row] for row in known]
    true = np.array([node_of[catalogue.paths[row]] for row in known], np.int32)
    return Comparison(names, true, model.predict(names), ranked, catalogue.report)
