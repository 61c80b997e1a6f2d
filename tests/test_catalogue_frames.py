"""Catalogues in the frames that pyarrow, pandas and polars have in memory."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.dataset
import pytest

from textcat.catalogue import iterate_table, read_catalogue, read_names
from textcat.errors import CatalogueError

COLUMNS: dict[str, list[Any]] = {
    "код": [1, 2, 3],
    "Наименование": ["Чай", None, "Мыло"],
    "Группа": ["Еда > Чай", "Еда", "Дом"],
}
TABLE = pa.table(COLUMNS)
NAMES, PATHS = ["Чай", "Мыло"], [("Еда", "Чай"), ("Дом",)]


def with_dictionaries() -> pa.Table:
    names = pa.array(COLUMNS["Наименование"]).dictionary_encode()
    return TABLE.set_column(1, "Наименование", names)


FRAMES: dict[str, Callable[[], Any]] = {
    "pyarrow": lambda: TABLE,
    "pyarrow, dictionaries": with_dictionaries,
    "pyarrow, chunks": lambda: pa.concat_tables([TABLE.slice(0, 1), TABLE.slice(1)]),
    "pyarrow, batch": lambda: TABLE.to_batches()[0],
    "pyarrow, reader": lambda: TABLE.to_reader(),
    "pyarrow, data set": lambda: pyarrow.dataset.dataset(TABLE),
    "pandas": lambda: pd.DataFrame(COLUMNS),
    "pandas, categories": lambda: pd.DataFrame(COLUMNS).astype("category"),
    "pandas, nullable": lambda: pd.DataFrame(COLUMNS).convert_dtypes(),
    "pandas, arrow": lambda: pd.DataFrame(COLUMNS).convert_dtypes(dtype_backend="pyarrow"),
    "pandas, an index": lambda: pd.DataFrame(COLUMNS).set_index("код"),
    "polars": lambda: pl.DataFrame(COLUMNS),
    "polars, categories": lambda: pl.DataFrame(COLUMNS).with_columns(
        pl.col("Наименование").cast(pl.Categorical)
    ),
    "polars, lazy": lambda: pl.DataFrame(COLUMNS).lazy(),
}


@pytest.mark.parametrize("frame", FRAMES.values(), ids=FRAMES)
def test_a_frame_is_read(frame: Callable[[], Any]) -> None:
    catalogue = read_catalogue(frame())
    assert catalogue.names == NAMES
    assert catalogue.paths == PATHS
    assert catalogue.rows == [1, 3]


@pytest.mark.parametrize("frame", FRAMES.values(), ids=FRAMES)
def test_names_of_a_frame_are_all_there(frame: Callable[[], Any]) -> None:
    names = list(read_names(frame()))
    assert [number for number, _ in names] == [1, 2, 3]
    assert [names[0][1], names[2][1]] == NAMES


@pytest.mark.parametrize(
    "frame",
    [
        pytest.param(pd.DataFrame([["Чай", "Еда"]]), id="pandas"),
        pytest.param(pl.DataFrame([["Чай", "Еда"]], orient="row"), id="polars"),
        pytest.param(pa.Table.from_arrays([["Чай"], ["Еда"]], names=["0", "1"]), id="pyarrow"),
    ],
)
def test_a_frame_without_column_names_is_told_by_position(frame: Any) -> None:
    assert read_catalogue(frame).names == ["Чай"]
    assert read_catalogue(frame, name=1, category=0).names == ["Еда"]


@pytest.mark.parametrize(
    "frame",
    [
        pytest.param(pd.DataFrame({"name": ["Чай"], "path": [["Еда", "Чай"]]}), id="pandas"),
        pytest.param(pl.DataFrame({"name": ["Чай"], "path": [["Еда", "Чай"]]}), id="polars"),
        pytest.param(pa.table({"name": ["Чай"], "path": [["Еда", "Чай"]]}), id="pyarrow"),
    ],
)
def test_lists_in_a_frame_are_paths(frame: Any) -> None:
    assert read_catalogue(frame).paths == [("Еда", "Чай")]


@pytest.mark.parametrize(
    "frame",
    [
        pytest.param(
            pd.DataFrame([["Чай", "x", "Еда"]], columns=["name", "name", "path"]), id="pd"
        ),
        pytest.param(
            pa.Table.from_arrays([["Чай"], ["x"], ["Еда"]], names=["name", "name", "path"]), id="pa"
        ),
    ],
)
def test_columns_of_one_name_are_told_apart(frame: Any) -> None:
    assert next(iterate_table(frame)) == (1, {"name": "Чай", "name (2)": "x", "path": "Еда"})


def test_a_value_that_is_damaged_is_an_error_with_its_place() -> None:
    names = pa.array([b"\xd7\xe0\xe9"]).view(pa.string())  # cp1251, and no UTF-8
    with pytest.raises(CatalogueError, match=r"table, below row 0: a value is damaged: .utf-8"):
        list(read_names(pa.table({"name": names})))
