"""Answers for a Spark DataFrame, or in SQL, by a pandas UDF over Arrow batches.

    from textcat.integrations.spark import predict

    predict(frame, "/models/shop", column="name").write.parquet("answers")

A model is given in one of two ways. A path is one that every executor sees, on a shared disk or in
an image: nothing is sent. A loaded model is sent to every executor once, as an archive of the Spark
session. Either way every Python worker opens the model once, and all those of an executor map the
same files. textcat has to be installed where the executors run, and Spark 3.5 or newer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from typing import Any, cast
from weakref import finalize

from textcat.errors import MissingExtraError, TextcatError
from textcat.integrations.columns import check_columns, check_kind, nested_columns
from textcat.integrations.question import Question, VectorQuestion
from textcat.integrations.shipping import ModelOrPath, pack, shipped_name
from textcat.model import CategoryModel
from textcat.precision import DEFAULT_PRECISION
from textcat.prediction.saved import SavedModel

try:
    import pandas
    import pyarrow  # noqa: F401  # batches travel by it
    from pyspark import SparkFiles
    from pyspark.sql import Column, DataFrame, SparkSession
    from pyspark.sql import functions as sql
    from pyspark.sql.types import (
        ArrayType,
        CharType,
        DoubleType,
        FloatType,
        IntegerType,
        StringType,
        StructField,
        StructType,
        VarcharType,
    )
except ImportError as error:
    raise MissingExtraError(
        f'answers on Spark need pyspark, pandas and pyarrow ({error}): pip install "textcat[spark]"'
    ) from error

_ANSWER = [
    StructField("category", StringType()),
    StructField("path", StringType()),
    StructField("probability", DoubleType()),
]
_LEVEL = [
    StructField("level", IntegerType()),
    StructField("id", StringType()),
    StructField("title", StringType()),
    StructField("probability", DoubleType()),
]


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
    frame : DataFrame
        May be a streaming one.
    model : CategoryModel or path
        A loaded model is sent to the executors; a path is one that all of them see.
    column : str
        Holds the names. A null is a name in which nothing is known.
    precision, goods
        As for `CategoryModel.predict`.
    levels : bool
        Append the whole way to the most probable leaf, too.
    prefix : str
        Put before the names of the new columns.

    Returns
    -------
    DataFrame
        With the columns `category` (an id), `path` (titles joined by " > ") and `probability`, null
        for no answer. Several precision levels are in one column `answers`, an array of structs of
        these and their `precision`. With `levels` there is an array of structs `levels`.

    Raises
    ------
    PrecisionError
        If a precision level is not certified for these goods.
    StorageError
        If workers could not find the model.
    TextcatError
        If there is no such column, it holds no text, or a new column is there already.
    """
    question = Question.of(model, precision, goods, levels)
    fields = _answer_type(question).fieldNames()
    _check(frame, column, [prefix + field for field in fields])
    # what is certain might be computed once for a filter on it, and once more for the column
    udf = _shipped_udf(question, model, frame.sparkSession).asNondeterministic()
    answer = "textcat answer"
    appended = [sql.col(_quoted(answer))[field].alias(prefix + field) for field in fields]
    answered = frame.withColumn(answer, udf(sql.col(_quoted(column))))
    return answered.select("*", *appended).drop(answer)


def predict_udf(
    model: ModelOrPath,
    precision: float | Iterable[float | None] | None = DEFAULT_PRECISION,
    *,
    goods: str | None = None,
    levels: bool = False,
) -> Callable[..., Column]:
    """Make a function of a column of names, for `select` or `spark.udf.register`.

    It gives a struct with a field for every column that `predict` would append. A loaded model is
    sent to the executors of the active session.

    Examples
    --------
    >>> category = predict_udf("/models/shop")  # doctest: +SKIP
    >>> frame.select("name", category("name").path.alias("path"))  # doctest: +SKIP
    >>> spark.udf.register("category", category)  # doctest: +SKIP
    >>> spark.sql("SELECT name, category(name).path FROM products")  # doctest: +SKIP
    """
    question = Question.of(model, precision, goods, levels)
    udf: Callable[..., Column] = _shipped_udf(question, model, SparkSession.getActiveSession())
    return udf


def encode(
    frame: DataFrame, model: ModelOrPath, column: str = "name", into: str = "vector"
) -> DataFrame:
    """Append a column of vectors, arrays of floats, as `CategoryModel.encode` gives them.

    Parameters
    ----------
    frame, model, column
        As for `predict`.
    into : str
        Name of the new column.
    """
    question = VectorQuestion.of(model)
    _check(frame, column, [into])
    _ship(question.saved, model, frame.sparkSession)

    def encoded(names: pandas.Series) -> pandas.Series:
        return pandas.Series(list(question.ask(names, SparkFiles.get)))

    udf = cast(Any, sql).pandas_udf(encoded, ArrayType(FloatType())).asNondeterministic()
    return frame.withColumn(into, udf(sql.col(_quoted(column))))


def _check(frame: DataFrame, column: str, added: list[str]) -> None:
    check_columns(frame.columns, column, added)
    kind = frame.schema[column].dataType
    check_kind(column, kind.simpleString(), isinstance(kind, StringType | CharType | VarcharType))


def _shipped_udf(question: Question, model: ModelOrPath, session: SparkSession | None) -> Any:
    _ship(question.saved, model, session)

    def answer(names: pandas.Series) -> pandas.DataFrame:
        answers = question.ask(names, SparkFiles.get)
        return pandas.DataFrame(nested_columns(answers, question.depth > 0))

    return cast(Any, sql).pandas_udf(answer, _answer_type(question))


def _answer_type(question: Question) -> StructType:
    fields = _ANSWER
    if len(question.precisions) > 1:
        at_levels = StructType([StructField("precision", DoubleType()), *_ANSWER])
        fields = [StructField("answers", ArrayType(at_levels))]
    ways = [StructField("levels", ArrayType(StructType(_LEVEL)))] if question.depth else []
    return StructType([*fields, *ways])


def _ship(saved: SavedModel, model: ModelOrPath, session: SparkSession | None) -> None:
    """Have every executor unpack a loaded model before its first task; once a session is enough."""
    if not isinstance(model, CategoryModel):
        return
    context = getattr(session, "sparkContext", None)
    if context is None:
        raise TextcatError(
            "there is no Spark session that could send a model; one of Spark Connect cannot. Start "
            "another one, or give a path that all executors see"
        )
    archive = f"{shipped_name(saved)}.zip"
    if any(archive in sent for sent in context.listArchives):
        return
    directory = Path(mkdtemp(prefix="textcat-"))
    finalize(context, rmtree, directory, ignore_errors=True)  # executors fetch it as they come
    pack(saved, directory / archive)
    context.addArchive(f"{directory / archive}#{shipped_name(saved)}")


def _quoted(column: str) -> str:
    """A column's name, dots and all.

    >>> _quoted("цена, р.")
    '`цена, р.`'
    """
    return "`" + column.replace("`", "``") + "`"
