"""Rows that are kept, rows that are dropped, and the report that counts them."""

from __future__ import annotations

import json
import math
from decimal import Decimal
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from textcat.catalogue import Catalogue, read_catalogue
from textcat.catalogue.in_memory import read_records
from textcat.catalogue.report import DROPPED
from textcat.catalogue.rows import sort_rows
from textcat.catalogue.table import Options

# line      1           2              3        4        5            6             7
TABLE = """Артикул;Наименование;Группа
1;Чай чёрный;Еда > Чай
2;;Еда > Чай
3;4607001234567;Еда
4;Мыло;
5;Сыр, 45%;Еда;Сыры
6
7;Чай черный;Дом
8;Чай чёрный;Еда > Чай
9;Мыло;Дом >  > Мыло
10;Соль;Еда;;
"""


@pytest.fixture
def messy(tmp_path: Path) -> Catalogue:
    path = tmp_path / "prices.csv"
    path.write_text(TABLE, encoding="cp1251")
    return read_catalogue(path)


def test_rows_with_a_name_and_a_category_are_kept_with_their_lines(messy: Catalogue) -> None:
    assert list(zip(messy.rows, messy.names, messy.paths, strict=True)) == [
        (2, "Чай чёрный", ("Еда", "Чай")),
        (8, "Чай черный", ("Дом",)),
        (9, "Чай чёрный", ("Еда", "Чай")),
        (11, "Соль", ("Еда",)),
    ]
    assert len(messy) == 4


@pytest.mark.parametrize(
    ("finding", "rows"),
    [
        ("empty_names", [3, 7]),
        ("names_without_letters", [4]),
        ("rows_without_category", [5]),
        ("surplus_fields", [6]),
        ("broken_categories", [10]),
        ("missing_fields", []),
        ("duplicates", [9]),
        ("conflicts", [2]),
        ("small_categories", [8, 11, 2]),
        ("empty_categories", []),
        ("unknown_categories", []),
    ],
)
def test_every_finding_is_counted_with_its_rows(
    messy: Catalogue, finding: str, rows: list[int]
) -> None:
    found = getattr(messy.report, finding)
    assert found.count == len(rows)
    assert [example.row for example in found.examples] == rows


def test_a_conflict_names_the_categories_and_their_rows(messy: Catalogue) -> None:
    assert messy.report.conflicts.examples[0].reason == "Еда > Чай (2); Дом (8)"


def test_the_report_says_how_the_file_was_read(messy: Catalogue) -> None:
    assert messy.report.facts == {
        "delimiter": ";",
        "encoding": "cp1251",
        "name column": "'Наименование'",
        "category column": "'Группа'",
        "path separator": "' > '",
    }
    assert (messy.report.categories, messy.report.depth) == (3, 2)


def test_the_report_reads_as_text_and_as_json(messy: Catalogue) -> None:
    text = str(messy.report)
    assert text.splitlines()[0].endswith("prices.csv: 10 rows read, 4 kept, 6 dropped")
    assert "  dropped, rows without a category: 1 (line 5: 'Мыло', the category is empty)" in text
    said = json.loads(json.dumps(messy.report.to_dict()))
    assert said["rows_dropped"] == 6
    assert said["duplicates"]["examples"][0]["reason"] == "the same as line 2"


def test_the_report_says_how_large_the_categories_are(messy: Catalogue) -> None:
    report = messy.report
    assert [tuple(size) for size in report.largest] == [("Еда > Чай", 2), ("Дом", 1), ("Еда", 1)]
    assert [tuple(size) for size in report.smallest] == [("Дом", 1), ("Еда", 1), ("Еда > Чай", 2)]
    assert report.rows_by_depth == {1: 2, 2: 2}
    assert [example.reason for example in report.small_categories.examples] == [
        "the only row",
        "the only row",
        "the first of its 2 rows",
    ]


def test_how_few_rows_are_few_is_the_callers_say() -> None:
    rows = [("Чай", "Еда"), ("Сыр", "Еда"), ("Мыло", "Дом")]
    report = read_catalogue(rows, few=2).report
    assert report.small_categories.count == 1
    assert "kept, categories with fewer than 2 rows: 1 (row 3: 'Дом', the only row)" in str(report)
    assert read_catalogue(rows, few=0).report.small_categories.count == 0


def test_what_a_reader_leaves_out_is_counted_with_the_rest() -> None:
    table = read_records([("Чай", "Еда")], Options())
    table.leave_out("offers without a name", 3, "id 7", "there is no <name>")
    _, report = sort_rows(table, (0, 1))
    assert (report.rows_read, report.rows_kept, report.rows_dropped) == (2, 1, 1)
    text = "dropped, offers without a name: 1 (row 3: 'id 7', there is no <name>)"
    assert text in str(report)
    assert report.to_dict()["left_out"]["offers without a name"]["count"] == 1


def test_only_the_first_examples_are_kept_and_long_values_are_shortened() -> None:
    rows = [("1" * 1000, "Еда")] * 100 + [("Чай", "Еда")]
    found = read_catalogue(rows).report.names_without_letters
    assert found.count == 100
    assert [(example.row, len(example.value)) for example in found.examples] == [
        (row, 80) for row in range(1, 6)
    ]


@pytest.mark.parametrize(
    ("value", "name"),
    [
        (" Чай\t", "Чай"),
        ("Чай".encode(), "Чай"),
        ("Чай".encode("cp1251"), "Чай"),
        (np.str_("Чай"), "Чай"),
        ("Чай\ud800\0", "Чай\ud800\0"),
        ("\u200fчай" * 100_000, "\u200fчай" * 100_000),
    ],
)
def test_names_of_any_type_are_read_as_text(value: object, name: str) -> None:
    assert read_catalogue([(value, "Еда")]).names == [name]


@pytest.mark.parametrize(
    ("value", "finding"),
    [
        (None, "empty_names"),
        (math.nan, "empty_names"),
        (np.float32("nan"), "empty_names"),
        (Decimal("NaN"), "empty_names"),
        (pd.NA, "empty_names"),
        (pd.NaT, "empty_names"),
        (" \n", "empty_names"),
        (b"", "empty_names"),
        (12, "names_without_letters"),
        (True, "names_without_letters"),
        (1.5, "names_without_letters"),
        (pd.Timestamp("2024-02-01"), "names_without_letters"),
        ("☕ 🍵!", "names_without_letters"),
    ],
)
def test_values_that_are_no_names_are_dropped_and_counted(value: object, finding: str) -> None:
    report = read_catalogue([(value, "Еда"), ("Чай", "Еда")]).report
    assert getattr(report, finding).count == report.rows_dropped == 1


@pytest.mark.parametrize("value", [None, math.nan, "", " ", "-", "nan", "#Н/Д", (), ("", " "), ">"])
def test_values_that_are_no_categories_are_dropped_and_counted(value: object) -> None:
    report = read_catalogue([("Сыр", value), ("Чай", "Еда > Чай")], separator=">").report
    assert report.rows_without_category.count == report.rows_dropped == 1


@pytest.mark.parametrize(
    ("category", "path"),
    [
        ("Еда >  Чай\xa0чёрный ", ("Еда", "Чай чёрный")),
        (" > Еда > Чай > ", ("Еда", "Чай")),
        (["Еда > Чай", "Чёрный"], ("Еда > Чай", "Чёрный")),
        (12.0, ("12",)),
    ],
)
def test_paths_are_cut_into_clean_titles(category: object, path: tuple[str, ...]) -> None:
    assert read_catalogue([("Чай", category), ("Мыло", "Дом > Уход")]).paths[0] == path


def test_short_rows_are_kept_if_what_matters_is_there(tmp_path: Path) -> None:
    path = tmp_path / "prices.csv"
    path.write_text("name,path,price\nЧай,Еда\nСыр\n", encoding="utf-8")
    report = read_catalogue(path).report
    assert (report.rows_kept, report.missing_fields.count) == (1, 1)
    reason = report.rows_without_category.examples[0].reason
    assert reason == "the category is empty; the row has 2 fields too few"


CELLS = st.one_of(st.none(), st.floats(), st.integers(), st.binary(), st.text(), st.just("Чай"))


@given(st.lists(st.tuples(CELLS, CELLS | st.lists(st.text()))))
def test_every_row_is_kept_or_counted_once(rows: list[tuple[object, object]]) -> None:
    rows = [*rows, ("Чай", "Еда")]
    catalogue = read_catalogue(rows)
    dropped = sum(getattr(catalogue.report, kind).count for kind in DROPPED)
    assert catalogue.report.rows_read == len(rows) == len(catalogue) + dropped
    assert catalogue.rows == sorted(set(catalogue.rows))
    assert all(path and all(path) for path in catalogue.paths)


@given(st.lists(st.tuples(st.sampled_from(["Чай", "чай", "Сыр"]), st.sampled_from("АБВ"))))
def test_repeats_are_those_that_a_plain_search_finds(rows: list[tuple[str, str]]) -> None:
    rows = [*rows, ("Соль", "Еда")]
    report = read_catalogue(rows).report
    assert report.duplicates.count == len(rows) - len(set(rows))
    homes = {
        name.lower(): {path for other, path in rows if other.lower() == name.lower()}
        for name, _ in rows
    }
    assert report.conflicts.count == sum(len(paths) > 1 for paths in homes.values())
