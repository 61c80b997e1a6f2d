"""Files from a place that nobody trusts: only what they are is read, whatever they say they are."""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
import pytest

import textcat
from textcat.errors import StorageError
from textcat.storage import load_directory, save_directory
from textcat.storage.meta import read_meta, write_meta


class Payload:
    """What runs code when it is unpickled."""

    def __init__(self, victim: Path) -> None:
        self.victim = victim

    def __reduce__(self) -> tuple[Any, ...]:
        return Path.touch, (self.victim,)


def as_its_own(directory: Path, name: str, content: bytes, dtype: str, shape: list[int]) -> None:
    """Put something in the place of an array, and have meta.json say that it is the array."""
    described = read_meta(directory, verify=True)
    record = described["arrays"][name]
    (directory / record["file"]).write_bytes(content)
    record.update(dtype=dtype, shape=shape, bytes=len(content), crc32=crc32(content))
    write_meta(directory / "meta.json", described)


@pytest.fixture
def model(whole: Path, tmp_path: Path) -> Path:
    stored = load_directory(whole)
    save_directory(tmp_path / "model", stored.meta, stored.arrays, stored.strings)
    return tmp_path / "model"


def test_a_pickle_in_the_place_of_an_array_is_not_read(model: Path, tmp_path: Path) -> None:
    array = np.array([Payload(tmp_path / "touched")])
    np.save(tmp_path / "pickle.npy", array, allow_pickle=True)
    for content in ((tmp_path / "pickle.npy").read_bytes(), pickle.dumps(array[0])):
        as_its_own(model, "weights", content, "|O", [1])
        with pytest.raises(StorageError, match=r"weights\..* is not a .npy array"):
            textcat.load(model)
    assert not (tmp_path / "touched").exists()


@pytest.mark.parametrize(
    ("dtype", "shape"),
    [("<f4", [10**12]), ("<f4", [0, 10**12]), ("|S0", [10**12]), ("|V0", [2**62, 4])],
)
def test_nothing_is_allocated_for_what_is_only_claimed(
    model: Path, dtype: str, shape: list[int]
) -> None:
    head = f"{{'descr': {dtype!r}, 'fortran_order': False, 'shape': {tuple(shape)}, }}".ljust(118)
    as_its_own(model, "weights", b"\x93NUMPY\1\0\x76\0" + head.encode(), dtype, shape)
    with pytest.raises(StorageError, match="weights"):
        textcat.load(model)


OTHER_FILES: dict[str, Callable[[Path, Path], object]] = {
    "a pipe": lambda path, _: os.mkfifo(path),
    "a device": lambda path, _: path.symlink_to("/dev/zero"),
    "a link out of the folder": lambda path, outside: path.symlink_to(outside),
    "a link to itself": lambda path, _: path.symlink_to(path),
    "a folder": lambda path, _: path.mkdir(),
}


@pytest.mark.skipif(os.name != "posix", reason="makes files of other kinds")
@pytest.mark.parametrize("make", OTHER_FILES.values(), ids=OTHER_FILES)
@pytest.mark.parametrize("pattern", ["meta.json", "weights.*.npy", "tree_ids.*.text.npy"])
def test_what_is_no_plain_file_is_neither_followed_nor_waited_for(
    model: Path, tmp_path: Path, pattern: str, make: Callable[[Path, Path], object]
) -> None:
    (path,) = model.glob(pattern)
    outside = path.rename(tmp_path / path.name)
    make(path, outside)
    for call in (lambda: textcat.load(model), lambda: textcat.load(model).save(model)):
        with pytest.raises(StorageError, match="is not a plain file") as error:
            call()
        assert str(path) in str(error.value)


def test_a_pipe_in_the_place_of_meta_is_not_waited_for_by_a_save(
    whole: Path, tmp_path: Path
) -> None:
    os.mkfifo(tmp_path / "meta.json")
    with pytest.raises(StorageError, match="is not a plain file"):
        textcat.load(whole).save(tmp_path)


def test_a_meta_that_would_fill_memory_is_refused(model: Path) -> None:
    with (model / "meta.json").open("ab") as file:
        file.truncate(1 << 40)  # takes no room on the disk
    with pytest.raises(StorageError, match=r"meta\.json has more than 16,777,216 bytes"):
        textcat.load(model)


def test_facts_too_large_to_be_read_again_are_not_saved(whole: Path) -> None:
    stored = load_directory(whole)
    large = {**stored.meta, "facts": {"note": "ю" * (1 << 23)}}
    with pytest.raises(StorageError, match=r"takes 16,7.* bytes as JSON, more"):
        save_directory(whole, large, stored.arrays, stored.strings)
    assert load_directory(whole).meta == stored.meta
