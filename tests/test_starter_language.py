"""The language of a leaf, and the hands that write with it, are read from files people write."""

from __future__ import annotations

import pytest

from textcat.errors import CatalogueError
from textcat.starter.hands import read_hands
from textcat.starter.language import Brand, read_language

HEADER = "hand\tshare\torder\tcase\tshortened\tglued\texample\n"


def test_items_stand_between_semicolons_or_on_lines_of_their_own() -> None:
    leaves = read_language("[tea]\nheads = чай; чаёк;\n    чайный напиток ; чай\n", "f.ini")
    assert leaves["tea"].heads == ("чай", "чаёк", "чайный напиток")


def test_a_whole_name_may_hold_what_parts_items_elsewhere() -> None:
    text = "[tea]\nheads = чай\nnames =\n    Чай; 50% скидка = 100 г\n    [новинка] чай # 1\n"
    assert read_language(text, "f.ini")["tea"].names == (
        "Чай; 50% скидка = 100 г",
        "[новинка] чай # 1",
    )


def test_brands_may_have_series() -> None:
    text = "[tea]\nheads = чай\nbrands = Ahmad: Classic, Earl Grey; Майский"
    assert read_language(text, "f.ini")["tea"].brands == (
        Brand("Ahmad", ("Classic", "Earl Grey")),
        Brand("Майский", ()),
    )


def test_entries_are_all_that_was_written_down() -> None:
    text = (
        "[tea]\nheads = чай\nkinds = зелёный\nattributes = {50|100} г\n"
        "brands = Ahmad: Classic\nsigns = пак.\nnames =\n    Чай Ahmad"
    )
    entries = list(read_language(text, "f.ini")["tea"].entries())
    expected = ["чай", "зелёный", "{50|100} г", "пак.", "Ahmad", "Classic", "Чай Ahmad"]
    assert entries == expected


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[tea]\nhead = чай", r"tea.ini, \[tea\]: unknown key 'head'; the keys are heads,"),
        ("[tea]\nkinds = зелёный", r"tea.ini, \[tea\]: there are no heads"),
        ("[tea]\nheads = ;", r"tea.ini, \[tea\]: there are no heads"),
        ("heads = чай", "tea.ini is no language file"),
        ("[tea]\nheads = чай\n[tea]\nheads = чай", "tea.ini is no language file.*'tea'"),
    ],
)
def test_a_file_that_is_wrong_is_refused_with_its_place(text: str, message: str) -> None:
    with pytest.raises(CatalogueError, match=message):
        read_language(text, "tea.ini")


def test_a_place_in_a_hand_may_be_optional_or_have_a_comma() -> None:
    (hand,) = read_hands(HEADER + "till\t2\thead, kind?\tlower\t0.3\t0\tчай, зел.", "hands.tsv")
    assert [tuple(place) for place in hand.order] == [("head", False, True), ("kind", True, False)]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("till\t2\tnoun\tlower\t0\t0\t", "hands.tsv, row 2: 'noun' is none of head, kind,"),
        ("till\t2\thead\tsmall\t0\t0\t", "hands.tsv, row 2: case 'small' is none of written,"),
        ("till\tmuch\thead\tlower\t0\t0\t", "hands.tsv, row 2: .*'much'"),
    ],
)
def test_a_hand_that_is_wrong_is_refused_with_its_row(row: str, message: str) -> None:
    with pytest.raises(CatalogueError, match=message):
        read_hands(HEADER + row, "hands.tsv")


def test_a_table_of_hands_has_its_columns() -> None:
    with pytest.raises(CatalogueError, match="the columns must be hand, share"):
        read_hands("hand\tshare\n", "hands.tsv")
