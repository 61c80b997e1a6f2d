"""Certified training: every row that certifies was answered by a model that had not seen it."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from numpy.typing import NDArray

from textcat.lemmas import Lemmatizer
from textcat.precision import Certificate
from textcat.training.certified import FEWEST_ROWS, Certified, fit_folds, fit_split
from textcat.training.held_out import Groups
from textcat.training.rows import Fitted, TrainingRows
from textcat.tree import CategoryTree

KINDS = {
    "чай": "Еда > Чай",
    "кофе": "Еда > Кофе",
    "платье": "Одежда > Платья",
    "рубашка": "Одежда > Рубашки",
    "лампа": "Дом > Свет > Лампы",
    "стол": "Дом > Столы",
}
ADJECTIVES = ["белый", "синий", "детский", "стальной", "новый", "большой", "лёгкий", "тёплый"]
BRANDS = [f"{one}{two}{end}" for one in "bdfgklmnp" for two in "aeiou" for end in ("rix", "ton")]
DELTA, SEED = 0.1, 0


def shop(rows: int, mislabelled: float = 0.0, brands: bool = True) -> TrainingRows:
    """Goods of a few kinds, most with a brand; some of them under a category drawn at random."""
    random, tree = np.random.default_rng(1), CategoryTree.from_paths(list(KINDS.values()))
    nouns = random.choice(list(KINDS), rows)
    names = [
        f"{noun} {random.choice(ADJECTIVES)} "
        + (f"{random.choice(BRANDS)} {random.integers(9)}" if brands else f"{random.integers(99)}")
        for noun in nouns
    ]
    paths = [tuple(KINDS[noun].split(" > ")) for noun in nouns]
    leaves = np.array([tree.index(path) for path in paths], np.int32)
    wrong = random.random(rows) < mislabelled
    leaves[wrong] = random.choice(tree.leaves, wrong.sum())
    fitting = {"C": 2.0, "prune": 0.05, "n_jobs": 1, "progress": False, "random_state": 0}
    return TrainingRows(names, leaves, tree, True, Lemmatizer(), 1, fitting)


def groups_of(rows: TrainingRows) -> Groups:
    return Groups.of(rows.names, rows.read, rows.lemmatizer)


def in_folds(rows: TrainingRows, seed: int = SEED) -> Certified:
    return fit_folds(rows, groups_of(rows), DELTA, seed)


def by_a_split(rows: TrainingRows, familiar: int, new: int, seed: int = SEED) -> Certified:
    return fit_split(rows, groups_of(rows), {"familiar": familiar, "new": new}, DELTA, seed)


CATALOGUE = shop(900)


@pytest.fixture(scope="module", autouse=True)
def enough_by_itself() -> Iterator[None]:
    """Let a hundred rows be enough for brands, and for lines, to be certified by themselves."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("textcat.training.certified.FEWEST_BY_ITSELF", 100)
        yield


@pytest.fixture(scope="module", params=["folds", "split"])
def certified(request: pytest.FixtureRequest) -> Certified:
    return in_folds(CATALOGUE) if request.param == "folds" else by_a_split(CATALOGUE, 300, 110)


def weights(fitted: Fitted) -> list[NDArray[np.float32]]:
    branches = fitted.linear_tree.branches.values()
    return [values for each in branches for values in (each.weights.data, each.intercepts)]


def test_familiar_and_new_goods_are_certified(certified: Certified) -> None:
    assert list(certified.certificates) == ["familiar", "new"]
    for goods, found in certified.certificates.items():
        assert (found.goods, found.delta) == (goods, DELTA)
        assert len(found.unknown_shares) == len(found.outcomes)
    # the first word tells the category, whatever the brand; brands come in groups and say less
    assert certified.certificates["familiar"].level(0.95).certified
    assert certified.certificates["new"].level(0.8).certified


def test_new_goods_have_to_be_right_as_new_brands_and_as_new_lines(certified: Certified) -> None:
    assert len(certified.certificates["familiar"].parts) == 1
    assert len(certified.certificates["new"].parts) == 2


def test_brands_and_lines_with_few_rows_are_certified_together(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("textcat.training.certified.FEWEST_BY_ITSELF", 1000)
    (part,) = in_folds(CATALOGUE).certificates["new"].parts
    assert len(part) > 200


def test_new_goods_look_new_to_the_model_that_answered_them(certified: Certified) -> None:
    familiar, new = (each.unknown_shares for each in certified.certificates.values())
    brand, line = (len(part) for part in certified.certificates["new"].parts)
    assert brand + line == len(new)
    # a name has three words, one of which is the brand
    assert new[:brand].mean() > 0.3 > new[brand:].mean()
    assert familiar.mean() < 0.1


def test_the_model_that_ships_is_fitted_on_all_rows(certified: Certified) -> None:
    whole = CATALOGUE.fit(np.ones(len(CATALOGUE.names), bool))
    assert certified.fitted.reader.vocabulary.texts() == whole.reader.vocabulary.texts()
    for found, wanted in zip(weights(certified.fitted), weights(whole), strict=True):
        np.testing.assert_array_equal(found, wanted)


def test_the_model_that_ships_is_calibrated(certified: Certified) -> None:
    untuned = CATALOGUE.fit(np.ones(len(CATALOGUE.names), bool)).linear_tree
    assert certified.fitted.linear_tree.trust is not None
    assert certified.fitted.linear_tree.temperature != untuned.temperature


def test_in_folds_nearly_every_row_certifies() -> None:
    # a row is familiar in its fold, unless that fold keeps its brand or line from the model
    assert 0.7 * 900 < len(in_folds(CATALOGUE).certificates["familiar"].outcomes) <= 900
    without_brands = shop(300, brands=False)
    assert 0.7 * 300 < len(in_folds(without_brands).certificates["familiar"].outcomes) <= 300


def test_a_split_certifies_about_as_many_rows_as_it_keeps_out() -> None:
    certificates = by_a_split(CATALOGUE, 300, 110).certificates
    assert 150 <= len(certificates["familiar"].outcomes) <= 300
    for part in certificates["new"].parts:
        assert 100 <= len(part) <= 120


def test_rows_under_wrong_categories_are_held_against_the_model() -> None:
    # 30 % of the rows have a category drawn at random, of which one in six is right by chance:
    # 3/4 can be right, and no level above is certified, whatever the model has learned by heart
    found = in_folds(shop(600, mislabelled=0.3)).certificates["familiar"]
    assert 0.3 < found.highest < 0.85
    at_leaf = (found.outcomes.right == (found.outcomes.probabilities > 0).sum(axis=1)).mean()
    assert at_leaf == pytest.approx(0.75, abs=0.05)


def same(one: Certificate, other: Certificate) -> bool:
    return bool(
        np.array_equal(one.certified, other.certified)
        and np.array_equal(one.outcomes.probabilities, other.outcomes.probabilities)
        and np.array_equal(one.unknown_shares, other.unknown_shares)
    )


def test_the_same_seed_gives_the_same_certificates_and_another_one_others() -> None:
    rows = shop(300)
    for ways in (
        [in_folds(rows, seed) for seed in (0, 0, 1)],
        [by_a_split(rows, 140, 10, seed) for seed in (0, 0, 1)],
    ):
        first, again, other = (found.certificates["familiar"] for found in ways)
        assert same(first, again)
        assert not same(first, other)


def test_goods_with_too_few_rows_have_no_certificate() -> None:
    rows = shop(300)
    assert list(by_a_split(rows, 150, 10).certificates) == ["familiar"]
    assert by_a_split(rows, FEWEST_ROWS // 2, 20).certificates == {}
    nothing_in_common = shop(150, brands=False)
    assert "new" not in by_a_split(nothing_in_common, 60, 10).certificates
