"""Certificates as arrays: written and read again they are the same."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from simulated_answers import certificate, flat, outcomes_of, random_outcomes

from textcat.precision import Certificate, Outcomes
from textcat.precision.storage import certificate_arrays, certificate_meta, read_certificates

Stored = tuple[dict[str, NDArray[Any]], dict[str, Any]]

NEW = certificate(outcomes_of(*flat(300, 9)), outcomes_of(*flat(100)), goods="new", delta=0.05)
FAMILIAR = certificate(outcomes_of(*flat(50)))
BOTH = {"familiar": FAMILIAR, "new": NEW}


def stored(certificates: dict[str, Certificate]) -> Stored:
    """As a model keeps them: arrays, and what is left as JSON."""
    meta = json.loads(json.dumps(certificate_meta(certificates)))
    return certificate_arrays(certificates), meta


def assert_same(found: Certificate, wanted: Certificate) -> None:
    assert (found.goods, found.delta) == (wanted.goods, wanted.delta)
    assert len(found.parts) == len(wanted.parts)
    for part, other in zip(found.parts, wanted.parts, strict=True):
        for name in ("probabilities", "right", "tops", "groups"):
            np.testing.assert_array_equal(getattr(part, name), getattr(other, name))
    np.testing.assert_array_equal(found.unknown_shares, wanted.unknown_shares)
    np.testing.assert_array_equal(found.certified, wanted.certified)


def test_certificates_are_the_same_after_they_were_stored() -> None:
    found = read_certificates(*stored(BOTH))
    assert list(found) == ["familiar", "new"]
    for goods, wanted in BOTH.items():
        assert_same(found[goods], wanted)


@given(st.lists(random_outcomes(most=20), min_size=1, max_size=3), st.floats(0.01, 0.5))
def test_any_outcomes_can_be_stored(parts: list[Outcomes], delta: float) -> None:
    shares = np.linspace(0, 1, sum(map(len, parts)), dtype=np.float32)
    made = Certificate("given", tuple(parts), shares, certificate(parts[0]).certified, delta)
    assert_same(read_certificates(*stored({"given": made}))["given"], made)


def test_levels_are_the_same_after_storing() -> None:
    found = read_certificates(*stored(BOTH))["new"]
    assert found.level(0.9) == NEW.level(0.9)
    assert found.level(0.99).missing == NEW.level(0.99).missing
    assert found.by_top_level(0.9) == NEW.by_top_level(0.9)


def test_a_model_without_certificates_stores_nothing() -> None:
    assert stored({}) == ({}, {})
    assert read_certificates({}, {}) == {}


def test_arrays_have_the_types_that_they_had() -> None:
    arrays, _ = stored(BOTH)
    types = {name.split("_")[-1]: array.dtype for name, array in arrays.items()}
    assert types == {
        "probabilities": np.float32,
        "right": np.int32,
        "tops": np.int32,
        "groups": np.int32,
        "shares": np.float32,
        "certified": np.float64,
    }


def test_thresholds_of_another_number_are_refused() -> None:
    arrays, meta = stored(BOTH)
    with pytest.raises(ValueError, match="the certificate for new goods is not whole"):
        read_certificates({**arrays, "new_certified": arrays["new_certified"][:-1]}, meta)


def test_a_certificate_without_any_part_is_refused() -> None:
    arrays, meta = stored(BOTH)
    meta["new"]["parts"] = 0
    with pytest.raises(ValueError, match="the certificate for new goods is not whole"):
        read_certificates(arrays, meta)


def test_an_array_that_is_missing_is_named() -> None:
    arrays, meta = stored(BOTH)
    for name in list(arrays):
        rest = {other: array for other, array in arrays.items() if other != name}
        with pytest.raises(KeyError, match=name):
            read_certificates(rest, meta)
