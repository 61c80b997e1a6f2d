"""Names as callers pass them: one or many, text or not."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from textcat.errors import TextcatError
from textcat.names import is_one_name, read_name, read_names

NAMES = ["Чай", "Кофе 250г"]


@pytest.mark.parametrize(
    "several", [list, tuple, iter, deque, np.array, pd.Series, pd.Index, pd.array]
)
def test_anything_that_yields_names_is_several(several: Callable[[Any], Any]) -> None:
    assert not is_one_name(several(NAMES))
    assert read_names(several(NAMES)) == NAMES


def test_a_generator_is_read_once_and_in_order() -> None:
    assert read_names(name for name in NAMES) == NAMES


def test_a_polars_column_is_several_names() -> None:
    polars = pytest.importorskip("polars")
    assert read_names(polars.Series(["Чай", None])) == ["Чай", ""]


def test_a_categorical_column_is_several_names() -> None:
    assert read_names(pd.Series([*NAMES, None], dtype="category")) == [*NAMES, ""]


@pytest.mark.parametrize(
    "name", ["Чай", "", b"tea", bytearray(b"tea"), memoryview(b"tea"), np.str_("Чай")]
)
def test_text_and_bytes_are_one_name(name: object) -> None:
    assert is_one_name(name)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("Чай", "Чай"),
        (" Чай ", " Чай "),  # spaces change no answer
        ("", ""),
        (b"tea", "tea"),
        ("Чай".encode(), "Чай"),
        ("Чай".encode("cp1251"), "Чай"),
        (np.str_("Чай"), "Чай"),
        (np.bytes_(b"tea"), "tea"),
        (7, "7"),
        (7.0, "7"),
        (2.5, "2.5"),
        (np.int64(7), "7"),
        (Decimal("2.50"), "2.50"),
        (True, "1"),
        (None, ""),
        (float("nan"), ""),
        (np.nan, ""),
        (pd.NA, ""),
        (pd.NaT, ""),
        ("\ud800\0‏", "\ud800\0‏"),
    ],
)
def test_a_value_is_read_as_text_and_a_missing_one_as_an_empty_name(
    value: object, text: str
) -> None:
    assert read_name(value) == text
    assert read_names([value, "Чай"]) == [text, "Чай"]


@pytest.mark.parametrize(
    ("names", "message"),
    [
        (["Чай", ["Кофе"]], r"name 2: \['Кофе'\] is a list, not text\. Pass names as text\."),
        ([{"name": "Чай"}], r"name 1: \{'name': 'Чай'\} is a dict, not text"),
        (["Чай", object], r"name 2: <class 'object'> is a type, not text"),
        (np.array([["Чай", "Кофе"]]), r"name 1: .* is a ndarray, not text"),
        (7, r"7 is neither a name nor several; pass text or a list of it"),
        (None, r"None is neither a name nor several"),
        ("Чай", r"several names are needed, but 'Чай' is one; put it in a list"),
        (pd.DataFrame({"name": NAMES}), r"a whole table is given; .* as in table\['name'\]"),
        ({"name": NAMES}, r"a whole table is given"),
    ],
)
def test_what_holds_no_names_is_an_error_that_says_what_to_pass(
    names: object, message: str
) -> None:
    with pytest.raises(TextcatError, match=message):
        read_names(names)


@given(st.text(st.characters(exclude_categories=[])))
def test_any_text_stays_as_it_is(name: str) -> None:
    assert read_name(name) == name
