"""What a model answered beside what is true, row by row.

Whatever says how good a model is starts from here: figures, plots, tables of confusions.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from textcat.catalogue import Catalogue, CatalogueReport
from textcat.catalogue.cross_listing import other_categories
from textcat.errors import CatalogueError
from textcat.prediction.answers import Answers
from textcat.tree import NO_NODE, PATH_SEPARATOR, CategoryTree

if TYPE_CHECKING:
    from textcat.model import CategoryModel


@dataclass(frozen=True, eq=False)
class Comparison:
    """What a model answered beside what is true, row by row.

    A prediction is a path. It ends at a leaf, or at a category which has others below it and
    holds products itself: there is nothing more detailed to say either way, so both ends count as
    answers at a leaf.

    Attributes
    ----------
    names : list of str, length n
    true : ndarray of int32, shape (n,)
        Node of every row's category; where several are right, of the one nearest the answer.
    answers : Answers
    unknown : tuple of (str, int)
        Categories that the model does not have and their rows, most rows first. These rows are
        not among the n.
    report : CatalogueReport
        How the rows were read, and what was dropped.
    goods : str or None
        What the model was told that the names are about.
    """

    names: list[str]
    true: npt.NDArray[np.int32]
    answers: Answers
    unknown: tuple[tuple[str, int], ...]
    report: CatalogueReport
    goods: str | None = None

    @property
    def tree(self) -> CategoryTree:
        """The tree of categories."""
        return self.answers.tree

    @cached_property
    def ends(self) -> npt.NDArray[np.intp]:
        """Level that every predicted path ends at, (n,); 0 if nothing in the name is known."""
        return np.asarray((self.answers.nodes != NO_NODE).sum(axis=1), np.intp)

    @cached_property
    def leaves(self) -> npt.NDArray[np.int32]:
        """Node that every predicted path ends at, (n,) int32; -1 if nothing is known."""
        last = self.answers.nodes[np.arange(len(self.ends)), self.ends - 1]
        return np.where(self.ends > 0, last, NO_NODE).astype(np.int32)

    @cached_property
    def leaf_probabilities(self) -> npt.NDArray[np.float64]:
        """Probability of that node, (n,) float64; 0 if nothing is known."""
        return self.answers.leaf_probabilities.astype(np.float64)

    @cached_property
    def right(self) -> npt.NDArray[np.bool_]:
        """Whether each level of a path is the true category or above it, (n, depth) bool."""
        nodes = self.answers.nodes
        above = self.tree.is_ancestor(nodes, self.true[:, None])
        return np.asarray((nodes != NO_NODE) & above)


def compare(model: CategoryModel, catalogue: Catalogue, goods: str | None = None) -> Comparison:
    """Ask a model for the rows whose category it has, and count the others."""
    nodes = _nodes(catalogue, model.tree)
    known = np.flatnonzero(nodes != NO_NODE)
    unknown = Counter(
        PATH_SEPARATOR.join(catalogue.paths[row]) for row in np.flatnonzero(nodes == NO_NODE)
    )
    if not len(known):
        raise _nothing_to_compare(model.tree, catalogue, next(iter(unknown)))
    names = [catalogue.names[row] for row in known]
    answers = model.predict(names, precision=None, goods=goods)
    others = other_categories(catalogue, nodes).of_rows(known)
    true = others.nearest(nodes[known], answers.nodes, model.tree)
    return Comparison(names, true, answers, tuple(unknown.most_common()), catalogue.report, goods)


def _nodes(catalogue: Catalogue, tree: CategoryTree) -> npt.NDArray[np.int32]:
    """Node of every row, (n_rows,) int32; -1 if the tree does not have its category."""
    if (nodes := catalogue.nodes_in(tree)) is not None:
        return nodes
    paths = dict.fromkeys(catalogue.paths)
    node_of = {path: tree.index(path) if path in tree else NO_NODE for path in paths}
    return np.array([node_of[path] for path in catalogue.paths], np.int32)


def _nothing_to_compare(tree: CategoryTree, catalogue: Catalogue, example: str) -> CatalogueError:
    deepest = tree.path_text(int(tree.levels.argmax()))
    return CatalogueError(
        f"{catalogue.report.place}: the model has none of the categories of these rows, such "
        f"as {example!r}. Its own look like {deepest!r}."
    )
