"""What a name is cut into: kinds, texts and places of tokens, for any string at all."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from textcat.tables import abbreviations, units
from textcat.tokens import RULES, Token, measure_of, tokenize, tokenize_by_rules
from textcat.tokens.normalization import normalize

ESCAPE = re.compile(r"\\u([0-9a-f]{4})")
TABLE = (Path(__file__).parent / "cases" / "tokens.txt").read_text("utf-8")
UNTIMED = settings(deadline=None)  # the first text compiles the rules
MEGABYTE = 1_000_000
REPEATED = (
    "а a 1 1x 1- 1. 1/ а- a-1 а1 a. a' а& р. м8х КорМ cи аb а/ 1мл xl № ℀ а\u0301 \0 \u202e 🎁 İ"
)

# strings that look like names, beside any strings at all
PIECES = st.sampled_from(
    [
        *"абвёЙДxXaBz019.,-/'\"&+%№#°*×()™½ﬁ℀ \u00a0\u0301\u0306\u200b\ud83d",
        *("мл", "кг", "г/м2", "д/", "ш-нь", "р.", "XL", "5W-40", "iPhone", "Шампунь", "жен."),
    ]
)
TEXTS = st.text(st.characters(codec=None)) | st.lists(PIECES).map("".join)


def cases(*, failing: bool) -> list[tuple[str, str]]:
    rows = [row.split(" |") for row in TABLE.split("# KNOWN FAILURES")[failing].splitlines()]
    return [
        (ESCAPE.sub(lambda code: chr(int(code[1], 16)), row[0]), row[1]) for row in rows if row[1:]
    ]


def shown(text: str) -> str:
    return " ".join(f"{token.text}:{token.kind}" for token in tokenize(text))


@pytest.mark.parametrize(("text", "expected"), cases(failing=False))
def test_names_are_cut_as_the_table_says(text: str, expected: str) -> None:
    assert shown(text) == expected.strip()


@pytest.mark.xfail(strict=True)
@pytest.mark.parametrize(("text", "expected"), cases(failing=True))
def test_what_is_known_to_fail(text: str, expected: str) -> None:
    assert shown(text) == expected.strip()


@UNTIMED
@given(TEXTS)
def test_tokens_lie_in_the_text_in_order_and_do_not_overlap(text: str) -> None:
    places = [place for token in tokenize(text) for place in (token.start, token.stop)]
    assert places == sorted(places)
    assert all(0 <= token.start < token.stop <= len(text) for token in tokenize(text))


@UNTIMED
@given(TEXTS)
def test_tokens_are_those_of_the_parts_between_white_space(text: str) -> None:
    expected = [
        token._replace(start=token.start + part.start(), stop=token.stop + part.start())
        for part in re.finditer(r"\S+", text)
        for token in tokenize(part[0])
    ]
    assert tokenize(text) == expected


def test_white_space_is_what_split_says() -> None:
    signs = [chr(code) for code in range(0x10000)]
    assert [sign for sign in signs if re.fullmatch(r"\S", sign)] == [
        sign for sign in signs if sign.split()
    ]


# words and numbers alone, some of them units, sizes or abbreviations, with signs around them
LONE_WORDS = st.tuples(
    st.text('"«(»-', max_size=2),
    st.text("xsmlXSLpe", max_size=6)
    | st.text("0123456789", max_size=3)
    | st.text("абвпрсмхлАВРХё", max_size=6)
    | st.sampled_from([*units(), *abbreviations()]),
    st.text("\"»),;:!?.-/'", max_size=2),
).map("".join)


@UNTIMED
@given(LONE_WORDS | LONE_WORDS.map(str.upper) | LONE_WORDS.map(str.title) | TEXTS)
def test_the_short_cut_for_plain_chunks_changes_nothing(text: str) -> None:
    assert tokenize(text) == tokenize_by_rules(text)


@UNTIMED
@given(TEXTS)
def test_text_of_a_token_is_normal_already(text: str) -> None:
    for token in tokenize(text):
        assert normalize(token.text).text == token.text
        assert not re.search(r"\s", token.text)


@UNTIMED
@given(TEXTS)
def test_words_are_found_again_in_their_own_text(text: str) -> None:
    for token in tokenize(text):
        if token.rule in {"word", "glued words"}:
            again = "".join(again.text for again in tokenize(token.text))
            assert again.replace("'", "") == token.text.replace("'", "")


@UNTIMED
@given(TEXTS)
def test_every_token_names_its_rule(text: str) -> None:
    kinds = {rule.name: rule.kind for rule in RULES} | {"glued words": "word"}
    assert all(kinds[token.rule] == token.kind for token in tokenize(text))


@UNTIMED
@given(st.text("абвгмлхёьdxabgml0123.,-/'&+%№\" ", max_size=20))
def test_case_of_a_name_typed_in_one_case_does_not_matter(text: str) -> None:
    assert [token[:2] for token in tokenize(text.upper())] == [
        token[:2] for token in tokenize(text)
    ]


def test_a_token_is_a_piece_of_the_name_as_typed() -> None:
    text = "Шам\u00adпунь™ cиликон ２,5％ жен."
    assert [text[token.start : token.stop] for token in tokenize(text)] == [
        "Шам\u00adпунь",
        "cиликон",
        "２,5",
        "％",
        "жен.",
    ]


def test_a_token_says_which_rule_made_it() -> None:
    assert tokenize("5W-40") == [Token("5w-40", "code", 0, 5, "viscosity")]
    assert [token.rule for token in tokenize("КормДляКошек")] == ["glued words"] * 3


@pytest.mark.parametrize("piece", REPEATED.split())
@pytest.mark.parametrize("end", ["", "1", "z"])
def test_long_strings_without_spaces_take_linear_time(piece: str, end: str) -> None:
    """A quadratic step would need minutes for these, not a fraction of a second."""
    text = piece * (MEGABYTE // 20 // len(piece)) + end
    assert all(token.stop <= len(text) for token in tokenize(text))


def test_a_megabyte_is_read() -> None:
    assert [token.stop for token in tokenize("а" * MEGABYTE)] == [MEGABYTE]
    assert tokenize("\u202e\0🎁\ud83d" * (MEGABYTE // 4)) == []


def test_units_measure_something() -> None:
    assert measure_of("мл") == measure_of("l") == "volume"
    assert measure_of("gb") == "memory"
    assert measure_of("шампунь") is None


def test_units_are_cut_from_their_numbers() -> None:
    assert [shown(f"250{form}") for form in units()] == [
        f"250:number {form}:unit" for form in units()
    ]


def test_forms_of_the_table_are_abbreviations() -> None:
    for form in abbreviations():
        token = tokenize(f"{form}кошек" if form.endswith("/") else form)[0]
        assert token.kind == "abbreviation" or token.text in units(), form
        assert form.startswith(token.text)


@pytest.mark.parametrize(
    ("table", "kind"), [("units.tsv", "unit"), ("abbreviations.tsv", "abbreviation")]
)
def test_examples_in_a_table_hold_what_they_explain(table: str, kind: str) -> None:
    path = Path(__file__).parents[1] / "textcat" / "tables" / table
    for line in path.read_text("utf-8").splitlines()[1:]:
        form, *_, example = line.split("\t")
        texts = {token.text for token in tokenize(example) if token.kind in {kind, "unit"}}
        assert texts & {form, form.rstrip(".")}, line
