"""NameVectorizer: names to features as scikit-learn and joblib want it."""

from __future__ import annotations

import pickle

import numpy as np
import pytest
from joblib import Parallel, delayed, parallel_config
from sklearn.base import clone
from sklearn.exceptions import NotFittedError
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GridSearchCV
from sklearn.pipeline import make_pipeline

from textcat.errors import TextcatError
from textcat.features.vectorizer import NameVectorizer

# scikit-learn's own checks cannot run: they make numeric tables, and it skips estimators that
# only read text. What they would check is checked here.


@pytest.fixture(scope="module")
def fitted(names: list[str]) -> NameVectorizer:
    return NameVectorizer().fit(names)


def test_fit_transform_gives_what_fit_and_transform_give(
    fitted: NameVectorizer, names: list[str]
) -> None:
    X = NameVectorizer().fit_transform(names)
    assert X.shape == (len(names), len(fitted.get_feature_names_out()))
    np.testing.assert_array_equal(fitted.transform(names).toarray(), X.toarray())


def test_features_have_distinct_names_one_a_column(fitted: NameVectorizer) -> None:
    texts = fitted.get_feature_names_out()
    assert texts.dtype == object
    assert len(set(texts)) == len(texts)
    row = fitted.transform(["кефир"])
    assert sorted(texts[row.indices]) == ["h=кефир", "l=кефир", "p=кеф", "p=кефи", "w=кефир"]


def test_an_unknown_or_empty_name_has_an_empty_row(fitted: NameVectorizer) -> None:
    assert fitted.transform(["Ъ", "", None, float("nan")]).nnz == 0


@pytest.mark.parametrize("parameters", [{}, {"analyser": "none", "min_count": 3, "cache_size": 1}])
def test_parameters_survive_a_clone(parameters: dict[str, object]) -> None:
    vectorizer = NameVectorizer(**parameters)
    assert clone(vectorizer).get_params() == vectorizer.get_params()
    assert vectorizer.get_params().items() >= parameters.items()


def test_fitting_changes_no_parameter_and_forgets_the_last_fit(names: list[str]) -> None:
    vectorizer = NameVectorizer(analyser="none")
    before = vectorizer.get_params()
    once = vectorizer.fit(names[:9]).get_feature_names_out().tolist()
    assert vectorizer.fit(names).fit(names[:9]).get_feature_names_out().tolist() == once
    assert vectorizer.get_params() == before


def test_the_analyser_decides_what_a_lemma_is() -> None:
    lemmas = {
        analyser: NameVectorizer(analyser).fit(["кошками"]).get_feature_names_out().tolist()
        for analyser in ("pymorphy3", "stem", "none")
    }
    assert "l=кошка" in lemmas["pymorphy3"]
    assert "l=кошк" in lemmas["stem"]
    assert "l=кошками" in lemmas["none"]


def test_an_unknown_analyser_is_named_when_fitting() -> None:
    with pytest.raises(TextcatError, match="'mystem'"):
        NameVectorizer(analyser="mystem").fit(["чай"])


def test_an_unfitted_vectorizer_says_so() -> None:
    with pytest.raises(NotFittedError):
        NameVectorizer().transform(["чай"])
    with pytest.raises(NotFittedError):
        NameVectorizer().get_feature_names_out()


def test_one_name_instead_of_several_is_refused(fitted: NameVectorizer) -> None:
    for ask in (fitted.transform, NameVectorizer().fit):
        with pytest.raises(TextcatError, match="'чай' is one; put it in a list"):
            ask("чай")


def test_a_pickled_copy_gives_the_same_rows(fitted: NameVectorizer, names: list[str]) -> None:
    copy = pickle.loads(pickle.dumps(fitted))
    np.testing.assert_array_equal(
        copy.transform(names).toarray(), fitted.transform(names).toarray()
    )


def test_joblibs_processes_give_the_same_rows(fitted: NameVectorizer, names: list[str]) -> None:
    parts = Parallel(n_jobs=2)(delayed(fitted.transform)(part) for part in (names[:30], names[30:]))
    together = np.vstack([part.toarray() for part in parts])
    np.testing.assert_array_equal(together, fitted.transform(names).toarray())


@pytest.mark.parametrize("backend", ["threading", "loky"])
def test_a_grid_search_tries_its_parameters(backend: str) -> None:
    names = ["Чай зелёный", "Чай чёрный", "Кофе молотый", "Кофе в зёрнах"] * 3
    pipeline = make_pipeline(NameVectorizer(), LogisticRegression(C=100))
    with parallel_config(backend=backend):
        grid = {"namevectorizer__analyser": ["none", "stem"]}
        search = GridSearchCV(pipeline, grid, cv=2, n_jobs=2).fit(
            names, ["Чай", "Чай", "Кофе", "Кофе"] * 3
        )
    assert search.predict(["чай", "кофе"]).tolist() == ["Чай", "Кофе"]
