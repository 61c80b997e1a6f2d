"""Finding a category by id, path or titles; the closest ones when there is none."""

from __future__ import annotations

import re

import pytest

from textcat.errors import TreeError
from textcat.tree import CategoryTree

# Одежда (0) ── Платья (1) ── Вечерние (2)      uneven depth, a one-child chain,
#            └─ Чехлы (3)                       «Чехлы» under two parents
# Книги (4)
# Электроника (5) ── Чехлы (6)
PATHS = [
    "Одежда > Платья > Вечерние",
    "Одежда > Чехлы",
    "Книги",
    "Электроника > Чехлы",
]


@pytest.fixture
def tree() -> CategoryTree:
    return CategoryTree.from_paths(PATHS)


def test_a_category_is_found_by_id_by_path_and_by_titles() -> None:
    tree = CategoryTree.from_rows([("к-1", None, "Книги"), ("к-2", "к-1", "Атласы > Карты")])
    assert tree.index("к-2") == tree.index(("Книги", "Атласы > Карты")) == 1
    assert tree.index(" Книги") == 0
    assert "к-1" in tree
    assert "Книги > Карты" not in tree
    assert "" not in tree


@pytest.mark.parametrize(
    ("wanted", "closest"),
    [
        ("Электроника > Чехол", "'Электроника > Чехлы'"),
        ("Книги > Чехлы", "'Одежда > Чехлы'"),
        ("Чехлы", "'Одежда > Чехлы'; 'Электроника > Чехлы'"),
        ("Книги > Ъ", "'Книги'"),
        (("Одежда", "Платье"), "'Одежда > Платья'"),
        ("ъ", "none"),
    ],
)
def test_an_unknown_category_is_answered_with_the_closest(
    tree: CategoryTree, wanted: str | tuple[str, ...], closest: str
) -> None:
    with pytest.raises(TreeError, match=re.escape(closest)):
        tree.index(wanted)


def test_siblings_that_share_a_title_are_told_apart_by_id() -> None:
    rows = [(1, None, "Чехлы"), (2, None, "Чехлы"), (3, 2, "Прочие")]
    tree = CategoryTree.from_rows(rows)
    assert tree.index("2") == 1
    assert tree.index("Чехлы > Прочие") == 2
    with pytest.raises(TreeError, match=r"2 categories have the path 'Чехлы'.*'1', '2'"):
        tree.index("Чехлы")


@pytest.mark.parametrize("wrong", [5, None, b"A", ["А", 1]])
def test_only_texts_and_titles_can_be_looked_up(tree: CategoryTree, wrong: str) -> None:
    with pytest.raises(TreeError, match="is no category: give its id or path as text"):
        tree.index(wrong)
