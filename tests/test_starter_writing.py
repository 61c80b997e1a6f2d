"""Names are written from a language: all of it, varied, and the same every time."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_starter import write_starter

from textcat.starter.hands import Hand, Place
from textcat.starter.language import Brand, Language
from textcat.starter.slips import glue, misspell, shorten
from textcat.starter.sources import Sources, read_sources
from textcat.starter.writing import Writing

TEXTS = st.text("абвгдеёжшщъыьэюя АБЯ100,x-", max_size=40)


def _hand(*parts: str, case: str = "written", shortened: float = 0, glued: float = 0) -> Hand:
    places = tuple(Place(part.strip("?,"), "?" in part, "," in part) for part in parts)
    return Hand("hand", 1, places, case, shortened, glued)


def _names(language: Language, *hands: Hand, seed: int = 0) -> list[str]:
    return Writing(hands, {"colour": ("белый",)}, seed).names("leaf", language)


def test_hand_written_names_come_first_and_as_they_are() -> None:
    language = Language(("чай",), names=("Чай Майский 100 пак.", "чай черн"))
    assert _names(language, _hand("head"))[:2] == ["Чай Майский 100 пак.", "чай черн"]


def test_every_head_and_series_is_used() -> None:
    brands = (Brand("Ahmad", ("Classic", "Tea")), Brand("Нури", ()))
    language = Language(tuple(f"чай{number}" for number in range(30)), brands=brands)
    words = " ".join(_names(language, _hand("head", "brand", "series"))).split()
    assert {*language.heads, "Ahmad", "Classic", "Tea", "Нури"} <= set(words)


def test_a_series_never_stands_beside_another_brand() -> None:
    language = Language(("чай",), brands=(Brand("А", ("один",)), Brand("Б", ("два",))))
    names = _names(language, _hand("brand", "series"))
    assert set(names) == {"А один", "Б два"}


def test_an_attribute_is_one_of_its_alternatives_or_of_a_common_list() -> None:
    language = Language(("чай",), attributes=("{50|100} г", "{colour}"))
    names = set(_names(language, _hand("attribute")))
    assert names == {"50 г", "100 г", "белый"}


def test_a_part_that_the_language_does_not_have_leaves_no_gap() -> None:
    assert set(_names(Language(("чай",)), _hand("head,", "form", "brand", "series"))) == {"чай"}


def test_case_is_that_of_the_hand() -> None:
    language = Language(("Чай",))
    hands = [_hand("head", case=case) for case in ("written", "lower", "upper")]
    assert set(_names(language, *hands)) == {"Чай", "чай", "ЧАЙ"}


def test_more_is_written_about_what_has_more_language() -> None:
    heads = tuple(f"товар {number}" for number in range(100))
    short, long = Language(heads[:5]), Language(heads)
    hand = _hand("head")
    assert len(_names(short, hand)) < len(_names(long, hand))


@pytest.fixture
def sources(tmp_path: Path) -> Sources:
    return read_sources(write_starter(tmp_path / "data"))


def test_a_leaf_s_names_do_not_depend_on_other_leaves_or_on_the_run(sources: Sources) -> None:
    names = [name for name, path in sources.catalogue() if path == "Еда > Чай"]
    assert names == sources.writing.names("tea", sources.languages["tea"])
    assert list(sources.catalogue()) == list(sources.catalogue())


def test_no_name_of_a_leaf_is_written_twice(sources: Sources) -> None:
    rows = list(sources.catalogue())
    assert len(rows) == len(set(rows))


def test_another_seed_writes_other_names(sources: Sources) -> None:
    language = sources.languages["tea"]
    seeds = [Writing(sources.writing.hands, {}, seed).names("tea", language) for seed in (0, 1)]
    assert seeds[0] != seeds[1]


# slips


@given(TEXTS)
def test_nothing_is_shortened_or_glued_at_a_share_of_zero(text: str) -> None:
    assert shorten(text, 0, Random(0)).rstrip(".") == text.rstrip(".")
    assert glue(text, 0, Random(0)) == text


@given(TEXTS, st.integers(0, 1000))
def test_shortening_keeps_the_first_letter_of_every_word(text: str, seed: int) -> None:
    short = shorten(text, 1, Random(seed))
    assert [word[0] for word in short.split()] == [word[0] for word in text.split()]
    assert len(short) <= len(text)


@given(TEXTS, st.integers(0, 1000))
def test_a_slip_changes_the_length_by_one_letter_at_most(text: str, seed: int) -> None:
    assert abs(len(misspell(text, Random(seed))) - len(text)) <= 1


@pytest.mark.parametrize(
    ("name", "glued"),
    [
        ("молоко 930 мл", "молоко 930мл"),
        ("кабель 3 м белый", "кабель 3м белый"),
        ("чай 100 пакетиков", "чай 100 пакетиков"),
        ("диск 16 5x100", "диск 16 5x100"),
    ],
)
def test_units_are_glued_to_numbers_and_words_are_not(name: str, glued: str) -> None:
    assert glue(name, 1, Random(0)) == glued
