"""Figures on rows with known categories: worked out by hand, and of a model."""

from __future__ import annotations

import json
import math
from dataclasses import replace

import pytest
from hand_made_comparisons import ALL_KINDS, BLACK, COFFEE, GREEN, compared

import textcat
from textcat.catalogue import read_catalogue
from textcat.evaluation import Evaluation, evaluate
from textcat.evaluation.comparison import Comparison, compare
from textcat.evaluation.measuring import measure

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


@pytest.fixture
def worked_out() -> Comparison:
    """Right leaf; wrong leaf below the right parent; wrong at the top; nothing known; stays."""
    return compared(ALL_KINDS, highest=0.98, unknown=(("Обувь", 2), ("Посуда", 1)))


@pytest.fixture
def evaluation(worked_out: Comparison) -> Evaluation:
    return measure(worked_out, [0.99, 0.98, 0.95, 0.5])


def test_a_category_that_was_predicted_to_hold_a_row_itself_is_right(
    evaluation: Evaluation,
) -> None:
    assert evaluation.leaf_accuracy == 2 / 5  # the first row and the last


def test_level_accuracies_are_among_rows_whose_category_lies_so_deep(
    evaluation: Evaluation,
) -> None:
    assert evaluation.level_rows == (5, 3, 2)
    assert evaluation.level_accuracies == (3 / 5, 3 / 3, 1 / 2)


def test_hierarchical_scores_share_seven_nodes(evaluation: Evaluation) -> None:
    # row         true set   predicted set   shared
    # right       3          3               3
    # beside      3          3               2
    # astray      1          2               0
    # nothing     1          0               0
    # stays       2          2               2
    scores = evaluation.hierarchical_precision, evaluation.hierarchical_recall
    assert (*scores, evaluation.hierarchical_f1) == (7 / 10, 7 / 10, 7 / 10)


def test_leaf_coverage_takes_the_most_probable_leaves_only(evaluation: Evaluation) -> None:
    assert evaluation.leaf_coverage == 2 / 5  # 0.97 and 0.9 are right, 0.6 is not


def test_calibration_error_is_about_rows_in_which_anything_is_known(
    evaluation: Evaluation,
) -> None:
    # 0.97 and 0.9 lie in bins of their own, as do 0.6 and 0.5
    assert evaluation.calibration_error == pytest.approx((0.03 + 0.6 + 0.5 + 0.1) / 4)
    assert (evaluation.reliability.rows, evaluation.unread_rows) == (4, 1)


def test_every_level_asked_has_its_answers(evaluation: Evaluation) -> None:
    refused, strict, usual, lax = evaluation.at
    assert (refused.asked, refused.verdict) == (0.99, "not certified")
    # at 0.98: Чай (right), Еда (right)
    assert (strict.precision, strict.answered, strict.at_leaf) == (1, 2 / 5, 0)
    # at 0.95: Зелёный, Чай, no answer for the third, Еда for the last: right
    assert (usual.precision, usual.answered, usual.at_leaf) == (1, 3 / 5, 1 / 5)
    # at 0.5: all whole paths
    assert (lax.precision, lax.answered, lax.at_leaf) == (2 / 4, 4 / 5, 4 / 5)


def test_rows_left_out_are_counted_and_said(evaluation: Evaluation) -> None:
    assert (evaluation.rows, evaluation.unknown_rows, evaluation.dropped_rows) == (5, 3, 1)
    assert "3 rows whose category the model does not have" in str(evaluation)
    assert "'Обувь', 'Посуда'" in str(evaluation)
    assert "1 row without a name or a category" in str(evaluation)


def test_nothing_is_said_of_rows_left_out_if_there_are_none(worked_out: Comparison) -> None:
    report = read_catalogue([("а", "Книги")]).report
    whole = measure(replace(worked_out, unknown=(), report=report), [0.95])
    assert whole.left_out() == []
    assert "left out" not in str(whole)


def test_text_shows_levels_confusions_and_reasons(evaluation: Evaluation) -> None:
    lines = str(evaluation).splitlines()
    assert "right category: 0.400, level by level: 0.600, 1.000, 0.500" in lines
    assert "asked for 0.99: not certified" in lines
    assert "precision 0.99 is too high <for this model>" in lines
    assert "asked for 0.95: 1.000 right (kept), 0.600 answered, 0.200 at a leaf" in lines
    assert f"  1 of 2: {GREEN!r} for {BLACK!r}: '1'" in lines


def test_reasons_that_differ_in_the_level_only_are_given_once(worked_out: Comparison) -> None:
    text = str(measure(worked_out, [0.999, 0.995, 0.99, 0.5]))
    assert text.count("not certified") == 3
    assert text.count("is too high") == 1
    assert "precision 0.99 is too high" in text  # and so is anything stricter


def test_dict_is_ready_for_json_and_whole(evaluation: Evaluation) -> None:
    content = evaluation.to_dict()
    assert json.loads(json.dumps(content, allow_nan=False)) == content
    assert math.isnan(evaluation.at[0].precision)
    assert content["at"][0]["precision"] is None
    assert content["at"][2]["by_level"] == [1 / 5, 1 / 5, 1 / 5]
    assert content["confused"][0]["true"] == ["Еда", "Чай", "Зелёный"]
    assert content["reliability"]["bins"][-1]["rows"] == 1
    assert content["worst"] == {"by_recall": [], "by_precision": []}  # fewer than five rows each


def test_data_frames_have_a_row_for_each(evaluation: Evaluation) -> None:
    frames = evaluation.to_pandas()
    assert {title: len(frame) for title, frame in frames.items()} == {
        "figures": 10,
        "accuracy": 3,
        "levels": 4,
        "depths": 12,
        "coverage_curve": len(evaluation.coverage_curve),
        "reliability": 4 + 2 + 3 + 2,  # bins of the leaves and of levels 1 to 3
        "confused": 2,
        "worst": 0,
        "by_top_level": 2,
    }
    figures = frames["figures"].set_index("figure")["value"]
    assert (figures["rows"], figures["leaf_accuracy"]) == (5, 2 / 5)
    assert frames["confused"]["predicted"].tolist() == [BLACK, COFFEE]
    assert frames["by_top_level"]["answered@0.95"].tolist() == [1, 0]


def test_equal_comparisons_have_equal_figures(worked_out: Comparison) -> None:
    assert measure(worked_out, [0.5]) == measure(worked_out, [0.5])


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


def test_levels_that_a_model_does_not_give_are_listed_with_the_reason(
    model: textcat.CategoryModel,
) -> None:
    levels = model.evaluate(ROWS).at
    assert [level.asked for level in levels] == [0.99, 0.98, 0.95, 0.9, 0.8]
    assert levels[0].verdict == "not certified"
    assert "not certified" in (levels[0].reason or "")


def test_several_precisions_or_one_may_be_asked(model: textcat.CategoryModel) -> None:
    assert [level.asked for level in evaluate(model, ROWS, precision=[0.9, 0.5]).at] == [0.9, 0.5]
    assert [level.asked for level in evaluate(model, ROWS, precision=0.7).at] == [0.7]


def test_certified_model_is_measured_at_its_levels(model: textcat.CategoryModel) -> None:
    given = [(f"{name} {word}", path) for word in ("раз", "два", "три") for name, path in ROWS]
    evaluation = model.certify(given).evaluate(ROWS, precision=0.5, goods="given")
    assert evaluation.goods == "given"
    assert (evaluation.at[0].answered, evaluation.at[0].verdict) == (1, "kept")


def test_goods_without_a_certificate_are_an_error(model: textcat.CategoryModel) -> None:
    with pytest.raises(textcat.PrecisionError, match="given"):
        model.evaluate(ROWS, goods="given")


def test_columns_can_be_named(model: textcat.CategoryModel) -> None:
    rows = [{"Товар": "чай", "Полка": "Напитки > Чай"}]
    assert evaluate(model, rows, name="Товар", category="Полка").rows == 1


def test_rows_without_any_category_of_the_model_are_an_error_that_shows_both(
    model: textcat.CategoryModel,
) -> None:
    with pytest.raises(textcat.CatalogueError, match=r"'Еда/Чай'.*look like 'Напитки > Чай'"):
        evaluate(model, [("чай", "Еда/Чай")], separator=" > ")


@pytest.mark.parametrize("precision", [95, [0.9, 95], []])
def test_what_is_no_precision_is_an_error(
    model: textcat.CategoryModel, precision: float | list[float]
) -> None:
    with pytest.raises(textcat.PrecisionError, match="95"):
        evaluate(model, ROWS, precision=precision)
