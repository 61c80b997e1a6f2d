"""Groups: near-duplicates, and rows of one brand or one line."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from textcat.features.reading import ReadNames
from textcat.lemmas import Lemmatizer
from textcat.training.held_out import Groups, Rows, is_brand_like, near_duplicate_key

LEMMATIZER = Lemmatizer()


def groups_of(names: list[str]) -> Groups:
    return Groups.of(names, ReadNames.of(names, LEMMATIZER), LEMMATIZER)


def together(group: Rows) -> list[list[int]]:
    """Rows by their group; -1 is no group."""
    numbers = sorted(set(group.tolist()) - {-1})
    return [np.flatnonzero(group == number).tolist() for number in numbers]


# Near-duplicates


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Чай «Майский» 100 пак.", "ЧАЙ МАЙСКИЙ 25пак"),
        ("Чай чёрный", "чай, черный!"),
        ("Кабель 1 м", "Кабель 2 м"),
        ("Гвозди 4х75мм", "гвозди 4х120 мм"),
    ],
)
def test_the_same_name_but_for_digits_signs_and_case_is_a_near_duplicate(
    one: str, other: str
) -> None:
    assert near_duplicate_key(one) == near_duplicate_key(other)


@pytest.mark.parametrize(
    ("one", "other"), [("Чай чёрный", "Чай зелёный"), ("Чай", "Чай чай"), ("а б", "б а")]
)
def test_other_words_make_another_product(one: str, other: str) -> None:
    assert near_duplicate_key(one) != near_duplicate_key(other)


@given(st.text(), st.text("0123456789 .,;:!«»()-/%", max_size=5))
def test_digits_signs_and_case_make_no_other_product(name: str, extra: str) -> None:
    key = near_duplicate_key(name)
    assert near_duplicate_key(f"{name} {extra}") == near_duplicate_key(f"{extra} {name}") == key


# Brands and lines


@pytest.mark.parametrize(
    ("word", "is_brand"),
    [
        ("ahmad", True),
        ("простоквашино", True),  # not in the dictionary
        ("чай", False),
        ("кроссовки", False),
        ("xl", False),  # too short
    ],
)
def test_a_word_is_brand_like_if_it_is_latin_or_not_in_the_dictionary(
    word: str, is_brand: bool
) -> None:
    assert is_brand_like(word, LEMMATIZER) == is_brand


# Four hundred other rows, so that a mark may stand in 1 % of them all, which is four.
OTHERS = [
    f"{noun} {adjective}"
    for noun in ("чай", "кофе", "суп", "сыр", "лук", "мёд", "сок", "хлеб", "рис", "лёд")
    for adjective in ("белый", "синий", "серый", "жёлтый", "красный", "новый", "старый", "большой")
] * 5


def test_rows_of_a_brand_share_a_rare_brand_like_word() -> None:
    names = [
        "Чай Ahmad", "Кофе Ahmad", "Чай Curtis зелёный",  # a brand with a single row is none
        "Майка Nike", "Nike кепка", "кеды NIKE 42",
    ]  # fmt: skip
    assert together(groups_of(names + OTHERS).brands.of_row) == [[0, 1], [3, 4, 5]]


def test_a_word_that_stands_in_more_rows_than_one_in_a_hundred_is_no_brand() -> None:
    for count, found in [(4, [[0, 1, 2, 3]]), (5, [])]:
        names = [f"Чай {kind} Ahmad" for kind in ("чёрный", "белый", "зелёный", "синий", "серый")]
        assert together(groups_of(names[:count] + OTHERS).brands.of_row) == found


def test_a_row_with_several_marks_belongs_to_the_commonest() -> None:
    names = ["Чай Ahmad Ceylon", "Кофе Ceylon", "Какао Ceylon", "Суп Ahmad"]
    groups = groups_of(names + OTHERS)
    assert together(groups.brands.of_row) == [[3], [0, 1, 2]]
    marks = groups.brands.of_row[[3, 0]]
    # whatever it belongs to, it has both of them
    assert groups.brands.stand_in(marks[:1]).nonzero()[0].tolist() == [0, 3]
    assert groups.brands.stand_in(marks).nonzero()[0].tolist() == [0, 1, 2, 3]
    assert not groups.brands.stand_in(marks[:0]).any()


def test_rows_of_a_line_share_a_rare_pair_of_neighbouring_words_in_any_form() -> None:
    names = [
        "Нож кухонный стальной", "Ножи кухонные 3 шт", "Стальной нож",
        "Доска кухонная", "доски кухонные набор",
    ]  # fmt: skip
    assert together(groups_of(names + OTHERS).lines.of_row) == [[0, 1], [3, 4]]


def test_groups_of_a_kind_are_duplicates_brands_or_lines() -> None:
    names = ["Чай Ahmad 1", "Чай Ahmad 2", "Кофе Ahmad", "Какао Nesquik", "Суп Nesquik"]
    groups = groups_of(names + OTHERS)
    rows = np.array([2, 0, 1, 4])
    assert groups.of_rows("familiar", rows).tolist() == groups.duplicates[rows].tolist()
    assert groups.of_rows("brand", rows).tolist() == groups.brands.of_row[rows].tolist()
    assert groups.of_rows("line", rows).tolist() == groups.lines.of_row[rows].tolist()
    assert groups.duplicates[0] == groups.duplicates[1] != groups.duplicates[2]
    assert len(set(groups.brands.of_row[:3].tolist())) == 1


def test_names_without_any_mark_have_no_brand_and_no_line() -> None:
    groups = groups_of(["чай", "кофе", "чай", "", "№ 5"])
    assert (groups.brands.of_row == -1).all()
    assert (groups.lines.of_row == -1).all()
    assert groups.duplicates[0] == groups.duplicates[2]
