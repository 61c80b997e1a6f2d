"""What knows the languages: the dictionary of pymorphy3, the Snowball stemmers.

Each is loaded once a process, when first asked. The stemmers are those of `snowballstemmer`, which
imports in 30 ms; nltk's take two seconds, and every new Latin brand would make its user wait.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple

from textcat.concurrency.locks import ProcessLock

_LOADING = ProcessLock()
_VERBAL = {"VERB", "INFN", "GRND", "PRTS"}  # parts of speech that names hardly hold
_NOMINAL = {"NOUN", "ADJF", "PRTF"}
_SURNAMES = {"Surn", "Patr"}
_ADJECTIVE_ENDINGS = ("ая", "яя", "ое", "ее")
_MASCULINE = frozenset({"masc", "sing", "nomn"})


class RussianDictionary:
    """Lemmas of Russian words in product names.

    Names are noun phrases, which the readings of a word are chosen by: see `_most_likely`.
    """

    def __init__(self) -> None:
        import pymorphy3

        self._analyser = pymorphy3.MorphAnalyzer()

    def knows(self, word: str) -> bool:
        """Tell whether a word is in the dictionary, written with ё or without."""
        return bool(self._analyser.word_is_known(word))

    def lemma(self, word: str) -> str:
        """Return the lemma of a word; that of an unknown one is told by its ending."""
        readings = self._analyser.parse(word)
        if self.knows(word):
            return _lemma(_most_likely(readings, word))
        # «спрей» is no form of «спреть»: a new word is a noun or an adjective, if not left alone
        nominal = [reading for reading in readings if _traits(reading).common]
        return _lemma(_most_likely(nominal, word)) if nominal else word


def _most_likely(readings: list[Any], word: str) -> Any:
    """Choose a reading by what names are: nouns with adjectives, hardly ever verbs or people."""
    common = [reading for reading in readings if _traits(reading).common] or readings
    first = readings[0]
    if _traits(first).part in _VERBAL or _traits(first).person:
        first = common[0]
    if _traits(first).part == "NOUN":
        return _most_likely_noun(common)
    if _traits(first).part == "ADJF":  # «складной» is not a form of «складный»
        adjectives = (reading for reading in common if _traits(reading).part == "ADJF")
        return next((reading for reading in adjectives if reading.normal_form == word), first)
    return first


def _most_likely_noun(readings: list[Any]) -> Any:
    shares: dict[str, float] = {}  # of each lemma, over its cases
    for reading in readings:
        weight = 2 if _traits(reading).nominative else 1  # the product stands in this case
        shares[reading.normal_form] = shares.get(reading.normal_form, 0) + reading.score * weight
    best = max(readings, key=lambda reading: shares[reading.normal_form])
    if best.normal_form.endswith(_ADJECTIVE_ENDINGS):  # «ложка столовая» is no canteen
        return next((other for other in readings if _traits(other).part == "ADJF"), best)
    # «духи» is perfume, not ghosts: a noun that has no singular wins
    return next((other for other in readings if _traits(other).plural_only), best)


class _Traits(NamedTuple):
    """What matters of a tag of OpenCorpora, such as `NOUN,anim,masc plur,nomn`."""

    part: str
    nominative: bool
    plural_only: bool
    person: bool  # a surname, or «Майка» that is a form of «Майк»; but «Маргарита» is a pizza
    common: bool


def _traits(reading: Any) -> _Traits:
    return _traits_of_tag(str(reading.tag))


@cache  # there are some thousands of tags
def _traits_of_tag(tag: str) -> _Traits:
    part, *rest = tag.replace(" ", ",").split(",")
    grammemes = set(rest)
    nominative = "nomn" in grammemes
    person = bool(grammemes & _SURNAMES) or ("Name" in grammemes and not nominative)
    common = part in _NOMINAL and not person
    return _Traits(part, nominative, "Pltm" in grammemes, person, common)


def _lemma(reading: Any) -> str:
    if _traits(reading).part == "PRTF":  # «замороженная» is «замороженный», not «заморозить»
        participle = reading.inflect(_MASCULINE)
        return str(participle.word if participle else reading.normal_form)
    return str(reading.normal_form)


def russian_dictionary() -> RussianDictionary:
    """Return the dictionary, loaded by whichever thread comes first."""
    with _LOADING:
        return _load_dictionary()


def stem_russian(word: str) -> str:
    """Return the Snowball stem of a Russian word.

    Examples
    --------
    >>> stem_russian("смешариков")
    'смешарик'
    """
    return _stemmer("russian")(word)


def stem_english(word: str) -> str:
    """Return the Snowball stem of an English word.

    Examples
    --------
    >>> stem_english("shoes")
    'shoe'
    """
    return _stemmer("english")(word)


@cache
def _load_dictionary() -> RussianDictionary:
    return RussianDictionary()


def _stemmer(language: str) -> Callable[[str], str]:
    with _LOADING:
        return _load_stemmer(language)


@cache
def _load_stemmer(language: str) -> Callable[[str], str]:
    import snowballstemmer

    stemmer, in_use = snowballstemmer.stemmer(language), ProcessLock()

    def stem(word: str) -> str:
        with in_use:  # a stemmer works on the word inside itself
            return str(stemmer.stemWord(word))

    return stem
