"""Training and answering on backends of joblib's: bit for bit what this process does alone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

import joblib
import pytest
from local_engines import dask_client, spark_session

import textcat
from textcat.model import CategoryModel
from textcat.storage import load_directory

Rows = list[tuple[str, str]]

# joblibspark's: what local mode cannot do, threads do not inherit, and joblib calls otherwise now
SPARK_WARNINGS = [
    "ignore:Spark local mode doesn't support stage-level scheduling",
    "ignore:Spark session is not provided",
    "ignore:`apply_async` is deprecated",
]
BACKENDS = [
    pytest.param("threading", {}, id="threading"),
    pytest.param("loky", {}, id="loky"),
    pytest.param("loky", {"max_nbytes": 1}, id="loky with memory-mapped arrays"),
    pytest.param("multiprocessing", {}, id="multiprocessing"),
    pytest.param("dask", {}, id="dask"),
    pytest.param(
        "spark", {}, id="spark",
        marks=[pytest.mark.filterwarnings(warning) for warning in SPARK_WARNINGS],
    ),
]  # fmt: skip


@pytest.fixture(autouse=True)
def _small_tasks(monkeypatch: pytest.MonkeyPatch) -> None:
    """A few names are many tasks."""
    monkeypatch.setattr("textcat.features.reading.BLOCK", 50)
    monkeypatch.setattr("textcat.prediction.parallel.PAYS_FROM", 0)
    monkeypatch.setattr("textcat.prediction.scoring.BATCH", 16)


@contextmanager
def engine_of(backend: str) -> Iterator[None]:
    """Start what a backend needs."""
    engine: Any = nullcontext()
    if backend == "dask":
        engine = dask_client()
    if backend == "spark":
        joblibspark = pytest.importorskip("joblibspark", reason="joblibspark is not installed")
        joblibspark.register_spark()
        engine = spark_session()
    with engine:
        yield


def saved(model: CategoryModel, directory: Path) -> dict[str, Any]:
    """All that a model is on disk."""
    model.save(directory)
    stored = load_directory(directory)
    arrays = {name: (a.dtype.str, a.shape, a.tobytes()) for name, a in stored.arrays.items()}
    return {**arrays, **stored.strings, "meta": stored.meta}


@pytest.mark.parametrize(("backend", "options"), BACKENDS)
def test_models_and_answers_are_the_same_bit_for_bit(
    backend: str, options: dict[str, Any], catalogue: Rows, names: list[str], tmp_path: Path
) -> None:
    alone = textcat.train(catalogue, n_jobs=1)
    expected = saved(alone, tmp_path / "alone")
    with engine_of(backend), joblib.parallel_config(backend=backend, **options):
        together = textcat.train(catalogue, n_jobs=2)
        answers = textcat.load(tmp_path / "alone").predict(names, None, n_jobs=2)
    assert saved(together, tmp_path / "together") == expected
    assert answers.nodes.tobytes() == alone.predict(names, None).nodes.tobytes()
    assert answers.probabilities.tobytes() == alone.predict(names, None).probabilities.tobytes()


def test_threads_do_not_disturb_a_solver_that_shares_random_numbers(
    catalogue: Rows, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("textcat.fitting.linear_trees.find_solver", liblinear)
    expected = saved(textcat.train(catalogue, n_jobs=1), tmp_path / "alone")
    with joblib.parallel_config(backend="threading"):
        together = textcat.train(catalogue, n_jobs=4)
    assert saved(together, tmp_path / "together") == expected


def liblinear(_: str) -> object:
    from textcat.solvers import find_solver

    return find_solver("liblinear")
