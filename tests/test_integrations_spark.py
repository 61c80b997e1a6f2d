"""Answers on Spark: those of this process, bit for bit, or an error before the job starts."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from local_engines import spark_session

import textcat
from textcat.errors import MissingExtraError, PrecisionError, StorageError, TextcatError
from textcat.model import CategoryModel

pytest.importorskip("pyspark", reason="pyspark is not installed")

from textcat.integrations.spark import encode, predict, predict_udf

# pandas UDFs say so whenever one is made with a newer pandas than Spark was tested with
pytestmark = pytest.mark.filterwarnings("ignore:PySpark does not yet fully support pandas")


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    with spark_session() as session:
        yield session


@pytest.fixture
def saved(model: CategoryModel, tmp_path: Path) -> CategoryModel:
    model.save(tmp_path / "модель")
    return textcat.load(tmp_path / "модель")


@pytest.fixture(scope="module")
def asked(names: list[str]) -> list[str | None]:
    return [*names, None, "", "Ъ", "чай"]


@pytest.fixture
def frame(spark: Any, asked: list[str | None]) -> Any:
    rows = list(enumerate(asked))
    return spark.createDataFrame(rows, "number int, name string").repartition(5)


def in_order(frame: Any) -> list[Any]:
    return sorted(frame.collect(), key=lambda row: row.number)


def test_answers_are_those_of_this_process_bit_for_bit(
    frame: Any, saved: CategoryModel, asked: list[str | None]
) -> None:
    answered = predict(frame, saved, precision=0.5)
    assert answered.dtypes == [
        ("number", "int"), ("name", "string"),
        ("category", "string"), ("path", "string"), ("probability", "double"),
    ]  # fmt: skip
    expected = saved.predict(asked, 0.5).columns_at(0.5)
    found = in_order(answered)
    assert [row.name for row in found] == asked
    assert [row.category for row in found] == expected.category
    assert [row.path for row in found] == expected.path
    assert [row.probability for row in found] == expected.probability
    assert None in expected.category


def test_several_levels_and_the_whole_way_are_nested(
    frame: Any, saved: CategoryModel, asked: list[str | None]
) -> None:
    answered = predict(frame, saved, precision=[0.9, None], levels=True)
    assert answered.columns == ["number", "name", "answers", "levels"]
    answers = saved.predict(asked, [0.9, None])
    for row, answer in zip(in_order(answered), answers, strict=True):
        assert [level.asDict() for level in row.levels] == answer.to_dict()["levels"]
        for found, precision in zip(row.answers, [0.9, None], strict=True):
            told = answer.at(precision)
            assert (found.precision, found.category) == (precision, told.category)
            assert (found.path, found.probability) == (
                " > ".join(told.path) if told.path else None,
                told.probability,
            )


def test_a_function_answers_in_select_and_in_sql(
    spark: Any, frame: Any, saved: CategoryModel, asked: list[str | None]
) -> None:
    category = predict_udf(saved, precision=0.5)
    expected = saved.predict(asked, 0.5).columns_at(0.5).path
    selected = frame.select("number", category("name").path.alias("path"))
    assert [row.path for row in in_order(selected)] == expected
    spark.udf.register("category", category)
    frame.createOrReplaceTempView("products")
    queried = spark.sql("SELECT number, category(name).path AS path FROM products")
    assert [row.path for row in in_order(queried)] == expected


def test_vectors_are_those_of_this_process_bit_for_bit(
    frame: Any, saved: CategoryModel, asked: list[str | None]
) -> None:
    model = saved.with_vectors(32)
    encoded = encode(frame, model, into="v")
    assert encoded.dtypes[-1] == ("v", "array<float>")
    assert [row.v for row in in_order(encoded)] == model.encode(asked).tolist()
    with pytest.raises(TextcatError, match="trained without vectors"):
        encode(frame, saved.with_vectors(0))


def test_a_filter_on_answers_does_not_ask_twice(
    frame: Any, saved: CategoryModel, capsys: pytest.CaptureFixture[str]
) -> None:
    sure = predict(frame, saved, precision=0.5).filter("probability > 0.9")
    sure.explain()
    assert capsys.readouterr().out.count("EvalPython") == 1
    assert {row.probability > 0.9 for row in sure.collect()} == {True}


def test_columns_may_have_any_name_and_kinds_of_text(spark: Any, saved: CategoryModel) -> None:
    frame = spark.createDataFrame([("кефир", "х")], "`Товар, шт. ``1``` string, category string")
    answered = predict(frame, saved, "Товар, шт. `1`", None, prefix="textcat.")
    assert answered.columns[1:3] == ["category", "textcat.category"]
    assert answered.first()["textcat.path"] == "Еда > Молочное"


def test_no_rows_have_no_answers(spark: Any, saved: CategoryModel) -> None:
    nothing = spark.createDataFrame([], "name string")
    assert predict(nothing, saved, precision=None).collect() == []


def test_a_loaded_model_is_sent_to_the_executors_once(
    spark: Any, frame: Any, saved: CategoryModel, tmp_path: Path, asked: list[str | None]
) -> None:
    before = len(spark.sparkContext.listArchives)
    answered = [predict(frame, saved, precision=0.5) for _ in range(2)][-1]
    assert len(spark.sparkContext.listArchives) == before + 1
    (tmp_path / "модель").rename(tmp_path / "elsewhere")  # as executors on other machines see it
    expected = saved.predict(asked, 0.5).columns_at(0.5).path
    assert [row.path for row in in_order(answered)] == expected


def test_a_path_is_not_sent_and_has_to_be_there(
    spark: Any, frame: Any, saved: CategoryModel
) -> None:
    assert saved.saved
    before, directory = len(spark.sparkContext.listArchives), Path(saved.saved.directory)
    answered = predict(frame, directory, precision=None)
    assert len(spark.sparkContext.listArchives) == before
    assert len(answered.collect()) == frame.count()
    directory.rename(directory.with_name("elsewhere"))
    with pytest.raises(Exception, match=r"StorageError: .*модель cannot be seen from here"):
        answered.collect()


def test_thresholds_are_those_of_the_model_that_is_given(
    frame: Any, saved: CategoryModel, catalogue: list[tuple[str, str]], asked: list[str | None]
) -> None:
    certified = saved.certify(catalogue)
    assert certified.certificates.rule(None).threshold(0.8) != 0.8  # the one on disk says
    expected = certified.predict(asked, 0.8).columns_at(0.8).category
    assert [row.category for row in in_order(predict(frame, certified, precision=0.8))] == expected


def test_what_cannot_be_answered_is_told_before_a_job_starts(
    frame: Any, saved: CategoryModel, model: CategoryModel, uncertified_model: CategoryModel,
    tmp_path: Path,
) -> None:  # fmt: skip
    uncertified = tmp_path / "uncertified"
    uncertified_model.save(uncertified)
    with pytest.raises(PrecisionError, match=r"0\.95 is not certified"):
        predict(frame, uncertified)
    with pytest.raises(PrecisionError, match="no precision level"):
        predict(frame, saved, precision=[])
    with pytest.raises(TextcatError, match="no column 'title'; there are: 'number', 'name'"):
        predict(frame, saved, "title")
    with pytest.raises(TextcatError, match="column 'number' is int, not text"):
        predict(frame, saved, "number")
    with pytest.raises(TextcatError, match="a column 'Path' already"):
        predict(frame.withColumnRenamed("number", "Path"), saved)
    with pytest.raises(StorageError, match="on no disk"):
        predict(frame, model)
    with pytest.raises(StorageError, match="does not exist"):
        predict(frame, "no-such-model")


def test_a_model_cannot_be_sent_without_a_session(
    saved: CategoryModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pyspark.sql.SparkSession.getActiveSession", lambda: None)
    with pytest.raises(TextcatError, match="no Spark session"):
        predict_udf(saved, precision=0.5)


def test_without_pyspark_the_module_says_what_to_install() -> None:
    code = (
        "import sys; sys.modules['pyspark'] = None\n"
        "try:\n    import textcat.integrations.spark\n"
        "except ImportError as error:\n    print(type(error).__name__, error)"
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ended.stdout.startswith(MissingExtraError.__name__)
    assert 'pip install "textcat[spark]"' in ended.stdout
