"""The command learn: what it says, what it changes, and what is said of the model afterwards."""

from __future__ import annotations

from pathlib import Path

import pytest
from command_line import Run

import textcat
from textcat.model import CategoryModel


@pytest.fixture
def saved(model: CategoryModel, tmp_path: Path) -> Path:
    model.save(tmp_path / "модель")
    return tmp_path / "модель"


@pytest.fixture
def corrections(tmp_path: Path) -> Path:
    path = tmp_path / "исправления.csv"
    path.write_text(
        "Наименование;Категория\n"
        "Гвозди строительные 100 шт;Дом > Сад > Лопаты\n"
        "Чай зелёный листовой 100г;Еда > Чай > Зелёный\n"
        "Подушка;Книги\n"
        "ПОДУШКА!;Одежда > Носки\n",
        "utf-8",
    )
    return path


def test_it_changes_the_model_and_says_what_was_learned(
    run: Run, saved: Path, corrections: Path
) -> None:
    code, out, err = run("learn", saved, corrections)
    assert code == 0
    lines = [" ".join(line.split()) for line in out.splitlines()]
    assert "wrong before, right now 2" in lines
    assert "right before and now 1" in lines
    assert "wrong now 1" in lines
    assert "wrong now: line 4, 'Подушка': Одежда > Носки" in err
    assert "certified before 4 corrections: textcat certify MODEL ROWS" in err
    learned = textcat.load(saved)
    assert learned.predict("гвозди", precision=None).path == ("Дом", "Сад", "Лопаты")
    assert len(learned.corrections) == 4


def test_another_directory_leaves_the_model_as_it_was(
    run: Run, saved: Path, corrections: Path, tmp_path: Path
) -> None:
    assert run("learn", saved, corrections, "-o", tmp_path / "новая").code == 0
    assert textcat.load(saved).corrections == ()
    assert len(textcat.load(tmp_path / "новая").corrections) == 4


def test_answers_and_figures_come_with_a_note_until_the_model_is_certified_again(
    run: Run, saved: Path, corrections: Path, tmp_path: Path
) -> None:
    assert "corrections" not in run("predict", saved, "чай", "-p", "leaf").err
    run("learn", saved, corrections)
    assert "certified before 4 corrections" in run("predict", saved, "чай", "-p", "leaf").err
    info = run("info", saved).out
    assert "certified before 4 corrections" in info
    assert "corrections 4" in " ".join(info.split())
    lines = [f"чай сорт {number}й,Еда > Чай" for number in range(100)] + ["подушка,Книги"]
    (tmp_path / "rows.csv").write_text("\n".join(["name,category", *lines]), "utf-8")
    code, out, err = run("certify", saved, tmp_path / "rows.csv")
    assert code == 0
    assert "100 rows; 1 like corrections left out" in out
    assert "certified before" not in run("predict", saved, "чай", "-p", "leaf").err + err


def test_a_category_that_the_model_does_not_have_is_told_and_nothing_is_changed(
    run: Run, saved: Path, tmp_path: Path
) -> None:
    (tmp_path / "c.csv").write_text("name,category\nЧай,Еда > Чай\nЛак,Красота > Лаки\n", "utf-8")
    code, _, err = run("learn", saved, tmp_path / "c.csv")
    assert code == 1
    assert "line 3, 'Лак'" in err
    assert "textcat remap MODEL TREE" in err
    assert textcat.load(saved).corrections == ()


def test_its_help_has_examples(run: Run) -> None:
    assert "textcat learn модель исправления.csv" in run("learn", "--help").out
