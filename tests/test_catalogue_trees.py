"""Catalogues whose categories are ids, or levels in columns of their own, or known as a tree."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import textcat
from textcat.catalogue import Catalogue, read_catalogue
from textcat.catalogue.columns import find_columns
from textcat.catalogue.in_memory import read_columns
from textcat.catalogue.rows import sort_rows
from textcat.catalogue.table import Table
from textcat.errors import CatalogueError, TreeError
from textcat.tree import CategoryTree

TREE = CategoryTree.from_rows(
    [(1, None, "Еда"), (2, 1, "Чай"), (3, 1, "Кофе"), (4, None, "Дом"), (5, 1, "Чай")]
)


def titles_of(catalogue: Catalogue) -> list[str]:
    return [" > ".join(path) for path in catalogue.paths]


LEVELS = {
    "Товар": ["Чай", "Сыр", "Мыло", "Соль"],
    "Раздел": ["Еда", "Еда", "Дом", None],
    "Подраздел": ["Напитки", None, "", "Специи"],
    "Категория": ["Чай", " - ", float("nan"), None],
}


def test_columns_of_levels_make_paths_and_empty_ones_at_the_end_make_them_shorter() -> None:
    catalogue = read_catalogue(LEVELS)
    assert titles_of(catalogue) == ["Еда > Напитки > Чай", "Еда", "Дом"]
    assert catalogue.report.facts["category columns"] == "'Раздел' > 'Подраздел' > 'Категория'"


def test_an_empty_level_above_another_is_a_broken_category() -> None:
    rows = {**LEVELS, "Подраздел": ["", "", "", "Специи"]}
    broken = read_catalogue(rows).report.broken_categories
    assert [example.row for example in broken.examples] == [1, 4]


def test_a_row_without_any_level_has_no_category() -> None:
    rows = {"Товар": ["Чай", "Сыр"], "Группа": ["", "Еда"], "Подгруппа": [None, "Сыры"]}
    assert read_catalogue(rows).report.rows_without_category.count == 1


def test_levels_are_never_cut() -> None:
    rows = {"Товар": ["Чай"], "Группа": ["Чай > кофе"], "Подгруппа": ["Чай/какао"]}
    assert read_catalogue(rows).paths == [("Чай > кофе", "Чай/какао")]


@pytest.mark.parametrize("category", [["Раздел", "Категория"], (1, 3)])
def test_columns_of_levels_can_be_given(category: Any) -> None:
    rows = {**LEVELS, "Категория": ["Чай", "Сыр", None, None]}
    assert titles_of(read_catalogue(rows, category=category)) == ["Еда > Чай", "Еда > Сыр", "Дом"]


def test_given_columns_of_levels_tell_a_header(tmp_path: Path) -> None:
    path = tmp_path / "prices.csv"
    path.write_text("что;где;полка\nЧай;Еда;Напитки\n", "utf-8")
    catalogue = read_catalogue(path, name="что", category=["Где", "Полка"])
    assert titles_of(catalogue) == ["Еда > Напитки"]


@pytest.mark.parametrize(
    ("category", "message"),
    [
        ([], "category=… names no column of the mapping; its columns: 'Товар', "),
        (["Раздел", "Полка"], "has no column 'Полка'"),
        (["Раздел", "Товар"], "column 'Товар' cannot be both"),
    ],
)
def test_columns_of_levels_that_are_not_there_are_an_error(category: Any, message: str) -> None:
    with pytest.raises(CatalogueError, match=message):
        read_catalogue(LEVELS, category=category)


GOODS = {
    "name": ["Ахмад", "Якобс", "Липтон", "Мыло", "Халва"],
    "category": ["Чай", "Кофе", "Чай", "Дом", "Халва"],
    "categoryId": [2, 3.0, "5", "4", 77],
}


def test_ids_are_looked_up_in_the_tree() -> None:
    catalogue = read_catalogue(GOODS, tree=TREE)
    assert catalogue.tree is TREE
    assert titles_of(catalogue) == ["Еда > Чай", "Еда > Кофе", "Еда > Чай", "Дом"]
    assert catalogue.nodes == [TREE.index(id_) for id_ in ("2", "3", "5", "4")]
    assert catalogue.paths[0] is catalogue.paths[2]


def test_categories_with_one_path_are_told_apart_by_their_ids() -> None:
    rows = {"name": ["Чай", "Чай"], "category_id": [2, 5]}
    report = read_catalogue(rows, tree=TREE).report
    assert (report.categories, report.conflicts.count, report.duplicates.count) == (2, 1, 0)


@pytest.mark.parametrize("title", ["category_id", "categoryId", "ID категории", "Код группы"])
def test_columns_of_ids_are_found_if_there_is_a_tree(title: str) -> None:
    table = read_columns({"name": [], "category": [], title: []})
    assert find_columns(table, has_tree=True) == (0, 2)
    assert find_columns(table) == (0, 1)


def test_a_row_whose_category_the_tree_does_not_have_is_dropped_and_told_the_closest() -> None:
    unknown = read_catalogue([("Чай", "Еда > Кофэ"), ("Мыло", "Дом")], tree=TREE).report
    assert unknown.unknown_categories.count == unknown.rows_dropped == 1
    row, name, reason = unknown.unknown_categories.examples[0]
    assert (row, name) == (1, "Чай")
    assert "closest: 'Еда > Кофе' (id '3')" in reason


def test_a_path_that_several_categories_have_is_no_category() -> None:
    report = read_catalogue([("Чай", "Еда > Чай"), ("Мыло", "Дом")], tree=TREE).report
    assert "2 categories have the path" in report.unknown_categories.examples[0].reason


def test_paths_of_a_tree_may_be_written_with_another_separator_or_in_columns() -> None:
    rows = [("Кофе", "Еда → Кофе"), ("Халва", "Еда"), ("Мыло", ["Дом"])]
    assert read_catalogue(rows, tree=TREE).nodes == [TREE.index(each) for each in "314"]
    levels = {"Товар": ["Кофе"], "Группа": ["Еда"], "Подгруппа": ["Кофе"]}
    assert read_catalogue(levels, tree=TREE).nodes == [TREE.index("3")]


def test_leaves_without_a_row_are_told() -> None:
    report = read_catalogue([("Мыло", "4"), ("Чай", "5")], tree=TREE).report
    assert report.empty_categories.count == 2
    assert "kept, categories of the tree without a row: 2 ('Еда > Чай', a leaf" in str(report)
    assert report.to_dict()["empty_categories"]["examples"][0]["row"] is None
    assert report.facts["tree"] == "5 categories, 4 of them leaves"


def test_without_a_tree_there_are_no_nodes() -> None:
    catalogue = read_catalogue([("Мыло", "Дом")])
    assert (catalogue.tree, catalogue.nodes) == (None, None)


def test_if_the_tree_has_no_category_of_the_rows_the_error_says_which_they_are() -> None:
    with pytest.raises(CatalogueError, match=r"(?s)no row to learn from.*'Чай', no category 'Сад'"):
        read_catalogue([("Чай", "Сад")], tree=TREE)


def feed(**columns: list[Any]) -> Table:
    """A table as a reader of feeds makes it: its categories are ids in the tree it brings."""
    table = read_columns(columns)
    return Table("the feed", table.columns, table.rows, tree=TREE)


def test_a_tree_that_comes_along_is_used() -> None:
    table = feed(
        name=["Ахмад", "Липтон", "Халва"], category=["2", "5", "99"], Раздел=["а", "б", "в"]
    )
    kept, report = sort_rows(table, find_columns(table))
    assert kept.nodes == [TREE.index("2"), TREE.index("5")]
    assert report.unknown_categories.count == 1


def test_ids_of_a_feed_are_nothing_in_another_tree_but_its_paths_are() -> None:
    other = CategoryTree.from_rows([(3, None, "Еда"), (2, 3, "Кофе"), (4, None, "Дом")])
    table = feed(name=["Якобс", "Ахмад", "Мыло"], category=["3", "2", "4"])
    kept, report = sort_rows(table, find_columns(table), tree=other)
    assert kept.nodes == [other.index("2"), other.index("4")]
    assert report.unknown_categories.examples[0].reason.startswith("no category ('Еда', 'Чай')")


def test_another_column_of_a_feed_has_no_ids() -> None:
    table = feed(name=["Якобс"], category=["3"], Раздел=["2"])
    kept, _ = sort_rows(table, find_columns(table, category="Раздел"))
    assert (kept.tree, kept.paths) == (None, [("2",)])


def test_the_tree_that_a_catalogue_was_read_with_is_that_of_the_model() -> None:
    model = textcat.train(read_catalogue(GOODS, tree=TREE), n_jobs=1)
    assert model.tree is TREE
    assert model.predict("липтон", precision=None).category == "5"
    assert model.facts["catalogue"]["unknown_categories"]["count"] == 1


def test_a_tree_given_for_training_finds_ids_and_refuses_rows_that_it_does_not_have() -> None:
    known = {title: values[:4] for title, values in GOODS.items()}
    model = textcat.train(pd.DataFrame(known), tree=TREE, n_jobs=1)
    assert model.predict("липтон", precision=None).category == "5"
    with pytest.raises(TreeError, match=r"row 5, 'Халва': no category '77'.*Correct the row"):
        textcat.train(GOODS, tree=TREE, n_jobs=1)
