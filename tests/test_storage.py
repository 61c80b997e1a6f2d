"""A model directory: what goes in comes out, and no crash, cut or change goes unnoticed."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.typing import NDArray

import textcat
from textcat.errors import StorageError
from textcat.storage import load_directory, save_directory

META = {"tree": "2024-05", "figures": {"accuracy": 0.877, "rows": 1000}, "note": "чай \ud800"}
ARRAYS = {"weights": np.arange(6, dtype=np.float32).reshape(2, 3), "bias": np.float64(0.5)}
STRINGS = {"titles": ["Чай", "", "\ud800\n\0", "🍵"], "none": []}


def save(directory: Path, seed: int = 0) -> None:
    save_directory(directory, {**META, "seed": seed}, {"weights": np.full(100, seed)}, STRINGS)


def seed_of(directory: Path) -> int:
    stored = load_directory(directory)
    assert stored.arrays["weights"].tolist() == [stored.meta["seed"]] * 100
    return int(stored.meta["seed"])


@pytest.fixture
def model(tmp_path: Path) -> Path:
    save(tmp_path / "model")
    return tmp_path / "model"


def test_what_is_saved_is_loaded(tmp_path: Path) -> None:
    save_directory(tmp_path / "new" / "model", META, ARRAYS, STRINGS)
    stored = load_directory(str(tmp_path / "new" / "model"))
    assert stored.meta == META
    assert stored.strings == STRINGS
    assert {name: array.tolist() for name, array in stored.arrays.items()} == {
        "weights": [[0, 1, 2], [3, 4, 5]],
        "bias": 0.5,
    }
    assert stored.library_version == textcat.__version__
    assert stored.created.endswith("+00:00")


DTYPES = st.one_of(
    hnp.scalar_dtypes(),
    hnp.unicode_string_dtypes(),
    hnp.byte_string_dtypes(),
    hnp.array_dtypes(hnp.scalar_dtypes()),
)
SHAPES = hnp.array_shapes(min_dims=0, min_side=0)


@settings(max_examples=30)  # each waits for the disk
@given(hnp.arrays(DTYPES, SHAPES), st.lists(st.text(st.characters(exclude_categories=[]))))
def test_any_array_and_any_strings_come_back_equal(array: NDArray[Any], strings: list[str]) -> None:
    with tempfile.TemporaryDirectory() as directory:
        save_directory(directory, {}, {"a": array, "turned": array.T}, {"s": strings})
        stored = load_directory(directory)
        for name, original in (("a", array), ("turned", array.T)):
            loaded = stored.arrays[name]
            assert (loaded.dtype, loaded.shape) == (original.dtype, original.shape)
            assert loaded.tobytes() == original.tobytes()
        assert stored.strings["s"] == strings


@settings(max_examples=30)
@given(
    st.dictionaries(
        st.text(st.characters(exclude_categories=[])),
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
            lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
        ),
    )
)
def test_any_meta_comes_back_equal(meta: dict[str, Any]) -> None:
    with tempfile.TemporaryDirectory() as directory:
        save_directory(directory, meta, {}, {})
        assert load_directory(directory).meta == meta


def test_arrays_are_read_only_and_stay_on_disk(model: Path) -> None:
    array = load_directory(model).arrays["weights"]
    assert isinstance(array.base, np.memmap)
    with pytest.raises(ValueError, match="read-only"):
        array[0] = 1


def test_nothing_of_an_older_save_is_left(model: Path) -> None:
    before = {path.name for path in model.iterdir()}
    save(model, seed=1)
    after = {path.name for path in model.iterdir()}
    assert seed_of(model) == 1
    assert len(after) == len(before)
    assert before & after == {"meta.json"}


def test_a_loaded_model_outlives_the_next_save(model: Path) -> None:
    old = load_directory(model)
    save(model, seed=1)
    assert old.arrays["weights"].tolist() == [0] * 100


def test_a_model_may_have_other_files_beside_it(model: Path) -> None:
    (model / "README.md").write_text("Чай", encoding="utf-8")
    save(model, seed=1)
    assert (model / "README.md").exists()


class CrashError(Exception):
    """What no code expects."""


class Crash:
    """Count calls of a function, and fail at one of them."""

    def __init__(self, function: Callable[..., Any], at: int, error: Exception) -> None:
        self.function, self.at, self.error, self.calls = function, at, error, 0

    def call(self, *args: Any, **options: Any) -> Any:
        """Call the function, or fail."""
        self.calls += 1
        if self.calls == self.at:
            raise self.error
        return self.function(*args, **options)


@pytest.mark.parametrize("error", [CrashError("power"), OSError(28, "No space left on device")])
@pytest.mark.parametrize(
    ("module", "function", "at"),
    [(np.lib.format, "write_array", at) for at in range(1, 6)]
    + [(os, "fsync", at) for at in range(1, 7)]
    + [(os, "replace", 1)],
)
def test_a_crash_at_any_step_leaves_the_old_model_and_nothing_else(
    model: Path,
    monkeypatch: pytest.MonkeyPatch,
    module: Any,
    function: str,
    at: int,
    error: Exception,
) -> None:
    before = {path.name for path in model.iterdir()}
    crash = Crash(getattr(module, function), at, error)
    monkeypatch.setattr(module, function, crash.call)
    with pytest.raises((CrashError, StorageError)):
        save(model, seed=1)
    monkeypatch.undo()
    assert crash.calls >= at
    assert seed_of(model) == 0
    assert {path.name for path in model.iterdir()} == before


KILLED = """
import os, sys
import numpy as np
from textcat.storage import save_directory

def kill(*args): os._exit(7)

os.replace = kill
save_directory(sys.argv[1], {"seed": 1}, {"weights": np.full(100, 1)}, {})
"""


def test_a_killed_process_leaves_the_old_model_and_the_next_save_cleans_up(model: Path) -> None:
    killed = subprocess.run([sys.executable, "-c", KILLED, model], check=False)
    assert killed.returncode == 7
    assert len(list(model.glob("weights.*"))) == 2
    assert seed_of(model) == 0
    save(model, seed=2)
    assert len(list(model.glob("weights.*"))) == 1
    assert seed_of(model) == 2


def test_a_first_save_that_was_killed_leaves_no_model_and_can_be_repeated(tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-c", KILLED, tmp_path], check=False)
    with pytest.raises(StorageError, match=r"meta\.json is missing: .* was never finished"):
        load_directory(tmp_path)
    save(tmp_path, seed=3)
    assert seed_of(tmp_path) == 3


def test_readers_see_one_whole_model_while_others_save(model: Path) -> None:

    def keep_saving(first: int) -> None:
        for seed in range(first, first + 20):
            save(model, seed)

    writers = [threading.Thread(target=keep_saving, args=(first,)) for first in (100, 200)]
    for writer in writers:
        writer.start()
    while any(writer.is_alive() for writer in writers):
        assert seed_of(model) in {0, *range(100, 120), *range(200, 220)}
    assert seed_of(model) in {119, 219}
