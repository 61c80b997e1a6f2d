"""Features for the peers that take no texts. Apart from text.py: scikit-learn is slow to import."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import TfidfVectorizer


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
