"""A trained model: names in, answers out, whatever the names are and however they are passed."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import textcat
from textcat.errors import CatalogueError, PrecisionError, TextcatError
from textcat.model import CategoryModel
from textcat.prediction.answers import Answer

EXACT = {"abs": 1e-6}  # of a probability in single precision


def same(one: Answer, other: Answer) -> bool:
    """Whether two answers are the same but for the last digits of their probabilities."""
    return (one.name, one.path, [level[:3] for level in one.levels]) == (
        other.name, other.path, [level[:3] for level in other.levels]
    ) and [level.probability for level in one.levels] == pytest.approx(
        [level.probability for level in other.levels], **EXACT
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("чай зел. листовой", ("Еда", "Чай", "Зелёный")),
        ("КофеМолотый", ("Еда", "Кофе")),
        ("силик. чехол д/Samsung", ("Электроника", "Чехлы")),
        ("чехол для костюма", ("Одежда", "Чехлы")),
        ("лопаты", ("Дом", "Сад", "Лопаты")),
        ("учебник", ("Книги",)),
        ("БАЛЬЗАМ", ("Красота", "Бальзамы")),
        ("подарочный набор чая", ("Еда", "Чай")),
    ],
)
def test_the_most_probable_leaf_is_the_right_one(
    model: CategoryModel, name: str, path: tuple[str, ...]
) -> None:
    assert model.predict(name, precision=None).path == path


def test_one_name_gives_one_answer_and_several_a_batch(model: CategoryModel) -> None:
    alone, batch = model.predict("чай"), model.predict(["чай"])
    assert isinstance(alone, textcat.Answer)
    assert isinstance(batch, textcat.Answers)
    assert same(alone, batch[0])


@pytest.mark.parametrize(
    "several", [list, tuple, iter, np.array, pd.Series, lambda names: (name for name in names)]
)
def test_names_come_in_any_container(
    model: CategoryModel, names: list[str], several: Callable[[Any], Any]
) -> None:
    assert list(model.predict(several(names))) == list(model.predict(names))
    assert model.top(several(names), k=1) == model.top(names, k=1)


def test_a_table_is_refused_and_the_error_says_what_to_pass(model: CategoryModel) -> None:
    for ask in (model.predict, model.top):
        with pytest.raises(TextcatError, match=r"pass its column of names, as in table\['name'\]"):
            ask(pd.DataFrame({"name": ["чай"]}))
        with pytest.raises(TextcatError, match=r"name 2: .* is a list, not text"):
            ask(["чай", ["кофе"]])


ODD_NAMES = {
    "empty": "",
    "spaces": " \t\n",
    "none": None,
    "nan": float("nan"),
    "number": 12345,
    "float": 2.5,
    "bytes": "чай".encode(),
    "cp1251": "чай".encode("cp1251"),
    "without letters": "123 456 !!!",
    "emoji": "🍵🍵🍵",
    "NUL": "чай\0зелёный\0",
    "lone surrogate": "чай \ud800 \udfff",
    "right to left": "‏чай‎ ‮йач‬",
    "combining": "чаи\u0306" + "\u0301" * 500,
    "unknown": "зюзюблик",
    "megabyte of words": "чай " * 250_000,
    "megabyte without spaces": "ч" * 1_000_000,
    "megabyte of digits": "1" * 1_000_000,
    "megabyte of spaces": " " * 1_000_000,
    "megabyte of seams": "аБ" * 500_000,
}


@pytest.mark.parametrize("name", ODD_NAMES.values(), ids=ODD_NAMES)
def test_any_name_gets_an_answer_or_none(model: CategoryModel, name: object) -> None:
    before, answer, after = model.predict(["кофе", name, "кофе"], precision=[0.9, 0.5])
    assert answer.path is None or answer.path == tuple(
        level.title for level in answer.levels[: len(answer.path)]
    )
    assert same(before, after)
    assert same(before, model.predict("кофе", precision=0.9))
    assert isinstance(model.explain(name).unknown, tuple)
    assert all(0 < found.probability <= 1 for found in model.top([name])[0])
    assert answer.to_dict()["name"] == answer.name


@given(name=st.text(st.characters(exclude_categories=[])))
def test_any_text_at_all_gets_an_answer_or_none(model: CategoryModel, name: str) -> None:
    answer = model.predict(name, precision=0.5)
    probabilities = [level.probability for level in answer.levels]
    assert answer.name == name
    assert probabilities == sorted(probabilities, reverse=True)
    assert all(0 < probability <= 1 for probability in probabilities)
    assert str(answer)
    assert answer._repr_html_()


def test_no_names_give_no_answers(model: CategoryModel) -> None:
    assert list(model.predict([])) == []
    assert model.predict(iter(())).to_columns() == {"name": [], "category": [], "probability": []}
    assert model.top([]) == []


def test_names_keep_their_order_and_their_answers_in_any_batch(
    model: CategoryModel, names: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    together = model.predict(names, precision=0.8)
    assert all(map(same, together[::-1], model.predict(names[::-1], precision=0.8)))
    assert all(map(same, together, (model.predict(name, precision=0.8) for name in names)))
    monkeypatch.setattr("textcat.prediction.scoring.BATCH", 7)
    monkeypatch.setattr("textcat.descent.linear_tree.TABLE_ENTRIES", 100)
    assert all(map(same, together, model.predict(names, precision=0.8)))
    assert len(model.top(names)) == len(names)


def test_a_stricter_answer_is_the_laxer_one_or_above_it(
    model: CategoryModel, names: list[str]
) -> None:
    for answer in model.predict(names):
        paths = [answer.at(p).path or () for p in (0.999, 0.95, 0.7, 0.3, None)]
        for above, below in pairwise(paths):
            assert below[: len(above)] == above
        assert len(paths[-1]) == len(answer.levels)


def test_several_precision_levels_are_answered_at_once(model: CategoryModel) -> None:
    answers = model.predict(["чай чёрный", "кефир"], precision=[0.99, 0.5])
    assert answers.precisions == (0.99, 0.5)
    columns = answers.to_columns()
    for precision in (0.99, 0.5):
        alone = model.predict(["чай чёрный", "кефир"], precision=precision)
        assert columns[f"category@{precision}"] == alone.to_columns()["category"]
    assert [answer.precision for answer in answers] == [0.99, 0.99]


@pytest.mark.parametrize("precision", [0, 1, 95, "0.95", [], [0.9, 2], float("nan")])
def test_a_precision_that_is_no_share_is_refused(model: CategoryModel, precision: Any) -> None:
    with pytest.raises(PrecisionError):
        model.predict("чай", precision=precision)


def test_the_best_candidates_come_first_and_agree_with_the_answer(
    model: CategoryModel, names: list[str]
) -> None:
    answers = model.predict(names, precision=None)
    for answer, found in zip(answers, model.top(names, k=4), strict=True):
        shares = [candidate.probability for candidate in found]
        assert len(found) == 4
        assert shares == sorted(shares, reverse=True)
        assert sum(shares) <= 1 + 1e-6
        assert found[0].path == answer.path
        assert found[0].id == answer.category


def test_all_candidates_together_are_certain(model: CategoryModel) -> None:
    every = model.top("чай", k=1000)
    assert len(every) == len({candidate.id for candidate in every}) == 16
    assert sum(candidate.probability for candidate in every) == pytest.approx(1, **EXACT)


def test_fewer_than_one_candidate_is_refused(model: CategoryModel) -> None:
    with pytest.raises(ValueError, match="k must be 1 or more, but is 0"):
        model.top("чай", k=0)


def test_categories_of_the_same_title_are_told_apart_by_their_paths(model: CategoryModel) -> None:
    ids = {candidate.id for candidate in model.top("чехол", k=2)}
    assert ids == {"Одежда > Чехлы", "Электроника > Чехлы"}


def test_nothing_known_is_no_answer_even_in_a_catalogue_of_one_category() -> None:
    single = textcat.train([("чай", "Еда > Чай")], n_jobs=1)
    assert single.predict("чай", precision=None).path == ("Еда", "Чай")
    assert single.predict("гвозди", precision=None).path is None
    assert single.top("гвозди") == []
    assert single.top("чай", k=3)[0].probability == 1
    assert single.explain("чай").levels == ()


@pytest.mark.usefixtures("eager_switching")
@pytest.mark.parametrize("cache_size", [1, 20, 100_000])
def test_threads_share_a_model(
    model: CategoryModel, names: list[str], cache_size: int, tmp_path: Path
) -> None:
    model.save(tmp_path)
    shared = textcat.load(tmp_path, cache_size=cache_size)
    asked = [*names, *(f"{name} {word}" for word in ("новинка", "2шт", "XXL") for name in names)]
    with ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(shared.predict, asked))
    assert all(map(same, answers, model.predict(asked)))


def test_a_pickled_model_gives_the_same_answers(model: CategoryModel, names: list[str]) -> None:
    copy = pickle.loads(pickle.dumps(model))
    assert list(copy.predict(names)) == list(model.predict(names))


def test_a_model_shows_its_size(model: CategoryModel) -> None:
    assert repr(model).startswith("<CategoryModel: 22 categories, ")


def given_rows(catalogue: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Rows of one's own: those of the catalogue and a few that the model gets wrong."""
    wrong = [("Чай зелёный для бани", "Дом > Сад > Лопаты"), ("Кофе в подарок", "Подарки")]
    return [*catalogue, *wrong]


def test_a_model_certified_on_ones_own_rows_is_another_one(
    uncertified_model: CategoryModel, catalogue: list[tuple[str, str]]
) -> None:
    certified = uncertified_model.certify(given_rows(catalogue))
    assert [level.precision for level in certified.precision_levels if level.certified] == [0.8]
    assert certified.predict(catalogue[0][0], precision=0.8).category
    assert certified.predict(catalogue[0][0], precision=0.8, goods="given").category
    assert not uncertified_model.certificates


def test_a_category_that_the_model_does_not_have_counts_as_wrong(
    uncertified_model: CategoryModel, catalogue: list[tuple[str, str]]
) -> None:
    certified = uncertified_model.certify(given_rows(catalogue))
    assert len(certified.certificates["given"].outcomes) == len(catalogue) + 2
    assert certified.certificates["given"].outcomes.right.tolist()[-2:] == [0, 0]


def test_certifying_with_less_confidence_certifies_more(
    uncertified_model: CategoryModel, catalogue: list[tuple[str, str]]
) -> None:
    rows = given_rows(catalogue)
    cautious, bold = (uncertified_model.certify(rows, delta=delta) for delta in (0.05, 0.5))
    assert bold.certificates["given"].highest > cautious.certificates["given"].highest


def test_goods_that_the_model_was_not_certified_for_are_named(model: CategoryModel) -> None:
    with pytest.raises(PrecisionError, match="goods='new', but for 'given'"):
        model.predict("чай", goods="new")
    with pytest.raises(PrecisionError, match="goods='old'"):
        model.check(["чай"], goods="old")


def test_names_are_compared_with_those_that_were_certified(
    uncertified_model: CategoryModel, catalogue: list[tuple[str, str]]
) -> None:
    names = [name for name, _ in catalogue] * 4
    certified = uncertified_model.certify(catalogue * 4)
    assert not certified.check(names).shifted
    assert certified.check([f"{name[:3]}ъъ {name[::-1]}" for name in names]).shifted


def test_without_a_certificate_there_is_nothing_to_compare_names_with(
    uncertified_model: CategoryModel,
) -> None:
    with pytest.raises(PrecisionError, match=r"nothing to compare names with.*model\.certify"):
        uncertified_model.check(["чай"])


def test_rows_that_cannot_certify_anything_are_refused(uncertified_model: CategoryModel) -> None:
    tea = ("чай", "Еда > Чай")
    with pytest.raises(PrecisionError, match=r"10 rows are too few.*0\.8 takes 11 .* takes 45"):
        uncertified_model.certify([tea] * 10)
    with pytest.raises(CatalogueError, match=r"none of the categories.*'Нет > Такой'.*look like"):
        uncertified_model.certify([("чай", "Нет > Такой")] * 50)
