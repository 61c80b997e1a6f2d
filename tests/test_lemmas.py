"""Which lemma a word has in a shop, and what never reaches an analyser."""

from __future__ import annotations

import pickle
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from textcat.errors import TextcatError
from textcat.lemmas import Lemmatizer
from textcat.tables import abbreviations, shop_lemmas
from textcat.tokens import tokenize

TABLE = (Path(__file__).parent / "cases" / "lemmas.txt").read_text("utf-8")
UNTIMED = settings(deadline=None)  # the first word loads the dictionary
WORDS = st.text(st.sampled_from("абвгдеёжзиклмнопрстуфхцчшщъыьэюя"), max_size=12)


def cases(*, failing: bool) -> list[list[str]]:
    part = TABLE.split("# KNOWN FAILURES")[failing]
    return [line.split() for line in part.splitlines() if line and not line.startswith("#")]


@pytest.fixture(scope="module")
def lemmatizer() -> Lemmatizer:
    return Lemmatizer()


@pytest.mark.parametrize(("word", "lemma"), cases(failing=False))
def test_lemmas_are_those_of_the_table(word: str, lemma: str, lemmatizer: Lemmatizer) -> None:
    assert lemmatizer.lemma(word) == lemma


@pytest.mark.xfail(strict=True)
@pytest.mark.parametrize(("word", "lemma"), cases(failing=True))
def test_what_is_known_to_fail(word: str, lemma: str, lemmatizer: Lemmatizer) -> None:
    assert lemmatizer.lemma(word) == lemma


@pytest.mark.parametrize("lemma", sorted({lemma for _, lemma in cases(failing=False)}))
def test_a_lemma_is_its_own_lemma(lemma: str, lemmatizer: Lemmatizer) -> None:
    assert lemmatizer.lemma(lemma) == lemma


def test_lemmas_of_the_shop_are_their_own_lemmas(lemmatizer: Lemmatizer) -> None:
    words = {word for lemma in shop_lemmas().values() for word in lemma.split()}
    assert [lemmatizer.lemma(word) for word in sorted(words)] == sorted(words)


@UNTIMED
@given(st.text() | WORDS)
def test_any_string_has_a_lemma_without_yo(lemmatizer: Lemmatizer, text: str) -> None:
    lemma = lemmatizer.lemma(text)
    assert "ё" not in lemma
    assert bool(lemma) == bool(text)


@UNTIMED
@given(st.text(st.characters(codec=None)))
def test_any_token_has_a_lemma_or_none(lemmatizer: Lemmatizer, text: str) -> None:
    for token in tokenize(text):
        lemma = lemmatizer.lemma_of_token(token)
        assert (lemma is None) == (token.kind in {"number", "size", "code", "symbol"})


def test_yo_is_folded_after_the_dictionary_is_asked(lemmatizer: Lemmatizer) -> None:
    assert lemmatizer.lemma("ёлками") == lemmatizer.lemma("елками") == "елка"
    assert lemmatizer.is_known("зелёный")
    assert lemmatizer.is_known("зеленый")


def test_abbreviations_stand_for_their_words(lemmatizer: Lemmatizer) -> None:
    tokens = tokenize("ш-нь д/кошек жен. с/м нерж. м/у чёрн.")
    assert [lemmatizer.lemma_of_token(token) for token in tokens] == [
        "шампунь",
        "для",
        "кошка",
        "женский",
        "свежемороженый",
        "нержавеющий сталь",
        "мягкий упаковка",
        "черный",
    ]


def test_an_abbreviation_that_nobody_listed_is_a_word_or_stays(lemmatizer: Lemmatizer) -> None:
    tokens = tokenize("крем. ф/х брякуш.")
    assert [lemmatizer.lemma_of_token(token) for token in tokens] == ["крем", "ф/х", "брякуш"]


def test_units_have_one_spelling_and_codes_none(lemmatizer: Lemmatizer) -> None:
    tokens = tokenize("500гр 2,5ml A54 XL №3")
    assert [lemmatizer.lemma_of_token(token) for token in tokens] == [
        None, "г", None, "мл", None, None, None, None,
    ]  # fmt: skip


def test_every_abbreviation_of_the_table_has_a_lemma(lemmatizer: Lemmatizer) -> None:
    tokens = [token for form in abbreviations() for token in tokenize(form)]
    assert all(lemmatizer.lemma_of_token(token) for token in tokens)


def test_english_words_are_stemmed(lemmatizer: Lemmatizer) -> None:
    assert lemmatizer.lemma("shoes") == lemmatizer.lemma("shoe") == "shoe"
    assert Lemmatizer("none").lemma("shoes") == "shoes"


def test_words_of_other_alphabets_and_very_long_ones_stay(lemmatizer: Lemmatizer) -> None:
    for word in ["白茶", "їжак", "ab12", "кошками" * 6, "shoes" * 9]:
        assert lemmatizer.lemma(word) == word


@pytest.mark.parametrize(
    ("unknown_words", "lemma"),
    [("predict", "мегашуршик"), ("stem", "мегашуршик"), ("keep", "мегашуршиками")],
)
def test_unknown_words_are_predicted_stemmed_or_kept(unknown_words: str, lemma: str) -> None:
    lemmatizer = Lemmatizer(unknown_words=unknown_words)
    assert lemmatizer.lemma("мегашуршиками") == lemma
    assert lemmatizer.lemma("кошками") == "кошка"


@pytest.mark.parametrize(
    ("analyser", "lemma"), [("pymorphy3", "кошка"), ("stem", "кошк"), ("none", "кошками")]
)
def test_the_analyser_is_named(analyser: str, lemma: str) -> None:
    assert Lemmatizer(analyser).lemma("кошками") == lemma


def test_an_analyser_that_does_not_exist_is_named_in_the_error() -> None:
    with pytest.raises(TextcatError, match="analyser must be one of pymorphy3, stem, none, but is"):
        Lemmatizer("mystem")
    with pytest.raises(TextcatError, match=r"unknown_words must be one of .* 'drop'"):
        Lemmatizer(unknown_words="drop")


def test_the_dictionary_tells_brands_from_words(lemmatizer: Lemmatizer) -> None:
    assert [lemmatizer.is_known(word) for word in ["кефир", "агуша", "lego", "кот" * 20, ""]] == [
        True,
        False,
        False,
        False,
        False,
    ]
    assert Lemmatizer("stem").is_known("агуша")


def test_threads_share_a_lemmatizer() -> None:
    """A cache of ten words is always full, so that threads get in each other's way."""
    words = [word for word, _ in cases(failing=False)] * 3
    shared = Lemmatizer(cache_size=10)
    with ThreadPoolExecutor(8) as threads:
        lemmas = list(threads.map(shared.lemma, words))
    assert lemmas == [Lemmatizer().lemma(word) for word in words]


def test_a_copy_reads_the_same_way() -> None:
    copy = pickle.loads(pickle.dumps(Lemmatizer("stem", unknown_words="keep", cache_size=7)))
    assert repr(copy) == "Lemmatizer(analyser='stem', unknown_words='keep', cache_size=7)"


@pytest.mark.parametrize(
    ("call", "absent"),
    [
        ("", "pymorphy3 snowballstemmer"),
        ("Lemmatizer().lemma('кошек')", "snowballstemmer"),
        ("Lemmatizer('none').lemma('кошек')", "pymorphy3 snowballstemmer"),
        ("Lemmatizer('stem').lemma('кошек')", "pymorphy3"),
    ],
)
def test_nothing_is_loaded_before_it_is_needed(call: str, absent: str) -> None:
    code = f"""
import sys
from textcat.lemmas import Lemmatizer
{call}
sys.exit(any(name in sys.modules for name in {absent.split()}))
"""
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
