"""The command inspect, and trees and levels on the command line."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest
from command_line import Run

import textcat
from textcat.cli.input import is_source, rows_to_come

TABLE = """Артикул;Наименование;Раздел;Подраздел
1;Чай чёрный;Еда;Чай
2;;Еда;Чай
3;Чай чёрный;Дом;
4;Кофе;Еда;Кофе
5;Кофе молотый;Еда;Кофе
"""


@pytest.fixture
def catalogue(tmp_path: Path) -> Path:
    path = tmp_path / "каталог.csv"
    path.write_text(TABLE, "cp1251")
    return path


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    path = tmp_path / "дерево.txt"
    path.write_text("Еда > Чай\nЕда > Кофе\nЕда > Какао\n", "utf-8")
    return path


def test_inspect_says_what_is_in_a_catalogue(run: Run, catalogue: Path) -> None:
    ended = run("inspect", catalogue)
    assert (ended.code, ended.err) == (0, "")
    lines = ended.out.splitlines()
    assert "rows              5 read, 4 kept, 1 dropped" in lines
    assert "category columns  'Раздел' > 'Подраздел'" in lines
    assert any(line.split() == ["Еда", ">", "Кофе", "2", "50.0%"] for line in lines)
    assert any(line.split() == ["2", "3", "75.0%"] for line in lines)  # rows at level 2
    assert "dropped, rows without a name: 1" in lines
    assert "  line 3: '', the name is empty" in lines
    assert "  line 2: 'Чай чёрный', Еда > Чай (2); Дом (4)" in lines
    assert all(line == line.rstrip() for line in lines)


def test_inspect_names_categories_with_few_rows_and_without(
    run: Run, catalogue: Path, tree: Path
) -> None:
    out = run("inspect", catalogue, "--tree", tree, "--few", 2).out
    assert "kept, categories with fewer than 2 rows: 1" in out
    assert "dropped, categories that the tree does not have: 1" in out
    assert "  'Еда > Какао', a leaf of the tree" in out.splitlines()


def test_inspect_writes_json(run: Run, catalogue: Path) -> None:
    said = json.loads(run("inspect", catalogue, "--json").out)
    assert (said["rows_kept"], said["categories"]) == (4, 3)
    assert said["largest"][0] == {"category": "Еда > Кофе", "rows": 2}
    assert said["conflicts"]["examples"][0]["row"] == 2


def test_inspect_takes_columns_and_standard_input(
    run: Run, catalogue: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(catalogue.read_bytes())))
    out = run("inspect", "-", "--name", 1, "--category", 3, "--category", "Раздел", "--json").out
    assert json.loads(out)["facts"]["category columns"] == "'Подраздел' > 'Раздел'"


def test_only_the_first_examples_are_shown_and_the_others_counted(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "каталог.csv"
    path.write_text("name,path\n" + ",Еда\n" * 9 + "Чай,Еда\n", "utf-8")
    lines = run("inspect", path).out.splitlines()
    assert "dropped, rows without a name: 9" in lines
    assert lines.count("  and 4 more") == 1


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["нет.csv"], "нет.csv does not exist"),
        (["каталог.csv", "--category", "Группа"], "has no column 'Группа'"),
        (["каталог.csv", "--tree", "нет.csv"], "нет.csv does not exist"),
        (["каталог.csv", "--tree", "каталог.csv", "--name", "Код"], "has no column 'Код'"),
    ],
)
def test_what_cannot_be_inspected_is_an_error(
    run: Run, catalogue: Path, arguments: list[str], message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(catalogue.parent)
    ended = run("inspect", *arguments)
    assert (ended.code, ended.out) == (1, "")
    assert message in ended.err


def test_a_catalogue_of_headings_only_is_an_error_that_has_the_report(
    run: Run, tmp_path: Path
) -> None:
    path = tmp_path / "каталог.csv"
    path.write_text("name,path\n,Еда\n", "utf-8")
    ended = run("inspect", path)
    assert ended.code == 1
    assert "dropped, rows without a name: 1" in ended.err


def test_train_takes_the_whole_tree(run: Run, catalogue: Path, tree: Path, tmp_path: Path) -> None:
    ended = run("train", catalogue, "--tree", tree, "-o", tmp_path / "модель", "--jobs", 1)
    assert ended.code == 0
    assert "categories that the tree does not have: 1" in ended.err
    model = textcat.load(tmp_path / "модель")
    assert model.tree.to_paths()[-1] == "Еда > Какао"
    assert model.facts["catalogue"]["empty_categories"]["count"] == 1


@pytest.mark.parametrize("name", ["a.xlsx", "a.XML", "a.yml", "a.parquet", "a.csv.zst", "a.ods"])
def test_what_ends_as_files_do_that_can_be_read_is_no_name(name: str) -> None:
    assert is_source([name])


def test_only_of_files_with_a_line_a_row_is_known_how_many_rows_come(tmp_path: Path) -> None:
    lines = {"a.csv": 3, "a.jsonl": 3, "a.xml": None, "a.json": None, "a.parquet": None}
    for name in lines:
        (tmp_path / name).write_bytes(b"1\n2\n3\n")
    assert {name: rows_to_come([str(tmp_path / name)]) for name in lines} == lines
