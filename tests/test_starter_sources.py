"""The starter's files are read and checked together, and a mistake is told with its place."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_starter import write_starter

from textcat.errors import CatalogueError
from textcat.starter.sources import read_sources, starter_version


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    return write_starter(tmp_path / "data")


def test_the_tree_has_stable_ids(directory: Path) -> None:
    tree = read_sources(directory).tree
    assert tree.ids == ("food", "tea", "coffee", "tools", "hammers")
    assert tree.to_paths()[1] == "Еда > Чай"


def test_names_kept_out_have_the_paths_of_their_leaves(directory: Path) -> None:
    sources = read_sources(directory)
    assert sources.kept_out[2] == ("Кофе растворимый Nescafe Gold", "Еда > Кофе")
    assert sources.outside == ("аренда автокрана",)


def test_what_is_in_no_category_has_a_language_too(directory: Path) -> None:
    names = list(read_sources(directory).strange_names())
    assert names[0] == "аренда экскаватора смена"
    assert {"аренда", "услуги", "монтаж"} <= {word for name in names for word in name.split()}


def test_the_version_is_that_of_every_letter(directory: Path) -> None:
    before = starter_version(directory)
    assert read_sources(directory).version == before == starter_version(directory)
    language = directory / "language" / "tools-hand.ini"
    language.write_text(language.read_text("utf-8") + "\n# ё\n", "utf-8")
    assert starter_version(directory) != before


def _replace(path: Path, old: str, new: str) -> None:
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("language/tools-hand.ini", "[hammers]", "[axes]", r"tools-hand.ini, \[axes\]: .*no leaf"),
        ("language/tools-hand.ini", "[hammers]", "[tools]", r"\[tools\]: 'tools' is no leaf"),
        ("language/tools-hand.ini", "[hammers]", "[tea]", r"\[tea\]: 'tea' has a language already"),
        ("tree.tsv", "hammers\t", "axes\tИнструменты > Топоры\nhammers\t", "no language.* axes"),
        ("tree.tsv", "tools\tИнструменты\n", "", "tree.tsv: 'Инструменты > Молотки' .*no line"),
        ("kept_out.tsv", "hammers", "axes", "kept_out.tsv, row 5: 'axes' is no leaf"),
        ("kept_out.tsv", "leaf\tname", "id\tname", "kept_out.tsv: the columns must be leaf, name"),
        ("tree.tsv", "id\tpath", "path\tid", "tree.tsv: the columns must be id, path"),
        ("common.ini", "[colour]", "colour", "common.ini is no list"),
    ],
)
def test_a_mistake_is_told_with_its_place(
    directory: Path, file: str, old: str, new: str, message: str
) -> None:
    _replace(directory / file, old, new)
    with pytest.raises(CatalogueError, match=message):
        read_sources(directory)


def test_a_file_that_is_missing_is_named(directory: Path) -> None:
    (directory / "outside.txt").unlink()
    with pytest.raises(CatalogueError, match=r"outside\.txt is missing"):
        read_sources(directory)
