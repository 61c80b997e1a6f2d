"""The features of names, read once, and the vocabularies that can be learned of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import count

import numpy as np
import numpy.typing as npt
from scipy import sparse

from textcat.arrays.numbered_texts import UNKNOWN, NumberedTexts
from textcat.arrays.sparse_rows import IntArray, SparseRows
from textcat.concurrency.jobs import side_by_side
from textcat.features.chunks import ChunkTable, NameIds, WordIds
from textcat.features.extraction import KIND_WEIGHTS, ChunkFeatures, features_of_chunks
from textcat.features.vocabulary import Vocabulary, pair_keys
from textcat.lemmas import Lemmatizer, LemmatizerSettings

# Chunks are read in blocks of so many, and by several processes if there are more than one block:
# a second of work each, so that sending them there and back does not count.
BLOCK = 10_000


@dataclass(frozen=True, eq=False)
class ReadNames:
    """The features of names, read once: vocabularies of any part of them can be learned.

    Attributes
    ----------
    texts : list of str
        Single features by id.
    ids : NameIds
        What every name has.
    words : WordIds
        Which of it are lemmas of its words.
    """

    texts: list[str]
    ids: NameIds
    words: WordIds

    @classmethod
    def of(
        cls, names: Iterable[str], lemmatizer: Lemmatizer, n_jobs: int | None = None
    ) -> ReadNames:
        """Read the features of names in `n_jobs` processes, as joblib counts them."""
        interned: defaultdict[str, int] = defaultdict(count().__next__)  # a new text, the next id

        def read(chunks: Sequence[str]) -> Iterable[list[ChunkFeatures]]:
            return _read_in_blocks(chunks, lemmatizer, n_jobs)

        def intern(texts: Sequence[str]) -> IntArray:
            return np.fromiter(map(interned.__getitem__, texts), np.int32, len(texts))

        found = ChunkTable(read, intern, limit=1 << 62).ids_and_words(names)
        return cls(list(interned), *found)

    def unknown_shares(self, vocabulary: Vocabulary) -> npt.NDArray[np.float32]:
        """As `NameReader.unknown_shares` of all names, (n_names,) float32."""
        distinct, place = np.unique(self.words.ids, return_inverse=True)
        texts = [self.texts[word] for word in distinct.tolist()]
        return self.words.unknown_shares((vocabulary.singles.find(texts) != UNKNOWN)[place])

    def learn(
        self, chosen: npt.NDArray[np.bool_], min_count: int
    ) -> tuple[Vocabulary, sparse.csr_matrix]:
        """Features that stand in `min_count` chosen names or more, and the matrix of all names.

        `chosen` is (n_names,) bool; the matrix is (n_names, n_features), as `Vocabulary.rows`.
        """
        learned = chosen[self.ids.single_rows]
        rows, alone = self.ids.single_rows[learned], self.ids.single_ids[learned]
        counts = _frequencies(rows, alone, len(self.texts))
        kept = np.flatnonzero(counts >= min_count)
        ids = _renumbered(self.ids, kept, len(self.texts))
        learned = chosen[ids.pair_rows]
        keys, numbers = np.unique(pair_keys(ids.pair_ids[learned]), return_inverse=True)
        pairs = _frequencies(ids.pair_rows[learned], numbers.astype(np.int32), len(keys))
        frequency = np.concatenate([counts[kept], pairs[pairs >= min_count]])
        idf = np.log((1 + int(chosen.sum())) / (1 + frequency)) + 1
        texts = [self.texts[i] for i in kept.tolist()]
        idf[: len(texts)] *= [KIND_WEIGHTS.get(text[0], 1.0) for text in texts]
        singles, pairs = NumberedTexts.of(texts), keys[pairs >= min_count]
        vocabulary = Vocabulary(singles, pairs, idf.astype(np.float32))
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


def _read_in_blocks(
    chunks: Sequence[str], lemmatizer: Lemmatizer, n_jobs: int | None
) -> Iterable[list[ChunkFeatures]]:
    """Read chunks in order; only some blocks are in memory at a time."""
    blocks = [chunks[start : start + BLOCK] for start in range(0, len(chunks), BLOCK)]
    if n_jobs in (None, 1) or len(blocks) < 2:
        return (features_of_chunks(block, lemmatizer) for block in blocks)
    from joblib import delayed

    tasks = (delayed(_read_block)(block, lemmatizer.settings) for block in blocks)
    return _remembering(side_by_side(tasks, n_jobs), lemmatizer)


def _remembering(
    found: Iterable[tuple[list[ChunkFeatures], dict[str, str]]], lemmatizer: Lemmatizer
) -> Iterator[list[ChunkFeatures]]:
    """Pass features on, and let a lemmatizer know the lemmas that were found on the way."""
    for features, lemmas in found:
        lemmatizer.remember(lemmas)
        yield features


def _read_block(
    chunks: Sequence[str], settings: LemmatizerSettings
) -> tuple[list[ChunkFeatures], dict[str, str]]:
    """Features of chunks, and the lemmas that this process had not met before."""
    lemmatizer = _lemmatizer(settings)
    before = set(lemmatizer.remembered)
    features = features_of_chunks(chunks, lemmatizer)
    remembered = lemmatizer.remembered.items()
    return features, {word: lemma for word, lemma in remembered if word not in before}


@lru_cache(maxsize=1)  # a process reads many blocks, and they share their words
def _lemmatizer(settings: LemmatizerSettings) -> Lemmatizer:
    return Lemmatizer(*settings)
