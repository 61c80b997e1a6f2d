"""Text preparation that the peers get: what their tutorials do, no more and no less."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import TfidfVectorizer

_WORD_OR_SIGN = re.compile(r"\w+|[^\w\s]")


def prepared(name: str) -> str:
    """Lower-case, and separate punctuation: «Корм д/кошек 1.5кг» -> 'корм д / кошек 1 . 5кг'.

    That is the crude normalization of fastText's tutorial, which splits at white space only.
    """
    return " ".join(_WORD_OR_SIGN.findall(name.lower()))


class WordTfidf:
    """Words and pairs of words, TF-IDF, rows of length 1: the usual sparse features.

    Sublinear TF as in scikit-learn's example of sparse features, word 1- and 2-grams as in its
    example of tuning a text pipeline. Words of one letter stay («д / кошек»). What occurs in one
    name only is dropped: a flat model over all pairs of words would not fit into memory.
    """

    def __init__(self) -> None:
        self._vectorizer = TfidfVectorizer(
            lowercase=False,
            token_pattern=r"\w+",
            ngram_range=(1, 2),
            min_df=2,
            sublinear_tf=True,
            dtype=np.float32,
        )

    def fit_transform(self, texts: Sequence[str]) -> csr_matrix:
        """Learn words, and give the features of prepared names, (n, n_words) float32."""
        return csr_matrix(self._vectorizer.fit_transform(texts))

    def transform(self, texts: Sequence[str]) -> csr_matrix:
        """Features of prepared names, (n, n_words) float32."""
        return csr_matrix(self._vectorizer.transform(texts))
