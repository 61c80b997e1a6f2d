"""Confused pairs, the worst categories and the top-level ones, on examples worked out by hand."""

from __future__ import annotations

import math

from hand_made_comparisons import BLACK, BOOKS, COFFEE, GREEN, TEA, Row, compared

from textcat.evaluation.categories import by_top_level, worst_categories
from textcat.evaluation.comparison import Comparison
from textcat.evaluation.confusions import ConfusedPairs, Confusion, most_confused
from textcat.evaluation.levels import ask

PATH = {path: tuple(path.split(" > ")) for path in (GREEN, BLACK, TEA, COFFEE, BOOKS)}


def _rows(true: str, predicted: str, count: int, share: float = 0.5) -> list[Row]:
    return [(true, predicted, [share] * len(PATH.get(predicted, ())))] * count


def _most_confused(comparison: Comparison) -> tuple[Confusion, ...]:
    return most_confused(comparison, ConfusedPairs.of(comparison))


def test_pairs_with_most_rows_come_first_with_the_name_that_was_surest() -> None:
    made = [
        *_rows(GREEN, GREEN, 2),
        *_rows(GREEN, BLACK, 1, 0.6),
        *_rows(BLACK, GREEN, 1),
        *_rows(GREEN, BLACK, 1, 0.8),
        *_rows(GREEN, BLACK, 1, 0.7),
    ]
    first, second = _most_confused(compared(made))
    assert first == Confusion(PATH[GREEN], PATH[BLACK], 3, 5, "4")
    assert second == Confusion(PATH[BLACK], PATH[GREEN], 1, 1, "3")


def test_a_category_and_one_below_it_can_be_confused() -> None:
    pairs = _most_confused(compared([*_rows(TEA, GREEN, 2), *_rows(GREEN, TEA, 1)]))
    assert [(pair.true, pair.predicted, pair.rows) for pair in pairs] == [
        (PATH[TEA], PATH[GREEN], 2),
        (PATH[GREEN], PATH[TEA], 1),
    ]


def test_a_name_in_which_nothing_is_known_is_confused_with_nothing() -> None:
    assert _most_confused(compared(_rows(TEA, "", 3))) == ()


def test_worst_categories_are_those_found_least_and_those_least_right() -> None:
    made = [
        *_rows(GREEN, GREEN, 4),
        *_rows(GREEN, COFFEE, 6),
        *_rows(BLACK, BLACK, 4),
        *_rows(BLACK, COFFEE, 1),
        *_rows(COFFEE, COFFEE, 1),
        *_rows(BOOKS, BOOKS, 9),
    ]
    comparison = compared(made)
    worst = worst_categories(comparison, ConfusedPairs.of(comparison))
    # Кофе has one row only, which says nothing; Книги have no mistake
    assert [(each.category, each.recall, each.rows) for each in worst.by_recall] == [
        (PATH[GREEN], 4 / 10, 10),
        (PATH[BLACK], 4 / 5, 5),
    ]
    (coffee,) = worst.by_precision
    assert (coffee.category, coffee.precision, coffee.predicted_rows) == (PATH[COFFEE], 1 / 8, 8)
    assert (coffee.mistaken, coffee.mistaken_rows) == (PATH[GREEN], 6)
    green = worst.by_recall[0]
    assert (green.mistaken, green.mistaken_rows, green.precision) == (PATH[COFFEE], 6, 1)


def test_a_category_that_is_never_answered_has_no_precision() -> None:
    comparison = compared(_rows(TEA, "", 5))
    (tea,) = worst_categories(comparison, ConfusedPairs.of(comparison)).by_recall
    assert (tea.recall, tea.predicted_rows, tea.mistaken) == (0, 0, ())
    assert math.isnan(tea.precision)


def test_top_level_categories_are_those_of_the_truth() -> None:
    made = [
        *_rows(BOOKS, BOOKS, 1, 0.9),
        *_rows(GREEN, GREEN, 2, 0.9),
        *_rows(GREEN, BOOKS, 1, 0.9),
        *_rows(COFFEE, COFFEE, 1, 0.6),
    ]
    comparison = compared(made, highest=0.9)
    food, books = by_top_level(comparison, [ask(comparison, level) for level in (0.99, 0.8)])
    assert (food.category, food.rows, food.leaf_accuracy) == ("Еда", 4, 3 / 4)
    (at,) = food.at  # 0.99 is not given
    assert (at.asked, at.answers, at.answered) == (0.8, 3, 3 / 4)
    assert (at.right, at.precision) == (2, 2 / 3)
    assert (books.category, books.rows, books.at[0].precision) == ("Книги", 1, 1)


def test_top_level_category_without_an_answer_has_no_precision() -> None:
    comparison = compared(_rows(BOOKS, BOOKS, 1))
    (books,) = by_top_level(comparison, [ask(comparison, 0.9)])
    assert books.at[0].answered == 0
    assert math.isnan(books.at[0].precision)
