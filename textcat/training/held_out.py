"""Which rows of a catalogue are kept out of training, to calibrate and certify the model on.

*Familiar* rows are drawn like any other, near-duplicates together: names like the catalogue's.
New goods come in two sorts, and what is asked tomorrow is a mixture of them that nobody knows.
Rows of a new *brand* share a rare brand-like word, which is one that is Latin or not in the
dictionary; rows of a new *line* share a rare pair of neighbouring words. Every row that has the
word or the pair is kept out of training: with the word gone, the model has to do without it;
with the pair gone, it knows the words but has seen nothing like the goods.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import sparse

from textcat.arrays.sparse_rows import SparseRows
from textcat.features.reading import ReadNames
from textcat.features.vocabulary import pair_keys
from textcat.lemmas import Lemmatizer
from textcat.values import normalize_name

Rows = npt.NDArray[np.intp]

# A mark that stands in more rows, or in more than a share of them, names no line but a kind of
# goods: without its rows the model would not know what it is asked.
LARGEST_LINE, LARGEST_SHARE, SMALLEST_LINE = 100, 0.01, 2
NO_LINE = -1
# Shorter Latin words are sizes and initials rather than brands.
SHORTEST_BRAND = 3


class HeldOut(NamedTuple):
    """One way to keep rows out of training.

    Attributes
    ----------
    training : ndarray of bool, shape (n_rows,)
        What is left to train on.
    rows : dict of str to ndarray
        What is kept out: "familiar", "brand" and "line"; no row is in two of them.
    """

    training: npt.NDArray[np.bool_]
    rows: dict[str, Rows]


@dataclass(frozen=True, eq=False)
class Marks:
    """Rare words or pairs that rows of one brand or line share.

    Attributes
    ----------
    of_row : ndarray, shape (n_rows,)
        The mark of every row that stands in most rows; -1 if it has none.
    table : csr_matrix, shape (n_rows, n_marks)
        Which marks stand in every row.
    """

    of_row: Rows
    table: sparse.csr_matrix

    @classmethod
    def of(cls, table: sparse.csr_matrix) -> Marks:
        """The marks of a table that are neither unique nor common."""
        rows, stands_in = table.shape[0], np.bincount(table.indices, minlength=table.shape[1])
        largest = min(LARGEST_LINE, max(SMALLEST_LINE, round(LARGEST_SHARE * rows)))
        rare = table[:, np.flatnonzero((stands_in >= SMALLEST_LINE) & (stands_in <= largest))]
        return cls(_commonest(rare), rare)

    def stand_in(self, marks: npt.NDArray[np.intp]) -> npt.NDArray[np.bool_]:
        """Whether a row has any of these marks, (n_rows,) bool."""
        found: npt.NDArray[np.bool_] = np.diff(self.table[:, marks].indptr) > 0
        return found


@dataclass(frozen=True, eq=False)
class Groups:
    """What belongs together among the rows of a catalogue.

    Attributes
    ----------
    duplicates : ndarray, shape (n_rows,)
        Group of near-duplicates of every row.
    brands, lines : Marks
        Brand-like words, and pairs of neighbouring words.
    """

    duplicates: Rows
    brands: Marks
    lines: Marks

    @classmethod
    def of(cls, names: Sequence[str], read: ReadNames, lemmatizer: Lemmatizer) -> Groups:
        """Groups among names; `read` has the features of these, and maybe of others after them."""
        duplicates = near_duplicates(names)
        words, pairs = _words(read, len(names), lemmatizer), _pairs(read, len(names))
        return cls(duplicates, Marks.of(words), Marks.of(pairs))

    def of_rows(self, kind: str, rows: Rows) -> Rows:
        """Group of some rows of a kind: goods of a group are right or wrong together."""
        of_row = {
            "familiar": self.duplicates,
            "brand": self.brands.of_row,
            "line": self.lines.of_row,
        }
        return of_row[kind][rows]


def hold_out(
    groups: Groups, times: int, familiar: int, new: int, random: np.random.Generator
) -> list[HeldOut]:
    """Keep out about so many familiar rows and of each sort of new ones, several times.

    No group is kept out twice.
    """
    familiar_parts = _parts(groups.duplicates, times, familiar, random)
    brand_parts = _parts(groups.brands.of_row, times, new, random)
    line_parts = _parts(groups.lines.of_row, times, new, random)
    held = []
    for duplicates, brands, lines in zip(familiar_parts, brand_parts, line_parts, strict=True):
        is_brand = np.isin(groups.brands.of_row, brands)
        is_line = ~is_brand & np.isin(groups.lines.of_row, lines)
        unseen = groups.brands.stand_in(brands) | groups.lines.stand_in(lines)
        unseen |= np.isin(groups.duplicates, groups.duplicates[is_brand | is_line])
        is_familiar = ~unseen & np.isin(groups.duplicates, duplicates)
        kinds = {"familiar": is_familiar, "brand": is_brand, "line": is_line}
        rows = {kind: np.flatnonzero(chosen) for kind, chosen in kinds.items()}
        held.append(HeldOut(~unseen & ~is_familiar, rows))
    return held


def _parts(
    group: Rows, times: int, rows: int, random: np.random.Generator
) -> list[npt.NDArray[np.intp]]:
    """Groups in random order, cut into parts of about so many rows; -1 is no group."""
    sizes = np.bincount(group[group >= 0])
    order = random.permutation(np.flatnonzero(sizes))
    part = (np.cumsum(sizes[order]) - sizes[order]) // max(1, rows)
    return [order[part == number] for number in range(times)]


def near_duplicates(names: Sequence[str]) -> Rows:
    """Group of near-duplicates of every name, (n_names,).

    >>> near_duplicates(["Чай 100 пак.", "Кофе", "ЧАЙ 25пак"]).tolist()
    [1, 0, 1]
    """
    _, groups = np.unique([near_duplicate_key(name) for name in names], return_inverse=True)
    return groups


def near_duplicate_key(name: str) -> str:
    """What near-duplicates have in common.

    >>> near_duplicate_key("Чай «Майский» 100 пак.") == near_duplicate_key("ЧАЙ МАЙСКИЙ 25пак")
    True
    """
    return " ".join(re.findall(r"[^\W\d_]+", normalize_name(name)))


def _words(read: ReadNames, rows: int, lemmatizer: Lemmatizer) -> sparse.csr_matrix:
    """Which brand-like words stand in the first so many names, (rows, n_words)."""
    like = [text.startswith("w=") and is_brand_like(text[2:], lemmatizer) for text in read.texts]
    ids = read.ids
    chosen = (ids.single_rows < rows) & np.array(like, bool)[ids.single_ids]
    return _table(ids.single_rows[chosen], ids.single_ids[chosen].astype(np.int64), rows)


def _pairs(read: ReadNames, rows: int) -> sparse.csr_matrix:
    """Which pairs of neighbouring words stand in the first so many names, (rows, n_pairs)."""
    is_word = np.array([text.startswith("l=") for text in read.texts], bool)
    ids = read.ids
    chosen = (ids.pair_rows < rows) & is_word[ids.pair_ids].all(axis=1)
    return _table(ids.pair_rows[chosen], pair_keys(ids.pair_ids[chosen]), rows)


def is_brand_like(word: str, lemmatizer: Lemmatizer) -> bool:
    """Whether a lower-case word may be a brand.

    >>> [is_brand_like(word, Lemmatizer()) for word in ("ahmad", "простоквашино", "чай")]
    [True, True, False]
    """
    return len(word) >= SHORTEST_BRAND and (word[0] < "а" or not lemmatizer.is_known(word))


def _table(
    rows: npt.NDArray[np.int32], keys: npt.NDArray[np.int64], size: int
) -> sparse.csr_matrix:
    distinct, numbers = np.unique(keys, return_inverse=True)
    return SparseRows.counted(rows, numbers.astype(np.int32), (size, len(distinct))).tocsr()


def _commonest(marks: sparse.csr_matrix) -> Rows:
    """The mark of every row that stands in most rows, the first of several; -1 if it has none."""
    stands_in = np.bincount(marks.indices, minlength=marks.shape[1])
    rows = np.repeat(np.arange(marks.shape[0]), np.diff(marks.indptr))
    order = np.lexsort((-marks.indices, stands_in[marks.indices], rows))
    commonest = np.full(marks.shape[0], NO_LINE, np.intp)
    commonest[rows[order]] = marks.indices[order]  # the last one of a row stays
    return commonest
