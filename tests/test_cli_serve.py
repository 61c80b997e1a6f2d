"""The command serve: a real server in a process of its own, and how it ends."""

from __future__ import annotations

import json
import os
import signal
import socket
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest
from command_line import Run
from running_service import Command, until

from textcat.errors import TextcatError
from textcat.model import CategoryModel
from textcat.service import create_app
from textcat.service.server import Settings, listening
from textcat.service.workers import serve

CORRECTION = ("Гвозди строительные", "Дом > Сад > Лопаты")


@pytest.fixture
def saved(model: CategoryModel, tmp_path: Path) -> Path:
    model.save(tmp_path / "модель")
    return tmp_path / "модель"


@pytest.fixture
def token_file(tmp_path: Path) -> Path:
    (tmp_path / "токен.txt").write_text("s3cret\n")
    return tmp_path / "токен.txt"


def generation_of(directory: Path) -> str:
    return str(json.loads((directory / "meta.json").read_text("utf-8"))["generation"])


def test_it_says_what_answers_and_where_until_ctrl_c(saved: Path, model: CategoryModel) -> None:
    with Command(saved) as service:
        assert str(saved) in service.said
        assert f"{len(model.tree)} categories" in service.said
        assert service.client.get("/health").json()["status"] == "ok"
        assert service.end(signal.SIGINT) == (130, "\ntextcat: stopped.\n")


@pytest.mark.parametrize(
    ("workers", "number", "code"), [(1, signal.SIGTERM, 0), (2, signal.SIGINT, 130)]
)
def test_requests_that_came_before_the_end_are_answered(
    saved: Path, workers: int, number: signal.Signals, code: int
) -> None:
    body = json.dumps({"names": ["чай"] * 100}).encode()
    with Command(saved, "--workers", workers) as service:
        asking = [service.half_asked("predict", body) for _ in range(3)]
        for connection in asking:
            assert connection.recv(100).startswith(b"HTTP/1.1 100")  # it waits for the body
        service.process.send_signal(number)
        for connection in asking:
            connection.sendall(body)
        assert [whole_answer(connection).count(b'"name":') for connection in asking] == [100] * 3
        assert service.ended()[0] == code


def whole_answer(connection: socket.socket) -> bytes:
    """All that comes until the connection is closed."""
    with connection:
        return b"".join(iter(lambda: connection.recv(1 << 16), b""))


def test_a_signal_has_it_look_for_a_newer_model(saved: Path, model: CategoryModel) -> None:
    with Command(saved, "--interval", 0) as service:
        model.correct(*CORRECTION).save(saved)
        newer = generation_of(saved)
        assert service.generation() != newer
        service.process.send_signal(signal.SIGHUP)
        until(lambda: service.generation() == newer)
        (saved / "meta.json").write_text("{")
        service.process.send_signal(signal.SIGHUP)
        until(lambda: 'outcome="refused"} 1.0' in service.client.get("metrics").text)
        assert service.generation() == newer
        _, said = service.end(signal.SIGTERM)
        assert f"the model is replaced: generation {newer}" in said
        assert "the model is not replaced" in said


def test_workers_are_one_service(
    saved: Path,
    model: CategoryModel,
    token_file: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """No request is dropped while they reload; counts are added up; all learn; nothing is left."""
    (shared := tmp_path / "shared").mkdir()
    monkeypatch.setenv("TMPDIR", str(shared))
    options = ["--workers", 2, "--interval", 0.05, "--token-file", token_file]
    stop: list[bool] = []
    with Command(saved, *options) as service, ThreadPoolExecutor(4) as threads:

        def ask() -> int:
            asked = 0
            while not stop:  # each time anew, so that any worker may answer
                response = service.ask_anyone("POST", "predict", json={"names": ["чай"] * 10})
                assert response.status_code == 200
                asked += 1
            return asked

        asking = [threads.submit(ask) for _ in range(4)]
        model.save(saved)
        until_all(lambda: service.generation() == generation_of(saved))
        correction = dict(zip(("name", "category"), CORRECTION, strict=True))
        headers = {"Authorization": "Bearer s3cret"}
        learned = service.client.post("correct", json=correction, headers=headers)
        assert learned.status_code == 200
        until_all(lambda: service.generation() == learned.json()["generation"])
        stop.append(True)
        asked = sum(each.result() for each in asking)
        counted = service.client.get("metrics").text
        line = 'textcat_requests_total{method="POST",route="/predict",status="200"}'
        assert f"{line} {float(asked)}" in counted
        assert f"textcat_names_total {float(10 * asked)}" in counted
        assert list(shared.iterdir())  # what is counted
        assert service.end(signal.SIGTERM)[0] == 0
    assert not list(shared.iterdir())


def until_all(is_so: Callable[[], bool]) -> None:
    """Wait until several answers in a row, of whichever workers, are so."""
    for _ in range(8):
        until(is_so)


def workers_of(service: Command) -> list[int]:
    """The processes that answer, as Linux lists them."""
    parent = Path(f"/proc/{service.process.pid}/task/{service.process.pid}/children")
    found = [int(pid) for pid in parent.read_text().split()]
    return [pid for pid in found if "spawn_main" in command_of(pid)]


def command_of(pid: int) -> str:
    """What a process was started as; nothing if it is gone by now."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_text()
    except OSError:
        return ""


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="looks up processes as on Linux")
def test_a_worker_that_dies_is_replaced(saved: Path) -> None:
    with Command(saved, "--workers", 2) as service:
        service.generation()
        (victim, *_) = workers_of(service)
        os.kill(victim, signal.SIGKILL)
        until(lambda: victim not in workers_of(service) and len(workers_of(service)) == 2)
        assert service.generation()
        assert f"worker {victim} ended" in service.end(signal.SIGTERM)[1]


def test_where_no_worker_can_start_there_is_no_service(tmp_path: Path) -> None:
    settings = Settings(partial(create_app, tmp_path / "nothing"))
    expected = pytest.raises(TextcatError, match="ended with exit code 1 before it could start")
    with listening("127.0.0.1", 0) as listener, expected:
        serve(settings, listener, workers=2)
    assert signal.getsignal(signal.SIGTERM) == signal.SIG_DFL


def test_without_a_server_the_error_says_what_to_install(
    run: Run, saved: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(sys.modules, "textcat.service.server", raising=False)
    monkeypatch.delitem(sys.modules, "textcat.service.workers", raising=False)
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    ended = run("serve", saved)
    assert (ended.code, ended.err) == (
        1, 'textcat: a server needs uvicorn: pip install "textcat[serve]"\n',
    )  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["нет-такой"], 1, "нет-такой does not exist"),
        (["{saved}", "--host", "203.0.113.7"], 1, "nothing can listen on 203.0.113.7"),
        (["{saved}", "--port", "{taken}"], 1, "nothing can listen on 127.0.0.1, port {taken}"),
        (["{saved}", "--token-file", "нет.txt"], 1, "the token cannot be read from нет.txt"),
        (["{saved}", "--token-file", "{empty}"], 1, "has no token"),
        (["{saved}", "--port", "70000"], 2, "'--port': Input should be less"),
        (["{saved}", "--workers", "0"], 2, "'--workers': Input should be"),
        ([], 2, "MODEL"),
    ],
)
def test_what_is_wrong_is_said_in_a_line(
    run: Run, saved: Path, tmp_path: Path, arguments: list[str], code: int, told: str
) -> None:
    (tmp_path / "empty").touch()
    with socket.create_server(("127.0.0.1", 0)) as taken:
        places = {"saved": saved, "empty": tmp_path / "empty", "taken": taken.getsockname()[1]}
        ended = run("serve", *(each.format(**places) for each in arguments))
    assert ended.code == code
    assert told.format(**places) in ended.err
    assert "Traceback" not in ended.err
