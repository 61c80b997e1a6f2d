"""A tree of linear classifiers as a scikit-learn estimator, over any feature matrix.

Every inner node has a one-vs-rest linear support vector machine over its children, fitted on
the rows below it. Answers come from the one descent of `textcat.descent.linear_tree`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.utils.multiclass import check_classification_targets
from sklearn.utils.validation import _check_sample_weight, check_is_fitted, validate_data

from textcat.errors import TreeError
from textcat.fitting.calibration import best_temperature, decisions_on_the_way
from textcat.fitting.linear_trees import DEFAULT_TEMPERATURE, fit_linear_tree
from textcat.solvers import find_solver
from textcat.tree import PATH_SEPARATOR, CategoryTree
from textcat.tree.reading import path_splitter

SOLVER_PARAMETERS = (
    "C",
    "tolerance",
    "prune",
    "temperature",
    "solver",
    "n_jobs",
    "progress",
    "random_state",
)


class TreeClassifier(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """Linear classifiers down a category tree.

    Parameters
    ----------
    tree : CategoryTree, optional
        The categories; labels are then ids or paths of its nodes. Without it text labels are
        read as paths, joined by `separator`, and labels of other types as a flat tree.
    separator : str
        Between the titles of a path.
    C : float
        Inverse strength of the regularisation, as in `sklearn.svm.LinearSVC`.
    tolerance : float
        At which the solver stops.
    prune : float
        Weights below it are dropped; 0.05 keeps a fifth of them.
    temperature : float
        Margins are divided by it before the softmax; `calibrate` finds it on held-out rows.
    solver : str
        "numba" (compiled, all children of a node at once; needs ``pip install "textcat[fast]"``),
        "liblinear" (scikit-learn's), or "auto", the fastest one that is installed. They solve the
        same problem and their answers are nearly the same.
    n_jobs : int, optional
        Threads, or with "liblinear" processes, to fit with, as joblib counts them.
    progress : bool
        Show a progress bar on standard error.
    random_state : int
        Seed of the solver; the same seed and solver give the same model whatever `n_jobs` is.

    Attributes
    ----------
    classes_ : ndarray, shape (n_classes,)
        Labels seen in training, sorted.
    tree_ : CategoryTree
    linear_tree_ : LinearTree
        Fitted weights; all that an answer needs.
    solver_ : str
        The solver that was used.

    Examples
    --------
    >>> import numpy as np
    >>> X = np.array([[2.0, 0.0], [1.0, 0.0], [0.0, 1.0], [0.0, 2.0]])
    >>> y = ["Одежда > Платья", "Одежда > Платья", "Книги", "Книги"]
    >>> classifier = TreeClassifier().fit(X, y)
    >>> classifier.predict([[3.0, 1.0]]).tolist()
    ['Одежда > Платья']
    >>> classifier.predict_level([[3.0, 1.0]], level=1).tolist()
    ['Одежда']
    """

    def __init__(
        self,
        tree: CategoryTree | None = None,
        *,
        separator: str = PATH_SEPARATOR,
        C: float = 2.0,
        tolerance: float = 0.1,
        prune: float = 0.0,
        temperature: float = DEFAULT_TEMPERATURE,
        solver: str = "auto",
        n_jobs: int | None = None,
        progress: bool = False,
        random_state: int = 0,
    ) -> None:
        self.tree = tree
        self.separator = separator
        self.C = C
        self.tolerance = tolerance
        self.prune = prune
        self.temperature = temperature
        self.solver = solver
        self.n_jobs = n_jobs
        self.progress = progress
        self.random_state = random_state

    def __sklearn_tags__(self) -> Any:
        """Tell scikit-learn that sparse matrices are welcome."""
        tags = super().__sklearn_tags__()
        tags.input_tags.sparse = True
        return tags

    def fit(self, X: Any, y: Any, sample_weight: Any = None) -> TreeClassifier:
        """Fit a linear classifier at every inner node.

        Parameters
        ----------
        X : array or sparse matrix, shape (n_rows, n_features)
        y : sequence of n_rows labels
        sample_weight : sequence of n_rows floats, optional
        """
        X, y = validate_data(self, X, y, accept_sparse="csr", dtype=np.float32)
        check_classification_targets(y)
        if not self.temperature > 0:
            raise ValueError(f"temperature must be above 0, but is {self.temperature!r}")
        weight = _check_sample_weight(sample_weight, X, dtype=np.float64, ensure_non_negative=True)
        counted = weight > 0  # a row without weight is no row: it brings no class either
        self.classes_, classes = np.unique(y[counted], return_inverse=True)
        self.tree_ = self._read_tree()
        self._categories = self._categories_of(self.classes_)
        self._check_distinct()
        self.solver_ = find_solver(self.solver).name
        self.linear_tree_ = fit_linear_tree(
            sparse.csr_matrix(X)[counted],
            self._categories[classes],
            self.tree_,
            weight=weight[counted],
            **{name: getattr(self, name) for name in SOLVER_PARAMETERS},
        )
        return self

    def calibrate(self, X: Any, y: Any) -> TreeClassifier:
        """Fit the temperature on held-out rows of categories that were seen in training."""
        X = self._check_rows(X)
        categories = self._categories_of(np.asarray(y))
        decisions = decisions_on_the_way(self.linear_tree_, X, categories)
        if decisions:
            temperature = best_temperature(decisions)
            self.linear_tree_ = replace(self.linear_tree_, temperature=temperature)
        return self

    def predict(self, X: Any) -> npt.NDArray[Any]:
        """Most probable class of every row, (n_rows,)."""
        best = self._best_class(X)
        predicted: npt.NDArray[Any] = self.classes_[best]
        return predicted

    def predict_proba(self, X: Any, best: int | None = None) -> npt.NDArray[np.float64]:
        """Probability of every class, (n_rows, n_classes) float64, columns as in `classes_`.

        With `best=k` only the k most probable classes of a row are sure to be exact; the others
        may be 0. It is faster on large trees.
        """
        return np.exp(self.predict_log_proba(X, best))

    def predict_log_proba(self, X: Any, best: int | None = None) -> npt.NDArray[np.float64]:
        """Logarithm of `predict_proba`."""
        X = self._check_rows(X)
        leaves = self.linear_tree_.slots.leaf_of(self._categories)
        batches = self.linear_tree_.batches(X)
        tables = [self.linear_tree_.log_probabilities(b, best)[:, leaves] for b in batches]
        return np.concatenate(tables).astype(np.float64)

    def predict_level(self, X: Any, level: int) -> npt.NDArray[Any]:
        """Path of the predicted class cut at `level`, (n_rows,); whole where it is shorter."""
        if level < 1:
            raise ValueError(f"level must be 1 (under the root) or more, but is {level!r}")
        nodes = self._categories[self._best_class(X)].tolist()
        cut = [self.tree_.ancestors(node)[:level][-1] for node in nodes]
        return np.array([self.tree_.path_text(node) for node in cut], dtype=object)

    def _best_class(self, X: Any) -> npt.NDArray[np.intp]:
        best: npt.NDArray[np.intp] = self.predict_log_proba(X, best=1).argmax(axis=1)
        return best

    def _check_rows(self, X: Any) -> sparse.csr_matrix:
        check_is_fitted(self)
        X = validate_data(self, X, accept_sparse="csr", dtype=np.float32, reset=False)
        return sparse.csr_matrix(X)

    def _read_tree(self) -> CategoryTree:
        if self.tree is not None:
            return self.tree
        labels = self.classes_.tolist()
        if all(isinstance(label, str) for label in labels):
            return CategoryTree.from_paths(labels, self.separator)
        return CategoryTree.from_labels(map(str, labels))

    def _categories_of(self, labels: npt.NDArray[Any]) -> npt.NDArray[np.int32]:
        """Node of every label."""
        unique, inverse = np.unique(labels, return_inverse=True)
        return np.array([self._category_of(label) for label in unique.tolist()], np.int32)[inverse]

    def _category_of(self, label: object) -> int:
        if self.tree is None and isinstance(label, str):
            return self.tree_.index(path_splitter(self.separator)(label))
        return self.tree_.index(str(label))

    def _check_distinct(self) -> None:
        _, first, count = np.unique(self._categories, return_index=True, return_counts=True)
        if (count > 1).any():
            category = self._categories[first[count.argmax()]]
            labels = self.classes_[self._categories == category].tolist()
            raise TreeError(f"the labels {labels} mean one category; write it one way")
