"""Lemmas that are known beforehand are those that would be found, and save asking for them."""

from __future__ import annotations

import pickle

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from textcat.arrays.numbered_texts import NumberedTexts
from textcat.features.reading import learn_vocabulary
from textcat.lemmas import Lemmatizer
from textcat.lemmas.known import KnownLemmas, KnownWord
from textcat.tokens import tokenize

LEMMATIZER = Lemmatizer()
NAMES = ["Ёлка иск. зелёная 2м", "Носки шерстяные Dunlop", "Духи «Агуша» жен.", "ш-нь shoes кур."]
VOCABULARY, _ = learn_vocabulary(NAMES, LEMMATIZER, min_count=1)
KNOWN = KnownLemmas.of(VOCABULARY.singles, LEMMATIZER)

LEARNED = [token.text for name in NAMES for token in tokenize(name)]
OTHERS = ["елка", "носок", "кефир", "кур", "кура", "ши", "lego", "", "а" * 41, "\ud800", "w=духи"]
WORDS = st.sampled_from(LEARNED + OTHERS)


def knowing(cache_size: int = 100) -> Lemmatizer:
    return Lemmatizer(cache_size=cache_size, known=KNOWN)


@given(st.lists(WORDS, max_size=8), st.integers(0, 4))
def test_known_lemmas_are_those_that_would_be_found(words: list[str], cache_size: int) -> None:
    prepared = knowing(cache_size)
    prepared.prepare(words)
    for lemmatizer in (prepared, knowing()):
        for word in words:
            assert lemmatizer.lemma(word) == LEMMATIZER.lemma(word)
            assert lemmatizer.is_known(word) == LEMMATIZER.is_known(word)


@given(WORDS)
def test_a_token_has_the_same_lemma_whatever_is_known(word: str) -> None:
    """The feature w=кур is learned of an abbreviation, but its lemma is kept as that of a word."""
    for text in (word, f"{word}.", f"{word}/ш"):
        for token in tokenize(text):
            assert knowing().lemma_of_token(token) == LEMMATIZER.lemma_of_token(token)


def test_words_that_were_learned_are_known_with_their_lemmas() -> None:
    assert KNOWN.find(["носки", "агуша", "кефир", "shoes"]) == {
        "носки": KnownWord("носок", True),
        "агуша": KnownWord("агуша", False),
        "shoes": KnownWord("shoe", False),
    }


def test_nothing_is_known_of_no_features() -> None:
    nothing = KnownLemmas.of(NumberedTexts.of([]), LEMMATIZER)
    assert nothing.find(["чай"]) == {}
    assert Lemmatizer(known=nothing).lemma("чая") == "чай"


def test_a_word_whose_lemma_is_no_feature_is_asked_for() -> None:
    known = KnownLemmas.of(NumberedTexts.of(["w=чая", "l=кофе"]), LEMMATIZER)
    assert known.find(["чая"]) == {}


def test_a_pickled_lemmatizer_knows_the_same() -> None:
    copy = pickle.loads(pickle.dumps(knowing()))
    assert copy.known.find(LEARNED) == KNOWN.find(LEARNED)


@pytest.mark.parametrize("numbers", [KNOWN.numbers[1:], KNOWN.numbers + 2 * len(KNOWN.numbers)])
def test_numbers_of_other_features_are_refused(numbers: np.ndarray) -> None:
    with pytest.raises(ValueError, match="do not fit"):
        KnownLemmas(VOCABULARY.singles, numbers)


def test_no_more_is_remembered_than_allowed() -> None:
    lemmatizer = Lemmatizer("none", cache_size=3)
    for word in "abcdefgh":
        lemmatizer.lemma(word)
        assert len(lemmatizer.remembered) <= 3
    lemmatizer.prepare("abcde")
    assert set(lemmatizer.remembered) == set("abcde")  # what one call asks for is held
    lemmatizer.lemma("x" * 1000)
    assert set(lemmatizer.remembered) <= set("abcde")  # but no text that is no word
