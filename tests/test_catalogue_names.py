"""Names to predict, and whole tables, row by row."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

from textcat.catalogue import iterate_table, read_names


def test_names_come_one_by_one_and_none_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "prices.csv"
    path.write_text("id,name,price\n1,Чай,9\n2,,9\n3\n\n4,Сыр,45%,9\n", encoding="utf-8")
    names = read_names(path)
    assert list(names) == [(2, "Чай"), (3, ""), (4, None), (5, None), (6, "Сыр")]
    assert [example.row for example in names.uneven_rows.examples] == [4, 5, 6]
    assert names.unit == "line"


@pytest.mark.parametrize(
    "source",
    [
        pytest.param(["Чай", None, 12], id="list"),
        pytest.param(pd.Series(["Чай", None, 12]), id="series"),
        pytest.param([{"name": "Чай"}, {"name": None}, {"name": 12}], id="mappings"),
        pytest.param({"Цена": [1, 2, 3], "Товар": ["Чай", None, 12]}, id="columns"),
    ],
)
def test_names_may_be_held_in_many_ways(source: object) -> None:
    assert list(read_names(source)) == [(1, "Чай"), (2, None), (3, 12)]


def test_names_are_read_as_they_are_asked_for() -> None:
    def endless() -> Iterator[str]:
        while True:
            yield "Чай"

    assert next(iter(read_names(endless()))) == (1, "Чай")
    assert list(read_names([])) == []


def test_a_table_is_iterated_with_all_its_columns(tmp_path: Path) -> None:
    path = tmp_path / "prices.tsv"
    path.write_text("name\tprice\nЧай\t9\nСыр\nМыло\t9\tшт\n", encoding="utf-8")
    assert list(iterate_table(path)) == [
        (2, {"name": "Чай", "price": "9"}),
        (3, {"name": "Сыр", "price": None}),
        (4, {"name": "Мыло", "price": "9", "": ["шт"]}),
    ]
