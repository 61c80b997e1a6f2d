"""The starter model and its catalogue as files."""

from __future__ import annotations

from pathlib import Path

import pytest
from command_line import Run
from small_starter import write_starter

import textcat
from textcat.catalogue import read_catalogue
from textcat.starter import sources


@pytest.fixture(autouse=True)
def _small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a small starter stand for the one that comes with textcat."""
    directory = write_starter(tmp_path / "data")
    monkeypatch.setattr(sources, "files", lambda _: directory)


def test_the_model_is_saved_and_what_it_is_certified_on_is_shown(run: Run, tmp_path: Path) -> None:
    code, out, err = run("starter", "-o", tmp_path / "m", "--jobs", 1)
    assert code == 0
    assert str(tmp_path / "m") in out
    assert "written by hand" in err
    assert textcat.load(tmp_path / "m").predict("чай ahmad", None).path == ("Еда", "Чай")
    code, out, _ = run("info", tmp_path / "m")
    assert "written by hand" in out


def test_the_catalogue_is_a_table_that_can_be_trained_on(run: Run, tmp_path: Path) -> None:
    code, _, err = run("starter", "--catalogue", tmp_path / "c.tsv")
    assert code == 0
    rows = read_catalogue(tmp_path / "c.tsv")
    assert f"{len(rows):,} names" in err
    assert rows.report.rows_dropped == 0
    assert set(rows.paths) == {("Еда", "Чай"), ("Еда", "Кофе"), ("Инструменты", "Молотки")}


def test_it_takes_a_directory_or_a_file(run: Run) -> None:
    code, _, err = run("starter")
    assert code == 2
    assert "--output" in err
    assert "--catalogue" in err


def test_a_place_that_no_model_can_be_saved_to_is_told_before_it_is_built(
    run: Run, tmp_path: Path
) -> None:
    (tmp_path / "m").write_text("", "utf-8")
    code, _, err = run("starter", "-o", tmp_path / "m")
    assert code == 1
    assert "is a file" in err


def test_its_answers_come_with_a_note_until_it_is_certified_on_rows_of_one_s_own(
    run: Run, tmp_path: Path
) -> None:
    run("starter", "-o", tmp_path / "m", "--jobs", 1)
    assert "written by hand" in run("predict", tmp_path / "m", "чай", "-p", "leaf").err
    lines = [f"чай майский {number},Еда > Чай" for number in range(100)]
    (tmp_path / "rows.csv").write_text("\n".join(["name,category", *lines]), "utf-8")
    assert run("certify", tmp_path / "m", tmp_path / "rows.csv").code == 0
    assert "written by hand" not in run("predict", tmp_path / "m", "чай", "-p", "leaf").err
