"""A word's dictionary form, as a shop would name it: «духов» is «духи», not «дух».

Nothing is loaded before the first word is asked for: neither the dictionary nor the stemmers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import Any, NamedTuple

from textcat.concurrency.locks import ProcessLock
from textcat.errors import TextcatError
from textcat.lemmas.analysers import russian_dictionary, stem_english, stem_russian
from textcat.lemmas.known import WORDS_OF_ABBREVIATION, KnownLemmas
from textcat.tables import abbreviations, shop_lemmas, units
from textcat.tokens import Token

ANALYSERS = ("pymorphy3", "stem", "none")
UNKNOWN_WORDS = ("predict", "stem", "keep")

_RUSSIAN = re.compile(r"[а-яё]+")
_ENGLISH = re.compile(r"[a-z]+(?:'[a-z]+)*")
_LONGEST_WORD = 40  # longer ones are no words; analysing takes time that grows with the length


class LemmatizerSettings(NamedTuple):
    """How words are read: the parameters of a `Lemmatizer`, but for what it knows."""

    analyser: str
    unknown_words: str
    cache_size: int


class Lemmatizer:
    """Find lemmas of words and tokens.

    Safe to share between threads; a pickled copy remembers nothing yet.

    Parameters
    ----------
    analyser : {"pymorphy3", "stem", "none"}, default="pymorphy3"
        What reads Russian words: the dictionary, the Snowball stemmer, or nothing. "none" leaves
        English words as they are, too.
    unknown_words : {"predict", "stem", "keep"}, default="predict"
        What to do with Russian words that are not in the dictionary: let pymorphy3 tell by their
        endings, take the Snowball stem, or leave them as they are.
    cache_size : int, default=200_000
        How many words to remember; more than this and those of one call are never held.
    known : KnownLemmas, optional
        What need not be asked for, as it was found before by one with the same parameters.

    Examples
    --------
    >>> lemmatizer = Lemmatizer()
    >>> [lemmatizer.lemma(word) for word in ["кошек", "носки", "бельё", "стали"]]
    ['кошка', 'носок', 'белье', 'сталь']
    """

    def __init__(
        self,
        analyser: str = "pymorphy3",
        unknown_words: str = "predict",
        cache_size: int = 200_000,
        known: KnownLemmas | None = None,
    ) -> None:
        self.analyser: str = _one_of(analyser, "analyser", ANALYSERS)
        self.unknown_words: str = _one_of(unknown_words, "unknown_words", UNKNOWN_WORDS)
        self.cache_size = cache_size
        self.known = known
        self._lemmas: dict[str, str] = {}
        self._writing = ProcessLock()
        self._cached_is_known = lru_cache(maxsize=cache_size)(self._find_is_known)

    def __reduce__(self) -> tuple[type[Lemmatizer], tuple[Any, ...]]:
        return type(self), (*self.settings, self.known)

    def __repr__(self) -> str:
        return (
            f"{type(self).__name__}(analyser={self.analyser!r}, "
            f"unknown_words={self.unknown_words!r}, cache_size={self.cache_size})"
        )

    @property
    def settings(self) -> LemmatizerSettings:
        """What makes another one that reads words alike.

        Examples
        --------
        >>> Lemmatizer(*Lemmatizer("stem").settings)
        Lemmatizer(analyser='stem', unknown_words='predict', cache_size=200000)
        """
        return LemmatizerSettings(self.analyser, self.unknown_words, self.cache_size)

    def lemma(self, word: str) -> str:
        """Return the lemma of a lower-case word, with ё folded to е.

        Examples
        --------
        >>> Lemmatizer().lemma("ёлками")
        'елка'
        """
        lemma = self._lemmas.get(word)
        if lemma is None:
            lemma = self._found([word])[word]
        return lemma

    def prepare(self, words: Iterable[str]) -> None:
        """Find the lemmas of several words: sooner than of one after the other, if some are known.

        Examples
        --------
        >>> lemmatizer = Lemmatizer()
        >>> lemmatizer.prepare(["кошек", "кот"])
        >>> lemmatizer.remembered
        mappingproxy({'кошек': 'кошка', 'кот': 'кот'})
        """
        lemmas = self._lemmas
        self._found([word for word in dict.fromkeys(words) if word not in lemmas])

    @property
    def remembered(self) -> Mapping[str, str]:
        """Words that were asked for and their lemmas, as far as they are remembered."""
        return MappingProxyType(self._lemmas)

    def remember(self, lemmas: Mapping[str, str]) -> None:
        """Take over what one with the same parameters has found, in another process perhaps."""
        with self._writing:
            if len(self._lemmas) + len(lemmas) > self.cache_size:
                self._lemmas = {}  # others may be reading the one that is full
            self._lemmas.update(lemmas)

    def lemma_of_token(self, token: Token) -> str | None:
        """Return the lemma of a token; None for numbers, sizes, codes and symbols.

        An abbreviation stands for its words, a unit for one of its spellings.

        Examples
        --------
        >>> from textcat.tokens import tokenize
        >>> [Lemmatizer().lemma_of_token(token) for token in tokenize("ш-нь д/кошек 250ml")]
        ['шампунь', 'для', 'кошка', None, 'мл']
        """
        if token.kind == "word":
            return self.lemma(token.text)
        if token.kind == "abbreviation":
            return self._lemma_of_abbreviation(token.text)
        if token.kind == "unit":
            return units()[token.text].unit
        return None

    def is_known(self, word: str) -> bool:
        """Tell whether a lower-case word is in the Russian dictionary; if not, it may be a brand.

        Without pymorphy3 there is no dictionary: every word in Russian letters counts as known.

        Examples
        --------
        >>> Lemmatizer().is_known("шампунь"), Lemmatizer().is_known("простоквашино")
        (True, False)
        """
        return len(word) <= _LONGEST_WORD and self._cached_is_known(word)

    def _lemma_of_abbreviation(self, text: str) -> str:
        table, form = abbreviations(), _without_yo(text)
        words = table.get(form) or table.get(f"{form}.")
        if words:
            return " ".join(self.lemma(word) for word in WORDS_OF_ABBREVIATION.findall(words))
        return self.lemma(text) if self.is_known(text) else form

    def _found(self, words: Sequence[str]) -> dict[str, str]:
        """Lemmas of words that are not remembered; they are from now on."""
        known = self.known.find(words) if self.known else {}
        lemmas = {
            word: known[word].lemma if word in known else self._find_lemma(word) for word in words
        }
        self.remember({word: lemmas[word] for word in words if len(word) <= _LONGEST_WORD})
        return lemmas

    def _find_lemma(self, word: str) -> str:
        if len(word) > _LONGEST_WORD:
            return _without_yo(word)
        if self.analyser != "none" and _ENGLISH.fullmatch(word):
            return stem_english(word)
        if self.analyser != "none" and _RUSSIAN.fullmatch(word):
            return _without_yo(self._russian_lemma(word))
        return _without_yo(word)

    def _russian_lemma(self, word: str) -> str:
        if self.analyser == "stem":
            return stem_russian(word)
        table = shop_lemmas()
        if word in table:
            return table[word]
        if self.unknown_words == "predict" or self.is_known(word):
            lemma = russian_dictionary().lemma(word)
            return table.get(lemma, lemma)
        return stem_russian(word) if self.unknown_words == "stem" else word

    def _find_is_known(self, word: str) -> bool:
        if not _RUSSIAN.fullmatch(word):
            return False
        known = self.known.find([word]) if self.known else {}
        if word in known:
            return known[word].is_known
        return self.analyser != "pymorphy3" or russian_dictionary().knows(word)


def _without_yo(word: str) -> str:
    return word.replace("ё", "е")


def _one_of(value: str, name: str, choices: tuple[str, ...]) -> str:
    if value not in choices:
        raise TextcatError(f"{name} must be one of {', '.join(choices)}, but is {value!r}.")
    return value
