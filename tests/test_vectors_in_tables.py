"""NameVectorizer and NameEncoder on the columns of tables."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pytest
from sklearn.compose import ColumnTransformer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from textcat import NameEncoder, NameVectorizer, TextcatError

TABLE = pd.DataFrame(
    {"name": ["Чай зелёный", "Чай чёрный", "Кофе молотый", ""], "price": [1.0, 2.0, 3.0, 4.0]},
    index=[10, 11, 12, 13],
)
Y = ["Чай", "Чай", "Кофе", "Кофе"]


@pytest.fixture(params=[NameVectorizer(), NameEncoder(dim=8)], ids=["vectorizer", "encoder"])
def transformer(request: pytest.FixtureRequest) -> Any:
    return request.param


def _dense(X: Any) -> np.ndarray[Any, Any]:
    return X if isinstance(X, np.ndarray) else np.asarray(X.todense())


@pytest.mark.parametrize(
    "column",
    [
        TABLE["name"],
        TABLE[["name"]],
        TABLE["name"].to_numpy(),
        TABLE[["name"]].to_numpy(),
        pl.DataFrame({"name": TABLE["name"].to_list()}),
        pl.Series(TABLE["name"].to_list()),
        TABLE["name"].to_dict().values(),
    ],
    ids=["series", "frame", "array", "column", "polars frame", "polars series", "view"],
)
def test_a_column_may_come_in_any_form(transformer: Any, column: Any) -> None:
    fitted = transformer.fit(TABLE["name"].to_list(), Y)
    expected = _dense(fitted.transform(TABLE["name"].to_list()))
    assert np.array_equal(_dense(fitted.transform(column)), expected)


@pytest.mark.parametrize("table", [TABLE, pl.DataFrame({"a": ["Чай"], "b": ["Кофе"]})])
def test_a_table_of_several_columns_is_refused(transformer: Any, table: Any) -> None:
    with pytest.raises(TextcatError, match="pass its column of names"):
        transformer.fit(table, Y)


@pytest.mark.parametrize("column", ["name", ["name"]])
def test_both_stand_beside_other_columns(transformer: Any, column: str | list[str]) -> None:
    columns = [("goods", transformer, column), ("price", StandardScaler(), ["price"])]
    pipeline = make_pipeline(ColumnTransformer(columns), LogisticRegression(C=100))
    assert pipeline.fit(TABLE, Y).predict(TABLE).tolist() == Y
    names = pipeline[0].get_feature_names_out()
    assert names[0].startswith("goods__")
    assert names[-1] == "price__price"


def test_vectors_come_as_a_frame_with_the_index_of_the_names() -> None:
    encoder = NameEncoder(dim=3).set_output(transform="pandas")
    frame = encoder.fit_transform(TABLE["name"], Y)
    assert frame.columns.tolist() == ["nameencoder0", "nameencoder1", "nameencoder2"]
    assert frame.index.tolist() == [10, 11, 12, 13]
    assert encoder.set_output(transform="polars").transform(TABLE["name"]).shape == (4, 3)


def test_sparse_features_are_no_frame_as_everywhere_in_scikit_learn() -> None:
    vectorizer = NameVectorizer().set_output(transform="pandas")
    with pytest.raises(ValueError, match="sparse"):
        vectorizer.fit_transform(TABLE["name"])
