"""The command remap: a readable diff, and a model for the new tree."""

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
def new_tree(catalogue: list[tuple[str, str]], tmp_path: Path) -> Path:
    paths = [path.replace("Еда > Кофе", "Напитки > Кофе") for _, path in catalogue]
    paths = [path for path in paths if path != "Книги"] + ["Еда > Какао"]
    file = tmp_path / "дерево.csv"
    file.write_text("\n".join(["category", *dict.fromkeys(paths)]), "utf-8")
    return file


def test_remap_shows_what_has_changed_and_saves_the_model(
    run: Run, saved: Path, new_tree: Path
) -> None:
    code, out, err = run("remap", saved, new_tree)
    assert code == 0
    assert out.splitlines() == [
        "20 kept, 1 moved, 2 added, 1 retired",
        "moved: 1",
        "  Еда > Кофе  →  Напитки > Кофе",
        "added: 2",
        "  Еда > Какао",
        "  Напитки",
        "retired: 1",
        "  Книги",
        "Moved and merged categories are carried over approximately: learn rows of them, or train "
        "again.",
        "New categories are known by their titles alone: learn rows of them.",
        "Goods of retired categories are answered with what is closest to them.",
    ]
    assert f"saved to {saved}" in err
    assert "certified before 1 change of the tree: textcat certify MODEL ROWS" in err
    changed = textcat.load(saved)
    assert changed.predict("Кофе в зёрнах", precision=None).path == ("Напитки", "Кофе")


def test_with_dry_run_nothing_is_changed(run: Run, saved: Path, new_tree: Path) -> None:
    code, out, err = run("remap", saved, new_tree, "--dry-run")
    assert (code, err) == (0, "")
    assert out.startswith("20 kept, 1 moved")
    assert "Книги" in textcat.load(saved).tree


def test_the_model_may_go_to_another_directory(
    run: Run, saved: Path, new_tree: Path, tmp_path: Path
) -> None:
    assert run("remap", saved, new_tree, "-o", tmp_path / "новая").code == 0
    assert "Книги" in textcat.load(saved).tree
    assert "Книги" not in textcat.load(tmp_path / "новая").tree


def test_info_says_that_the_tree_has_changed_since_the_model_was_certified(
    run: Run, saved: Path, new_tree: Path
) -> None:
    run("remap", saved, new_tree)
    assert "certified before 1 change of the tree" in run("info", saved).out


def test_a_tree_that_cannot_be_read_leaves_the_model_alone(
    run: Run, saved: Path, tmp_path: Path
) -> None:
    code, out, err = run("remap", saved, tmp_path / "нет.csv")
    assert (code, out) == (1, "")
    assert "нет.csv" in err
