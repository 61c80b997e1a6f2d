"""A vocabulary grown by words that it has never met.

What a vocabulary knows keeps its weight. New features weigh as much as those that stand in a single
name; single ones come after all others, and pairs find their place in the order of their keys, so
that columns move and stay in order.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from textcat.arrays.numbered_texts import UNKNOWN
from textcat.arrays.sparse_rows import FloatArray, IntArray
from textcat.descent.linear_tree import LinearTree
from textcat.features.extraction import KIND_WEIGHTS
from textcat.features.name_reader import NameReader
from textcat.features.reading import ReadNames
from textcat.features.vocabulary import Vocabulary, pair_keys
from textcat.learning.ascending import those_missing
from textcat.lemmas import Lemmatizer


class Grown(NamedTuple):
    """A reader that knows more, and where everything is now.

    Attributes
    ----------
    reader : NameReader
    columns : ndarray of int32, shape (n_features,)
        New column of every old one, ascending.
    """

    reader: NameReader
    columns: IntArray


def with_words(
    reader: NameReader, linear_tree: LinearTree, names: Sequence[str]
) -> tuple[NameReader, LinearTree]:
    """A reader that knows all features of some names, and the tree with the columns it has."""
    grown = with_words_of(reader, names) if names else None
    if grown is None:
        return reader, linear_tree
    old = linear_tree.branches.items()
    branches = {slot: branch.renumbered(grown.columns) for slot, branch in old}
    return grown.reader, replace(linear_tree, branches=branches)


def with_words_of(reader: NameReader, names: Sequence[str]) -> Grown | None:
    """The reader with all features of some names; None if it has them already.

    >>> from textcat.features.reading import learn_vocabulary
    >>> vocabulary, _ = learn_vocabulary(["чай улун"], Lemmatizer(), min_count=1)
    >>> grown = with_words_of(NameReader(vocabulary, Lemmatizer()), ["чай пуэр"])
    >>> grown.reader.vocabulary.column_of("l=чай l=пуэр") is None
    False
    >>> with_words_of(grown.reader, ["ЧАЙ ПУЭР!"]) is None
    True
    """
    vocabulary, read = reader.vocabulary, ReadNames.of(names, reader.lemmatizer)
    numbers = vocabulary.singles.find(read.texts)
    stands = np.zeros(len(numbers), bool)
    stands[read.ids.single_ids] = True
    new = np.flatnonzero(stands & (numbers == UNKNOWN))
    numbers[new] = len(vocabulary.singles) + np.arange(len(new))
    pairs = those_missing(pair_keys(numbers[read.ids.pair_ids]), vocabulary.pairs)
    if not len(new) and not len(pairs):
        return None
    return _grown(reader, [read.texts[number] for number in new.tolist()], pairs)


def _grown(reader: NameReader, singles: list[str], pairs: npt.NDArray[np.int64]) -> Grown:
    old = reader.vocabulary
    alone, places = len(old.singles), old.pairs.searchsorted(pairs)
    texts, rarest = old.singles.extended(singles), _weight_of_the_rarest(old)
    weights = [KIND_WEIGHTS.get(text[0], 1.0) for text in singles]
    of_singles = np.append(old.idf[:alone], np.float32(rarest * np.array(weights)))
    of_pairs = np.insert(old.idf[alone:], places, rarest)
    vocabulary = Vocabulary(
        texts, np.insert(old.pairs, places, pairs), np.append(of_singles, of_pairs)
    )
    before = places.searchsorted(np.arange(len(old.pairs)), side="right")
    columns = np.arange(len(old), dtype=np.int32)
    columns[alone:] += (len(singles) + before).astype(np.int32)
    return Grown(_reader(reader, vocabulary), columns)


def _weight_of_the_rarest(vocabulary: Vocabulary) -> np.float32:
    """Inverse document frequency of what stands in the fewest names, less the weight of its kind.

    It is the one that a feature of a single name has, unless rare ones were not learned.
    """
    texts, weights = vocabulary.singles.arrays, np.ones(256, np.float32)
    for kind, weight in KIND_WEIGHTS.items():
        weights[ord(kind)] = weight
    plain: FloatArray = vocabulary.idf.copy()
    plain[: len(vocabulary.singles)] /= weights[texts["text"][texts["starts"][:-1]]]
    return np.float32(plain.max(initial=1))


def _reader(old: NameReader, vocabulary: Vocabulary) -> NameReader:
    """As the old one, with nothing remembered of chunks: they may have more features now."""
    lemmatizer, known = old.lemmatizer, old.lemmatizer.known
    if known is not None and known.texts is old.vocabulary.singles:
        known = known.extended(vocabulary.singles, lemmatizer)
        lemmatizer = Lemmatizer(*lemmatizer.settings, known=known)
    return NameReader(vocabulary, lemmatizer, old.cache_size)
