"""Catalogues in Parquet and Arrow files, whole and damaged."""

from __future__ import annotations

import gzip
import io
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.feather
import pyarrow.parquet
import pytest
from hypothesis import given
from hypothesis import strategies as st

from textcat.catalogue import iterate_table, read_catalogue, read_names
from textcat.catalogue.columnar import read_arrow, read_parquet
from textcat.catalogue.files import Source
from textcat.catalogue.table import Options
from textcat.errors import CatalogueError, MissingExtraError

COLUMNS: dict[str, list[Any]] = {
    "код": [1, 2, 3],
    "Наименование": ["Чай", None, "Мыло"],
    "Группа": ["Еда > Чай", "Еда", "Дом"],
}
TABLE = pa.table(COLUMNS)
NAMES, PATHS = ["Чай", "Мыло"], [("Еда", "Чай"), ("Дом",)]


def as_parquet(table: pa.Table, **options: Any) -> bytes:
    file = io.BytesIO()
    pyarrow.parquet.write_table(table, file, **options)
    return file.getvalue()


def as_arrow(table: pa.Table, **options: Any) -> bytes:
    return _written(pa.ipc.new_file, table, **options)


def as_stream(table: pa.Table, **options: Any) -> bytes:
    return _written(pa.ipc.new_stream, table, **options)


def as_feather(table: pa.Table, **options: Any) -> bytes:
    file = io.BytesIO()
    pyarrow.feather.write_feather(table, file, **options)
    return file.getvalue()


def _written(new: Callable[..., Any], table: pa.Table, **options: Any) -> bytes:
    file = io.BytesIO()
    with new(file, table.schema) as writer:
        writer.write_table(table, **options)
    return file.getvalue()


FILES: dict[str, Callable[..., bytes]] = {
    "prices.parquet": as_parquet,
    "prices.arrow": as_arrow,
    "stream.arrow": as_stream,
    "prices.feather": as_feather,
}


def with_dictionaries() -> pa.Table:
    names = pa.array(COLUMNS["Наименование"]).dictionary_encode()
    return TABLE.set_column(1, "Наименование", names)


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("table", [TABLE, with_dictionaries()], ids=["plain", "dictionaries"])
def test_a_file_is_read(tmp_path: Path, name: str, table: pa.Table) -> None:
    path = tmp_path / name
    path.write_bytes(FILES[name](table))
    catalogue = read_catalogue(path)
    assert catalogue.names == NAMES
    assert catalogue.paths == PATHS
    assert catalogue.rows == [1, 3]
    assert catalogue.report.empty_names.count == 1


@pytest.mark.parametrize("name", FILES)
def test_a_compressed_file_and_a_stream_are_read(tmp_path: Path, name: str) -> None:
    path = tmp_path / f"{name}.gz"
    path.write_bytes(gzip.compress(FILES[name](TABLE)))
    assert read_catalogue(path).names == NAMES
    with path.open("rb") as stream:
        assert read_catalogue(stream).names == NAMES
        assert not stream.closed


@pytest.mark.parametrize("name", FILES)
def test_batches_are_numbered_through(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    table = pa.table({"name": [f"Чай {number}" for number in range(25_000)]})
    path.write_bytes(FILES[name](table))
    assert list(read_names(path)) == [(n, f"Чай {n - 1}") for n in range(1, 25_001)]


@pytest.mark.parametrize("name", FILES)
def test_columns_may_be_asked_for_in_any_order(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(FILES[name](TABLE))
    first = {"код": 1, "Наименование": "Чай", "Группа": "Еда > Чай"}
    assert next(iterate_table(path)) == (1, first)
    assert read_catalogue(path, name="Группа", category="Наименование").names == [
        "Еда > Чай",
        "Дом",
    ]


@pytest.mark.parametrize("name", FILES)
def test_lists_of_titles_are_paths(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(FILES[name](pa.table({"name": ["Чай"], "path": [["Еда", "Чай"]]})))
    assert read_catalogue(path).paths == [("Еда", "Чай")]


@pytest.mark.parametrize("name", FILES)
def test_columns_without_names_are_told_by_position(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(FILES[name](pa.table({"0": ["Чай"], "1": ["Еда"]})))
    assert read_catalogue(path).names == ["Чай"]


@pytest.mark.parametrize("name", FILES)
def test_a_file_without_rows_is_an_error(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(FILES[name](TABLE.slice(0, 0)))
    with pytest.raises(CatalogueError, match="there is no row to learn from"):
        read_catalogue(path)


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("kept", [8, 100, -100])
def test_a_file_that_is_cut_off_is_an_error(tmp_path: Path, name: str, kept: int) -> None:
    path = tmp_path / name
    path.write_bytes(FILES[name](TABLE)[:kept])
    with pytest.raises(CatalogueError, match=rf"{name} is cut off or damaged: "):
        read_catalogue(path)


@pytest.mark.parametrize("name", FILES)
def test_without_pyarrow_the_command_to_install_it_is_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str
) -> None:
    path = tmp_path / name
    path.write_bytes(FILES[name](TABLE))
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(MissingExtraError, match=r'pip install "textcat\[arrow\]"'):
        read_catalogue(path)


def test_feather_of_version_1_is_told() -> None:
    file = io.BytesIO(b"FEA1" + bytes(100))
    file.name = "prices.feather"
    with pytest.raises(CatalogueError, match=r"prices\.feather is Feather of version 1; save it"):
        read_catalogue(file)


def test_columns_of_one_name_in_a_file_are_told_apart() -> None:
    table = pa.Table.from_arrays([["Чай"], ["x"], ["Еда"]], names=["name", "name", "path"])
    for content in (as_parquet(table), as_arrow(table)):
        row = {"name": "Чай", "name (2)": "x", "path": "Еда"}
        assert next(iterate_table(io.BytesIO(content))) == (1, row)


GOOD = [
    (read_parquet, as_parquet(TABLE)),
    (read_parquet, as_parquet(with_dictionaries(), compression="none", version="1.0")),
    (read_arrow, as_arrow(with_dictionaries())),
    (read_arrow, as_stream(with_dictionaries())),
    (read_arrow, as_feather(TABLE, compression="lz4")),
]


@given(st.data())
def test_a_damaged_file_is_read_or_refused(data: st.DataObject) -> None:
    reader, good = data.draw(st.sampled_from(GOOD))
    start = data.draw(st.integers(0, len(good)))
    damage = data.draw(st.binary(max_size=8))
    end = data.draw(st.sampled_from([start + len(damage), start, len(good)]))
    try:
        table = reader(Source(io.BytesIO(good[:start] + damage + good[end:])), Options())
        list(table.rows(range(len(table.columns))))
    except CatalogueError:
        return
