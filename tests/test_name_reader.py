"""What a reader knows of a name's words."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from textcat.features.name_reader import NameReader
from textcat.features.reading import learn_vocabulary
from textcat.lemmas import Lemmatizer
from textcat.tokens import tokenize

LEMMATIZER = Lemmatizer()
LEARNED = ["Чай зелёный Ahmad 100г", "Шампунь для волос 400мл", "Кабель USB-C 2м"]
VOCABULARY, _ = learn_vocabulary(LEARNED, LEMMATIZER, min_count=1)

PIECES = [
    "чай", "чаем", "улун", "Ahmad", "зел", "зелёного", "д/волос", "ш-нь", "жен.", "20x30см",
    "SM-A546", "2,5%", "500", "мл", "№7", "чайУлун", "кефир,шампунь", "?!", "",
]  # fmt: skip
NAMES = st.lists(st.lists(st.sampled_from(PIECES), max_size=5).map(" ".join), max_size=6)


def reader(cache_size: int = 1000) -> NameReader:
    return NameReader(VOCABULARY, LEMMATIZER, cache_size)


@pytest.mark.parametrize(
    ("name", "share"),
    [
        ("чай зелёный", 0),
        ("чая зелёного", 0),  # another form of a known lemma
        ("чай улун", 1 / 2),
        ("чай чай улун", 1 / 3),  # every word counts as often as it stands there
        ("шампуньУлун", 1 / 2),  # glued words are two
        ("кефир,чай", 1 / 2),
        ("ш-нь зел", 0),  # abbreviations of known words
        ("Ahm", 1),  # a prefix is no word
        ("чай 930 5л 20x30см SM-A546", 0),  # numbers, units, sizes and codes are none either
        ("улун 100г", 1),
        ("гвозди", 1),
        ("100г", 1),  # no word of it is known
        ("", 1),
    ],
)
def test_share_of_the_words_of_a_name_that_are_unknown(name: str, share: float) -> None:
    assert reader().unknown_shares([name]).tolist() == [np.float32(share)]


def test_no_names_have_no_shares() -> None:
    shares = reader().unknown_shares([])
    assert shares.shape == (0,)
    assert shares.dtype == np.float32


@given(NAMES)
def test_shares_are_those_of_the_lemmas_of_words(names: list[str]) -> None:
    known = {text[2:] for text in VOCABULARY.singles if text.startswith("l=")}
    expected = []
    for name in names:
        words = [token for token in tokenize(name) if token.kind in ("word", "abbreviation")]
        lemmas = [str(LEMMATIZER.lemma_of_token(word)).replace(" ", "_") for word in words]
        unknown = sum(lemma not in known for lemma in lemmas)
        expected.append(float(unknown / len(words) if words else 1))
    assert reader().unknown_shares(names).tolist() == pytest.approx(expected)


@given(NAMES, st.integers(0, 3))
def test_a_name_has_the_same_share_in_any_batch_and_however_little_is_remembered(
    names: list[str], cache_size: int
) -> None:
    alone = [float(reader().unknown_shares([name])[0]) for name in names]
    assert reader(cache_size).unknown_shares(names).tolist() == alone


def test_shares_and_features_come_from_one_memory() -> None:
    both, apart = reader(), reader()
    shares = both.unknown_shares(LEARNED)
    assert (both.matrix(LEARNED) != apart.matrix(LEARNED)).nnz == 0
    assert both.unknown_shares(LEARNED).tolist() == shares.tolist() == [0, 0, 0]
