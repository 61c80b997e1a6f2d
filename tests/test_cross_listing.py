"""Goods that are filed under several categories: each of them is right."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

import textcat
from textcat import CategoryTree
from textcat.catalogue import read_catalogue
from textcat.catalogue.cross_listing import other_categories
from textcat.tree.alternatives import Alternatives, agreement

ROWS = [
    *(("кефир 1%", "Молоко"), ("кефир 1%", "Диета"), ("молоко 3%", "Молоко"), ("йогурт", "Молоко")),
    *(("хлебцы", "Диета"), ("хлеб белый", "Хлеб"), ("хлеб чёрный", "Хлеб"), ("батон", "Хлеб")),
] * 3
TREE = CategoryTree.from_paths(["А > Б > В", "А > Г", "Д"])
PATHS = [[0, 1, 2], [0, 3, -1], [4, -1, -1], [-1, -1, -1]]


def test_rows_of_one_name_contradict_each_other_unless_they_are_cross_listed() -> None:
    nodes = np.arange(3, dtype=np.int32)
    for cross_listed, pairs in ((False, []), (True, [(0, 1), (1, 0)])):
        rows = [("кефир", "Молоко"), ("Кефир", "Диета"), ("чай", "Чай")]
        catalogue = read_catalogue(rows, cross_listed=cross_listed)
        others = other_categories(catalogue, nodes)
        assert list(zip(others.rows.tolist(), others.nodes.tolist(), strict=True)) == pairs


def test_an_answer_is_right_if_one_of_the_categories_is() -> None:
    model = textcat.train(ROWS, calibration=None, n_jobs=1, cross_listed=True)
    rows = [("кефир 1%", "Молоко"), ("кефир 1%", "Диета")]
    assert model.evaluate(rows, cross_listed=True).leaf_accuracy == 1
    assert model.evaluate(rows).leaf_accuracy == 0.5


def test_all_right_categories_are_ahead_of_the_others() -> None:
    model = textcat.train(ROWS, calibration=None, n_jobs=1, cross_listed=True)
    best = {candidate.path for candidate in model.top("кефир 1%", k=2)}
    assert best == {("Молоко",), ("Диета",)}


def test_the_category_nearest_the_answer_counts() -> None:
    alternatives = Alternatives.of([[4], [], [2]])
    answers = np.array([[0, 1, 2], [0, 1, 2], [0, 1, 2]], np.int32)
    true = np.array([3, 4, 3], np.int32)
    assert alternatives.nearest(true, answers, TREE).tolist() == [3, 4, 2]


@given(st.lists(st.tuples(st.integers(-1, 4), st.lists(st.integers(0, 4), max_size=3))))
def test_more_right_categories_never_make_an_answer_worse(
    rows: list[tuple[int, list[int]]],
) -> None:
    true = np.array([node for node, _ in rows], np.int32)
    answers = np.array([PATHS[row % 4] for row in range(len(rows))], np.int32).reshape(-1, 3)
    nearest = Alternatives.of([more for _, more in rows]).nearest(true, answers, TREE)
    assert (agreement(nearest, answers, TREE) >= agreement(true, answers, TREE)).all()
    for row, (node, more) in enumerate(rows):
        assert nearest[row] in (node, *more)


def test_categories_that_share_a_path_are_told_apart_by_their_ids() -> None:
    tree = CategoryTree.from_rows(
        [(1, None, "Еда"), (2, 1, "Чай"), (3, 1, "Чай"), (4, None, "Дом")]
    )
    rows = [("чай листовой", "2"), ("чайный напиток", "3"), ("мыло", "4")] * 5
    catalogue = read_catalogue(rows, tree=tree)
    model = textcat.train(catalogue, calibration=None, n_jobs=1)
    assert model.evaluate(catalogue).leaf_accuracy == 1
    assert model.evaluate(rows, tree=tree).leaf_accuracy == 1
