"""POST /read: the names of price lists, whatever they are kept in."""

from __future__ import annotations

import gzip
import io
import json
from collections.abc import Iterator

import httpx
import pytest
from running_service import running

from textcat.model import CategoryModel
from textcat.service import Limits, create_app, replies

TABLE = "Артикул;Номенклатура;Цена\n1;Чай зелёный;99\n2;;10\n3;Кофе молотый\n"
NAMES = ["Чай зелёный", "", "Кофе молотый"]


@pytest.fixture(scope="module")
def client(
    model: CategoryModel, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[httpx.Client]:
    model.save(saved := tmp_path_factory.mktemp("service") / "модель")
    with running(create_app(saved, limits=Limits(rows=5, name_length=20))) as client:
        yield client


def workbook() -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    for line in TABLE.splitlines():
        book.active.append([*line.split(";"), ""][:3])
    book.save(written := io.BytesIO())
    return written.getvalue()


@pytest.mark.parametrize(
    ("filename", "content"),
    [
        ("прайс.csv", TABLE.encode("utf-8")),
        ("прайс.csv", TABLE.encode("cp1251")),
        ("прайс.csv.gz", gzip.compress(TABLE.encode())),
        ("../../etc/passwd", TABLE.encode()),
        ("", TABLE.encode()),
        ("прайс.xlsx", workbook()),
        ("прайс.csv", workbook()),
    ],
)
def test_the_column_of_names_is_found_in_any_kind_of_file(
    client: httpx.Client, filename: str, content: bytes
) -> None:
    read = client.post("/read", params={"filename": filename}, content=content).json()
    assert read["names"] == NAMES
    assert read["column"] == "Номенклатура"


def test_the_column_may_be_named(client: httpx.Client) -> None:
    asked = {"filename": "прайс.csv", "column": "Артикул"}
    assert client.post("/read", params=asked, content=TABLE.encode()).json()["names"] == [*"123"]


def test_a_list_of_names_needs_no_heading(client: httpx.Client) -> None:
    read = client.post("/read?filename=names.txt", content="Чай\nКофе\n".encode())
    assert read.json()["names"] == ["Чай", "Кофе"]


def test_what_is_odd_is_told(client: httpx.Client) -> None:
    rows = [{"name": "Чай"}, {"name": ["Кофе"]}, {"name": "x" * 21}, {"name": "half \ud800"}]
    response = client.post("/read?filename=a.json", content=json.dumps(rows))
    replies.PriceList.model_validate_json(response.content, strict=True)
    read = response.json()
    assert read["names"] == ["Чай", "", "x" * 20, "half ?"]
    assert [(each["what"], each["count"]) for each in read["left_out"]] == [
        ("values that are no names", 1),
        ("names that were cut, being too long", 1),
    ]


@pytest.mark.parametrize(
    ("filename", "content", "status", "told"),
    [
        ("a.xlsx", b"PK\x03\x04 and nothing", 422, "a.xlsx is cut off or damaged"),
        ("a.csv", b"", 422, "a.csv"),
        ("a.csv", "Цена;Вес;Цвет\n1;2;3\n".encode(), 422, "columns: 'Цена', 'Вес', 'Цвет'"),
        ("a.txt", "чай\n".encode() * 6, 413, "more than 5 rows"),
        ("a.png", b"\x89PNG\r\n\x1a\n\x00\x00", 422, "a.png"),
        ("a.xml", b'<!DOCTYPE a [<!ENTITY b "b">]><a>&b;</a>', 422, "a.xml"),
    ],
)
def test_what_cannot_be_read_says_why(
    client: httpx.Client, filename: str, content: bytes, status: int, told: str
) -> None:
    response = client.post("/read", params={"filename": filename}, content=content)
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    assert told in response.json()["detail"]
