"""Names to features as a scikit-learn transformer."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.utils.validation import check_is_fitted

from textcat.features.name_reader import DEFAULT_CACHE, NameReader
from textcat.features.reading import learn_vocabulary
from textcat.lemmas import Lemmatizer
from textcat.names import read_names


def read_column(names: Any) -> list[str]:
    """Names from anything that yields them, or from a table with a single column.

    A `ColumnTransformer` passes the former for a column "name", the latter for ["name"].

    >>> read_column(np.array([["Чай"], ["Кофе"]], dtype=object))
    ['Чай', 'Кофе']
    """
    shape: tuple[int, ...] = getattr(names, "shape", ())
    if len(shape) == 2 and shape[1] == 1 and not sparse.issparse(names):
        names = np.asarray(names, dtype=object)[:, 0]
    return read_names(names)


class NameVectorizer(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """TF-IDF of what product names are made of.

    Parameters
    ----------
    analyser : str
        How words are lemmatised: "pymorphy3", "stem" or "none".
    min_count : int
        In how many names a feature has to stand to be learned.
    cache_size : int
        Distinct chunks of names whose features are remembered, about 300 bytes each.

    Attributes
    ----------
    reader_ : NameReader
        What was learned; all that `transform` needs.

    Examples
    --------
    >>> vectorizer = NameVectorizer().fit(["Чай зелёный", "Кофе"])
    >>> X = vectorizer.transform(["зелёный кофе", "гвозди"])
    >>> texts = vectorizer.get_feature_names_out()
    >>> X.shape == (2, len(texts)), "h=кофе" in texts, X[1].nnz
    (True, True, 0)
    """

    def __init__(
        self,
        analyser: str = "pymorphy3",
        *,
        min_count: int = 1,
        cache_size: int = DEFAULT_CACHE,
    ) -> None:
        self.analyser = analyser
        self.min_count = min_count
        self.cache_size = cache_size

    def __sklearn_tags__(self) -> Any:
        """Tell scikit-learn that the input is text."""
        tags = super().__sklearn_tags__()
        tags.input_tags.string = True
        tags.input_tags.two_d_array = False
        return tags

    def fit(self, names: Iterable[object], y: object = None) -> NameVectorizer:
        """Learn the features of names; `y` is ignored."""
        self.fit_transform(names, y)
        return self

    def fit_transform(self, names: Iterable[object], y: object = None) -> sparse.csr_matrix:  # noqa: ARG002 - scikit-learn passes y
        """Learn the features of names and return their matrix, (n_names, n_features) float32."""
        lemmatizer = Lemmatizer(self.analyser)
        vocabulary, X = learn_vocabulary(read_column(names), lemmatizer, self.min_count)
        self.reader_ = NameReader(vocabulary, lemmatizer, self.cache_size)
        return X

    def transform(self, names: Iterable[object]) -> sparse.csr_matrix:
        """Matrix of names, (n_names, n_features) CSR float32; rows have length 1, or 0."""
        check_is_fitted(self)
        return self.reader_.matrix(read_column(names))

    def get_feature_names_out(self, input_features: object = None) -> npt.NDArray[np.object_]:  # noqa: ARG002 - part of the protocol
        """Texts of the features in column order, (n_features,)."""
        check_is_fitted(self)
        return np.array(self.reader_.vocabulary.texts(), dtype=object)
