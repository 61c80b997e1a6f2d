"""Trees from paths, rows and labels; what is no tree, and how the error says so."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textcat.errors import TreeError
from textcat.tree import CategoryTree

PATH_CASES = [
    line.split("=")
    for line in (Path(__file__).parent / "cases" / "paths.txt").read_text("utf-8").splitlines()
    if not line.startswith("#")
]


@pytest.mark.parametrize(("text", "titles"), PATH_CASES)
def test_paths_are_split_at_a_separator_that_stands_alone(text: str, titles: str) -> None:
    if titles.strip():
        tree = CategoryTree.from_paths([text])
        assert " | ".join(tree.path(len(tree) - 1)) == titles.strip()
    else:
        with pytest.raises(TreeError, match=r"row 1.* level \d: the title is empty"):
            CategoryTree.from_paths([text])


def test_other_separators_are_taken_as_they_are() -> None:
    assert CategoryTree.from_paths(["А/Б", "А/ В"], separator="/").to_paths() == [
        "А",
        "А > Б",
        "А > В",
    ]
    assert CategoryTree.from_paths(["А\tБ"], separator="\t").path(1) == ("А", "Б")


def test_paths_may_be_sequences_and_repeat() -> None:
    tree = CategoryTree.from_paths([("А", "Б"), ["А", "Б"], "А > Б", ("А",)])
    assert tree.to_paths() == ["А", "А > Б"]


def test_titles_lose_surrounding_space_and_are_composed() -> None:
    tree = CategoryTree.from_paths(["\u00a0Чай \n", "Чаи\u0306"])
    assert tree.titles == ("Чай",)
    assert tree.index("Чаи\u0306 ") == 0


def test_rows_come_in_any_order_and_ids_may_be_numbers() -> None:
    rows = [(3, 2, "Платья"), (2.0, float("nan"), "Одежда"), ("к", "", "Книги"), (4, "2", "Чехлы")]
    tree = CategoryTree.from_rows(rows)
    assert tree.ids == ("2", "3", "4", "к")
    assert tree.to_paths() == ["Одежда", "Одежда > Платья", "Одежда > Чехлы", "Книги"]


def test_rows_may_come_from_a_table() -> None:
    pandas = pytest.importorskip("pandas")
    table = pandas.DataFrame({"id": [1, 2], "parent": [None, 1], "title": ["Одежда", "Платья"]})
    tree = CategoryTree.from_rows([(1, None, "Одежда"), (2, 1, "Платья")])
    assert CategoryTree.from_rows(table.to_numpy()) == tree
    assert CategoryTree.from_rows(table.convert_dtypes().itertuples(index=False)) == tree


def test_a_promised_root_is_no_category() -> None:
    rows = [(2, 1, "Одежда"), (1, None, "Все товары"), (3, 2, "Платья")]
    tree = CategoryTree.from_rows(rows, single_root=True)
    assert tree.to_paths() == ["Одежда", "Одежда > Платья"]
    assert CategoryTree.from_rows(rows).depth == 3


def test_labels_are_never_split() -> None:
    tree = CategoryTree.from_labels(["А > Б", "В", "А > Б"])
    assert tree.titles == ("А > Б", "В")
    assert tree.index("А > Б") == 0
    assert tree.depth == 1


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([(1, 3, "А"), (2, 1, "Б"), (3, 2, "В"), (4, 3, "Г")], "cycle: '1' -> '3' -> '2' -> '1'"),
        ([(1, None, "А"), ("б", "б", "Б")], "cycle: 'б' -> 'б'"),
        ([(1, None, "А"), (2, 9, "Б")], "row 2: the category '2' has the parent '9'"),
        ([(7, None, "А"), (8, 7, "Б"), (7, 8, "В")], "rows 1 and 3 have the same id '7'"),
        ([(1, None, "А"), (2, 1, " \t")], "row 2, id '2': the title is empty"),
        ([(1, None, 5)], "row 1, id '1': a title must be a text, got 5"),
        ([(1, None, "А"), (None, 1, "Б")], "row 2: the id of the category 'Б' is missing"),
        ([(1.5, None, "А")], "row 1: an id must be a text or a whole number, got 1.5"),
        (["абв"], r"row 1: expected .*, got \('абв',\)"),
        ([(1, "А")], r"row 1: expected \(id, parent id, title\), got \(1, 'А'\)"),
        ([], "no categories"),
    ],
)
def test_rows_that_are_no_tree_name_the_culprit(rows: list[object], message: str) -> None:
    with pytest.raises(TreeError, match=message):
        CategoryTree.from_rows(rows)  # type: ignore[arg-type]


def test_a_long_cycle_is_cut_and_counted() -> None:
    with pytest.raises(TreeError, match=r"'0' -> '1' .*292 more\) -> '0'"):
        CategoryTree.from_rows([(i, (i + 1) % 300, "А") for i in range(300)])


def test_two_roots_where_one_was_promised_are_named() -> None:
    rows = [(1, None, "А"), (2, 1, "Б"), (3, None, "В")]
    with pytest.raises(TreeError, match=r"2 rows have no parent: '1' \(row 1\), '3' \(row 3\)"):
        CategoryTree.from_rows(rows, single_root=True)


def test_a_root_without_categories_is_no_tree() -> None:
    with pytest.raises(TreeError, match="no categories"):
        CategoryTree.from_rows([(1, None, "А")], single_root=True)


@pytest.mark.parametrize(
    ("paths", "message"),
    [
        (["А", "А >  > Б"], "row 2, path 'А >  > Б', level 2: the title is empty"),
        (["А", None], "row 2: None is no path"),
        ([["А", 3]], "level 2: a title must be a text, got 3"),
        ([b"A"], "row 1: b'A' is no path"),
        ([()], "has 0 levels"),
        ([" > ".join("А" * 2000)], "row 1: .*has 2,000 levels"),
        ("А > Б", "the one text 'А > Б'"),
        ([("А > Б",), ("А", "Б")], "two categories have the id 'А > Б'"),
        ([], "no categories"),
    ],
)
def test_paths_that_are_no_tree_name_the_culprit(paths: list[str], message: str) -> None:
    with pytest.raises(TreeError, match=message):
        CategoryTree.from_paths(paths)


def test_an_empty_separator_is_refused() -> None:
    with pytest.raises(TreeError, match="separator of paths is empty"):
        CategoryTree.from_paths(["А"], separator="")


@given(st.lists(st.text(), min_size=1, max_size=5))
def test_any_texts_are_a_tree_or_a_tree_error(texts: list[str]) -> None:
    for read in (CategoryTree.from_paths, CategoryTree.from_labels):
        try:
            tree = read(texts)
        except TreeError:
            continue
        assert tree._repr_html_()
        assert all(text in tree for text in texts)
