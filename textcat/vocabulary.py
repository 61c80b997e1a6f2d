"""The features a model knows, and the matrix of a batch of names over them.

Columns are the single features first, then the pairs of lemmas. Values are TF-IDF: sublinear
term frequency (1 + ln tf) times smoothed inverse document frequency ln((1 + n) / (1 + df)) + 1,
rows of length 1 (Salton & Buckley 1988, as in scikit-learn's `TfidfTransformer`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
from scipy import sparse

from textcat.chunks import UNKNOWN, ChunkTable, IntArray, NameIds
from textcat.features import KIND_WEIGHTS, chunk_features, pair_text
from textcat.lemmas import Lemmatizer
from textcat.sparse_rows import SparseRows

PAIR_BASE = 1 << 32


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """Features and their weights.

    Attributes
    ----------
    singles : sequence of str
        Features that stand alone; their column is their place.
    pairs : ndarray of int64, shape (n_pairs,), ascending
        Pairs of singles, left * 2**32 + right; columns follow those of the singles.
    idf : ndarray of float32, shape (n_features,)
        Inverse document frequency of every column, times the weight of its kind.
    """

    singles: Sequence[str]
    pairs: npt.NDArray[np.int64]
    idf: npt.NDArray[np.float32]

    def __len__(self) -> int:
        return len(self.idf)

    @cached_property
    def column(self) -> dict[str, int]:
        """Column of every single feature."""
        return {text: column for column, text in enumerate(self.singles)}

    def texts(self) -> list[str]:
        """Text of every feature in column order."""
        left, right = (self.pairs // PAIR_BASE).tolist(), (self.pairs % PAIR_BASE).tolist()
        names = self.singles
        return [*names, *(pair_text(names[a], names[b]) for a, b in zip(left, right, strict=True))]

    def column_of(self, text: str) -> int | None:
        """Column of a feature, None if it is not known."""
        left, between, right = text.partition(" ")
        if not between:
            return self.column.get(text)
        ids = np.array([[self.column.get(left, UNKNOWN), self.column.get(right, UNKNOWN)]])
        if (ids == UNKNOWN).any():
            return None
        found = self._pair_columns(ids)[0]
        return None if found == UNKNOWN else int(found)

    def rows(self, ids: NameIds) -> SparseRows:
        """TF-IDF of a batch, (n_names, n_features), rows of length 1 or 0."""
        pair_columns = self._pair_columns(ids.pair_ids)
        known = pair_columns != UNKNOWN
        columns = np.concatenate([ids.single_ids, pair_columns[known]])
        rows = np.concatenate([ids.single_rows, ids.pair_rows[known]])
        return self._weighted(SparseRows.counted(rows, columns, (ids.names, len(self))))

    def _pair_columns(self, ids: IntArray) -> IntArray:
        """Column of every pair, -1 if it is not known."""
        if not len(self.pairs):
            return np.full(len(ids), UNKNOWN, np.int32)
        keys = pair_keys(ids)
        places = self.pairs.searchsorted(keys)
        found = self.pairs.take(places, mode="clip") == keys
        return np.where(found, places + len(self.singles), UNKNOWN).astype(np.int32)

    def _weighted(self, X: SparseRows) -> SparseRows:
        values = (1 + np.log(X.data)) * self.idf[X.indices]
        counts = X.lengths
        filled = counts > 0
        squares = np.add.reduceat(values * values, X.indptr[:-1][filled])
        values /= np.sqrt(squares).repeat(counts[filled])
        return SparseRows(values, X.indices, X.indptr, X.shape)


def pair_keys(ids: IntArray) -> npt.NDArray[np.int64]:
    """One number for every pair of ids, (n, 2) -> (n,)."""
    keys: npt.NDArray[np.int64] = ids[:, 0].astype(np.int64) * PAIR_BASE + ids[:, 1]
    return keys


@dataclass(frozen=True, eq=False)
class ReadNames:
    """The features of names, read once: vocabularies of any part of them can be learned.

    Attributes
    ----------
    texts : list of str
        Single features by id.
    ids : NameIds
        What every name has.
    """

    texts: list[str]
    ids: NameIds

    @classmethod
    def of(cls, names: Iterable[str], lemmatizer: Lemmatizer) -> ReadNames:
        """Read the features of names."""
        interned: dict[str, int] = {}

        def intern(text: str) -> int:
            return interned.setdefault(text, len(interned))

        no_limit = 1 << 62
        table = ChunkTable(lambda chunk: chunk_features(chunk, lemmatizer), intern, no_limit)
        ids = table.ids(names)
        return cls(list(interned), ids)

    def learn(
        self, chosen: npt.NDArray[np.bool_], min_count: int
    ) -> tuple[Vocabulary, sparse.csr_matrix]:
        """Features that stand in `min_count` chosen names or more, and the matrix of all names.

        `chosen` is (n_names,) bool; the matrix is (n_names, n_features), as `Vocabulary.rows`.
        """
        learned = chosen[self.ids.single_rows]
        rows, alone = self.ids.single_rows[learned], self.ids.single_ids[learned]
        singles = _frequencies(rows, alone, len(self.texts))
        kept = np.flatnonzero(singles >= min_count)
        ids = _renumbered(self.ids, kept, len(self.texts))
        learned = chosen[ids.pair_rows]
        keys, numbers = np.unique(pair_keys(ids.pair_ids[learned]), return_inverse=True)
        pairs = _frequencies(ids.pair_rows[learned], numbers.astype(np.int32), len(keys))
        frequency = np.concatenate([singles[kept], pairs[pairs >= min_count]])
        idf = np.log((1 + int(chosen.sum())) / (1 + frequency)) + 1
        texts = [self.texts[i] for i in kept.tolist()]
        idf[: len(texts)] *= [KIND_WEIGHTS.get(text[0], 1.0) for text in texts]
        vocabulary = Vocabulary(texts, keys[pairs >= min_count], idf.astype(np.float32))
        return vocabulary, vocabulary.rows(ids).tocsr()


def learn_vocabulary(
    names: Iterable[str], lemmatizer: Lemmatizer, min_count: int
) -> tuple[Vocabulary, sparse.csr_matrix]:
    """Features that stand in `min_count` names or more, and the names' own matrix over them."""
    read = ReadNames.of(names, lemmatizer)
    return read.learn(np.ones(read.ids.names, bool), min_count)


def _frequencies(rows: IntArray, ids: IntArray, size: int) -> npt.NDArray[np.int64]:
    """In how many names every id stands."""
    if not len(rows):
        return np.zeros(size, np.int64)
    X = SparseRows.counted(rows, ids, (int(rows.max()) + 1, size))
    return np.bincount(X.indices, minlength=size)


def _renumbered(ids: NameIds, kept: npt.NDArray[np.intp], size: int) -> NameIds:
    """The ids that are kept, numbered by their place among them."""
    number = np.full(size, UNKNOWN, np.int32)
    number[kept] = np.arange(len(kept))
    single, pair = number[ids.single_ids], number[ids.pair_ids]
    known, both = single != UNKNOWN, (pair != UNKNOWN).all(axis=1)
    return NameIds(
        ids.names, ids.single_rows[known], single[known], ids.pair_rows[both], pair[both]
    )
