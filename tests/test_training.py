"""Training: from rows of any kind to a model, the same one every time."""

from __future__ import annotations

import os
import subprocess
import sys

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import textcat
from textcat.errors import CatalogueError, TextcatError, TreeError
from textcat.model import CategoryModel
from textcat.training import (
    FEWEST_TUNING_ROWS,
    MOST_TUNING_ROWS,
    TUNING_SHARE,
    near_duplicate_key,
    tuning_rows,
)
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
    assert model.predict("чай", precision=0.999).probability == 1


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


def goods(count: int, variants: int = 1) -> list[str]:
    """Names of goods told apart by letters; the variants of one by digits, case and signs."""
    letters = (
        "".join(chr(ord("а") + int(digit)) for digit in str(number)) for number in range(count)
    )
    forms = ("Чай {} 100", "ЧАЙ «{}» 250", "чай, {}!")
    return [forms[variant % 3].format(good) for good in letters for variant in range(variants)]


def test_a_small_share_of_many_rows_is_kept_for_tuning() -> None:
    count = int(2 * FEWEST_TUNING_ROWS / TUNING_SHARE)
    assert tuning_rows(goods(count), random_state=0).sum() == round(TUNING_SHARE * count)
    many = ["чай"] * 3 + goods(int(2 * MOST_TUNING_ROWS / TUNING_SHARE))
    assert tuning_rows(many, random_state=0).sum() == pytest.approx(MOST_TUNING_ROWS, abs=3)


def test_of_few_rows_none_is_kept_for_tuning() -> None:
    assert not tuning_rows(goods(FEWEST_TUNING_ROWS), random_state=0).any()


def test_near_duplicates_are_kept_together() -> None:
    count, variants = int(FEWEST_TUNING_ROWS / TUNING_SHARE), 3
    chosen = tuning_rows(goods(count, variants), random_state=0).reshape(count, variants)
    assert chosen.any()
    assert (chosen.all(axis=1) == chosen.any(axis=1)).all()


def test_the_seed_decides_which_rows_are_kept() -> None:
    names = goods(5000)
    first, same, other = (tuning_rows(names, random_state=seed) for seed in (0, 0, 1))
    np.testing.assert_array_equal(first, same)
    assert (first != other).any()


@given(st.text(), st.text("0123456789 .,;:!«»()-/%", max_size=5))
def test_digits_signs_and_case_make_no_other_product(name: str, extra: str) -> None:
    key = near_duplicate_key(name)
    assert near_duplicate_key(f"{name} {extra}") == near_duplicate_key(f"{extra} {name}") == key


def test_tuned_rows_calibrate_the_model() -> None:
    names = goods(int(2 * FEWEST_TUNING_ROWS / TUNING_SHARE))
    rows = [(name, f"Класс {'АБВ'[place % 3]}") for place, name in enumerate(names)]
    model = textcat.train(rows, n_jobs=1)
    assert model.facts["tuning_rows"] == round(TUNING_SHARE * len(names))
    assert model.facts["temperature"] == model.linear_tree.temperature
    # letters do not tell the category here, so the model must not be sure of it
    assert np.mean([answer.levels[0].probability for answer in model.predict(names[:50])]) < 0.6
