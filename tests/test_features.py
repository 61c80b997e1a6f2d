"""Features: which ones a name has, and the part of the name that each comes from."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textcat.features.extraction import Feature, chunk_features, name_features
from textcat.lemmas import Lemmatizer

LEMMATIZER = Lemmatizer()
ANY_TEXT = st.text(st.characters(exclude_categories=[]))
# Names as sellers write them, or nearly: pieces of them in any order.
PIECES = [
    "Чай", "зелёный", "Ahmad", "100г", "2,5%", "д/кошек", "ш-нь", "р.42-44", "XL", "A54", "USB-C",
    "КормДляКошек", "4х75мм", "№3", "«Майский»", "игруш.", "cиликон", "н&м", "чай", "чай", "128 Gb",
    "девоч.", "х/к", "...", "🍵",
]  # fmt: skip
NAMES = st.lists(st.sampled_from(PIECES) | ANY_TEXT, max_size=8).map(" ".join)


def texts(name: str) -> list[str]:
    return [feature.text for feature in name_features(name, LEMMATIZER)]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Шампунь", "w=шампунь p=шам p=шамп p=шампу p=шампун l=шампунь h=шампунь"),
        ("кошек", "w=кошек l=кошка h=кошка"),
        ("Clear", "w=clear l=clear p=cle p=clea"),
        ("ш-нь", "l=шампунь"),
        ("400мл", "n=400 u=мл"),
        ("400 ml", "n=400 u=мл"),
        ("для", "w=для"),
        ("XL", "s=xl"),
        ("A54", "c=a54"),
    ],
)
def test_a_name_has_these_features(name: str, expected: str) -> None:
    assert set(expected.split()) <= set(texts(name))


@pytest.mark.parametrize(
    ("name", "head"),
    [
        ("Шампунь Clear", ["h=шампунь"]),
        ("Clear шампунь мужской", ["h=шампунь"]),  # brands come first, the product type after them
        ("в ассортименте", ["h=ассортимент"]),  # a word of one or two letters is no head
        ("100% хлопок", ["h=хлопок"]),
        ("iPhone 13", []),
        ("", []),
    ],
)
def test_the_head_is_the_first_cyrillic_word(name: str, head: list[str]) -> None:
    assert [text for text in texts(name) if text.startswith("h=")] == head


def test_neighbours_pair_up_within_a_chunk_and_across_chunks() -> None:
    pairs = [text for text in texts("Корм/кошек сухой") if " " in text]
    assert pairs == ["l=корм l=кошка", "l=кошка l=сухой"]


def test_what_stands_twice_counts_twice() -> None:
    assert texts("чай чай").count("l=чай") == 2


def test_a_pair_comes_from_both_words_and_all_between() -> None:
    name = "Чай  зелёный"
    (pair,) = (feature for feature in name_features(name, LEMMATIZER) if " " in feature.text)
    assert pair == Feature("l=чай l=зеленый", 0, len(name))


@given(NAMES)
def test_every_feature_comes_from_a_part_of_the_name_without_spaces_around(name: str) -> None:
    for feature in name_features(name, LEMMATIZER):
        part = name[feature.start : feature.stop]
        assert part
        assert part == part.strip()


@given(ANY_TEXT)
def test_a_name_has_the_features_of_its_chunks(name: str) -> None:
    chunks = [chunk_features(chunk, LEMMATIZER) for chunk in name.split()]
    alone = [text for chunk in chunks for text in chunk.alone]
    assert [feature.text for feature in name_features(name, LEMMATIZER)][: len(alone)] == alone


@given(NAMES)
def test_only_pairs_have_a_space_in_them_and_only_one(name: str) -> None:
    assert all(text.count(" ") <= 1 for text in texts(name))
