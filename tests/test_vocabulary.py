"""The vocabulary: TF-IDF with arrays, which gives what the readable definition gives."""

from __future__ import annotations

import math
from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

from textcat.features.extraction import KIND_WEIGHTS, name_features
from textcat.features.name_reader import NameReader
from textcat.features.reading import learn_vocabulary
from textcat.features.vocabulary import Vocabulary
from textcat.lemmas import Lemmatizer

LEMMATIZER = Lemmatizer()
PIECES = [
    "Чай", "чая", "зелёный", "Ahmad", "100г", "2,5%", "д/кошек", "р.42-44", "A54", "USB-C",
    "КормДляКошек", "4х75мм", "№3", "игруш.", "cиликон", "128", "Gb", "...", "🍵", "\ud800", "\0",
]  # fmt: skip
NAMES = st.lists(
    st.lists(st.sampled_from(PIECES) | st.text(max_size=8), max_size=5).map(" ".join), max_size=5
)


def learn(names: list[str], min_count: int = 1) -> tuple[Vocabulary, sparse.csr_matrix]:
    return learn_vocabulary(names, LEMMATIZER, min_count)


def columns(vocabulary: Vocabulary, X: sparse.csr_matrix) -> list[dict[str, float]]:
    """Every row as text of a feature -> value."""
    texts = vocabulary.texts()
    return [
        {texts[j]: value for j, value in zip(row.indices.tolist(), row.data.tolist(), strict=True)}
        for row in X
    ]


def readable_tf_idf(names: list[str], learned: list[str]) -> list[dict[str, float]]:
    """TF-IDF of names after learning others, one feature of one name at a time."""
    documents = [{f.text for f in name_features(name, LEMMATIZER)} for name in learned]
    frequency = Counter(text for document in documents for text in document)
    rows = []
    for name in names:
        counts = Counter(f.text for f in name_features(name, LEMMATIZER) if f.text in frequency)
        row = {
            text: (1 + math.log(count))
            * (math.log((1 + len(learned)) / (1 + frequency[text])) + 1)
            * (1.0 if " " in text else KIND_WEIGHTS.get(text[0], 1.0))
            for text, count in counts.items()
        }
        length = math.sqrt(sum(value**2 for value in row.values()))
        rows.append({text: value / length for text, value in row.items()})
    return rows


@given(NAMES, NAMES)
def test_arrays_give_what_the_readable_definition_gives(
    learned: list[str], names: list[str]
) -> None:
    vocabulary, X = learn(learned)
    assert columns(vocabulary, X) == [
        pytest.approx(row, rel=1e-5) for row in readable_tf_idf(learned, learned)
    ]
    found = columns(vocabulary, NameReader(vocabulary, LEMMATIZER).matrix(names))
    assert found == [pytest.approx(row, rel=1e-5) for row in readable_tf_idf(names, learned)]


def test_a_value_worked_out_on_paper() -> None:
    # two names; «чай» stands in both: idf ln(3/3) + 1 = 1, «x» in one: ln(3/2) + 1 = 1.405
    vocabulary, X = learn(["чай X чай", "чай"])
    tf = 1 + math.log(2)
    first, second = columns(vocabulary, X)
    assert first["l=чай"] / first["l=x"] == pytest.approx(tf / (math.log(1.5) + 1))
    assert first["w=чай"] == first["l=чай"]
    assert second["h=чай"] / second["l=чай"] == pytest.approx(KIND_WEIGHTS.get("h", 1.0))


@given(NAMES)
def test_rows_have_length_one_or_nothing_and_columns_in_order(names: list[str]) -> None:
    _, X = learn(names)
    lengths = np.sqrt(np.asarray(X.multiply(X).sum(axis=1)).ravel())
    np.testing.assert_allclose(lengths, np.diff(X.indptr) > 0, atol=1e-5)
    assert X.has_canonical_format
    assert X.dtype == np.float32


@given(NAMES)
def test_learning_gives_the_matrix_that_reading_gives(names: list[str]) -> None:
    vocabulary, learned = learn(names)
    read = NameReader(vocabulary, LEMMATIZER).matrix(names)
    assert read.shape == learned.shape == (len(names), len(vocabulary))
    np.testing.assert_array_equal(read.toarray(), learned.toarray())


def test_a_name_has_the_same_row_in_any_batch(names: list[str]) -> None:
    vocabulary, together = learn(["", *names])
    reader = NameReader(vocabulary, LEMMATIZER, cache_size=2)
    for name, row in zip(["", *names], together, strict=True):
        np.testing.assert_array_equal(reader.matrix([name]).toarray(), row.toarray())


def test_every_feature_has_one_column_and_tells_it() -> None:
    vocabulary, _ = learn(["Чай зелёный 100г", "Кофе молотый 100 г"])
    texts = vocabulary.texts()
    assert len(texts) == len(set(texts)) == len(vocabulary)
    assert [vocabulary.column_of(text) for text in texts] == list(range(len(vocabulary)))
    assert {"l=чай", "l=чай l=зеленый"} <= set(texts)


@pytest.mark.parametrize("text", ["l=гвоздь", "l=чай l=гвоздь", "l=зеленый l=чай", "", " "])
def test_what_was_not_learned_has_no_column(text: str) -> None:
    vocabulary, _ = learn(["чай зелёный"])
    assert vocabulary.column_of(text) is None


def test_an_abbreviation_of_several_words_has_a_column() -> None:
    vocabulary, _ = learn(["куртка девоч."])
    assert None not in map(vocabulary.column_of, vocabulary.texts())


def test_features_in_too_few_names_are_not_learned() -> None:
    vocabulary, X = learn(["чай зелёный", "чай чёрный", "чай чай"], min_count=2)
    assert set(vocabulary.texts()) == {"w=чай", "l=чай", "h=чай"}
    assert np.diff(X.indptr).tolist() == [3, 3, 3]


def test_nothing_may_be_learned_at_all() -> None:
    vocabulary, X = learn(["чай", "кофе"], min_count=2)
    assert (len(vocabulary), X.shape) == (0, (2, 0))
    assert NameReader(vocabulary, LEMMATIZER).matrix(["чай"]).shape == (1, 0)


def test_no_names_give_no_rows() -> None:
    vocabulary, X = learn([])
    assert X.shape == (0, 0)
    assert NameReader(learn(["чай"])[0], LEMMATIZER).matrix([]).shape == (0, 3)
    assert vocabulary.texts() == []
