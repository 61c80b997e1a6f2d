"""Texts by number and numbers by text."""

from __future__ import annotations

import pickle
from itertools import pairwise
from random import Random
from zlib import crc32

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from textcat.arrays.numbered_texts import NumberedTexts

TEXTS = st.lists(st.text(max_size=6), unique=True, max_size=30)


@given(TEXTS)
def test_every_text_has_its_place_and_is_found_again(texts: list[str]) -> None:
    numbered = NumberedTexts.of(texts)
    assert len(numbered) == len(texts)
    assert list(numbered) == numbered[:] == texts
    assert numbered.find(texts).tolist() == list(range(len(texts)))


@given(TEXTS, st.text(max_size=6))
def test_another_text_is_not_found(texts: list[str], other: str) -> None:
    expected = texts.index(other) if other in texts else -1
    assert NumberedTexts.of(texts).find([other, *texts])[0] == expected


def test_texts_with_equal_checksums_are_told_apart() -> None:
    # the best known pair of words with one CRC-32
    first, second, third = "plumless", "buckeroo", "чай"
    assert crc32(first.encode()) == crc32(second.encode())
    for texts in ([first, second, third], [third, second, first]):
        numbered = NumberedTexts.of(texts)
        assert numbered.find(texts).tolist() == [0, 1, 2]
    assert NumberedTexts.of([first, third]).find([second]).tolist() == [-1]


@given(st.lists(st.text(max_size=6), unique=True, min_size=40, max_size=60), st.randoms())
def test_many_texts_are_found_as_each_of_them_is(texts: list[str], random: Random) -> None:
    numbered = NumberedTexts.of([*texts[::2], "plumless"])
    asked = [*texts, "plumless", "buckeroo", texts[0]]
    random.shuffle(asked)
    assert numbered.find(asked).tolist() == [numbered.find([text])[0] for text in asked]


def test_lone_surrogates_are_texts_like_others() -> None:
    numbered = NumberedTexts.of(["чай", "\ud800"])
    assert (numbered[1], numbered.find(["\ud800"]).tolist()) == ("\ud800", [1])


def test_a_number_beyond_the_last_is_an_error() -> None:
    numbered = NumberedTexts.of(["чай", "кофе"])
    assert numbered[-1] == "кофе"
    with pytest.raises(IndexError):
        numbered[2]


def test_a_copy_through_pickle_is_the_same() -> None:
    numbered = NumberedTexts.of(["чай", "кофе"])
    assert list(pickle.loads(pickle.dumps(numbered))) == ["чай", "кофе"]


def test_checksums_ascend_so_that_they_can_be_searched() -> None:
    checksums = NumberedTexts.of(map(str, range(100))).arrays["checksums"].tolist()
    assert all(before <= after for before, after in pairwise(checksums))


@pytest.mark.parametrize("part", ["text", "starts", "checksums", "numbers"])
def test_arrays_that_do_not_fit_together_are_refused(part: str) -> None:
    arrays = NumberedTexts.of(["чай", "кофе"]).arrays
    arrays[part] = np.concatenate([arrays[part], arrays[part][-1:]])
    with pytest.raises(ValueError, match="do not fit together"):
        NumberedTexts(**arrays)
