"""One model in many processes: forked, spawned, sent to them, replaced under their hands."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from pathlib import Path
from threading import Event, Thread

import pytest

import textcat
from textcat.errors import StorageError, TextcatError
from textcat.model import CategoryModel

Path_ = tuple[str, ...]


@pytest.fixture
def saved(model: CategoryModel, tmp_path: Path) -> Path:
    model.save(tmp_path / "model")
    return tmp_path / "model"


def paths_of(model: CategoryModel, names: list[str]) -> list[Path_ | None]:
    return model.predict(names, precision=None).paths


@pytest.mark.parametrize("how", ["spawn", "forkserver", "fork"])
@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")  # other tests have left threads
def test_a_model_sent_to_a_process_answers_the_same(
    saved: Path, names: list[str], how: str
) -> None:
    if how not in multiprocessing.get_all_start_methods():
        pytest.skip(f"this system cannot {how}")
    model = textcat.load(saved)
    expected = paths_of(model, names)
    with multiprocessing.get_context(how).Pool(2) as pool:
        assert pool.starmap(paths_of, [(model, names)] * 3) == [expected] * 3


def test_a_pickled_model_needs_no_file_and_answers_the_same(saved: Path, names: list[str]) -> None:
    model = textcat.load(saved)
    expected = list(model.predict(names)), model.explain(names[0]), model.encode(names).tolist()
    pickled = pickle.dumps(model)
    for path in saved.iterdir():
        path.unlink()
    again = pickle.loads(pickled)
    found = list(again.predict(names)), again.explain(names[0]), again.encode(names).tolist()
    assert found == expected
    assert repr(again) == repr(model)


def test_pickled_answers_leave_the_model_behind(model: CategoryModel, names: list[str]) -> None:
    answers = model.predict(names)
    found = pickle.loads(pickle.dumps(answers))
    assert list(found) == list(answers) == deepcopy(list(answers))
    assert found.to_dicts() == answers.to_dicts()
    assert found.at(None).paths == answers.at(None).paths
    assert len(pickle.dumps(answers)) < len(pickle.dumps(model)) / 2
    with pytest.raises(TextcatError, match=r"without its model: ask one, model\.explain"):
        found[0].why()


@contextmanager
def busy(model: CategoryModel) -> Iterator[None]:
    """Threads that read new words all the time."""
    over = Event()

    def ask(thread: int) -> None:
        turn = 0
        while not over.is_set():
            turn += 1
            words = [f"товар{thread}а{turn}б{number} shoes{turn}" for number in range(40)]
            paths_of(model, words)

    threads = [Thread(target=ask, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        over.set()
        for thread in threads:
            thread.join()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")
@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")  # it is what is tried here
def test_a_process_forked_while_threads_ask_does_not_wait_for_them(
    saved: Path, names: list[str]
) -> None:
    model, ended = textcat.load(saved, cache_size=1000), []
    paths_of(model, names)
    with busy(model):
        for number in range(10):
            child = os.fork()
            if not child:
                answer_and_end(model, [*names, f"новое{number} слово new{number}"])
            ended.append(os.waitpid(child, 0)[1])
    assert ended == [0] * len(ended)


def answer_and_end(model: CategoryModel, names: list[str]) -> None:
    import signal

    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.alarm(60)  # ends a process that waits for ever
    try:
        paths_of(model, names)
        os._exit(0)
    finally:
        os._exit(1)


LOADING = """
import sys, textcat
known = {("Еда", "Чай"), ("Еда", "Кофе"), ("Дом", "Чай"), ("Дом", "Кофе")}
found = set()
print("ready", flush=True)
while not sys.stdin.readline().strip():
    model = textcat.load(sys.argv[1])
    found |= set(model.predict(["чай", "кофе"], precision=None).paths)
    assert len({path[0] for path in model.predict(["чай", "кофе"], precision=None).paths}) == 1
assert found <= known, found
"""


def test_processes_load_one_whole_model_or_the_other_while_it_is_replaced(tmp_path: Path) -> None:
    models = [
        textcat.train([("чай", f"{top} > Чай"), ("кофе", f"{top} > Кофе")], n_jobs=1)
        for top in ("Еда", "Дом")
    ]
    models[0].save(tmp_path)
    command = [sys.executable, "-c", LOADING, str(tmp_path)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    readers = [subprocess.Popen(command, **pipes, text=True) for _ in range(2)]  # type: ignore[call-overload]
    for reader in readers:
        assert reader.stdout.readline() == "ready\n"
    for turn in range(30):
        models[turn % 2].save(tmp_path)
        for reader in readers:
            reader.stdin.write("\n")
            reader.stdin.flush()
    for reader in readers:
        _, errors = reader.communicate("end\n")
        assert reader.returncode == 0, errors


def test_a_model_whose_files_are_gone_goes_on_answering(saved: Path, names: list[str]) -> None:
    model = textcat.load(saved)
    expected = paths_of(textcat.load(saved), names)
    for path in saved.iterdir():
        path.unlink()
    assert paths_of(model, names) == expected
    with pytest.raises(StorageError, match=r"meta\.json is missing"):
        textcat.load(saved)
