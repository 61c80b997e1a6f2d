"""The demo catalogue keeps what data/README.md promises."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import pytest

CATALOGUE = Path(__file__).parents[1] / "data" / "catalogue.tsv"
SEPARATOR = " > "

_WORD = re.compile(r"\w+")
_LATIN = re.compile(r"[A-Za-z]")
_CYRILLIC = re.compile(r"[А-Яа-яЁё]")


class Row(NamedTuple):
    """A line of the catalogue."""

    name: str
    path: str


def _table(*, quoted: bool) -> list[list[str]]:
    with CATALOGUE.open(encoding="utf-8", newline="") as lines:
        return list(
            csv.reader(
                lines, delimiter="\t", quoting=csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE
            )
        )


def _repeated(values: Iterable[str]) -> list[str]:
    return [value for value, count in Counter(values).items() if count > 1]


def _titles(path: str) -> tuple[str, ...]:
    return tuple(path.split(SEPARATOR))


def _without_digits(name: str) -> str:
    return re.sub(r"\d+", "0", name.casefold())


def _mixed_words(text: str) -> list[str]:
    """Find the words with letters of both alphabets; a hyphen or a slash ends a word."""
    words = _WORD.findall(text)
    return [word for word in words if _LATIN.search(word) and _CYRILLIC.search(word)]


@pytest.fixture(scope="module")
def table() -> list[list[str]]:
    return _table(quoted=False)


@pytest.fixture(scope="module")
def rows(table: list[list[str]]) -> list[Row]:
    return [Row(*fields) for fields in table[1:]]


@pytest.fixture(scope="module")
def paths(rows: list[Row]) -> set[str]:
    return {row.path for row in rows}


def test_header_names_the_two_columns(table: list[list[str]]) -> None:
    assert table[0] == ["name", "path"]


def test_every_line_has_two_filled_fields(table: list[list[str]]) -> None:
    assert [fields for fields in table if len(fields) != 2 or not all(fields)] == []


def test_a_reader_that_minds_quotes_sees_the_same_table(table: list[list[str]]) -> None:
    assert _table(quoted=True) == table


def test_there_are_at_least_2000_names_in_80_categories(rows: list[Row], paths: set[str]) -> None:
    assert len(rows) >= 2000
    assert len(paths) >= 80


def test_every_category_is_two_to_four_levels_deep(paths: set[str]) -> None:
    assert [path for path in paths if not 2 <= len(_titles(path)) <= 4] == []


def test_categories_differ_in_depth(paths: set[str]) -> None:
    assert {len(_titles(path)) for path in paths} == {2, 3, 4}


def test_every_category_has_at_least_20_names(rows: list[Row]) -> None:
    counts = Counter(row.path for row in rows)
    assert {path: count for path, count in counts.items() if count < 20} == {}


def test_names_belong_to_leaves_only(paths: set[str]) -> None:
    titles = [_titles(path) for path in paths]
    inner = {each[:depth] for each in titles for depth in range(1, len(each))}
    assert inner.intersection(titles) == set()


def test_rows_of_a_category_stand_together(rows: list[Row]) -> None:
    previous = ["", *(row.path for row in rows)]
    begun = [row.path for row, before in zip(rows, previous, strict=False) if row.path != before]
    assert _repeated(begun) == []


def test_no_name_occurs_twice_ignoring_case(rows: list[Row]) -> None:
    assert _repeated(row.name.casefold() for row in rows) == []


def test_few_names_differ_only_in_digits(rows: list[Row]) -> None:
    distinct = {_without_digits(row.name) for row in rows}
    assert len(rows) - len(distinct) <= 0.01 * len(rows)


def test_titles_are_unique_among_siblings_ignoring_case(paths: set[str]) -> None:
    children: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
    for titles in map(_titles, paths):
        for depth, title in enumerate(titles):
            children[titles[:depth]].add(title)
    repeated = {
        parent: _repeated(title.casefold().replace("ё", "е") for title in titles)
        for parent, titles in children.items()
    }
    assert {parent: titles for parent, titles in repeated.items() if titles} == {}


def test_no_word_mixes_latin_and_cyrillic_letters(rows: list[Row]) -> None:
    assert [row for row in rows if _mixed_words(row.name) or _mixed_words(row.path)] == []


@pytest.mark.parametrize(
    ("text", "mixed"),
    [
        ("Wi-Fi-роутер", []),
        ("Шампунь CLEAR 400мл/12шт", []),
        ("чай Lipton 25x2г", ["25x2г"]),
        ("Cыр", ["Cыр"]),
    ],
)
def test_a_hyphen_or_slash_parts_the_alphabets_and_a_digit_does_not(
    text: str, mixed: list[str]
) -> None:
    assert _mixed_words(text) == mixed


def test_spaces_are_single_and_inside_only(rows: list[Row]) -> None:
    texts = [*(row.name for row in rows), *(title for row in rows for title in _titles(row.path))]
    assert [text for text in texts if text != " ".join(text.split())] == []


def test_text_is_in_unicode_form_nfc(rows: list[Row]) -> None:
    texts = [text for row in rows for text in row]
    assert [text for text in texts if not unicodedata.is_normalized("NFC", text)] == []
