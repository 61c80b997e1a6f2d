"""A table of the distinct chunks of names, so that a chunk is read once and a name never.

For every chunk the table holds the ids of its features, of those that pair up, of its head word
and of its words, in flat arrays; what a batch of names has is then gathered with a few array
operations. The table is bounded and may be read by threads while another one adds to it: an entry
is written before the index that leads to it is published, and a full table is replaced by an
empty one, never emptied. Chunks are read with nobody waiting: should several threads read the
same one, the first to be done enters it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from textcat.arrays.numbered_texts import UNKNOWN
from textcat.arrays.ragged import IntArray, Ragged
from textcat.concurrency.locks import ProcessLock
from textcat.features.extraction import ChunkFeatures

Read = Callable[[Sequence[str]], Iterable[Sequence[ChunkFeatures]]]
FeatureIds = Callable[[Sequence[str]], IntArray]

# Parts that a feature of a chunk plays: it stands alone, it is the head, it pairs up, and it does
# so as the lemma of a word.
ALONE, HEAD, LINK, WORD = range(4)
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

    @classmethod
    def of(cls, names: int, rows: IntArray, values: IntArray) -> NameIds:
        """From what stands in chunks: ids times 4 plus the parts that they play."""
        ids, part = values >> 2, values & 3
        is_link = part >= LINK
        single = _is_first_head(rows, part) | (part == ALONE)
        single &= ids != UNKNOWN
        pair_rows, pair_ids = _pairs(rows[is_link], ids[is_link])
        return cls(names, rows[single], ids[single], pair_rows, pair_ids)


class WordIds(NamedTuple):
    """Lemmas of the words in a batch of names.

    Attributes
    ----------
    names : int
        Names in the batch.
    rows, ids : ndarray of int32, shape (n,)
        Row in the batch of every word, and the id of its lemma, -1 if that is unknown.
    """

    names: int
    rows: IntArray
    ids: IntArray

    @classmethod
    def of(cls, names: int, rows: IntArray, values: IntArray) -> WordIds:
        """From what stands in chunks, as `NameIds.of`."""
        is_word = (values & 3) == WORD
        return cls(names, rows[is_word], values[is_word] >> 2)

    def unknown_shares(self, is_known: npt.NDArray[np.bool_]) -> npt.NDArray[np.float32]:
        """Share of every name's words that are unknown, (n_names,); 1 for one without any.

        `is_known` tells it of every word, (n,) bool.
        """
        words = np.bincount(self.rows, minlength=self.names)
        known = np.bincount(self.rows[is_known], minlength=self.names)
        return (1 - known / np.maximum(words, 1)).astype(np.float32)


class _Table:
    """The entries of a `ChunkTable`.

    Attributes
    ----------
    index : dict of str to int
        Chunk -> its row in the others.
    features : Ragged
        Ids of its features, each times 4 plus the part that it plays.
    """

    def __init__(self) -> None:
        self.index: dict[str, int] = {}
        self.features = Ragged()

    def enter(self, chunks: Sequence[str], read: Ragged) -> None:
        """Enter chunks with what was read of them, but for those that are entered already."""
        new = [row for row, chunk in enumerate(chunks) if chunk not in self.index]
        place = len(self.index)
        self.features.write(place, *read.gather(np.array(new, np.int32)))
        # last: entries that were interrupted are written again
        self.index.update({chunks[row]: place + number for number, row in enumerate(new)})


class ChunkTable:
    """Chunks and the ids of their features.

    Parameters
    ----------
    read : callable
        Several chunks -> their `ChunkFeatures`, in blocks and in order.
    feature_ids : callable
        Texts of features -> their ids as an array of int32, -1 for what has none.
    limit : int
        Chunks to remember; more than this and those of batches being read are never held.
    """

    def __init__(self, read: Read, feature_ids: FeatureIds, limit: int) -> None:
        self._read = read
        self._feature_ids = feature_ids
        self._limit = limit
        self._table = _Table()
        self._lock = ProcessLock()

    def ids(self, names: Iterable[str]) -> NameIds:
        """Feature ids of every name."""
        return NameIds.of(*self._gathered(names))

    def words(self, names: Iterable[str]) -> WordIds:
        """Lemmas of the words of every name."""
        return WordIds.of(*self._gathered(names))

    def ids_and_words(self, names: Iterable[str]) -> tuple[NameIds, WordIds]:
        """Both, for hardly more than either."""
        gathered = self._gathered(names)
        return NameIds.of(*gathered), WordIds.of(*gathered)

    def _gathered(self, names: Iterable[str]) -> tuple[int, IntArray, IntArray]:
        """How many names there are; row of everything that stands in their chunks, and what."""
        table, places, lengths = self._cut(names)
        values, counts = table.features.gather(places)
        rows = np.arange(len(lengths), dtype=np.int32).repeat(lengths)
        return len(lengths), rows.repeat(counts), values

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
        """A table with these chunks: read by this thread or, at the same time, by another."""
        table, unseen = self._with_room_for(chunks)
        start = 0
        for block in self._read(unseen):
            read = _ids_and_parts(block, self._feature_ids)
            with self._lock:
                table.enter(unseen[start : start + len(block)], read)
            start += len(block)
        return table

    def _with_room_for(self, chunks: Mapping[str, None]) -> tuple[_Table, list[str]]:
        """The table, replaced if it is full, and which of the chunks it does not have."""
        with self._lock:
            index = self._table.index
            unseen = [chunk for chunk in chunks if chunk not in index]
            if index and len(index) + len(unseen) > self._limit:
                self._table, unseen = _Table(), list(chunks)
            return self._table, unseen


def _ids_and_parts(read: Sequence[ChunkFeatures], feature_ids: FeatureIds) -> Ragged:
    """What was read of chunks, as it stands in a table."""
    texts: list[str] = []
    parts, ends = bytearray(), [0]
    for features in read:
        texts += features.alone
        texts += features.links
        parts += bytes(len(features.alone))  # ALONE is 0
        parts += bytes([_part_of_link(text) for text in features.links])
        if features.head:
            texts.append(features.head)
            parts.append(HEAD)
        ends.append(len(texts))
    found = Ragged()
    found.write(0, 4 * feature_ids(texts) + np.frombuffer(parts, np.uint8), np.diff(ends))
    return found


def _part_of_link(text: str) -> int:
    """Links are lemmas of words, or else numbers, units, sizes and codes."""
    return WORD if text.startswith("l=") else LINK


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
