"""TreeClassifier: scikit-learn's contract, labels of every kind, and one answer however asked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from scipy import sparse
from sklearn.base import BaseEstimator, clone
from sklearn.exceptions import NotFittedError
from sklearn.model_selection import GridSearchCV, cross_val_score
from sklearn.pipeline import make_pipeline
from sklearn.utils.estimator_checks import estimator_checks_generator

from textcat.errors import TreeError
from textcat.features.vectorizer import NameVectorizer
from textcat.fitting.classifier import TreeClassifier
from textcat.tree import CategoryTree

# The solver goes through rows in random order until its tolerance: other rows of the same weight
# give slightly other margins. scikit-learn excuses its own LinearSVC from these checks, too.
APPROXIMATE = "the solver stops at a tolerance, so weights equal repeated rows only nearly"
EXPECTED_TO_FAIL = {
    "check_sample_weight_equivalence_on_dense_data": APPROXIMATE,
    "check_sample_weight_equivalence_on_sparse_data": APPROXIMATE,
}
CHECKS = estimator_checks_generator(
    TreeClassifier(), expected_failed_checks=EXPECTED_TO_FAIL, mark="xfail"
)


@pytest.mark.parametrize(
    ("estimator", "check"),
    list(CHECKS),
    ids=lambda value: getattr(getattr(value, "func", value), "__name__", type(value).__name__),
)
def test_scikit_learns_checks(
    estimator: BaseEstimator, check: Callable[[BaseEstimator], None]
) -> None:
    check(estimator)


PATHS = ["Еда > Чай > Зелёный", "Еда > Чай > Чёрный", "Еда > Кофе", "Книги"]


def rows(labels: list[Any], each: int = 12) -> tuple[np.ndarray, np.ndarray]:
    """Rows of every label around a corner of its own, in a shuffled order."""
    random = np.random.default_rng(0)
    classes = random.permutation(np.repeat(np.arange(len(labels)), each))
    X = np.eye(len(labels), 6)[classes] + random.normal(0, 0.1, (len(classes), 6))
    return X, np.array(labels)[classes]


@pytest.fixture(scope="module")
def data() -> tuple[np.ndarray, np.ndarray]:
    return rows(PATHS)


@pytest.fixture(scope="module")
def fitted(data: tuple[np.ndarray, np.ndarray]) -> TreeClassifier:
    return TreeClassifier().fit(*data)


def test_text_labels_are_read_as_paths(
    fitted: TreeClassifier, data: tuple[np.ndarray, np.ndarray]
) -> None:
    X, y = data
    assert fitted.classes_.tolist() == sorted(PATHS)
    assert fitted.tree_ == CategoryTree.from_paths(sorted(PATHS))
    assert (fitted.predict(X) == y).all()


def test_levels_cut_the_predicted_path(fitted: TreeClassifier) -> None:
    X = np.eye(6)[[0, 3]]  # Зелёный and Книги
    assert fitted.predict_level(X, 1).tolist() == ["Еда", "Книги"]
    assert fitted.predict_level(X, 2).tolist() == ["Еда > Чай", "Книги"]
    assert fitted.predict_level(X, 9).tolist() == ["Еда > Чай > Зелёный", "Книги"]
    with pytest.raises(ValueError, match=r"level must be 1 .* but is 0"):
        fitted.predict_level(X, 0)


def test_labels_of_other_types_are_a_flat_tree() -> None:
    X, y = rows([3, 1, 20])
    classifier = TreeClassifier().fit(X, y)
    assert classifier.classes_.tolist() == [1, 3, 20]
    assert classifier.tree_.depth == 1
    assert (classifier.predict(X) == y).all()


def test_another_separator_splits_labels_and_the_usual_one_does_not() -> None:
    X, y = rows(["Чай > чёрный/Ассам", "Кофе"])
    classifier = TreeClassifier(separator="/").fit(X, y)
    assert classifier.tree_.titles == ("Кофе", "Чай > чёрный", "Ассам")
    assert (classifier.predict(X) == y).all()


def test_white_space_around_the_separator_makes_no_other_category() -> None:
    X, y = rows(["Чай >  Ассам", "Кофе"])
    assert (TreeClassifier().fit(X, y).predict(X) == y).all()


def test_two_labels_of_one_category_are_an_error_that_names_them() -> None:
    X, y = rows(["Чай > Ассам", "Чай >  Ассам", "Кофе"])
    with pytest.raises(TreeError, match=r"'Чай >  Ассам', 'Чай > Ассам'.* mean one category"):
        TreeClassifier().fit(X, y)


# «Чехлы» twice, and a category that no row is of
WITH_IDS = CategoryTree.from_rows(
    [(1, None, "Одежда"), (2, 1, "Чехлы"), (3, None, "Телефоны"), (4, 3, "Чехлы"), (5, None, "Сад")]
)


@pytest.mark.parametrize(
    "labels",
    [[2, 4, 1], ["2", "4", "1"], ["Одежда > Чехлы", "Телефоны > Чехлы", "Одежда"]],
    ids=["numbers", "texts", "paths"],
)
def test_labels_may_be_ids_or_paths_of_a_given_tree(labels: list[Any]) -> None:
    X, y = rows(labels)
    classifier = TreeClassifier(WITH_IDS).fit(X, y)
    assert classifier.tree_ is WITH_IDS
    assert (classifier.predict(X) == y).all()
    assert set(classifier.predict_level(X, 1)) == {"Одежда", "Телефоны"}


def test_categories_without_rows_are_never_predicted() -> None:
    X, y = rows(["2", "4"])
    classifier = TreeClassifier(WITH_IDS).fit(X, y)
    assert classifier.predict_proba(X).shape == (len(X), 2)
    np.testing.assert_allclose(classifier.predict_proba(X).sum(axis=1), 1, atol=1e-6)


def test_a_label_that_is_not_in_the_tree_is_named() -> None:
    X, y = rows(["Одежда > Чехлы", "Одежда > Чехл"])
    with pytest.raises(TreeError, match="no category 'Одежда > Чехл' in the tree; closest"):
        TreeClassifier(WITH_IDS).fit(X, y)


def test_one_class_is_certain() -> None:
    X, y = rows(["Дом > Лопаты"])
    assert TreeClassifier().fit(X, y).predict_proba(X).tolist() == [[1.0]] * len(X)


def test_dense_and_sparse_rows_give_the_same_answer(
    fitted: TreeClassifier, data: tuple[np.ndarray, np.ndarray]
) -> None:
    X, y = data
    for kind in (sparse.csr_matrix, sparse.csc_matrix, sparse.csr_array):
        np.testing.assert_array_equal(fitted.predict_proba(kind(X)), fitted.predict_proba(X))
        again = TreeClassifier().fit(kind(X), y)
        np.testing.assert_array_equal(again.predict_proba(X), fitted.predict_proba(X))


def test_the_best_class_alone_is_as_probable_as_among_all(
    fitted: TreeClassifier, data: tuple[np.ndarray, np.ndarray]
) -> None:
    every, best = fitted.predict_proba(data[0]), fitted.predict_proba(data[0], best=1)
    np.testing.assert_array_equal(every.max(axis=1), best.max(axis=1))
    np.testing.assert_array_equal(every.argmax(axis=1), best.argmax(axis=1))
    np.testing.assert_array_equal(np.exp(fitted.predict_log_proba(data[0])), every)


def test_rows_without_weight_are_as_good_as_left_out(
    data: tuple[np.ndarray, np.ndarray],
) -> None:
    X, y = data
    weight = (y != "Книги").astype(float)
    with_weight = TreeClassifier().fit(X, y, sample_weight=weight)
    without = TreeClassifier().fit(X[weight > 0], y[weight > 0])
    assert with_weight.classes_.tolist() == without.classes_.tolist()
    np.testing.assert_array_equal(with_weight.predict_proba(X), without.predict_proba(X))


def test_negative_weights_are_refused(data: tuple[np.ndarray, np.ndarray]) -> None:
    with pytest.raises(ValueError, match=r"[Nn]egative"):
        TreeClassifier().fit(*data, sample_weight=-np.ones(len(data[0])))


@pytest.mark.parametrize("n_jobs", [1, 2])
def test_the_same_seed_gives_the_same_probabilities(
    fitted: TreeClassifier, data: tuple[np.ndarray, np.ndarray], n_jobs: int
) -> None:
    again = TreeClassifier(n_jobs=n_jobs).fit(*data)
    np.testing.assert_array_equal(again.predict_proba(data[0]), fitted.predict_proba(data[0]))


def test_calibration_changes_probabilities_and_no_answer(
    data: tuple[np.ndarray, np.ndarray],
) -> None:
    X, y = data
    random = np.random.default_rng(1)
    noisy = np.where(random.random(len(y)) < 0.3, random.permutation(y), y)
    classifier = TreeClassifier().fit(X, y)
    before = classifier.predict_proba(X)
    assert classifier.calibrate(X, noisy) is classifier
    after = classifier.predict_proba(X)
    assert after.max(axis=1).mean() < before.max(axis=1).mean()
    np.testing.assert_array_equal(after.argmax(axis=1), before.argmax(axis=1))


@pytest.mark.parametrize("temperature", [0, -1, float("nan")])
def test_a_temperature_of_zero_or_less_is_refused(
    data: tuple[np.ndarray, np.ndarray], temperature: float
) -> None:
    with pytest.raises(ValueError, match=f"temperature must be above 0, but is {temperature}"):
        TreeClassifier(temperature=temperature).fit(*data)


def test_parameters_survive_a_clone() -> None:
    classifier = TreeClassifier(WITH_IDS, C=0.5, prune=0.1, random_state=3)
    copy = clone(classifier)
    assert copy.get_params() == classifier.get_params()
    assert copy.set_params(C=1.0).C == 1.0


@pytest.mark.parametrize("method", ["predict", "predict_proba", "predict_log_proba", "calibrate"])
def test_an_unfitted_classifier_says_so(method: str) -> None:
    arguments = ([[1.0]], ["Чай"]) if method == "calibrate" else ([[1.0]],)
    with pytest.raises(NotFittedError):
        getattr(TreeClassifier(), method)(*arguments)


def test_it_is_tuned_by_a_grid_search_and_scored_by_cross_validation(
    data: tuple[np.ndarray, np.ndarray],
) -> None:
    search = GridSearchCV(TreeClassifier(), {"C": [1e-6, 1.0]}, cv=3).fit(*data)
    assert search.best_params_ == {"C": 1.0}
    assert cross_val_score(TreeClassifier(), *data, cv=3).mean() > 0.9


def test_it_ends_a_pipeline_that_starts_with_names(catalogue: list[tuple[str, str]]) -> None:
    names, paths = zip(*catalogue, strict=True)
    pipeline = make_pipeline(NameVectorizer(), TreeClassifier()).fit(names, paths)
    assert pipeline.score(names, paths) > 0.9
    assert pipeline.predict(["кефир 1%"]).tolist() == ["Еда > Молочное"]
