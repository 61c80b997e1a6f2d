"""Price-lists in which the titles of categories stand as rows of their own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from made_workbooks import (
    BOLD,
    GREEN,
    INDENTED,
    LARGE,
    PRICES,
    YELLOW,
    all_rows,
    left_out,
    opened,
    outlined,
    read,
    styled,
    xlsx,
)

from textcat.catalogue import read_names

# In a case, a title is a row of one string; the row's number gives its look or outline level.
HEAD = ["Наименование", "Цена"]
ULUN, LATTE, DRESS, PEN = ["Улун", 390], ["Латте", 99], ["Сарафан", 1999], ["Ручка", 9]
NESTED = [HEAD, ["Еда"], ["Чай"], ULUN, ["Кофе"], LATTE, ["Одежда"], ["Платья"], DRESS]
IN_ORDER = ["Еда > Чай", "Еда > Кофе", "Одежда > Платья"]
FLAT = [HEAD, ["Чай"], ULUN, ["Кофе"], LATTE, ["Одежда"], DRESS]
NAMED_ONLY = [HEAD, ["Чай"], ULUN, ["Латте"], ["Одежда"], DRESS]


@pytest.mark.parametrize(
    ("rows", "change", "rule", "paths"),
    [
        (NESTED, styled({}), "order", IN_ORDER),
        (FLAT, styled({}), "order", ["Чай", "Кофе", "Одежда"]),
        ([HEAD, PEN, ["Чай"], ULUN], styled({}), "order", [None, "Чай"]),
        (NESTED, styled({2: LARGE, 3: BOLD, 5: BOLD, 7: LARGE, 8: BOLD}), "looks", IN_ORDER),
        (NESTED, styled({3: INDENTED, 5: INDENTED, 8: INDENTED}), "looks", IN_ORDER),
        (NESTED, styled({2: YELLOW, 3: GREEN, 5: GREEN, 7: YELLOW, 8: GREEN}), "looks", IN_ORDER),
        (FLAT, styled({2: YELLOW, 4: GREEN, 6: BOLD}), "looks", ["Чай", "Кофе", "Одежда"]),
        (FLAT, styled({2: BOLD, 4: INDENTED, 6: BOLD}), "looks", ["Чай", "Чай > Кофе", "Одежда"]),
        (NAMED_ONLY, styled({2: BOLD, 5: BOLD}), "order", ["Чай", "Чай", "Одежда"]),
        (NESTED, outlined({3: 1, 4: 2, 5: 1, 6: 2, 8: 1, 9: 2}), "outline levels", IN_ORDER),
        (FLAT, outlined({3: 1, 4: 1, 5: 2}), "outline levels", ["Чай", "Чай > Кофе", "Одежда"]),
        (NAMED_ONLY, outlined({3: 1, 4: 1, 6: 1}), "outline levels", ["Чай", "Чай", "Одежда"]),
        (
            [HEAD, ["Чай", 390], ULUN, PEN, ["Мебель"], ["Стол", 1]],
            outlined({3: 1}),
            "outline levels",
            ["Чай", None, "Мебель"],
        ),
    ],
)
def test_titles_as_rows_make_paths(
    rows: list[list[Any]], change: Callable[[Any], None], rule: str, paths: list[str | None]
) -> None:
    table = opened(xlsx(rows, change))
    found = [row.values[2] for row in all_rows(table)]
    assert [path and " > ".join(path) for path in found] == paths  # type: ignore[arg-type]
    assert table.facts["category titles"].endswith(f"levels by {rule}")


def test_a_title_merged_across_the_row_is_a_title() -> None:
    content = xlsx([HEAD, ["Чай"], ULUN], lambda sheet: sheet.merge_cells("A2:B2"))
    assert read(content) == [("Улун", 390, ("Чай",))]


def test_a_list_of_names_has_no_titles() -> None:
    assert read(xlsx([["Товар"], ["Улун"], ["Латте"]])) == [("Улун",), ("Латте",)]


def test_titles_without_products_are_counted() -> None:
    content = xlsx([HEAD, ["Чай"], ULUN, ["Цены действительны до мая"]])
    assert left_out(opened(content)) == {
        "titles without products below": ["Цены действительны до мая"]
    }


def test_with_a_column_of_categories_no_row_is_a_title() -> None:
    assert read(xlsx([*PRICES, ["Чай"]]))[-1] == ("Чай", None, None)
    assert opened(xlsx([HEAD, ["Чай"], ULUN]), None, "Цена").columns == ("Наименование", "Цена")


def test_names_to_predict_are_all_kept(tmp_path: Path) -> None:
    file = tmp_path / "names.xlsx"
    file.write_bytes(xlsx([HEAD, ["Чай"], ULUN]))
    assert list(read_names(file)) == [(2, "Чай"), (3, "Улун")]
