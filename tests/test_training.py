"""Training: from rows of any kind to a model, the same one every time."""

from __future__ import annotations

import os
import subprocess
import sys

import pandas as pd
import pytest

import textcat
from textcat.errors import CatalogueError, PrecisionError, TextcatError, TreeError
from textcat.model import CategoryModel
from textcat.tree import CategoryTree

Rows = list[tuple[str, str]]


def weights(model: CategoryModel) -> list[float]:
    return [
        value
        for branch in model.linear_tree.branches.values()
        for value in (*branch.weights.data.tolist(), *branch.intercepts.tolist())
    ]


def test_pairs_and_data_frames_and_files_give_the_same_model(
    model: CategoryModel, catalogue: Rows, tmp_path: object
) -> None:
    frame = pd.DataFrame(catalogue, columns=["Наименование", "Категория"])
    file = f"{tmp_path}/catalogue.csv"
    frame.to_csv(file, index=False)
    for source in (iter(catalogue), frame, file):
        assert weights(textcat.train(source, n_jobs=1)) == weights(model)


def test_columns_and_separator_are_passed_on_to_the_reader() -> None:
    table = {"a": ["чай", "кофе"], "b": ["Еда|Чай", "Еда|Кофе"], "c": ["x", "y"]}
    model = textcat.train(table, name="a", category="b", separator="|", n_jobs=1)
    assert model.tree.to_paths() == ["Еда", "Еда > Чай", "Еда > Кофе"]


@pytest.mark.parametrize("n_jobs", [1, 2])
def test_the_same_rows_and_seed_give_the_same_model(
    model: CategoryModel, catalogue: Rows, n_jobs: int
) -> None:
    again = textcat.train(catalogue, n_jobs=n_jobs)
    assert again.reader.vocabulary.texts() == model.reader.vocabulary.texts()
    assert weights(again) == weights(model)


def test_another_process_trains_the_same_model() -> None:
    code = """
import textcat
rows = [("чай зелёный Ahmad", "А"), ("чай чёрный", "Б"), ("кофе молотый", "В"), ("кофе", "В")]
model = textcat.train(rows, n_jobs=1)
print(ascii(model.reader.vocabulary.texts()))
print([found.probability.hex() for found in model.top("чай молотый")])
"""
    outputs = {
        subprocess.run(
            [sys.executable, "-c", code],
            check=True,
            capture_output=True,
            env={**os.environ, "PYTHONHASHSEED": seed},  # sets of strings come in another order
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1


def test_rows_that_contradict_each_other_are_all_learned_and_reported() -> None:
    rows = [("Чай", "А"), ("чай", "Б"), ("Чай", "А"), ("Кофе", "Б")]
    model = textcat.train(rows, n_jobs=1)
    found = model.facts["catalogue"]
    assert (model.facts["rows"], found["conflicts"]["count"], found["duplicates"]["count"]) == (
        4, 1, 1,
    )  # fmt: skip
    assert found["conflicts"]["examples"] == [{"row": 1, "value": "Чай", "reason": "А (1); Б (2)"}]
    assert model.predict("чай", precision=None).path == ("А",)  # two rows against one


def test_dropped_rows_are_counted() -> None:
    rows = [("Чай", "А"), ("", "А"), ("123", "А"), ("Кофе", "")]
    found = textcat.train(rows, n_jobs=1).facts["catalogue"]
    assert (found["rows_read"], found["rows_kept"], found["rows_dropped"]) == (4, 1, 3)


@pytest.mark.parametrize("rows", [[], [("", "А")], [("Чай", None)], {"name": [], "category": []}])
def test_a_catalogue_without_rows_is_an_error(rows: object) -> None:
    with pytest.raises(CatalogueError, match="no row"):
        textcat.train(rows, n_jobs=1)


def test_one_category_is_enough() -> None:
    model = textcat.train([("чай", "Еда > Чай"), ("чай", "Еда > Чай")], n_jobs=1)
    assert model.predict("чай", precision=None).probability == 1


def test_a_category_may_have_products_and_children() -> None:
    rows = [("чай", "Еда"), ("чай", "Еда"), ("кофе", "Еда > Кофе"), ("сыр", "Еда > Сыр > Мягкий")]
    model = textcat.train(rows, n_jobs=1)
    assert model.predict("чай", precision=None).path == ("Еда",)
    assert model.predict("сыр", precision=None).path == ("Еда", "Сыр", "Мягкий")


WIDER = CategoryTree.from_paths(["Еда > Чай", "Еда > Кофе", "Сад > Лопаты", "Дом"])
FOOD = [("Ahmad зелёный", "Еда > Чай"), ("Jacobs молотый", "Еда > Кофе")]


def test_a_category_without_rows_is_found_by_its_title() -> None:
    model = textcat.train(FOOD, tree=WIDER, n_jobs=1)
    assert model.tree is WIDER
    assert model.predict("лопата садовая", precision=None).path == ("Сад", "Лопаты")
    assert model.predict("для дома", precision=None).path == ("Дом",)


def test_a_row_whose_category_is_not_in_the_tree_is_named_with_the_closest_one() -> None:
    rows = [*FOOD, ("Эспрессо", "Еда > Кофэ")]
    with pytest.raises(TreeError) as error:
        textcat.train(rows, tree=WIDER, n_jobs=1)
    assert "row 3, 'Эспрессо': no category " in str(error.value)
    assert "Кофэ" in str(error.value)
    assert "closest: 'Еда > Кофе'" in str(error.value)
    assert "Correct the row or the tree" in str(error.value)


def test_rows_may_name_categories_by_the_ids_of_the_tree() -> None:
    tree = CategoryTree.from_rows([(1, None, "Еда"), (2, 1, "Чай"), (3, 1, "Кофе")])
    model = textcat.train([("Ahmad", "2"), ("Jacobs", "3")], tree=tree, n_jobs=1)
    assert model.predict("Ahmad", precision=None).category == "2"


def test_an_unknown_analyser_is_named() -> None:
    with pytest.raises(TextcatError, match="'mystem'"):
        textcat.train(FOOD, analyser="mystem", n_jobs=1)


def test_pruning_keeps_fewer_weights_and_rare_features_are_left_out(
    model: CategoryModel, catalogue: Rows
) -> None:
    pruned = textcat.train(catalogue, n_jobs=1, prune=0.2)
    assert len(weights(pruned)) < len(weights(model))
    frequent = textcat.train(catalogue, n_jobs=1, min_count=3)
    assert len(frequent.reader.vocabulary) < len(model.reader.vocabulary)


def test_progress_is_shown_on_standard_error_only_when_asked_for(
    capsys: pytest.CaptureFixture[str],
) -> None:
    textcat.train(FOOD, n_jobs=1)
    assert capsys.readouterr() == ("", "")
    textcat.train(FOOD, n_jobs=1, progress=True)
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err


def goods(count: int) -> Rows:
    """Goods of a few kinds, every one with a word of its own, each brand with several of them."""
    kinds = ("чай", "кофе", "сыр", "лук", "суп")
    return [
        (f"{kinds[n % 5]} brand{letters(n // 20)} {letters(n)}", f"Еда > {kinds[n % 5]}")
        for n in range(count)
    ]


def letters(number: int) -> str:
    """A word for a number: digits alone would make near-duplicates."""
    return "".join("абвгдежзик"[int(digit)] for digit in str(number))


def test_a_catalogue_certifies_its_own_model() -> None:
    model = textcat.train(goods(900), n_jobs=1)
    assert list(model.facts["calibration_rows"]) == ["familiar", "new"]
    assert len(model.precision_levels) == 10
    assert all(level.certified for level in model.precision_levels if level.precision == 0.8)
    assert model.predict("чай зелёный", precision=0.8).path == ("Еда", "чай")


def test_without_calibration_no_precision_can_be_asked_for() -> None:
    model = textcat.train(goods(300), n_jobs=1, calibration=None)
    assert model.precision_levels == ()
    assert model.predict("чай", precision=None).path == ("Еда", "чай")
    with pytest.raises(PrecisionError, match=r"trained without calibration.*model\.certify"):
        model.predict("чай", precision=0.9)


def test_too_few_rows_certify_nothing_and_say_so() -> None:
    with pytest.raises(
        PrecisionError,
        match=r"100 rows kept out .* has 99",
    ):
        textcat.train(goods(99), n_jobs=1).predict("чай", precision=0.8)


def test_rows_of_ones_own_certify_the_model_at_once() -> None:
    given = [(f"{path[6:]} {letters(n)}", path) for n, (_, path) in enumerate(goods(60))]
    model = textcat.train(goods(50), n_jobs=1, calibration=given)
    assert list(model.certificates) == ["given"]
    assert model.predict("суп", precision=0.95).path == ("Еда", "суп")


def test_a_share_of_the_catalogue_is_kept_out_to_certify() -> None:
    model = textcat.train(goods(600), n_jobs=1, calibration=0.3)
    assert 100 <= model.facts["calibration_rows"]["familiar"] <= 180


@pytest.mark.parametrize("share", [0.0, 0.5, 1.5, -0.1])
def test_a_share_that_leaves_no_rows_is_refused(share: float) -> None:
    with pytest.raises(PrecisionError, match=r"above 0 and below 0\.5"):
        textcat.train(FOOD, calibration=share, n_jobs=1)


@pytest.mark.parametrize("delta", [0, 1, -1, float("nan")])
def test_a_chance_that_is_none_is_refused(delta: float) -> None:
    with pytest.raises(PrecisionError, match=r"delta=.* lie between 0 and 1"):
        textcat.train(FOOD, delta=delta, n_jobs=1)


def test_a_category_with_a_single_row_stands_for_those_that_no_row_shows() -> None:
    paths = [f"Еда > {letters(n)}" for n in range(150)]
    rows = [(f"товар {letters(n)}", path) for n, path in enumerate(paths)]
    unheard_of = textcat.train(rows, n_jobs=1).certificates["familiar"].outcomes
    assert (unheard_of.right <= 1).all()  # at best the level above is right
    whole = CategoryTree.from_paths(paths)
    known = textcat.train(rows, tree=whole, n_jobs=1).certificates["familiar"].outcomes
    assert (known.right == 2).mean() > 0.9  # the titles tell them
