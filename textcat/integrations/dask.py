"""Answers for a Dask DataFrame or Bag, on whatever scheduler computes it.

    from textcat.integrations.dask import predict

    predict(frame, "/models/shop", column="name").to_parquet("answers")

A model is given in one of two ways. A path is one that every worker sees, on a shared disk or in an
image: nothing is sent. A loaded model is sent to the workers of the current client, if there is one
and some worker does not see its directory; to those that join later, too. Every worker opens the
model once, and all those on a host that see the same directory share its memory. textcat has to be
installed where the workers run.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any, cast

from textcat.errors import MissingExtraError
from textcat.integrations.columns import check_columns, check_kind, flat_columns, nested_columns
from textcat.integrations.question import Question, VectorQuestion
from textcat.integrations.shipping import ModelOrPath
from textcat.model import CategoryModel
from textcat.precision import DEFAULT_PRECISION
from textcat.prediction.answers import Level, level_suffixes
from textcat.prediction.plain_values import AnswerColumns
from textcat.prediction.saved import SavedModel

try:
    import numpy
    import pandas
    import pyarrow  # noqa: F401  # texts are kept by it
    from dask.array import Array
    from dask.bag import Bag
    from dask.dataframe import DataFrame
except ImportError as error:
    raise MissingExtraError(
        f'answers on Dask need its data frames ({error}): pip install "textcat[dask]"'
    ) from error

_TEXT, _SHARE = pandas.StringDtype("pyarrow"), "float64"
_DTYPES = {"id": _TEXT, "title": _TEXT, "category": _TEXT, "path": _TEXT, "probability": _SHARE}


def predict(
    frame: DataFrame,
    model: ModelOrPath,
    column: str = "name",
    precision: float | Iterable[float | None] | None = DEFAULT_PRECISION,
    *,
    goods: str | None = None,
    levels: bool = False,
    prefix: str = "",
) -> DataFrame:
    """Append columns with the answers to a column of names.

    Parameters
    ----------
    frame : dask.dataframe.DataFrame
    model : CategoryModel or path
        A loaded model is sent to workers that do not see it; a path is one that all of them see.
    column : str
        Holds the names. A missing one is a name in which nothing is known.
    precision, goods
        As for `CategoryModel.predict`.
    levels : bool
        Append the whole way to the most probable leaf, too.
    prefix : str
        Put before the names of the new columns.

    Returns
    -------
    dask.dataframe.DataFrame
        With the columns `category` (an id), `path` (titles joined by " > ") and `probability`,
        missing for no answer; for several precision levels `category@0.95` and so on. With `levels`
        there are `id_1`, `title_1` and `probability_1` for level 1, and so on.

    Raises
    ------
    PrecisionError
        If a precision level is not certified for these goods.
    StorageError
        If workers could not find the model.
    TextcatError
        If there is no such column, it holds no text, or a new column is there already.

    Examples
    --------
    >>> import dask.dataframe, pandas, tempfile, textcat
    >>> model = textcat.train([("Чай зелёный", "Чай"), ("Кофе молотый", "Кофе")], n_jobs=1)
    >>> names = pandas.DataFrame({"name": ["чай с мятой", None]})
    >>> frame = dask.dataframe.from_pandas(names, npartitions=2)
    >>> with tempfile.TemporaryDirectory() as directory:
    ...     model.save(directory)
    ...     answered = predict(frame, directory, precision=None)
    ...     answered.path.compute(scheduler="sync").tolist()
    ['Чай', <NA>]
    """
    question = Question.of(model, precision, goods, levels)
    dtypes = {f"{prefix}{each}": dtype for each, dtype in _dtypes(question).items()}
    _check(frame, column, dtypes)
    _ship(question.saved, model)
    nothing = {each: pandas.array([], dtype) for each, dtype in dtypes.items()}
    meta, untyped = frame._meta.assign(**nothing), cast(Any, frame)
    answered: DataFrame = untyped.map_partitions(_answered, question, column, dtypes, meta=meta)
    return answered


def predict_bag(
    names: Bag,
    model: ModelOrPath,
    precision: float | Iterable[float | None] | None = DEFAULT_PRECISION,
    *,
    goods: str | None = None,
    levels: bool = False,
) -> Bag:
    """Answer a bag of names.

    Parameters
    ----------
    names : dask.bag.Bag
        Whatever `CategoryModel.predict` takes.
    model, precision, goods, levels
        As for `predict`.

    Returns
    -------
    dask.bag.Bag
        A dict for every name: `name`, `category`, `path` and `probability`, None for no answer.
        Several precision levels are in a list `answers` of dicts of these and their `precision`.
        With `levels` there is a list of dicts `levels`.

    Examples
    --------
    >>> import dask.bag, tempfile, textcat
    >>> model = textcat.train([("Чай зелёный", "Чай"), ("Кофе молотый", "Кофе")], n_jobs=1)
    >>> names = dask.bag.from_sequence(["чай с мятой", None])
    >>> with tempfile.TemporaryDirectory() as directory:
    ...     model.save(directory)
    ...     answers = predict_bag(names, directory, precision=None).compute(scheduler="sync")
    >>> [answer["path"] for answer in answers]
    ['Чай', None]
    """
    question = Question.of(model, precision, goods, levels)
    _ship(question.saved, model)
    answered: Bag = cast(Any, names).map_partitions(_answered_rows, question)
    return answered


def encode(frame: DataFrame, model: ModelOrPath, column: str = "name") -> Array:
    """Vectors of a column of names, (n, dim) float32, as `CategoryModel.encode` gives them.

    How many names a partition has is only known when it is computed: `compute_chunk_sizes()`.

    Parameters
    ----------
    frame, model, column
        As for `predict`.
    """
    question = VectorQuestion.of(model)
    _check(frame, column, [])
    _ship(question.saved, model)
    meta, untyped = numpy.empty((0, question.dim), numpy.float32), cast(Any, frame[column])
    encoded: Array = untyped.map_partitions(question.ask, _shipped, meta=meta)
    return encoded


def _answered(
    frame: pandas.DataFrame, question: Question, column: str, dtypes: dict[str, Any]
) -> pandas.DataFrame:
    """A partition with its answers."""
    answers = question.ask(frame[column], _shipped)
    columns = flat_columns(answers, question.depth)
    told = zip(dtypes.items(), columns.values(), strict=True)
    return frame.assign(**{name: _array(values, dtype) for (name, dtype), values in told})


def _answered_rows(names: Iterable[object], question: Question) -> list[dict[str, Any]]:
    answers = question.ask(names, _shipped)
    columns = {"name": answers.names, **nested_columns(answers, question.depth > 0)}
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def _dtypes(question: Question) -> dict[str, Any]:
    """Columns as `flat_columns` gives them, and what they hold."""
    suffixes = level_suffixes(question.precisions).values()
    answers = [(column, suffix) for suffix in suffixes for column in AnswerColumns._fields]
    levels = [f"_{level + 1}" for level in range(question.depth)]
    ways = [(column, suffix) for suffix in levels for column in Level._fields[1:]]
    return {f"{column}{suffix}": _DTYPES[column] for column, suffix in answers + ways}


def _array(values: list[Any], dtype: Any) -> Any:
    return numpy.array(values, dtype) if dtype == _SHARE else pandas.array(values, dtype)


def _check(frame: DataFrame, column: str, added: Iterable[str]) -> None:
    check_columns(frame.columns, column, added)
    check_kind(column, frame.dtypes[column], _is_text(frame.dtypes[column]))


def _is_text(kind: Any) -> bool:
    """Whether names may be in a column of this dtype; in one of Python objects anything may be."""
    if isinstance(kind, pandas.CategoricalDtype):
        return kind.categories is None or _is_text(kind.categories.dtype)
    return bool(pandas.api.types.is_string_dtype(kind) or pandas.api.types.is_object_dtype(kind))


def _ship(saved: SavedModel, model: ModelOrPath) -> None:
    """Send a loaded model to the workers of the current client, as far as they do not see it."""
    client = _client() if isinstance(model, CategoryModel) else None
    if client is not None:
        from textcat.integrations.dask_workers import ship

        ship(saved, client)


def _client() -> Any:
    """The client that will compute; None for a scheduler of this machine."""
    if "distributed" not in sys.modules:  # then there is none, and it takes a second to import
        return None
    import distributed

    try:
        return cast(Any, distributed).default_client()
    except ValueError:
        return None


def _shipped(name: str) -> str | None:
    """Where a model that was sent is on this worker; None on a scheduler of this machine."""
    if "distributed" not in sys.modules:
        return None
    from distributed import get_worker

    try:
        return str(Path(get_worker().local_directory, name))
    except ValueError:
        return None
