"""The command check: whether names look harder than those that were certified."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest
from command_line import Run

import textcat

COLORS = ["белый", "чёрный", "красный", "синий", "зелёный", "жёлтый", "серый", "розовый"]
KINDS = ["Чай", "Кофе", "Молоток", "Чехол", "Шампунь", "Носки"]
ROWS = [(f"{kind} {color}", kind) for kind in KINDS for color in COLORS]
GIVEN = [
    (f"{color} {kind} {number}", kind) for kind in KINDS for color in COLORS for number in range(5)
]


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model with a certificate."""
    directory = tmp_path_factory.mktemp("models") / "модель"
    textcat.train(ROWS, n_jobs=1).certify(GIVEN).save(directory)
    return directory


@pytest.fixture
def screws(tmp_path: Path) -> Path:
    """A price list of another trade."""
    path = tmp_path / "прайс.csv"
    rows = (f"{number};Саморезик оцинкованненький {number}мм" for number in range(150))
    path.write_text("\n".join(["Код;Товар", *rows]), "cp1251")
    return path


def test_check_warns_of_names_of_another_trade(run: Run, model: Path, screws: Path) -> None:
    ended = run("check", model, screws)
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.startswith("harder than certified\n")
    assert "Less is known: 100% of these names" in ended.out
    assert "model.certify(rows)" in " ".join(ended.out.split())
    assert all(line == line.rstrip() for line in ended.out.splitlines())


def test_check_writes_json(run: Run, model: Path, screws: Path) -> None:
    content = json.loads(run("check", model, screws, "--name", "Товар", "--json").out)
    assert (content["shifted"], content["asked"]["names"]) == (True, 150)
    assert content["unknown_words"]["statistic"] > 0.5


def test_check_takes_names_from_standard_input(
    run: Run, model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = "\n".join(name for name, _ in GIVEN)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(names.encode())))
    ended = run("check", model)
    assert ended.code == 0
    assert "no sign of harder names" in ended.out


def test_check_of_a_few_names_gives_no_verdict(run: Run, model: Path) -> None:
    ended = run("check", model, "чай", "кофе")
    assert ended.code == 0
    assert "Too few names to compare: 2, but 100 or more are needed for a verdict." in ended.out


def test_check_of_a_model_without_a_certificate_is_one_message(run: Run, tmp_path: Path) -> None:
    textcat.train([("Чай", "Чай"), ("Кофе", "Кофе")], n_jobs=1).save(tmp_path / "m")
    ended = run("check", tmp_path / "m", "чай", "кофе")
    assert (ended.code, ended.out) == (1, "")
    assert ended.err.startswith("textcat: ")


def test_check_stopped_by_ctrl_c(run: Run, model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Interrupted(io.RawIOBase):
        def readable(self) -> bool:
            return True

        def readinto(self, _buffer: object) -> int:
            raise KeyboardInterrupt

    stream = io.TextIOWrapper(io.BufferedReader(Interrupted()))
    monkeypatch.setattr(sys, "stdin", stream)
    ended = run("check", model)
    assert (ended.code, ended.err) == (130, "\ntextcat: stopped.\n")
