"""Names are read in blocks, by one process or several, and it makes no difference."""

from __future__ import annotations

import numpy as np
import pytest

from textcat.features.reading import ReadNames
from textcat.lemmas import Lemmatizer

NAMES = [
    f"Шампунь «{word}» {number}мл" for number, word in enumerate(["Чистая линия", "Clear"] * 9)
]


def read(n_jobs: int | None) -> tuple[list[str], list[list[int]]]:
    found = ReadNames.of(NAMES, Lemmatizer(), n_jobs)
    return found.texts, [part.tolist() for part in found.ids[1:]]


def test_several_processes_read_the_same_as_one(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = read(None)
    monkeypatch.setattr("textcat.features.reading.BLOCK", 5)
    assert read(None) == whole
    assert read(2) == whole


def test_lemmas_that_other_processes_found_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("textcat.features.reading.BLOCK", 5)
    lemmatizer = Lemmatizer()
    ReadNames.of(["новых ёлок"] * 3 + [f"чая {number}" for number in range(20)], lemmatizer, 2)
    assert dict(lemmatizer.remembered) == {"новых": "новый", "ёлок": "елка", "чая": "чай"}


def test_a_vocabulary_is_learned_of_the_names_chosen() -> None:
    found = ReadNames.of(["чай зелёный", "кофе", "чай"], Lemmatizer())
    vocabulary, X = found.learn(np.array([True, False, True]), min_count=2)
    assert set(vocabulary.singles) == {"w=чай", "l=чай", "h=чай"}
    assert X.shape == (3, 3)
    assert np.diff(X.indptr).tolist() == [3, 0, 3]
