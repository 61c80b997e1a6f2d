"""A model from a place that nobody trusts: it is refused, or it answers; it never does harm."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
import pytest

import textcat
from textcat.errors import StorageError
from textcat.storage import load_directory, save_directory

TESTS = Path(__file__).parent
MUTANTS = 800  # benchmarks/fuzz_load.py tries as many as there is time for


@pytest.mark.skipif(os.name != "posix", reason="limits what a process may take")
def test_a_mutant_is_refused_or_answers(whole: Path) -> None:
    command = [sys.executable, TESTS / "try_mutants.py", whole, "0", str(MUTANTS)]
    ended = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert ended.returncode == 0, ended.stderr[-3000:]
    *wrong, came = ended.stdout.splitlines()
    assert not wrong, "\n".join(wrong)
    assert sum(json.loads(came).values()) == MUTANTS
    assert len(json.loads(came)) == 2  # some are refused, some answer


def with_array(name: str, change: Callable[[Any], Any]) -> Callable[..., Any]:
    """A model whose array is another one, saved as if it were its own."""

    def changed(meta: Any, arrays: Any, strings: Any) -> Any:
        return meta, {**arrays, name: change(np.array(arrays[name]))}, strings

    return changed


def with_meta(**values: Any) -> Callable[..., Any]:
    return lambda meta, arrays, strings: ({**meta, **values}, arrays, strings)


def put(place: int, value: Any) -> Callable[[Any], Any]:
    """The same array with another element."""

    def changed(array: Any) -> Any:
        array.flat[place] = value
        return array

    return changed


FORGED: dict[str, tuple[Callable[..., Any], str]] = {
    "a category is its own parent": (with_array("tree_parents", put(3, 3)), "depth-first"),
    "two categories are each other's": (with_array("tree_parents", put(0, 1)), "depth-first"),
    "a slot is its own parent": (with_array("slot_parents", put(-1, 10**6)), "slot_parents"),
    "slots turn round": (with_array("slot_parents", lambda array: array[::-1]), "slot_parents"),
    "a slot of no category": (with_array("slot_categories", put(4, 999)), "slot_categories"),
    "a slot of another branch": (with_array("slot_categories", put(-1, 0)), "slot_categories"),
    "a branch begins too late": (with_array("branch_weights", put(1, 10**9)), "branch_weights"),
    "a branch begins before": (with_array("branch_features", put(1, -5)), "branch_features"),
    "a branch twice": (with_array("branch_slots", put(0, 1)), "branch_slots"),
    "weights of no child": (with_array("children", put(7, 99)), "do not make rows"),
    "rows of weights end before they begin": (with_array("row_starts", put(3, 0)), "make rows"),
    "an intercept too few": (with_array("intercepts", lambda array: array[1:]), "intercepts"),
    "a feature beyond the last": (with_array("features", put(-1, 10**8)), "features lie between"),
    "a feature before the first": (with_array("features", put(0, -1)), "features lie between"),
    "weights without end": (with_array("weights", put(5, np.inf)), "weights lie between"),
    "a weight that is no number": (with_array("weights", put(5, np.nan)), "weights lie between"),
    "an intercept that is no number": (with_array("intercepts", put(0, np.nan)), "intercepts lie"),
    "features of no weight": (with_array("idf", lambda array: 0 * array), "idf lie between"),
    "a feature of weight NaN": (with_array("idf", put(9, np.nan)), "idf lie between"),
    "a pair of unknown features": (with_array("pairs", put(-1, 2**62)), "pairs lie between"),
    "texts that overlap": (with_array("singles_starts", put(3, 0)), "singles_starts"),
    "texts beyond the last": (with_array("singles_numbers", put(3, 10**6)), "singles_numbers"),
    "a text named twice": (with_array("singles_numbers", put(3, 0)), "singles_numbers"),
    "checksums in no order": (
        with_array("singles_checksums", lambda array: array[::-1]), "singles_checksums fall",
    ),
    "texts that are all looked through": (
        with_array("singles_checksums", lambda array: np.sort(array * 0 + crc32("w=чай".encode()))),
        "nearly all the same",
    ),
    "a lemma beyond the last": (with_array("lemmas", put(3, 10**6)), "lemmas"),
    "a lemma before the first": (with_array("lemmas", put(3, -7)), "lemmas"),
    "integers of another length": (
        with_array("children", lambda array: array.astype(np.int64)), "children is no row of int32"
    ),
    "integers of another order": (
        with_array("children", lambda array: array.astype(">i4")), "children is no row of int32"
    ),
    "a table in the place of a row": (
        with_array("weights", lambda array: array[None]), "weights is no row of float32"
    ),
    "a temperature of 0": (with_meta(temperature=0), "the temperature is 0"),
    "a temperature that is no number": (with_meta(temperature=float("nan")), "temperature is nan"),
    "a temperature without end": (with_meta(temperature=1e300), "temperature is 1e.300"),
    "trust without end": (with_meta(trust={"intercept": float("inf")}), "intercept of the trust"),
    "trust in words": (with_meta(trust={"lead": "much"}), "lead of the trust is 'much'"),
    "a memory without end": (
        with_meta(lemmatizer={"analyser": "stem", "unknown_words": "stem", "cache_size": 10**18}),
        "cache_size",
    ),
    "facts of another kind": (with_meta(facts={"rows": "many"}), "'rows' of the facts"),
    "certificates as a list": (with_meta(certificates=[1]), "AttributeError"),
    "a certificate of 10¹² parts": (
        with_meta(certificates={"given": {"parts": 10**12, "delta": 0.1}}), "KeyError"
    ),
    "a certificate at no risk": (
        with_meta(certificates={"given": {"parts": 1, "delta": 0}}), "delta of a certificate"
    ),
    "a precision above 1": (with_array("given_certified", put(0, 1.5)), "what is certified"),
    "a probability above 1": (with_array("given_0_probabilities", put(0, 7)), "probabilities lie"),
    "more right levels than there are": (with_array("new_0_right", put(0, 99)), "right lie"),
    "groups that would fill all memory": (with_array("new_0_groups", put(0, 2**31 - 1)), "groups"),
    "a share of unknown words above 1": (
        with_array("new_unknown_shares", put(0, np.nan)), "unknown_shares lie"
    ),
}  # fmt: skip


@pytest.mark.parametrize(("change", "message"), FORGED.values(), ids=FORGED)
def test_what_no_training_makes_is_refused_though_all_checksums_are_right(
    whole: Path, tmp_path: Path, change: Callable[..., Any], message: str
) -> None:
    stored = load_directory(whole)
    save_directory(tmp_path, *change(stored.meta, stored.arrays, stored.strings))
    with pytest.raises(StorageError, match=message) as error:
        textcat.load(tmp_path)
    assert str(tmp_path) in str(error.value)


def test_a_tree_so_deep_that_its_ways_would_fill_all_memory_is_refused(
    whole: Path, tmp_path: Path
) -> None:
    stored, deep = load_directory(whole), np.arange(-1, 8191, dtype=np.int32)
    ids = [str(number) for number in range(len(deep))]
    arrays = {**stored.arrays, "tree_parents": deep}
    save_directory(
        tmp_path, stored.meta, arrays, {**stored.strings, "tree_ids": ids, "tree_titles": ids}
    )
    with pytest.raises(StorageError, match="a tree of 8,192 categories and 8,192 levels is too"):
        textcat.load(tmp_path)


def test_texts_that_are_no_texts_are_shown_as_far_as_they_are(whole: Path, tmp_path: Path) -> None:
    stored = load_directory(whole)
    spoilt = with_array("singles_text", lambda array: array | 0x80)
    save_directory(tmp_path, *spoilt(stored.meta, stored.arrays, stored.strings))
    model = textcat.load(tmp_path)
    assert not model.predict("чай", precision=None)
    assert "\ufffd" in model.reader.vocabulary.texts()[0]
