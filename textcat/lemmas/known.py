"""Lemmas that are known before any dictionary is loaded: those of the words a model has learned.

Most words of a name are words of the model. What the dictionary said of them at training is kept
beside the model's features, so that a process that meets no other word never loads it: that takes
0.15 s and 17 MB, and asking it ten times as long as looking a word up here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

from textcat.arrays.numbered_texts import UNKNOWN, NumberedTexts
from textcat.tables import abbreviations

# What a lemma is looked up of in «мягкая упаковка», which м/у stands for.
WORDS_OF_ABBREVIATION = re.compile(r"[^\s-]+")


class KnownWord(NamedTuple):
    """What an analyser says of a word."""

    lemma: str
    is_known: bool  # to the dictionary; if not, it may be a brand


class Analyser(Protocol):
    """A `Lemmatizer`, or what answers like it."""

    def lemma(self, word: str, /) -> str:
        """Return the lemma of a word."""

    def is_known(self, word: str, /) -> bool:
        """Tell whether the dictionary has a word."""


class KnownLemmas:
    """Lemmas of the words among some features.

    Parameters
    ----------
    texts : NumberedTexts
        Features: words such as `w=чая`, lemmas such as `l=чай`, any others.
    numbers : ndarray of int32, shape (n_texts,)
        For every word the number of its lemma, times 2, plus 1 if the dictionary has the word; -1
        for a word whose lemma is not among the features, and for whatever else is no word. A lemma
        that an abbreviation stands for counts as a word: «женский» may stand in the names only as
        «жен.».

    Raises
    ------
    ValueError
        If the numbers do not fit the texts.

    Examples
    --------
    >>> from textcat.lemmas import Lemmatizer
    >>> texts = NumberedTexts.of(["w=чая", "l=чай", "w=улун"])
    >>> known = KnownLemmas.of(texts, Lemmatizer())
    >>> known.numbers.tolist(), known.find(["чая", "улун", "кофе"])
    ([3, -1, -1], {'чая': KnownWord(lemma='чай', is_known=True)})
    """

    def __init__(self, texts: NumberedTexts, numbers: npt.NDArray[np.int32]) -> None:
        if numbers.shape != (len(texts),) or (len(texts) and numbers.max() >= 2 * len(texts)):
            raise ValueError("the lemmas do not fit the features")
        self.texts = texts
        self.numbers = numbers

    @classmethod
    def of(cls, texts: NumberedTexts, analyser: Analyser) -> KnownLemmas:
        """Ask for the lemmas of all words once."""
        return cls(NumberedTexts.of([]), np.empty(0, np.int32)).extended(texts, analyser)

    def extended(self, texts: NumberedTexts, analyser: Analyser) -> KnownLemmas:
        """The same of these features and others after them; only of those it is asked."""
        written = {f"l={word}" for word in _words_of_abbreviations()}
        words = {
            number: text[2:]
            for number in range(len(self.texts), len(texts))
            if (text := texts[number]).startswith("w=") or text in written
        }
        lemmas = texts.find([f"l={analyser.lemma(word)}" for word in words.values()])
        is_known = np.array([analyser.is_known(word) for word in words.values()], bool)
        numbers = np.full(len(texts), UNKNOWN, np.int32)
        numbers[: len(self.texts)] = self.numbers
        numbers[list(words)] = np.where(lemmas == UNKNOWN, UNKNOWN, 2 * lemmas + is_known)
        return KnownLemmas(texts, numbers)

    def find(self, words: Sequence[str]) -> Mapping[str, KnownWord]:
        """What is known of some words; those that nothing is known of are left out."""
        if not len(self.texts):
            return {}
        as_word = self._numbers_of([f"w={word}" for word in words])
        as_lemma = self._numbers_of([f"l={word}" for word in words])
        numbers = np.where(as_word == UNKNOWN, as_lemma, as_word)
        return {
            words[place]: KnownWord(self.texts[number >> 1][2:], bool(number & 1))
            for place, number in enumerate(numbers.tolist())
            if number != UNKNOWN
        }

    def _numbers_of(self, texts: Sequence[str]) -> npt.NDArray[np.int32]:
        places = self.texts.find(texts)
        return np.where(places == UNKNOWN, UNKNOWN, self.numbers[places])


def _words_of_abbreviations() -> Iterable[str]:
    for words in abbreviations().values():
        yield from WORDS_OF_ABBREVIATION.findall(words)
