"""Catalogues from whatever holds them: what is kept, what is dropped, what is said about it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from textcat.catalogue import read_catalogue, read_names
from textcat.errors import CatalogueError, TextcatError


def as_generator(rows: list[tuple[Any, Any]]) -> Iterator[tuple[Any, Any]]:
    yield from rows


ROWS = [("Чай", "Еда > Чай"), ("Мыло", "Дом")]
COLUMNS = {"name": ["Чай", "Мыло"], "path": ["Еда > Чай", "Дом"]}


@pytest.mark.parametrize(
    "source",
    [
        pytest.param(ROWS, id="pairs"),
        pytest.param(as_generator(ROWS), id="generator"),
        pytest.param([list(row) for row in ROWS], id="lists"),
        pytest.param(np.array(ROWS), id="array"),
        pytest.param([{"path": path, "name": name} for name, path in ROWS], id="mappings"),
        pytest.param(COLUMNS, id="columns"),
        pytest.param(pd.DataFrame(COLUMNS), id="frame"),
        pytest.param(pd.DataFrame(COLUMNS)[["path", "name"]], id="frame, other order"),
        pytest.param(pd.DataFrame(COLUMNS).astype("category"), id="categorical frame"),
        pytest.param(pd.DataFrame(ROWS), id="frame without column names"),
        pytest.param([("Чай", ("Еда", "Чай")), ("Мыло", ["Дом"])], id="titles"),
        pytest.param([("Чай", np.array(["Еда", "Чай"])), ("Мыло", "Дом")], id="array of titles"),
    ],
)
def test_a_catalogue_may_be_held_in_many_ways(source: object) -> None:
    catalogue = read_catalogue(source)
    assert catalogue.names == ["Чай", "Мыло"]
    assert catalogue.paths == [("Еда", "Чай"), ("Дом",)]
    assert catalogue.rows == [1, 2]


def test_a_catalogue_that_was_read_is_given_back() -> None:
    catalogue = read_catalogue(ROWS)
    assert read_catalogue(catalogue) is catalogue
    assert list(read_names(catalogue)) == [(1, "Чай"), (2, "Мыло")]


def test_a_separator_can_be_given() -> None:
    assert read_catalogue([("Чай", "Еда - Чай")], separator=" - ").paths == [("Еда", "Чай")]


def test_equal_paths_are_one_object() -> None:
    first, second = read_catalogue([("Чай", "Еда > Чай"), ("Ча", ["Еда", "Чай"])]).paths
    assert first is second


def test_one_category_is_a_catalogue() -> None:
    assert read_catalogue([("Чай", "Еда"), ("Сыр", "Еда")]).report.categories == 1


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ([], "there is no row to learn from"),
        ({"name": [], "path": []}, "there is no row to learn from"),
        (
            [("", "Еда"), ("Чай", None)],
            r"(?s)no row to learn from.*dropped, rows without a name: 1",
        ),
        (["Чай"], r"row 1 is not a \(name, category\) pair: 'Чай'"),
        (["Ча"], r"row 1 is not a \(name, category\) pair: 'Ча'"),
        ([("Чай", "Еда"), ("Сыр",)], r"row 2 is not a \(name, category\) pair: \('Сыр',\)"),
        ([("Чай", "Еда"), (["Сыр"], "Еда")], r"the rows, row 2: \['Сыр'\] is a list, not text"),
        ([{"name": "Чай", "path": "Еда"}, "Сыр"], "row 2 is not a mapping as the others are"),
        ({"name": ["Чай"], "path": []}, r"unequal lengths: \{'name': 1, 'path': 0\}"),
        ({"name": "Чай", "path": "Еда"}, "column 'name' is not a list of values"),
        ({"a": ["Чай"], "path": ["Еда"]}, r"its columns: 'a', 'path'\. Pass name="),
        (pd.DataFrame([[1, 2, 3]]), r"has no header and 3 columns: '0', '1', '2'"),
        (12, "a int is not a table; pass a path"),
        (b"prices.csv", "a bytes is not a table; pass a path"),
    ],
)
def test_what_is_no_catalogue_is_an_error_that_says_why(source: object, message: str) -> None:
    with pytest.raises(CatalogueError, match=message) as caught:
        read_catalogue(source)
    assert isinstance(caught.value, TextcatError)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"name": "Товар"}, r"has no column 'Товар'; its columns: 'Наименование', 'Группа'"),
        ({"category": 2}, "has no column 2 for category"),
        ({"name": 1}, "column 'Группа' cannot be both the name and the category"),
    ],
)
def test_a_column_that_is_not_there_is_an_error_that_lists_those_that_are(
    options: dict[str, Any], message: str
) -> None:
    with pytest.raises(CatalogueError, match=message):
        read_catalogue({"Наименование": ["Чай"], "Группа": ["Еда"]}, **options)


@pytest.mark.parametrize(
    ("text", "options"),
    [
        ("Чай;Еда\nСыр;Еда\n", {}),
        ("Еда;Чай\nЕда;Сыр\n", {"category": 0}),
        ("Еда;Чай\nЕда;Сыр\n", {"name": 1}),
        ("что;куда\nЧай;Еда\nСыр;Еда\n", {"name": "Что", "category": "Куда"}),
        ("1;Чай;Еда\n2;Сыр;Еда\n", {"name": 1, "category": 2}),
        ("name;цена;куда\nЧай;1;Еда\nСыр;2;Еда\n", {"category": 2}),
    ],
)
def test_columns_can_be_given_with_a_header_and_without(
    tmp_path: Path, text: str, options: dict[str, Any]
) -> None:
    path = tmp_path / "prices.csv"
    path.write_text(text, encoding="utf-8")
    catalogue = read_catalogue(path, **options)
    assert catalogue.names == ["Чай", "Сыр"]
    assert catalogue.paths == [("Еда",)] * 2
