"""Answers from several processes: the same as from one, whatever happens to the model meanwhile."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import textcat
from textcat.errors import StorageError
from textcat.model import CategoryModel
from textcat.prediction.answers import Answers
from textcat.prediction.parallel import spread, stream
from textcat.prediction.saved import SavedModel


@pytest.fixture(autouse=True)
def _small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    """Processes pay from the first name, and a few names are many batches."""
    monkeypatch.setattr("textcat.prediction.parallel.PAYS_FROM", 0)
    monkeypatch.setattr("textcat.prediction.scoring.BATCH", 16)


@pytest.fixture
def saved(model: CategoryModel, tmp_path: Path) -> CategoryModel:
    """A model that was loaded from its directory."""
    model.save(tmp_path / "модель")
    return textcat.load(tmp_path / "модель")


@pytest.fixture
def parts(names: list[str]) -> list[list[str]]:
    return [names[start : start + 10] for start in range(0, len(names), 10)]


def bits(answers: Answers) -> tuple[bytes, bytes]:
    return answers.nodes.tobytes(), answers.probabilities.tobytes()


def test_answers_are_the_same_bit_for_bit_whatever_the_processes(
    saved: CategoryModel, names: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as in_one_batch:
        in_one_batch.setattr("textcat.prediction.scoring.BATCH", len(names))
        alone = saved.predict(names, 0.9, n_jobs=1)
    together = saved.predict(iter(names), 0.9, n_jobs=2)
    assert together.names == names
    assert bits(together) == bits(alone)
    assert together.paths == alone.paths


def test_a_model_that_is_on_no_disk_is_there_for_the_time_of_the_call(
    model: CategoryModel, names: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    assert model.saved is None
    assert bits(model.predict(names, n_jobs=2)) == bits(model.predict(names))
    assert list(tmp_path.glob("textcat-*")) == []


def test_a_certified_model_is_still_where_its_weights_are(
    saved: CategoryModel, catalogue: list[tuple[str, str]], names: list[str]
) -> None:
    certified = saved.certify(catalogue)
    assert certified.saved == saved.saved
    assert certified.predict(names, 0.8, n_jobs=2).paths == certified.predict(names, 0.8).paths


def test_a_model_that_was_replaced_before_the_call_answers_as_it_did(
    saved: CategoryModel, names: list[str]
) -> None:
    replace(saved)
    assert bits(saved.predict(names, n_jobs=2)) == bits(saved.predict(names))


def test_a_model_that_is_replaced_during_the_call_answers_as_it_did(
    saved: CategoryModel, names: list[str], parts: list[list[str]]
) -> None:
    def replacing() -> Iterator[list[str]]:
        replace(saved)
        yield from parts

    found = [row for nodes, _ in spread(saved, replacing(), 2) for row in nodes.tolist()]
    assert found == saved.predict(names).nodes.tolist()


def replace(model: CategoryModel) -> None:
    """Save another model where one was loaded from."""
    assert model.saved
    textcat.train([("кефир", "Чай"), ("чехол", "Кофе")], n_jobs=1).save(model.saved.directory)
    assert not model.saved.is_there()


def test_an_error_of_a_process_is_told_by_name(saved: CategoryModel, names: list[str]) -> None:
    assert saved.saved
    damaged = next(Path(saved.saved.directory).glob("idf.*"))
    damaged.write_bytes(damaged.read_bytes()[:-4])
    with pytest.raises(StorageError, match="idf"):
        saved.predict(names, n_jobs=2)


def test_no_more_is_read_than_is_worked_on(saved: CategoryModel, names: list[str]) -> None:
    read = []

    def endless() -> Iterator[list[str]]:
        while True:
            read.append(1)
            yield names[:5]

    answers = spread(saved, endless(), 2)
    for taken in range(1, 10):
        next(answers)
        assert len(read) <= taken + 4
    answers.close()


def test_a_stream_begins_in_this_process(
    saved: CategoryModel, parts: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("textcat.prediction.parallel.PAYS_FROM", 20)
    read = iter(parts)
    answers = stream(saved, read, 2)
    assert len(next(answers)[0]) == 10
    assert next(read) is parts[1]  # nothing was read ahead
    expected = [saved.scorer.best_paths(part)[1].tolist() for part in parts[2:]]
    assert [probabilities.tolist() for _, probabilities in answers] == expected


def test_threads_may_ask_processes_at_once(saved: CategoryModel, names: list[str]) -> None:
    with ThreadPoolExecutor(3) as pool:
        found = list(pool.map(lambda rows: saved.predict(rows, n_jobs=2), [names] * 3))
    assert {bits(answers) for answers in found} == {bits(saved.predict(names))}


def test_one_process_or_none_needs_no_others(model: CategoryModel, names: list[str]) -> None:
    for n_jobs in (None, 1):
        assert bits(model.predict(names, n_jobs=n_jobs)) == bits(model.predict(names))
    with pytest.raises(ValueError, match=r"n_jobs must be 1 or more.* is 0"):
        model.predict(names, n_jobs=0)


def test_no_names_are_no_answers(saved: CategoryModel) -> None:
    assert saved.predict([], n_jobs=2).nodes.shape == saved.predict([]).nodes.shape


def test_progress_is_shown_on_standard_error_if_asked_for(
    model: CategoryModel, names: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    model.predict(names)
    assert capsys.readouterr().err == ""
    assert bits(model.predict(names, progress=True)) == bits(model.predict(names))
    assert f"{len(names)}/{len(names)}" in capsys.readouterr().err.replace(".0", "")


def test_a_directory_that_is_gone_holds_no_model(tmp_path: Path) -> None:
    assert not SavedModel(str(tmp_path / "нет"), "3f9c2a71b0d4").is_there()


def test_few_names_load_nothing_for_more_processes(saved: CategoryModel) -> None:
    assert saved.saved
    code = (
        "import sys, textcat\n"
        "answers = textcat.load(sys.argv[1]).predict(['чай'] * 100, 0.5, n_jobs=2)\n"
        "assert len(answers) == 100\n"
        "assert not {'joblib', 'sklearn', 'nltk', 'pandas', 'tqdm'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code, saved.saved.directory], check=True)
