"""Answers on Dask: those of this process, bit for bit, whatever computes them."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas
import pytest
from local_engines import dask_client

import textcat
from textcat.errors import PrecisionError, StorageError, TextcatError
from textcat.model import CategoryModel

dataframe = pytest.importorskip("dask.dataframe", reason="dask is not installed")

import dask.bag  # noqa: E402

from textcat.integrations.dask import encode, predict, predict_bag  # noqa: E402

# dask says to pandas what the newest pandas will not hear any more
pytestmark = pytest.mark.filterwarnings("ignore:The inplace keyword in DataFrame.set_index")

COLUMNS = ["category", "path", "probability"]


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    with dask_client() as client:
        yield client


@pytest.fixture
def saved(model: CategoryModel, tmp_path: Path) -> CategoryModel:
    model.save(tmp_path / "модель")
    return textcat.load(tmp_path / "модель")


@pytest.fixture(scope="module")
def asked(names: list[str]) -> list[str | None]:
    return [*names, None, "", "Ъ", "чай"]


@pytest.fixture
def frame(asked: list[str | None]) -> Any:
    """Three partitions, and one without a row."""
    rows = pandas.DataFrame({"number": range(len(asked)), "name": asked})
    whole = dataframe.from_pandas(rows, npartitions=3)
    return dataframe.concat([whole, whole[whole.number < 0]])


def columns_of(computed: pandas.DataFrame, suffix: str = "") -> list[list[Any]]:
    """None for what is missing."""
    found = (computed[f"{column}{suffix}"] for column in COLUMNS)
    return [[None if pandas.isna(value) else value for value in column] for column in found]


def expected(model: CategoryModel, asked: list[str | None], precision: float | None) -> list[Any]:
    return list(model.predict(asked, precision).columns_at(precision))


@pytest.mark.parametrize("scheduler", ["sync", "threads"])
def test_answers_are_those_of_this_process_bit_for_bit(
    frame: Any, saved: CategoryModel, asked: list[str | None], scheduler: str
) -> None:
    answered = predict(frame, saved, precision=0.5)
    computed = answered.compute(scheduler=scheduler)
    assert list(answered.columns) == ["number", "name", *COLUMNS]
    assert computed.dtypes.equals(answered.dtypes)
    assert computed.number.tolist() == list(range(len(asked)))
    assert columns_of(computed) == expected(saved, asked, 0.5)


@pytest.mark.usefixtures("cluster")
def test_answers_are_the_same_in_the_processes_of_a_cluster(
    frame: Any, saved: CategoryModel, asked: list[str | None]
) -> None:
    computed = predict(frame, saved, precision=0.5).compute()
    assert columns_of(computed) == expected(saved, asked, 0.5)


def test_several_levels_and_the_whole_way_have_columns(
    frame: Any, saved: CategoryModel, asked: list[str | None], tmp_path: Path
) -> None:
    answered = predict(frame, saved, precision=[0.9, None], levels=True)
    answered.to_parquet(tmp_path / "answers", compute_kwargs={"scheduler": "sync"})
    computed = pandas.read_parquet(tmp_path / "answers").sort_values("number")
    for precision, suffix in ((0.9, "@0.9"), (None, "@leaf")):
        assert columns_of(computed, suffix) == expected(saved, asked, precision)
    answers = saved.predict(asked, None)
    for level in range(saved.tree.depth):
        steps = [answer.levels[level : level + 1] for answer in answers]
        told = [step[0].title if step else None for step in steps]
        found = computed[f"title_{level + 1}"]
        assert [None if pandas.isna(title) else title for title in found] == told
        assert computed[f"probability_{level + 1}"].count() == sum(map(bool, steps))


def test_a_bag_of_names_becomes_a_bag_of_answers(
    saved: CategoryModel, asked: list[str | None]
) -> None:
    names = dask.bag.from_sequence(asked, npartitions=3)
    found = predict_bag(names, saved, [0.9, None], levels=True).compute(scheduler="sync")
    for row, answer in zip(found, saved.predict(asked, [0.9, None]), strict=True):
        assert list(row) == ["name", "answers", "levels"]
        assert row["name"] == answer.name
        assert row["levels"] == answer.to_dict()["levels"]
        assert [each["category"] for each in row["answers"]] == [
            answer.at(precision).category for precision in (0.9, None)
        ]
    one = predict_bag(names, saved, 0.9).compute(scheduler="sync")
    assert list(one[0]) == ["name", *COLUMNS]
    assert predict_bag(names.filter(lambda _: False), saved, 0.9).compute(scheduler="sync") == []


def test_vectors_are_those_of_this_process_bit_for_bit(
    frame: Any, saved: CategoryModel, asked: list[str | None]
) -> None:
    model = saved.with_vectors(32)
    vectors = encode(frame, model)
    assert vectors.dtype == "float32"
    assert vectors.compute(scheduler="sync").tobytes() == model.encode(asked).tobytes()
    with pytest.raises(TextcatError, match="trained without vectors"):
        encode(frame, saved.with_vectors(0))


def test_a_loaded_model_is_sent_to_workers_that_do_not_see_it(
    cluster: Any, frame: Any, saved: CategoryModel, tmp_path: Path, asked: list[str | None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    # a cluster whose workers have not come yet; they will find the directory gone
    with monkeypatch.context() as without_workers:
        without_workers.setattr(cluster, "run", lambda _: {})
        answered = predict(frame, saved, precision=0.5)
    (tmp_path / "модель").rename(tmp_path / "elsewhere")
    assert columns_of(answered.compute()) == expected(saved, asked, 0.5)


def test_a_path_is_not_sent_and_has_to_be_there(frame: Any, saved: CategoryModel) -> None:
    assert saved.saved
    directory = Path(saved.saved.directory)
    answered = predict(frame, directory, precision=None)
    directory.rename(directory.with_name("elsewhere"))
    with pytest.raises(StorageError, match="модель cannot be seen from here"):
        answered.compute(scheduler="sync")


def test_names_may_be_categorical_and_columns_have_a_prefix(saved: CategoryModel) -> None:
    rows = pandas.DataFrame({"товар": pandas.Categorical(["кефир", "кефир"]), "path": ["", ""]})
    frame = dataframe.from_pandas(rows, npartitions=1)
    answered = predict(frame, saved, "товар", None, prefix="textcat_").compute(scheduler="sync")
    assert answered["textcat_path"].tolist() == ["Еда > Молочное"] * 2


def test_what_cannot_be_answered_is_told_before_anything_is_computed(
    frame: Any, saved: CategoryModel, model: CategoryModel
) -> None:
    with pytest.raises(PrecisionError, match="is not certified"):
        predict(frame, saved, precision=0.99999999)
    with pytest.raises(TextcatError, match="no column 'title'; there are: 'number', 'name'"):
        predict(frame, saved, "title")
    with pytest.raises(TextcatError, match="column 'number' is int64, not text"):
        predict(frame, saved, "number")
    with pytest.raises(TextcatError, match="a column 'Path' already"):
        predict(frame.rename(columns={"number": "Path"}), saved)
    with pytest.raises(StorageError, match="on no disk"):
        predict(frame, model)
    with pytest.raises(StorageError, match="does not exist"):
        predict_bag(dask.bag.from_sequence(["чай"]), "no-such-model")


def test_without_dask_the_module_says_what_to_install() -> None:
    code = (
        "import sys; sys.modules['dask'] = None\n"
        "try:\n    import textcat.integrations.dask\n"
        "except ImportError as error:\n    print(type(error).__name__, error)"
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ended.stdout.startswith("MissingExtraError")
    assert 'pip install "textcat[dask]"' in ended.stdout
