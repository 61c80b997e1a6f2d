"""Trees of categories read from files and tables."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from textcat.errors import CatalogueError, TreeError
from textcat.tree import CategoryTree

PATHS = ["Еда", "Еда > Чай", "Еда > Чай > Зелёный, листовой", "Еда > Кофе", "Дом"]
TREE = CategoryTree.from_paths(PATHS)
NUMBERED = CategoryTree.from_rows(
    [(1, None, "Еда"), (2, 1, "Чай"), (3, 2, "Зелёный, листовой"), (4, 1, "Кофе"), (5, None, "Дом")]
)


@pytest.mark.parametrize("first", ["", "path\n", "Категория\n"])
@pytest.mark.parametrize("suffix", [".txt", ".csv", ".tsv"])
@pytest.mark.parametrize("separator", [" > ", " / ", "|", "→"])
def test_a_file_may_have_a_path_a_line(
    tmp_path: Path, first: str, suffix: str, separator: str
) -> None:
    path = tmp_path / f"tree{suffix}"
    lines = [each.replace(" > ", separator) for each in PATHS]
    path.write_text(first + "\n".join(lines) + "\n\n", "cp1251" if separator != "→" else "utf-8")
    assert CategoryTree.read(path) == TREE


@pytest.mark.parametrize(
    "header",
    [
        "id;parent_id;title",
        "ID;parentId;name",
        "category_id;parent;Category",
        "ид;родитель;наименование",
        "Код;Код родителя;Название",
        "1;0;Еда",
    ],
)
def test_a_file_may_have_rows_of_ids_parents_and_titles(tmp_path: Path, header: str) -> None:
    rows = "2;1;Чай\n3;2;Зелёный, листовой\n4;1;Кофе\n5;0;Дом\n"
    rows = rows if header == "1;0;Еда" else "1;;Еда\n" + rows
    path = tmp_path / "tree.csv"
    path.write_text(f"{header}\n{rows}", "utf-8")
    assert CategoryTree.read(path) == NUMBERED


@pytest.mark.parametrize("parent", [None, "", "0", 0, -1, float("nan"), "NULL", "-"])
def test_the_top_level_may_have_any_parent_that_is_none(parent: Any) -> None:
    rows = {"id": [1, 2], "parent_id": [parent, 1], "title": ["Еда", "Чай"]}
    assert CategoryTree.read(rows).to_paths() == ["Еда", "Еда > Чай"]


def test_a_category_may_have_the_id_zero() -> None:
    rows = {"id": [0, 1], "parent_id": [None, 0], "title": ["Еда", "Чай"]}
    assert CategoryTree.read(rows).to_paths() == ["Еда", "Еда > Чай"]


def test_parents_may_come_later_and_titles_repeat() -> None:
    rows = [
        {"title": "Чай", "id": 7, "parent_id": 1},
        {"title": "Чай", "id": 8, "parent_id": 1},
        {"title": "Еда", "id": 1, "parent_id": None},
    ]
    assert CategoryTree.read(rows).ids == ("1", "7", "8")


@pytest.mark.parametrize(
    "source",
    [
        pytest.param(TREE, id="tree"),
        pytest.param(PATHS, id="paths"),
        pytest.param([path.split(" > ") for path in PATHS], id="titles"),
        pytest.param({"path": PATHS}, id="columns"),
        pytest.param(pd.DataFrame({"path": PATHS, "rows": range(5)}), id="frame"),
        pytest.param(io.BytesIO("\n".join(PATHS).encode()), id="stream"),
        pytest.param({"name": list("абвгд"), "path": PATHS}, id="catalogue"),
        pytest.param(
            {
                "Категория 1": ["Еда", "Еда", "Дом"],
                "Категория 2": ["Чай", "Кофе", None],
                "Категория 3": ["Зелёный, листовой", "", None],
            },
            id="levels",
        ),
    ],
)
def test_a_tree_may_be_held_in_many_ways(source: object) -> None:
    assert CategoryTree.read(source) == TREE


def test_levels_may_have_no_header(tmp_path: Path) -> None:
    path = tmp_path / "tree.tsv"
    path.write_text("Еда\tЧай\tЗелёный, листовой\nЕда\tКофе\t\nДом\t\t\n", "utf-8")
    assert CategoryTree.read(path) == TREE


def test_ids_may_stand_beside_paths() -> None:
    tree = CategoryTree.read({"id": [12, 7, 5], "path": ["Еда > Чай", "Еда", "Дом > Свет"]})
    assert dict(zip(tree.to_paths(), tree.ids, strict=True)) == {
        "Еда": "7",
        "Еда > Чай": "12",
        "Дом": "Дом",
        "Дом > Свет": "5",
    }


def test_ids_of_something_else_are_left_alone() -> None:
    goods = {"id": [1, 2], "name": ["Ахмад", "Липтон"], "category": ["Еда > Чай"] * 2}
    assert CategoryTree.read(goods).ids == ("Еда", "Еда > Чай")


def test_a_separator_can_be_given() -> None:
    assert CategoryTree.read(["Еда - Чай"], separator=" - ").to_paths() == ["Еда", "Еда > Чай"]


@pytest.mark.parametrize(
    ("source", "error", "message"),
    [
        ({"parent_id": [1], "title": ["Чай"]}, CatalogueError, "Call them id, parent_id and title"),
        ({"id": [1], "parent_id": [0]}, CatalogueError, "of 'id', 'parent_id'"),
        ({"что": [1], "где": [0]}, CatalogueError, "not clear which columns.*of 'что', 'где'"),
        (["Еда > Чай", "Еда >  > Чай"], TreeError, "the names: row 2: a title in 'Еда >  > Чай'"),
        ({"id": [1, 1], "parent": ["", ""], "title": ["Еда", "Дом"]}, TreeError, "the same id '1'"),
        ({"id": [1], "parent": [7], "title": ["Еда"]}, TreeError, "the mapping: row 1: .* '7'"),
        ({"id": [1, 2], "parent": [2, 1], "title": ["Еда", "Дом"]}, TreeError, "in a cycle"),
        ({"id": [1], "parent": [None], "title": [None]}, TreeError, "the title is empty"),
        ([], TreeError, "the names: the tree has no categories"),
        (12, CatalogueError, "a int is not a table"),
        ("нет такого.csv", CatalogueError, "does not exist"),
    ],
)
def test_what_is_no_tree_is_an_error_with_its_place(
    source: object, error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        CategoryTree.read(source)


def test_a_field_too_many_is_not_cut_off_silently(tmp_path: Path) -> None:
    path = tmp_path / "tree.csv"
    path.write_text("id,parent_id,title\n1,,Еда\n2,1,Чай, кофе\n", "utf-8")
    with pytest.raises(CatalogueError, match=r"line 3 has 1 fields too many: \(' кофе',\)"):
        CategoryTree.read(path)
