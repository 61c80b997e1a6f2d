"""Names to rows of a vocabulary's matrix, remembering the chunks that it has seen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse

from textcat.arrays.numbered_texts import UNKNOWN
from textcat.arrays.sparse_rows import IntArray, SparseRows
from textcat.features.chunks import ChunkTable
from textcat.features.extraction import ChunkFeatures, features_of_chunks
from textcat.features.vocabulary import Vocabulary
from textcat.lemmas import Lemmatizer

DEFAULT_CACHE = 500_000


class NameReader:
    """A vocabulary, the lemmatizer it was learned with, and a bounded memory of chunks.

    Parameters
    ----------
    vocabulary : Vocabulary
    lemmatizer : Lemmatizer
    cache_size : int
        Distinct chunks of names (what stands between white space) whose features are
        remembered, about 300 bytes each.
    """

    def __init__(
        self, vocabulary: Vocabulary, lemmatizer: Lemmatizer, cache_size: int = DEFAULT_CACHE
    ) -> None:
        self.vocabulary = vocabulary
        self.lemmatizer = lemmatizer
        self.cache_size = cache_size
        self._chunks = ChunkTable(self._read, self._feature_ids, cache_size)

    def rows(self, names: list[str]) -> SparseRows:
        """TF-IDF of names, (n_names, n_features), rows of length 1 or 0."""
        return self.vocabulary.rows(self._chunks.ids(names))

    def matrix(self, names: list[str]) -> sparse.csr_matrix:
        """The same as a matrix of scipy's, CSR float32."""
        return self.rows(names).tocsr()

    def unknown_shares(self, names: list[str]) -> npt.NDArray[np.float32]:
        """Share of every name's words that are unknown, (n_names,) float32.

        A word is unknown if its lemma is; a word known as written nearly always has a known one.
        Numbers, units, sizes and codes are no words: nearly all are known, and they say little.
        The share is 1 for a name without words, too: no word of it is known.

        Examples
        --------
        >>> from textcat.features.reading import learn_vocabulary
        >>> vocabulary, _ = learn_vocabulary(["Чай зелёный 100г"], Lemmatizer(), min_count=1)
        >>> reader = NameReader(vocabulary, Lemmatizer())
        >>> reader.unknown_shares(["зелёного чая 200г", "чай улун", "кофе", "100"]).tolist()
        [0.0, 0.5, 1.0, 1.0]
        """
        words = self._chunks.words(names)
        return words.unknown_shares(words.ids != UNKNOWN)

    def _read(self, chunks: Sequence[str]) -> Iterator[list[ChunkFeatures]]:
        yield features_of_chunks(chunks, self.lemmatizer)

    def _feature_ids(self, texts: Sequence[str]) -> IntArray:
        """Look every distinct feature up once: only a third of a batch's are."""
        distinct = list(dict.fromkeys(texts))
        ids = dict(zip(distinct, self.vocabulary.singles.find(distinct).tolist(), strict=True))
        return np.fromiter(map(ids.__getitem__, texts), np.int32, len(texts))

    def __reduce__(self) -> tuple[Any, ...]:
        return NameReader, (self.vocabulary, self.lemmatizer, self.cache_size)
