"""The rows of a catalogue, read once, and models fitted on any part of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import sparse

from textcat.catalogue import Catalogue, read_catalogue
from textcat.descent.linear_tree import LinearTree
from textcat.errors import TreeError
from textcat.features.name_reader import NameReader
from textcat.features.reading import ReadNames
from textcat.fitting.calibration import Decision, decisions_on_the_way
from textcat.fitting.linear_trees import fit_linear_tree
from textcat.lemmas import Lemmatizer
from textcat.precision.outcomes import Outcomes
from textcat.training.held_out import Rows
from textcat.training.label_noise import label_weights
from textcat.training.titles import Synonyms, Titles, favored, title_weights
from textcat.tree import NO_NODE, CategoryTree
from textcat.tree.alternatives import Alternatives

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
    synonyms : mapping of an id or path to texts
        Further titles of categories.
    alternatives : Alternatives
        Categories that are right for a row besides the one in `categories`. The name has a row for
        each of them, and they share the weight of one.
    label_noise : str, optional
        "downweight": rows whose category is most probably wrong count less.
    """

    names: list[str]
    categories: Categories
    tree: CategoryTree
    is_whole_tree: bool
    lemmatizer: Lemmatizer
    min_count: int
    fitting: dict[str, Any]
    synonyms: Synonyms = field(default_factory=dict)
    alternatives: Alternatives = field(default_factory=lambda: Alternatives.of([]))
    label_noise: str | None = None

    @cached_property
    def titles(self) -> Titles:
        """What is learned of categories besides their rows."""
        return Titles.of(self.tree, self.categories, self.synonyms)

    @cached_property
    def read(self) -> ReadNames:
        """Features of the names and of the titles after them."""
        texts = self.names + self.titles.texts
        return ReadNames.of(texts, self.lemmatizer, self.fitting.get("n_jobs"))

    def fit(self, training: npt.NDArray[np.bool_]) -> Fitted:
        """Fit on the rows chosen, (n_rows,) bool, and on the titles of all known categories."""
        weights = label_weights(self, training) if self.label_noise else np.ones(len(training))
        return self.fit_weighted(training, weights)

    def fit_weighted(
        self, training: npt.NDArray[np.bool_], weights: npt.NDArray[np.float64]
    ) -> Fitted:
        """The same with a weight for every row, (n_rows,)."""
        lessons, asked = self._lessons(training, weights), np.flatnonzero(~training)
        chosen = np.zeros(len(self.names) + len(self.titles.texts), bool)
        chosen[lessons.rows] = True
        vocabulary, X = self.read.learn(chosen, self.min_count)
        X, rest = X if lessons.are_all(X) else X[lessons.rows], X[asked]  # large: other rows go
        linear_tree = fit_linear_tree(
            X, lessons.categories, self.tree, weight=lessons.weights,
            tolerance=COARSE_TOLERANCE if training.sum() > MANY_ROWS else TOLERANCE,
            **self.fitting,
        )  # fmt: skip
        linear_tree = favored(linear_tree, self._counts(training))
        return Fitted(self, NameReader(vocabulary, self.lemmatizer), linear_tree, asked, rest)

    def _lessons(
        self, training: npt.NDArray[np.bool_], weights: npt.NDArray[np.float64]
    ) -> Lessons:
        """The rows chosen and the titles of all known categories."""
        rows, nodes = np.flatnonzero(training), self.titles.categories
        known = nodes if self.is_whole_tree else self.categories[training]
        titled = np.flatnonzero(np.isin(nodes, known))
        times = 1 + np.bincount(self.alternatives.rows, minlength=len(training))
        return Lessons(
            np.r_[rows, len(training) + titled],
            np.r_[self.categories[rows], nodes[titled]],
            np.r_[
                weights[rows] / times[rows], title_weights(nodes[titled], self._counts(training))
            ],
        )

    def _counts(self, training: npt.NDArray[np.bool_]) -> Rows:
        """Rows of every node itself, (n_nodes,)."""
        nodes = self.categories[training]
        return np.bincount(nodes[nodes != NO_NODE], minlength=len(self.tree))


class Lessons(NamedTuple):
    """What a model is fitted on: rows of a matrix, the category of each, and its weight."""

    rows: Rows
    categories: Categories
    weights: npt.NDArray[np.float64]

    def are_all(self, X: sparse.csr_matrix) -> bool:
        """Whether they are all rows of the matrix, in order."""
        return np.array_equal(self.rows, np.arange(X.shape[0]))


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
        true = self.true(chosen)
        known = (self.linear_tree.slots.leaf_of(true) >= 0) | (true == NO_NODE)
        return decisions_on_the_way(self.linear_tree, self._features(chosen[known]), true[known])

    def true(self, chosen: Rows) -> Categories:
        """The category of some of these; where several are right, the one nearest the answer."""
        true, others = self.rows.categories[chosen], self.rows.alternatives.of_rows(chosen)
        if not len(others):
            return true
        nodes, _ = self.linear_tree.best_paths(self._features(chosen))
        return others.nearest(true, nodes, self.rows.tree)

    def with_tree(self, linear_tree: LinearTree) -> Fitted:
        """The same with another calibration."""
        return replace(self, linear_tree=linear_tree)

    def outcomes(self, chosen: Rows, groups: npt.NDArray[np.integer]) -> Outcomes:
        """How some of these are answered; `groups` (n_chosen,)."""
        nodes, shares = self.linear_tree.best_paths(self._features(chosen))
        beyond = ((0, 0), (0, self.rows.tree.depth - nodes.shape[1]))
        nodes, shares = np.pad(nodes, beyond, constant_values=NO_NODE), np.pad(shares, beyond)
        return Outcomes.of(self.true(chosen), nodes, shares, groups, self.rows.tree)

    @cached_property
    def unknown_shares(self) -> npt.NDArray[np.float32]:
        """Share of the words that are unknown in every row, (n_rows,)."""
        shares = self.rows.read.unknown_shares(self.reader.vocabulary)
        return shares[: len(self.rows.names)]

    def _features(self, chosen: Rows) -> sparse.csr_matrix:
        """Features of some of the rows asked."""
        return self.X[self.asked.searchsorted(chosen)]


def read_rows_of_tree(
    source: object, tree: CategoryTree | None, reading: Mapping[str, Any]
) -> Catalogue:
    """Read a catalogue; whoever gives a tree for it wants every row to be in it."""
    catalogue = read_catalogue(source, tree=tree, **reading)
    unknown = catalogue.report.unknown_categories
    if tree is not None and catalogue is not source and unknown.count:
        row, name, reason = unknown.examples[0]
        place = f"{catalogue.report.unit} {row}, {name!r}"
        raise TreeError(f"{place}: {reason}. Correct the row or the tree")
    return catalogue


def categories_of_rows(catalogue: Catalogue, tree: CategoryTree) -> Categories:
    """Node of every row of the catalogue, (n_rows,) int32."""
    if (nodes := catalogue.nodes_in(tree)) is not None:
        return nodes
    index: dict[tuple[str, ...], int] = {}
    for row, name, path in zip(catalogue.rows, catalogue.names, catalogue.paths, strict=True):
        if path not in index:
            try:
                index[path] = tree.index(path[0] if len(path) == 1 else path)
            except TreeError as error:
                place = f"{catalogue.report.unit} {row}, {name!r:.80}"
                raise TreeError(f"{place}: {error}. Correct the row or the tree") from None
    return np.array([index[path] for path in catalogue.paths], np.int32)
