"""The rows of a catalogue, read once, and models fitted on any part of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse

from textcat.catalogue import Catalogue
from textcat.descent.linear_tree import LinearTree
from textcat.errors import TreeError
from textcat.features.name_reader import NameReader
from textcat.features.reading import ReadNames
from textcat.fitting.calibration import Decision, decisions_on_the_way
from textcat.fitting.linear_trees import fit_linear_tree
from textcat.lemmas import Lemmatizer
from textcat.precision.outcomes import Outcomes
from textcat.training.held_out import Rows
from textcat.tree import NO_NODE, CategoryTree

Categories = npt.NDArray[np.int32]

# The solver's tolerance, and that for so many rows that time matters: half the work, and held-out
# leaf accuracy within 0.001 of it on 97,000 rows. A few rows are fitted in no time and need
# every step.
TOLERANCE, COARSE_TOLERANCE = 0.1, 0.5
MANY_ROWS = 50_000


@dataclass(frozen=True, eq=False)
class TrainingRows:
    """Names with their categories, and the titles of all categories as names of their own.

    Attributes
    ----------
    names : list of str
    categories : ndarray of int32, shape (n_rows,)
        -1 for a name of none of them, which speaks against the whole first level.
    tree : CategoryTree
    is_whole_tree : bool
        Whether the tree was given. If it is only what the rows show, a category without a row to
        train on is one that nobody has heard of, as others will be among the names to come.
    lemmatizer : Lemmatizer
    min_count : int
        In how many names a feature has to stand to be learned.
    fitting : dict
        Passed on to `fit_linear_tree`.
    """

    names: list[str]
    categories: Categories
    tree: CategoryTree
    is_whole_tree: bool
    lemmatizer: Lemmatizer
    min_count: int
    fitting: dict[str, Any]

    @cached_property
    def titled(self) -> Categories:
        """Categories whose titles are learned as names: the leaves and whatever has rows."""
        own = self.categories[self.categories != NO_NODE]
        return np.union1d(self.tree.leaves, own).astype(np.int32)

    @cached_property
    def read(self) -> ReadNames:
        """Features of the names and of the titles after them."""
        titles = [self.tree.titles[node] for node in self.titled.tolist()]
        return ReadNames.of(self.names + titles, self.lemmatizer, self.fitting.get("n_jobs"))

    def fit(self, training: npt.NDArray[np.bool_]) -> Fitted:
        """Fit on the rows chosen, (n_rows,) bool, and on the titles of all known categories."""
        known = self.titled if self.is_whole_tree else self.categories[training]
        chosen = np.r_[training, np.isin(self.titled, known)]
        vocabulary, X = self.read.learn(chosen, self.min_count)
        asked = np.flatnonzero(~training)
        X, rest = X if chosen.all() else X[chosen], X[asked]  # large: the other rows go
        tolerance = COARSE_TOLERANCE if training.sum() > MANY_ROWS else TOLERANCE
        categories = np.r_[self.categories, self.titled][chosen]
        linear_tree = fit_linear_tree(X, categories, self.tree, tolerance=tolerance, **self.fitting)
        return Fitted(self, NameReader(vocabulary, self.lemmatizer), linear_tree, asked, rest)


@dataclass(frozen=True, eq=False)
class Fitted:
    """A model fitted on some of the rows, and what it says of the others.

    Attributes
    ----------
    rows : TrainingRows
    reader : NameReader
    linear_tree : LinearTree
    asked : ndarray, shape (n_asked,), ascending
        The rows that it was not fitted on.
    X : csr_matrix, shape (n_asked, n_features)
        Their features.
    """

    rows: TrainingRows
    reader: NameReader
    linear_tree: LinearTree
    asked: Rows
    X: sparse.csr_matrix

    def decisions(self, chosen: Rows) -> list[Decision]:
        """The decisions that some of these should take, as far as their category is fitted."""
        categories = self.rows.categories[chosen]
        leaves = self.linear_tree.slots.leaf_of(categories)
        known = chosen[(leaves >= 0) | (categories == NO_NODE)]
        return decisions_on_the_way(
            self.linear_tree, self._features(known), self.rows.categories[known]
        )

    def with_tree(self, linear_tree: LinearTree) -> Fitted:
        """The same with another calibration."""
        return replace(self, linear_tree=linear_tree)

    def outcomes(self, chosen: Rows, groups: npt.NDArray[np.integer]) -> Outcomes:
        """How some of these are answered; `groups` (n_chosen,)."""
        nodes, shares = self.linear_tree.best_paths(self._features(chosen))
        beyond = ((0, 0), (0, self.rows.tree.depth - nodes.shape[1]))
        nodes, shares = np.pad(nodes, beyond, constant_values=NO_NODE), np.pad(shares, beyond)
        return Outcomes.of(self.rows.categories[chosen], nodes, shares, groups, self.rows.tree)

    @cached_property
    def unknown_shares(self) -> npt.NDArray[np.float32]:
        """Share of the words that are unknown in every row, (n_rows,)."""
        shares = self.rows.read.unknown_shares(self.reader.vocabulary)
        return shares[: len(self.rows.names)]

    def _features(self, chosen: Rows) -> sparse.csr_matrix:
        """Features of some of the rows asked."""
        return self.X[self.asked.searchsorted(chosen)]


def categories_of_rows(catalogue: Catalogue, tree: CategoryTree) -> Categories:
    """Node of every row of the catalogue, (n_rows,) int32."""
    index: dict[tuple[str, ...], int] = {}
    for row, name, path in zip(catalogue.rows, catalogue.names, catalogue.paths, strict=True):
        if path not in index:
            try:
                index[path] = tree.index(path[0] if len(path) == 1 else path)
            except TreeError as error:
                place = f"{catalogue.report.unit} {row}, {name!r:.80}"
                raise TreeError(f"{place}: {error}. Correct the row or the tree") from None
    return np.array([index[path] for path in catalogue.paths], np.int32)
