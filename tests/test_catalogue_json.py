"""Catalogues in JSON and JSON lines: where the rows are, and what a row may be."""

from __future__ import annotations

import gzip
import io
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textcat.catalogue import iterate_table, read_catalogue, read_names
from textcat.catalogue.files import Source
from textcat.catalogue.json_rows import read_json, read_json_lines
from textcat.catalogue.table import Options, Row, Table
from textcat.errors import CatalogueError

ITEMS = [{"name": "Чай", "category": "Еда > Чай"}, {"name": "Мыло", "category": "Дом"}]
PATHS = [("Еда", "Чай"), ("Дом",)]


def document(value: object, **options: Any) -> str:
    return json.dumps(value, ensure_ascii=False, **options)


def lines(*values: object) -> str:
    return "\n".join(map(document, values))


def written(tmp_path: Path, name: str, text: str, encoding: str = "utf-8") -> Path:
    path = tmp_path / name
    path.write_bytes(text.encode(encoding))
    return path


def table_of(text: str, options: Options | None = None) -> Table:
    return read_json(Source(io.BytesIO(text.encode())), options or Options())


def rows_of(table: Table) -> list[Row]:
    return list(table.rows(range(len(table.columns))))


@pytest.mark.parametrize(
    "value",
    [
        pytest.param(ITEMS, id="array"),
        pytest.param({"items": ITEMS}, id="under a key"),
        pytest.param({"status": {"code": 0}, "data": {"products": ITEMS, "next": []}}, id="deeper"),
        pytest.param({"tags": ["еда"], "pages": [[1]], "items": ITEMS}, id="beside other arrays"),
        pytest.param([[row["name"], row["category"]] for row in ITEMS], id="array of arrays"),
        pytest.param([["Название", "Группа"], ["Чай", "Еда > Чай"], ["Мыло", "Дом"]], id="header"),
        pytest.param([["Чай", ["Еда", "Чай"]], ["Мыло", ["Дом"]]], id="paths as arrays"),
        pytest.param([{"0": "Чай", "1": "Еда > Чай"}, {"0": "Мыло", "1": "Дом"}], id="numbers"),
    ],
)
@pytest.mark.parametrize("indent", [None, 1])
def test_rows_are_found_in_a_document(tmp_path: Path, value: object, indent: int | None) -> None:
    path = written(tmp_path, "prices.json", document(value, indent=indent))
    catalogue = read_catalogue(path)
    assert catalogue.names == ["Чай", "Мыло"]
    assert catalogue.paths == PATHS


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(lines(*ITEMS), id="objects"),
        pytest.param("\n" + lines(*ITEMS) + "\r\n\n", id="blank lines"),
        pytest.param(lines(["Чай", "Еда > Чай"], ["Мыло", "Дом"]), id="arrays"),
        pytest.param(lines(["path", "name"], ["Еда > Чай", "Чай"], ["Дом", "Мыло"]), id="header"),
    ],
)
@pytest.mark.parametrize("suffix", ["jsonl", "ndjson"])
def test_json_lines_are_read(tmp_path: Path, text: str, suffix: str) -> None:
    catalogue = read_catalogue(written(tmp_path, f"prices.{suffix}", text))
    assert catalogue.names == ["Чай", "Мыло"]
    assert catalogue.paths == PATHS
    assert catalogue.report.unit == "line"


def test_json_lines_that_are_called_json_are_read(tmp_path: Path) -> None:
    assert len(read_catalogue(written(tmp_path, "prices.json", lines(*ITEMS)))) == 2


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "utf-16"])
@pytest.mark.parametrize("name", ["prices.json", "prices.jsonl"])
def test_the_encoding_is_found_out(tmp_path: Path, name: str, encoding: str) -> None:
    text = document(ITEMS) if name.endswith("json") else lines(*ITEMS)
    catalogue = read_catalogue(written(tmp_path, name, text, encoding))
    assert catalogue.names == ["Чай", "Мыло"]
    assert catalogue.report.facts["encoding"] == encoding


def test_an_encoding_can_be_given_and_a_byte_that_is_not_of_it_is_told(tmp_path: Path) -> None:
    path = written(tmp_path, "prices.json", document(ITEMS, indent=1), "cp866")
    assert read_catalogue(path, encoding="cp866").names == ["Чай", "Мыло"]
    with pytest.raises(
        CatalogueError, match=r'json, line 3: .* is not utf-8\. .*encoding="cp1251"'
    ):
        read_catalogue(path, encoding="utf-8")


def test_a_compressed_stream_is_read_and_left_open(tmp_path: Path) -> None:
    path = tmp_path / "prices.json.gz"
    path.write_bytes(gzip.compress(document({"items": ITEMS}).encode()))
    with path.open("rb") as stream:
        assert read_catalogue(stream).names == ["Чай", "Мыло"]
        assert not stream.closed


def test_the_array_with_most_objects_counts_and_the_others_are_told() -> None:
    table = table_of(document({"categories": [{"id": 7, "name": "Еда"}], "goods": ITEMS}))
    assert table.facts["rows in"] == "goods"
    assert table.columns == ("name", "category")
    (left_out,) = table.left_out.values()
    assert [example.value for example in left_out.examples] == ["categories"]
    assert "1 objects" in left_out.examples[0].reason


def test_objects_inside_of_rows_are_no_rows() -> None:
    offers = [{"shop": "Лавка"}, {"shop": "Рынок"}]
    table = table_of(document({"items": [{"name": "Чай", "offers": offers}]}))
    assert table.facts["rows in"] == "items"
    assert rows_of(table) == [Row(1, ("Чай", offers))]
    assert not table.left_out


def test_nested_objects_give_columns_of_their_own() -> None:
    category = {"id": 7, "name": "Чай", "parent": {"name": "Еда"}}
    table = table_of(document([{"name": "Ахмад", "category": category}]))
    assert table.columns == ("name", "category.id", "category.name", "category.parent")
    assert rows_of(table) == [Row(1, ("Ахмад", 7, "Чай", {"name": "Еда"}))]


def test_a_nested_path_is_found_and_an_object_as_a_category_is_an_error(tmp_path: Path) -> None:
    path = written(
        tmp_path, "a.jsonl", lines({"name": "Чай", "category": {"path": ["Еда", "Чай"]}})
    )
    assert read_catalogue(path).paths == [("Еда", "Чай")]
    path = written(tmp_path, "b.jsonl", lines({"name": "Чай", "category": {"a": {"b": "Еда"}}}))
    with pytest.raises(CatalogueError, match=r"b\.jsonl, line 1: \{'b': 'Еда'\} is a dict, not"):
        read_catalogue(path, category="category.a")


def test_columns_are_those_of_the_first_objects_in_order() -> None:
    table = table_of(document([{"name": "Чай"}, {"category": "Еда", "name": "Сыр"}]))
    assert table.columns == ("name", "category")
    assert rows_of(table) == [Row(1, ("Чай", None), missing=1), Row(2, ("Сыр", "Еда"))]


def test_a_key_that_comes_late_does_not_matter() -> None:
    table = table_of(document([{"name": "Чай"}] * 200 + [{"name": "Сыр", "price": 9}]))
    assert table.columns == ("name",)
    assert rows_of(table)[-1] == Row(201, ("Сыр",))


def test_arrays_may_be_uneven(tmp_path: Path) -> None:
    path = written(tmp_path, "a.jsonl", lines(["Чай", "Еда"], ["Сыр"], ["Мёд", "Еда", "лишнее"]))
    report = read_catalogue(path).report
    assert [example.row for example in report.surplus_fields.examples] == [3]
    assert [example.row for example in report.rows_without_category.examples] == [2]


@pytest.mark.parametrize("name", ["names.json", "names.jsonl"])
def test_names_alone_are_read(tmp_path: Path, name: str) -> None:
    text = document(["Чай", "Сыр"]) if name.endswith("json") else lines("Чай", "Сыр")
    assert list(read_names(written(tmp_path, name, text))) == [(1, "Чай"), (2, "Сыр")]


def test_values_are_given_as_they_are(tmp_path: Path) -> None:
    text = '[{"name": null, "код": 12345678901234567890, "цена": 9.50, "есть": true}]'
    ((number, row),) = iterate_table(written(tmp_path, "prices.json", text))
    assert number == 1
    assert row["name"] is None
    assert row["код"] == 12345678901234567890
    assert row["цена"] == 9.5
    assert row["есть"] is True


# A short text half of control characters is taken for none.
TEXTS = st.text(st.characters(exclude_categories=["Cc", "Cs"]))
SCALARS = st.none() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXTS
KEYS = st.text("абв", min_size=1, max_size=2)
VALUES = SCALARS | st.lists(SCALARS, max_size=2) | st.dictionaries(KEYS, SCALARS, max_size=2)
OBJECTS = st.lists(st.dictionaries(KEYS, VALUES, min_size=1, max_size=3), min_size=1, max_size=3)


@given(OBJECTS)
def test_every_object_is_a_row_in_both_formats(objects: list[dict[str, Any]]) -> None:
    one = table_of(document(objects))
    text = lines(*objects)
    other = read_json_lines(Source(io.BytesIO(text.encode("utf-8", "replace"))), Options())
    assert one.columns == other.columns
    assert len(rows_of(one)) == len(objects)
    assert [row.number for row in rows_of(other)] == list(range(1, len(objects) + 1))
