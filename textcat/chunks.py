"""A table of the distinct chunks of names, so that a chunk is read once and a name never.

For every chunk the table holds the ids of its features, of those that pair up, of its head word
and of its words, in flat arrays; what a batch of names has is then gathered with a few array
operations. The table is bounded and may be read by threads while another one adds to it: an entry
is written before the index that leads to it is published, and a full table is replaced by an
empty one, never emptied.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain
from threading import Lock
from typing import NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt

from textcat.features import ChunkFeatures

IntArray = npt.NDArray[np.int32]
Number = TypeVar("Number", np.int32, np.int64)

UNKNOWN = -1
# Parts that a feature of a chunk plays.
ALONE, LINK, HEAD = range(3)
# A name is read up to here: a megabyte pasted by mistake must not stop the others.
LONGEST_NAME = 2000


class NameIds(NamedTuple):
    """Feature ids of a batch of names, repeated where features repeat.

    Attributes
    ----------
    names : int
        Names in the batch.
    single_rows, single_ids : ndarray of int32, shape (n,)
        Row in the batch and id of every feature that stands alone, heads included.
    pair_rows : ndarray of int32, shape (m,)
    pair_ids : ndarray of int32, shape (m, 2)
        Ids of neighbours.
    """

    names: int
    single_rows: IntArray
    single_ids: IntArray
    pair_rows: IntArray
    pair_ids: IntArray


class Ragged:
    """Rows of different lengths in one array that grows by doubling."""

    def __init__(self) -> None:
        self.values: IntArray = np.empty(1024, np.int32)
        self.starts: npt.NDArray[np.int64] = np.zeros(1024, np.int64)

    def write(self, place: int, row: Sequence[int]) -> None:
        """Write row number `place`, the next one, or the last one again."""
        start = int(self.starts[place])
        stop = start + len(row)
        self.values = _with_room(self.values, stop)
        self.values[start:stop] = row
        self.starts = _with_room(self.starts, place + 2)
        self.starts[place + 1] = stop

    def gather(self, rows: IntArray) -> tuple[IntArray, IntArray]:
        """Values of several rows, one after the other, and the length of each row.

        >>> table = Ragged()
        >>> table.write(0, [1, 2])
        >>> table.write(1, [3])
        >>> values, lengths = table.gather(np.array([1, 0, 1]))
        >>> values.tolist(), lengths.tolist()
        ([3, 1, 2, 3], [1, 2, 1])
        """
        starts = self.starts  # before the values: a value array only ever gains rows
        first, lengths = starts[rows], starts[rows + 1] - starts[rows]
        shift = (first - (lengths.cumsum() - lengths)).repeat(lengths)
        shift += np.arange(len(shift))
        return self.values[shift], lengths


def _with_room(array: npt.NDArray[Number], size: int) -> npt.NDArray[Number]:
    """The array itself, or a copy of twice its length or more if `size` does not fit."""
    if size <= len(array):
        return array
    return np.concatenate([array, np.zeros(max(len(array), size - len(array)), array.dtype)])


class _Table:
    """The entries of a `ChunkTable`.

    Attributes
    ----------
    index : dict of str to int
        Chunk -> its row in the others.
    features : Ragged
        Ids of its features, each times 4 plus its part: `ALONE`, `LINK` or `HEAD`.
    words : Ragged
        Ids of the lemmas of its words.
    """

    def __init__(self) -> None:
        self.index: dict[str, int] = {}
        self.features = Ragged()
        self.words = Ragged()


class ChunkTable:
    """Chunks and the ids of their features.

    Parameters
    ----------
    read : callable
        chunk -> `ChunkFeatures`.
    feature_id : callable
        Text of a feature -> its id, or -1 if it has none.
    limit : int
        Chunks to remember; more than this and a batch's own are never held.
    """

    def __init__(
        self, read: Callable[[str], ChunkFeatures], feature_id: Callable[[str], int], limit: int
    ) -> None:
        self._read = read
        self._feature_id = feature_id
        self._limit = limit
        self._table = _Table()
        self._lock = Lock()

    def ids(self, names: Iterable[str]) -> NameIds:
        """Feature ids of every name."""
        table, places, lengths = self._cut(names)
        found, counts = table.features.gather(places)
        rows, ids, part = _repeated(lengths).repeat(counts), found >> 2, found & 3
        is_link = part == LINK
        single = _is_first_head(rows, part) | (part == ALONE)
        single &= ids != UNKNOWN
        pair_rows, pair_ids = _pairs(rows[is_link], ids[is_link])
        return NameIds(len(lengths), rows[single], ids[single], pair_rows, pair_ids)

    def words(self, names: Iterable[str]) -> tuple[IntArray, IntArray]:
        """Row in the batch of every word, and the id of its lemma, -1 if that is unknown."""
        table, places, lengths = self._cut(names)
        ids, counts = table.words.gather(places)
        return _repeated(lengths).repeat(counts), ids

    def _cut(self, names: Iterable[str]) -> tuple[_Table, IntArray, IntArray]:
        """The chunks of names as rows of a table, and how many of them every name has."""
        chunks = [name[:LONGEST_NAME].split() for name in names]
        lengths = np.fromiter(map(len, chunks), np.int32, len(chunks))
        table, places = self._places(list(chain.from_iterable(chunks)))
        return table, places, lengths

    def _places(self, chunks: list[str]) -> tuple[_Table, IntArray]:
        """Row of every chunk in a table that holds them all; the unseen ones are added."""
        table = self._table
        places = list(map(table.index.get, chunks))
        if None in places:
            table = self._add(dict.fromkeys(chunks))
            places = list(map(table.index.get, chunks))
        return table, np.array(places, np.int32)

    def _add(self, chunks: Mapping[str, None]) -> _Table:
        with self._lock:
            table = self._table
            unseen = [chunk for chunk in chunks if chunk not in table.index]
            if table.index and len(table.index) + len(unseen) > self._limit:
                table, unseen = _Table(), list(chunks)
            for chunk in unseen:
                self._enter(table, chunk)
            self._table = table
            return table

    def _enter(self, table: _Table, chunk: str) -> None:
        features, place = self._read(chunk), len(table.index)
        links = [self._feature_id(text) for text in features.links]
        ids = [4 * self._feature_id(text) + ALONE for text in features.alone]
        ids += [4 * link + LINK for link in links]
        if features.head:
            ids.append(4 * self._feature_id(features.head) + HEAD)
        table.features.write(place, ids)
        table.words.write(place, _words(features.links, links))
        table.index[chunk] = place  # last: an entry that was interrupted is written again


def _words(texts: list[str], links: list[int]) -> list[int]:
    """The links that are lemmas of words; the others are numbers, units, sizes and codes.

    >>> _words(["l=чай", "n=#", "l=улун"], [7, 9, UNKNOWN])
    [7, -1]
    """
    return [link for text, link in zip(texts, links, strict=True) if text.startswith("l=")]


def _repeated(lengths: IntArray) -> IntArray:
    """Numbers of names, each as often as the name has chunks."""
    return np.arange(len(lengths), dtype=np.int32).repeat(lengths)


def _is_first_head(rows: IntArray, part: IntArray) -> npt.NDArray[np.bool_]:
    """Whether a feature is the head of its name: the first one that a chunk of it offers.

    >>> _is_first_head(np.array([0, 0, 1, 1]), np.array([HEAD, HEAD, ALONE, HEAD])).tolist()
    [True, False, False, True]
    """
    heads = (part == HEAD).nonzero()[0]
    is_first = np.zeros(len(part), bool)
    is_first[heads] = _starts_row(rows[heads])
    return is_first


def _starts_row(rows: IntArray) -> npt.NDArray[np.bool_]:
    """Whether the item before belongs to another row."""
    starts = np.ones(len(rows), bool)
    np.not_equal(rows[1:], rows[:-1], out=starts[1:])
    return starts


def _pairs(rows: IntArray, links: IntArray) -> tuple[IntArray, IntArray]:
    """Neighbours within a name, both known; their rows and ids."""
    known = links != UNKNOWN
    second = (known[1:] & known[:-1] & (rows[1:] == rows[:-1])).nonzero()[0] + 1
    pairs = np.empty((len(second), 2), np.int32)
    pairs[:, 0], pairs[:, 1] = links[second - 1], links[second]
    return rows[second], pairs
