"""The features a model knows, and the matrix of a batch of names over them.

Columns are the single features first, then the pairs of lemmas. Values are TF-IDF: sublinear
term frequency (1 + ln tf) times smoothed inverse document frequency ln((1 + n) / (1 + df)) + 1,
rows of length 1 (Salton & Buckley 1988, as in scikit-learn's `TfidfTransformer`).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from textcat.arrays.numbered_texts import UNKNOWN, NumberedTexts
from textcat.arrays.sparse_rows import IntArray, SparseRows
from textcat.features.chunks import NameIds
from textcat.features.extraction import pair_text

PAIR_BASE = 1 << 32


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """Features and their weights.

    Attributes
    ----------
    singles : NumberedTexts
        Features that stand alone; their column is their number.
    pairs : ndarray of int64, shape (n_pairs,), ascending
        Pairs of singles, left * 2**32 + right; columns follow those of the singles.
    idf : ndarray of float32, shape (n_features,)
        Inverse document frequency of every column, times the weight of its kind.
    """

    singles: NumberedTexts
    pairs: npt.NDArray[np.int64]
    idf: npt.NDArray[np.float32]

    def __len__(self) -> int:
        return len(self.idf)

    def texts(self) -> list[str]:
        """Text of every feature in column order."""
        left, right = (self.pairs // PAIR_BASE).tolist(), (self.pairs % PAIR_BASE).tolist()
        names = list(self.singles)
        return [*names, *(pair_text(names[a], names[b]) for a, b in zip(left, right, strict=True))]

    def column_of(self, text: str) -> int | None:
        """Column of a feature, None if it is not known."""
        columns = self.singles.find(text.split(" "))
        if len(columns) == 2 and (columns != UNKNOWN).all():
            columns = self._pair_columns(columns[None])
        return int(columns[0]) if len(columns) == 1 and columns[0] != UNKNOWN else None

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
