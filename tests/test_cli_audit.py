"""The command audit: which rows of a catalogue have a category that is probably wrong."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from command_line import Run

import textcat

COLORS = ["белый", "чёрный", "красный", "синий", "зелёный", "жёлтый", "серый", "розовый"]
KINDS = {"Чай": "Еда > Чай", "Кофе": "Еда > Кофе", "Чехол": "Связь > Чехлы", "Носки": "Одежда"}
ROWS = [(f"{kind} {color}", path) for kind, path in KINDS.items() for color in COLORS]
WRONG = ("Чай оранжевый", "Связь > Чехлы")
FURTHER = [WRONG, ("Носки синий", "Еда > Кофе"), ("Лопата", "Дом > Лопаты")]


@pytest.fixture
def catalogue(tmp_path: Path) -> Path:
    """One wrong label, one name in two categories, and one row that is alone."""
    path = tmp_path / "каталог.csv"
    lines = [";".join(row) for row in [("Наименование", "Категория"), *ROWS, *FURTHER]]
    path.write_text("\n".join(lines), "cp1251")
    return path


def test_audit_shows_suspects_conflicts_and_counts(run: Run, catalogue: Path) -> None:
    ended = run("audit", catalogue, "--jobs", 1)
    assert ended.code == 0
    assert "35 rows read, 35 kept" in ended.err
    for part in ("suspects", "Чай оранжевый", "likely: Еда > Чай", "one name in several"):
        assert part in ended.out
    assert "not judged: 1, no other rows of its category were learned" in ended.out
    assert all(line == line.rstrip() for line in ended.out.splitlines())


def test_audit_writes_the_suspects(run: Run, catalogue: Path, tmp_path: Path) -> None:
    output = tmp_path / "подозрительные.csv"
    ended = run("audit", catalogue, "--jobs", 1, "-o", output)
    assert ended.code == 0
    assert f"the suspects are in {output}" in ended.err
    with output.open(encoding="utf-8", newline="") as file:
        rows = {row["name"]: row for row in csv.DictReader(file)}
    assert set(rows) == {"Чай оранжевый", "Носки синий"}
    suspect = rows["Чай оранжевый"]
    assert (suspect["given"], suspect["likely"]) == ("Связь > Чехлы", "Еда > Чай")
    assert int(suspect["line"]) == len(ROWS) + 2
    assert float(suspect["confidence"]) >= 0.5
    assert suspect["why"].startswith("Чай +")


def test_audit_by_a_model(run: Run, catalogue: Path, tmp_path: Path) -> None:
    textcat.train(ROWS, n_jobs=1).save(tmp_path / "модель")
    ended = run("audit", catalogue, "--model", tmp_path / "модель", "--confidence", 0.9)
    assert ended.code == 0
    assert "likely: Еда > Чай" in ended.out


def test_audit_of_a_single_category_is_one_message(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "чай.csv"
    path.write_text("name,category\nЧай,Еда\nЧай зелёный,Еда\n", "utf-8")
    ended = run("audit", path, "-o", tmp_path / "нет.csv")
    assert (ended.code, ended.out) == (1, "")
    assert "all rows are of one category" in ended.err
    assert not (tmp_path / "нет.csv").exists()


def test_audit_of_a_missing_file_is_one_message(run: Run, tmp_path: Path) -> None:
    ended = run("audit", tmp_path / "нет.csv")
    assert (ended.code, ended.out) == (1, "")
    assert ended.err.startswith("textcat: ")


def test_a_confidence_that_is_none_is_wrong_usage(run: Run, catalogue: Path) -> None:
    ended = run("audit", catalogue, "--confidence", 7)
    assert ended.code == 2
    assert "between 0 and 1" in ended.err


def test_a_file_that_cannot_be_written_is_one_message(
    run: Run, catalogue: Path, tmp_path: Path
) -> None:
    ended = run("audit", catalogue, "-o", tmp_path / "нет" / "файл.csv")
    assert (ended.code, ended.out) == (1, "")
    assert "cannot be written" in ended.err


def test_goods_that_are_cross_listed_are_no_conflict(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "каталог.csv"
    names = ("кефир", "йогурт", "ряженка", "творог", "сыр мягкий")
    rows = [f"{name};{shelf}" for name in names for shelf in ("Молоко", "Диета")]
    path.write_text("\n".join(["name;path", *rows]), "utf-8")
    assert "names in several categories  5" in run("audit", path).out
    assert "names in several categories  0" in run("audit", path, "--cross-listed").out
