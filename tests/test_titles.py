"""Categories without products, and with few, are found by their titles and synonyms."""

from __future__ import annotations

import numpy as np
import pytest

import textcat
from textcat import CategoryTree, TreeError
from textcat.training.titles import Titles, need

TREE = CategoryTree.from_paths(
    ["Еда > Чай", "Еда > Кофе", "Еда > Сухофрукты и орехи", "Дом > Мыло", "Дом > Порошок"]
)
ROWS = [
    *(("чай зелёный листовой", "Еда > Чай"), ("чай чёрный пакетики", "Еда > Чай")),
    *(("кофе молотый", "Еда > Кофе"), ("кофе в зёрнах", "Еда > Кофе")),
    *(("мыло хозяйственное", "Дом > Мыло"), ("мыло жидкое", "Дом > Мыло")),
] * 5


def category(model: textcat.CategoryModel, name: str) -> str:
    return " > ".join(model.predict(name, precision=None).path or ())


@pytest.fixture(scope="module")
def model() -> textcat.CategoryModel:
    synonyms = {"Дом > Порошок": ["стиральное средство"], ("Еда", "Чай"): ["каркаде"]}
    return textcat.train(ROWS, tree=TREE, synonyms=synonyms, calibration=None, n_jobs=1)


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("орехи жареные 100г", "Еда > Сухофрукты и орехи"),
        ("сухофрукты в ассортименте", "Еда > Сухофрукты и орехи"),
        ("порошок для белья", "Дом > Порошок"),
    ],
)
def test_a_category_without_a_row_is_found_by_a_word_of_its_title(
    model: textcat.CategoryModel, name: str, path: str
) -> None:
    assert category(model, name) == path


def test_a_category_is_found_by_its_synonyms(model: textcat.CategoryModel) -> None:
    assert category(model, "средство стиральное 3кг") == "Дом > Порошок"
    assert category(model, "каркаде суданский") == "Еда > Чай"


def test_names_of_the_other_categories_stay_where_they_are(model: textcat.CategoryModel) -> None:
    assert [category(model, name) for name, _ in ROWS] == [path for _, path in ROWS]


def test_a_synonym_alone_makes_its_category_as_good_as_any() -> None:
    plain = textcat.train(ROWS, tree=TREE, calibration=None, n_jobs=1)
    assert category(plain, "каркаде суданский") != "Еда > Чай"


def test_the_fewer_rows_the_more_a_category_needs_its_titles() -> None:
    needs = need(np.arange(1000))
    assert needs[0] == 1
    assert (np.diff(needs) < 0).all()
    assert needs[-1] < 0.01


def test_synonyms_of_a_category_that_does_not_exist_are_an_error() -> None:
    with pytest.raises(TreeError, match="no category 'Еда > Соль'"):
        textcat.train(ROWS, tree=TREE, synonyms={"Еда > Соль": ["соль"]}, n_jobs=1)


def test_synonyms_must_be_several_texts() -> None:
    with pytest.raises(TreeError, match="must be a list of texts, but are 'каркаде'"):
        Titles.of(TREE, np.array([0]), {"Еда > Чай": "каркаде"})
