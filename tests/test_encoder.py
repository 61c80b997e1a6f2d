"""NameEncoder: names to vectors as scikit-learn and joblib want it."""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from joblib import parallel_config
from sklearn.base import clone
from sklearn.exceptions import NotFittedError
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GridSearchCV, cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.utils import estimator_checks

import textcat
from textcat import CategoryModel, NameEncoder, NameVectorizer, TextcatError

NAMES = ["Чай зелёный", "Чай чёрный", "Кофе молотый", "Кофе в зёрнах"] * 3
Y = ["Чай", "Чай", "Кофе", "Кофе"] * 3

# The others make numeric tables; scikit-learn itself leaves them out for what only reads text.
CHECKS = [
    "check_estimator_cloneable",
    "check_estimator_repr",
    "check_get_params_invariance",
    "check_mixin_order",
    "check_no_attributes_set_in_init",
    "check_parameters_default_constructible",
    "check_set_params",
    "check_valid_tag_types",
]


@pytest.fixture(scope="module")
def fitted() -> NameEncoder:
    return NameEncoder(dim=16).fit(NAMES, Y)


@pytest.mark.parametrize("estimator", [NameEncoder(), NameVectorizer()])
@pytest.mark.parametrize("check", CHECKS)
def test_scikit_learns_checks_that_need_no_table_pass(check: str, estimator: Any) -> None:
    getattr(estimator_checks, check)(type(estimator).__name__, estimator)


def test_it_gives_the_vectors_of_the_model_that_it_trains(fitted: NameEncoder) -> None:
    model = textcat.train(list(zip(NAMES, Y, strict=True)), calibration=None, dim=16, n_jobs=1)
    assert np.array_equal(fitted.transform(NAMES), model.encode(NAMES))
    assert np.array_equal(NameEncoder(dim=16).fit_transform(NAMES, Y), model.encode(NAMES))


def test_a_given_model_is_taken_as_it_is(model: CategoryModel, tmp_path: Path) -> None:
    model.save(tmp_path / "model")
    for given in (model, tmp_path / "model", str(tmp_path / "model")):
        encoder = NameEncoder(model=given).fit(["гвозди"])
        assert np.array_equal(encoder.transform(NAMES), model.encode(NAMES))
    short = NameEncoder(dim=7, model=model.with_vectors(0)).fit([])
    assert short.transform(NAMES).shape == (12, 7)


def test_clones_share_a_given_model(model: CategoryModel) -> None:
    assert clone(NameEncoder(model=model)).model is model


@pytest.mark.parametrize(
    "y", [[0, 0, 1, 1] * 3, [("Еда", "Чай"), "Еда > Чай", "Еда > Кофе", ("Еда", "Кофе")] * 3]
)
def test_labels_may_be_paths_or_anything_else(y: list[Any]) -> None:
    encoder = NameEncoder(dim=16).fit(NAMES, y)
    assert len(encoder.model_.tree.leaves) == 2


def test_names_without_categories_teach_nothing() -> None:
    with pytest.raises(TextcatError, match=r"NameEncoder\(model="):
        NameEncoder().fit(NAMES)
    with pytest.raises(ValueError, match="inconsistent"):
        NameEncoder().fit(NAMES, Y[:-1])


def test_an_unfitted_encoder_says_so() -> None:
    with pytest.raises(NotFittedError):
        NameEncoder().transform(NAMES)
    with pytest.raises(NotFittedError):
        NameEncoder().get_feature_names_out()


def test_a_pickled_copy_gives_the_same_vectors(fitted: NameEncoder) -> None:
    copy = pickle.loads(pickle.dumps(fitted))
    assert np.array_equal(copy.transform(NAMES), fitted.transform(NAMES))


@pytest.mark.parametrize(("backend", "jobs"), [("threading", 2), ("loky", 2)])
def test_a_grid_search_tries_lengths(backend: str, jobs: int) -> None:
    pipeline = make_pipeline(NameEncoder(), LogisticRegression())
    grid = {"nameencoder__dim": [8, 32]}
    with parallel_config(backend=backend):
        search = GridSearchCV(pipeline, grid, cv=2, n_jobs=jobs).fit(NAMES, Y)
    assert search.best_score_ == 1
    assert search.predict(["чай", "кофе"]).tolist() == ["Чай", "Кофе"]


def test_a_given_model_is_shared_by_the_folds_of_a_cross_validation(model: CategoryModel) -> None:
    pipeline = make_pipeline(NameEncoder(model=model), LogisticRegression(C=100))
    assert cross_val_predict(pipeline, NAMES, Y, cv=2).tolist() == Y
