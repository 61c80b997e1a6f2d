"""JSON that is no table, or no JSON: what an error says, and that nothing else comes of it."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textcat.catalogue import read_catalogue, read_names
from textcat.catalogue.files import Source
from textcat.catalogue.json_rows import read_json, read_json_lines
from textcat.catalogue.table import Options
from textcat.errors import CatalogueError

ITEMS = [{"name": "Чай", "category": "Еда > Чай"}, {"name": "Мыло", "category": "Дом"}]


def document(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def written(tmp_path: Path, name: str, text: str) -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", r"prices\.json: it is empty"),
        (" \n", r"prices\.json: it is empty"),
        ("[]", r"prices\.json is empty; there is nothing to read"),
        ("{}", "has no array of objects"),
        ("12", "has no array of objects"),
        ('{"name": "Чай"}', "has no array of objects"),
        ('{"a": {"b": {"c": {"d": {"items": [{"name": "Чай"}]}}}}}', "has no array of objects"),
        ("name,path\nЧай,Еда", r"prices\.json: it is no JSON: "),
        ('[{"name": "Чай"}, {"name"', r"prices\.json, after row 1: it is cut off; copy it again"),
        ('{"items": [{"name": "Чай"}', r"prices\.json, after row 1: it is cut off; copy it again"),
        ('[{"name": "Чай"}, {"name": NaN}]', "after row 1: it is no JSON: "),
        ('[{"name": "Чай"}, {"name": Чай}]', r"after row 1: it is no JSON"),
        ('[{"name": "Чай", "name": "Сыр"}]', "the key 'name' stands twice in an object"),
        ('[{"name": 1e999999999}]', "the number .* is too large"),
        ('[{"name": ' + "7" * 5000 + "}]", "a number has more than 308 digits"),
        ('[{"name": 0.' + "7" * 700, "a number has more than 308 digits"),
        ("[" * 100_000, "more than 32 brackets are open at once"),
        ('{"a":' * 100_000, "more than 32 brackets are open at once"),
        ('[{"name": ' + "[" * 40, "more than 32 brackets are open at once"),
        ('[{"name": "' + "а" * (5 << 20), "a row is too long"),
        ("[1, 2]", "row 1: 1 is neither an object nor an array of fields"),
        ('["Чай", "Сыр"]', "row 1: 'Чай' is neither an object nor an array of fields"),
        ('[{"name": "Чай", "path": "Еда"}, 7]', "row 2: 7 is no object as the others are"),
        ('[["Чай", "Еда"], {"name": 7}]', "row 2: {'name': 7} is neither an object nor an array"),
        ('[{"name": "Чай"}] и ещё', "after row 1: it is no JSON"),
    ],
)
def test_what_is_no_table_in_json_is_an_error_that_says_why(
    tmp_path: Path, text: str, message: str
) -> None:
    with pytest.raises(CatalogueError, match=message):
        read_catalogue(written(tmp_path, "prices.json", text))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", r"prices\.jsonl is empty"),
        ('{"name": "Чай"}\nЧай', r"prices\.jsonl, line 2: it is no JSON"),
        ('{"name": "Чай"}\n\n{"name": "Сы', r"line 3: .*cut off|line 3: it is no JSON"),
        ('{"name": "Чай"}\n{"name": "Сыр"', "line 2: the line is cut off, or it is no JSON lines"),
        ('{"name": "Чай"\n{"name": "Сыр"}', "line 1: the line is cut off, or it is no JSON lines"),
        (
            '[\n{"name": "Чай"}\n]',
            "line 1: the line is cut off, or it is no JSON lines but one doc",
        ),
        ('{"name": NaN}', "line 1: it is no JSON"),
        ("[" * 100_000, "line 1: more than 32 brackets are open at once"),
        ('{"name": "Чай", "name": "Сыр"}', "line 1: the key 'name' stands twice"),
        (
            '{"name": "Чай", "path": "Еда"}\n["Сыр"]',
            r"line 2: \['Сыр'\] is no object as the others are",
        ),
    ],
)
def test_a_line_that_is_no_row_is_an_error_with_its_number(
    tmp_path: Path, text: str, message: str
) -> None:
    with pytest.raises(CatalogueError, match=message):
        read_catalogue(written(tmp_path, "prices.jsonl", text))


def test_rows_stream_and_a_late_mistake_is_told_when_it_is_come_to(tmp_path: Path) -> None:
    text = document(ITEMS * 10_000)
    names = iter(read_names(written(tmp_path, "prices.json", text[:-1] + ", oops]")))
    assert next(names) == (1, "Чай")
    with pytest.raises(CatalogueError, match="after row 20000: it is no JSON"):
        list(names)


GOOD = document({"shop": "Лавка", "items": ITEMS * 3}).encode()


@given(st.data())
def test_a_damaged_document_is_read_or_refused(data: st.DataObject) -> None:
    reader = data.draw(st.sampled_from([read_json, read_json_lines]))
    good = GOOD if reader is read_json else "\n".join(map(document, ITEMS * 3)).encode()
    start = data.draw(st.integers(0, len(good)))
    damage = data.draw(st.binary(max_size=4) | st.sampled_from([b"[", b"{", b'"', b"}", b"1e9"]))
    end = data.draw(st.integers(start, len(good)))
    try:
        table = reader(Source(io.BytesIO(good[:start] + damage + good[end:])), Options())
        list(table.rows(range(len(table.columns))))
    except CatalogueError:
        return
