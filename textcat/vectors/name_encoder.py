"""Names to vectors as a scikit-learn transformer."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import Any

from sklearn.base import BaseEstimator, ClassNamePrefixFeaturesOutMixin, TransformerMixin
from sklearn.utils.validation import check_consistent_length, check_is_fitted

from textcat.arrays.sparse_rows import FloatArray
from textcat.errors import TextcatError
from textcat.features.vectorizer import read_column
from textcat.model import CategoryModel
from textcat.vectors.space import DEFAULT_DIM


class NameEncoder(ClassNamePrefixFeaturesOutMixin, TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """Vectors of names, as `CategoryModel.encode` makes them.

    Parameters
    ----------
    dim : int, optional
        Length of the vectors: 128 unless told otherwise, or that of a given `model`.
    model : CategoryModel or path, optional
        A model that is there already; `fit` learns nothing then. Without it one is trained on the
        names and their categories. Names that it was trained on lie closer to their categories
        than new ones, so what comes after it in a pipeline is better off with a given model, or
        one trained on other rows.
    analyser : str
        How words are lemmatised: "pymorphy3", "stem" or "none".
    n_jobs : int, optional
        As for `textcat.train`.
    random_state : int
        As for `textcat.train`.

    Attributes
    ----------
    model_ : CategoryModel
        Makes the vectors.

    Examples
    --------
    >>> names, categories = ["Чай чёрный", "Кофе молотый"], ["Чай", "Кофе"]
    >>> encoder = NameEncoder(dim=16).fit(names, categories)
    >>> encoder.transform(["чай", "кофе", "гвозди"]).shape
    (3, 16)
    >>> encoder.get_feature_names_out()[:2].tolist()
    ['nameencoder0', 'nameencoder1']
    """

    def __init__(
        self,
        dim: int | None = None,
        *,
        model: CategoryModel | str | os.PathLike[str] | None = None,
        analyser: str = "pymorphy3",
        n_jobs: int | None = 1,
        random_state: int = 0,
    ) -> None:
        self.dim = dim
        self.model = model
        self.analyser = analyser
        self.n_jobs = n_jobs
        self.random_state = random_state

    def __sklearn_tags__(self) -> Any:
        """Tell scikit-learn that the input is text, and categories are needed to learn."""
        tags = super().__sklearn_tags__()
        tags.input_tags.string = True
        tags.input_tags.two_d_array = False
        tags.target_tags.required = self.model is None
        return tags

    def fit(self, names: Iterable[object], y: Iterable[object] | None = None) -> NameEncoder:
        """Train a model on names and their categories, unless one is given.

        Parameters
        ----------
        names : iterable of names, or a table with a single column
        y : iterable, optional
            Categories: paths as texts or titles, or labels of any other kind.
        """
        model = self._trained(names, y) if self.model is None else self._given()
        dim = self.dim if self.dim is not None else model.dim or DEFAULT_DIM
        self.model_ = model if dim == model.dim else model.with_vectors(dim)
        return self

    def transform(self, names: Iterable[object]) -> FloatArray:
        """Vectors, (n_names, dim) float32; a name in which nothing is known is all zeros."""
        check_is_fitted(self)
        return self.model_.encode(read_column(names))

    @property
    def _n_features_out(self) -> int:
        """What `ClassNamePrefixFeaturesOutMixin` counts."""
        return self.model_.dim

    def _given(self) -> CategoryModel:
        if isinstance(self.model, CategoryModel):
            return self.model
        from textcat.model.storage import load

        return load(os.fspath(self.model))  # type: ignore[arg-type]  # fit has seen to None

    def _trained(self, names: Iterable[object], y: Iterable[object] | None) -> CategoryModel:
        from textcat.training import train

        if y is None:
            raise TextcatError(
                "NameEncoder learns from names with their categories: pass these as y, or a "
                "model that is there already, NameEncoder(model=...)"
            )
        texts, paths = read_column(names), [_path(label) for label in y]
        check_consistent_length(texts, paths)
        return train(
            list(zip(texts, paths, strict=True)), calibration=None, analyser=self.analyser,
            n_jobs=self.n_jobs, random_state=self.random_state,
        )  # fmt: skip


def _path(label: object) -> object:
    return label if isinstance(label, str | tuple | list) else str(label)
