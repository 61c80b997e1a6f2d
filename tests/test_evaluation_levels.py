"""What a precision level gave, and whether it was kept, on examples worked out by hand."""

from __future__ import annotations

import math

import pytest
from hand_made_comparisons import BLACK, BOOKS, COFFEE, GREEN, TEA, compared

from textcat.evaluation.levels import answers_at, ask, chance_of_so_few, verdict


def test_shares_by_level_say_how_deep_the_answers_lie() -> None:
    rows = [
        (GREEN, GREEN, (0.9, 0.9, 0.9)),
        (GREEN, BLACK, (0.9, 0.9, 0.4)),
        (COFFEE, GREEN, (0.9, 0.3, 0.2)),
        (BOOKS, BOOKS, (0.7,)),
    ]
    level = answers_at(compared(rows), ask(compared(rows), 0.8))
    assert level.by_level == (1 / 4, 1 / 4, 1 / 4)
    assert (level.answers, level.right, level.answered, level.precision) == (3, 3, 3 / 4, 1)


def test_an_answer_is_at_a_leaf_where_its_path_ends() -> None:
    rows = [
        (TEA, TEA, (0.9, 0.9)),  # predicted to be in Чай itself
        (GREEN, GREEN, (0.9, 0.9, 0.4)),  # climbed to Чай: more could have been said
        (BOOKS, BOOKS, (0.9,)),
    ]
    comparison = compared(rows)
    assert answers_at(comparison, ask(comparison, 0.8)).at_leaf == 2 / 3


def test_a_wrong_answer_is_neither_the_category_nor_above_it() -> None:
    rows = [(GREEN, COFFEE, (0.9, 0.8)), (TEA, GREEN, (0.9, 0.9, 0.9)), (BOOKS, "", ())]
    comparison = compared(rows)
    lax = answers_at(comparison, ask(comparison, 0.8))  # Кофе beside it, Зелёный too deep
    assert (lax.answers, lax.right) == (2, 0)
    strict = answers_at(comparison, ask(comparison, 0.85))  # Еда, Зелёный
    assert (strict.answers, strict.right) == (2, 1)


def test_a_level_that_is_not_given_has_its_reason_and_no_answers() -> None:
    comparison = compared([(BOOKS, BOOKS, (0.99,))], highest=0.9)
    level = answers_at(comparison, ask(comparison, 0.95))
    assert (level.verdict, level.reason) == (
        "not certified",
        "precision 0.95 is too high <for this model>",
    )
    assert (level.answers, level.answered, level.at_leaf) == (0, 0, 0)
    assert math.isnan(level.precision)
    assert math.isnan(level.p_value)


def test_a_level_without_an_answer_is_neither_kept_nor_broken() -> None:
    comparison = compared([(BOOKS, BOOKS, (0.5,))])
    level = answers_at(comparison, ask(comparison, 0.95))
    assert (level.verdict, level.reason) == ("no answers", None)


def test_chance_of_so_few_is_the_binomial_sum() -> None:
    # one or none of three right, each with 0.9: 0.1³ + 3 · 0.9 · 0.1²
    assert chance_of_so_few(1, 3, 0.9) == pytest.approx(0.001 + 0.027)
    assert chance_of_so_few(3, 3, 0.9) == 1


@pytest.mark.parametrize(
    ("right", "answers", "precision", "expected"),
    [
        (20, 20, 0.95, "kept"),
        (19, 20, 0.95, "kept"),  # exactly what was asked
        (18, 20, 0.95, "within chance"),  # so few come in 26 of 100 cases
        (17, 20, 0.95, "within chance"),  # in 7.5
        (16, 20, 0.95, "broken"),  # in 1.6
        (0, 1, 0.95, "within chance"),  # in 5.0000…01: one answer proves nothing
        (0, 1, 0.96, "broken"),
        (0, 0, 0.95, "no answers"),
    ],
)
def test_only_what_chance_does_not_explain_is_broken(
    right: int, answers: int, precision: float, expected: str
) -> None:
    assert verdict(right, answers, precision) == expected
