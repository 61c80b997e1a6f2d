"""Models of earlier days, and damaged ones: what they have for vectors."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import textcat
from textcat import CategoryModel, StorageError
from textcat.storage import load_directory, save_directory


def _written_again(
    directory: Path, change: Callable[[dict[str, Any], dict[str, Any]], None]
) -> Path:
    stored = load_directory(directory)
    arrays, meta = dict(stored.arrays), dict(stored.meta)
    change(arrays, meta)
    save_directory(directory, meta, arrays, stored.strings)
    return directory


def test_a_model_saved_before_there_were_vectors_has_those_it_would_be_trained_with(
    model: CategoryModel, names: list[str], tmp_path: Path
) -> None:
    def without(arrays: dict[str, Any], meta: dict[str, Any]) -> None:
        del arrays["category_keys"], meta["dim"]

    model.save(tmp_path / "model")
    old = textcat.load(_written_again(tmp_path / "model", without))
    assert np.array_equal(old.encode(names), model.encode(names))


@pytest.mark.parametrize(
    ("array", "dim"),
    [
        (np.zeros(3, np.uint64), 128),
        (np.zeros(0, np.uint64), 128),
        (np.zeros((2, 2), np.uint64), 128),
        (np.zeros(2, np.int64), 128),
        (np.zeros(2, np.uint64), -5),
        (np.zeros(2, np.uint64), "128"),
        (np.zeros(2, np.uint64), 1e99),
    ],
)
def test_what_is_no_space_of_the_tree_is_refused(
    array: np.ndarray[Any, Any], dim: object, tmp_path: Path
) -> None:
    def broken(arrays: dict[str, Any], meta: dict[str, Any]) -> None:
        arrays["category_keys"], meta["dim"] = array, dim

    textcat.train([("Чай", "Чай"), ("Кофе", "Кофе")], n_jobs=1).save(tmp_path / "model")
    with pytest.raises(StorageError, match="is not whole"):
        textcat.load(_written_again(tmp_path / "model", broken))


def test_vectors_take_eight_bytes_a_category_on_disk(model: CategoryModel, tmp_path: Path) -> None:
    def size(dim: int) -> int:
        model.with_vectors(dim).save(tmp_path / "model")
        return sum(file.stat().st_size for file in (tmp_path / "model").glob("*.npy"))

    assert size(128) == size(4096) == size(0)
    (keys,) = (tmp_path / "model").glob("category_keys.*")
    assert keys.stat().st_size <= 8 * len(model.tree) + 200
