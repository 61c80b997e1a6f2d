"""Figures on rows with known categories, worked out by hand."""

from __future__ import annotations

import json
import math
from dataclasses import replace

import numpy as np
import pytest

import textcat
from textcat.catalogue import read_catalogue
from textcat.comparison import Comparison, compare
from textcat.evaluation import Evaluation, evaluate, figures
from textcat.explanation import Explanation
from textcat.precision import ProbabilityThreshold
from textcat.prediction import Answers
from textcat.tree import CategoryTree

ROWS = [
    ("Чай зелёный", "Напитки > Чай"),
    ("Чай чёрный листовой", "Напитки > Чай"),
    ("Кофе молотый", "Напитки > Кофе"),
    ("Кофе в зёрнах", "Напитки > Кофе"),
    ("Молоток слесарный", "Инструменты"),
    ("Молоток с деревянной ручкой", "Инструменты"),
]


@pytest.fixture(scope="module")
def model() -> textcat.CategoryModel:
    return textcat.train(ROWS, n_jobs=1)


def _unexplained(name: str) -> Explanation:
    return Explanation(name, (), ())


@pytest.fixture
def worked_out() -> Comparison:
    """Four rows: right at the leaf, wrong leaf under the right parent, wrong, nothing known."""
    tree = CategoryTree.from_paths(["Одежда > Платья", "Одежда > Юбки", "Книги"])  # 0 > 1, 2; 3
    return Comparison(
        names=["а", "б", "в", "г"],
        true=np.array([1, 1, 3, 3], np.int32),
        answers=Answers(
            ["а", "б", "в", "г"],
            np.array([[0, 1], [0, 2], [0, 1], [-1, -1]], np.int32),
            np.array([[0.98, 0.97], [0.97, 0.6], [0.7, 0.5], [0, 0]], np.float32),
            (0.95,),
            tree,
            ProbabilityThreshold(),
            _unexplained,
        ),
        unknown=(("Обувь", 2), ("Посуда", 1)),
        report=read_catalogue([("а", "Одежда > Платья"), ("", "Книги")]).report,
    )


@pytest.fixture
def evaluation(worked_out: Comparison) -> Evaluation:
    return figures(worked_out, [0.95, 0.5, 0.99])


def test_one_of_four_leaves_is_right(evaluation: Evaluation) -> None:
    assert evaluation.leaf_accuracy == 0.25


def test_level_accuracies_are_among_rows_whose_category_lies_so_deep(
    evaluation: Evaluation,
) -> None:
    assert evaluation.level_accuracies == (0.5, 0.5)


def test_hierarchical_scores_share_three_nodes_of_six_and_six(evaluation: Evaluation) -> None:
    scores = evaluation.hierarchical_precision, evaluation.hierarchical_recall
    assert (*scores, evaluation.hierarchical_f1) == (0.5, 0.5, 0.5)


def test_leaf_coverage_takes_the_most_probable_leaf_only(evaluation: Evaluation) -> None:
    assert evaluation.leaf_coverage == 0.25


def test_calibration_error_is_the_mean_distance_of_probability_and_truth(
    evaluation: Evaluation,
) -> None:
    assert evaluation.calibration_error == pytest.approx((0.03 + 0.6 + 0.5 + 0) / 4)


def test_precision_level_is_measured_on_the_answers_it_gives(evaluation: Evaluation) -> None:
    strict, lax, _ = evaluation.at
    assert (strict.asked, strict.precision, strict.answered, strict.at_leaf) == (0.95, 1, 0.5, 0.25)
    assert (lax.precision, lax.answered, lax.at_leaf) == (pytest.approx(1 / 3), 0.75, 0.75)


def test_precision_of_no_answer_is_nan_and_none_in_a_dict(evaluation: Evaluation) -> None:
    assert math.isnan(evaluation.at[2].precision)
    assert evaluation.to_dict()["at"][2]["precision"] is None


def test_rows_left_out_are_counted_and_said(evaluation: Evaluation) -> None:
    assert (evaluation.rows, evaluation.unknown_rows, evaluation.dropped_rows) == (4, 3, 1)
    assert "3 rows whose category the model does not have" in str(evaluation)
    assert "'Обувь', 'Посуда'" in str(evaluation)
    assert "1 rows without a name or a category" in str(evaluation)


def test_nothing_is_said_of_rows_left_out_if_there_are_none(worked_out: Comparison) -> None:
    report = read_catalogue([("а", "Книги")]).report
    whole = figures(replace(worked_out, unknown=(), report=report), [0.95])
    assert "left out" not in str(whole)


def test_dict_is_ready_for_json(evaluation: Evaluation) -> None:
    assert json.loads(json.dumps(evaluation.to_dict(), allow_nan=False)) == evaluation.to_dict()


def test_category_that_the_model_lacks_is_counted_and_not_compared(
    model: textcat.CategoryModel,
) -> None:
    rows = [("чай", "Напитки > Чай"), ("какао", "Напитки > Какао"), ("какао", "Напитки > Какао")]
    comparison = compare(model, read_catalogue(rows))
    assert comparison.names == ["чай"]
    assert comparison.unknown == (("Напитки > Какао", 2),)


def test_inner_category_is_known_though_no_row_was_learned_there(
    model: textcat.CategoryModel,
) -> None:
    evaluation = evaluate(model, [("чай или кофе", "Напитки"), ("молоток", "Инструменты")])
    assert (evaluation.rows, evaluation.unknown_rows) == (2, 0)


def test_rows_that_were_learned_are_right(model: textcat.CategoryModel) -> None:
    assert evaluate(model, ROWS).leaf_accuracy == 1


def test_several_precisions_or_one_may_be_asked(model: textcat.CategoryModel) -> None:
    assert [level.asked for level in evaluate(model, ROWS, precision=[0.9, 0.5]).at] == [0.9, 0.5]
    assert [level.asked for level in evaluate(model, ROWS, precision=0.7).at] == [0.7]


def test_columns_can_be_named(model: textcat.CategoryModel) -> None:
    rows = [{"Товар": "чай", "Полка": "Напитки > Чай"}]
    assert evaluate(model, rows, name="Товар", category="Полка").rows == 1


def test_rows_without_any_category_of_the_model_are_an_error_that_shows_both(
    model: textcat.CategoryModel,
) -> None:
    with pytest.raises(textcat.CatalogueError, match=r"'Еда/Чай'.*look like 'Напитки > Чай'"):
        evaluate(model, [("чай", "Еда/Чай")], separator=" > ")


def test_precision_above_one_is_an_error(model: textcat.CategoryModel) -> None:
    with pytest.raises(textcat.PrecisionError, match="95"):
        evaluate(model, ROWS, precision=95)
