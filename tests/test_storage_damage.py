"""Model directories that are not whole, not ours or too new: each error names the file."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from textcat.errors import StorageError, TextcatError
from textcat.storage import FORMAT_VERSION, load_directory, save_directory


@pytest.fixture
def model(tmp_path: Path) -> Path:
    arrays = {"weights": np.arange(1000, dtype=np.float32), "empty": np.zeros((0, 3))}
    save_directory(tmp_path / "model", {"seed": 1}, arrays, {"titles": ["Чай", "Сыр"]})
    return tmp_path / "model"


def the_file(model: Path, pattern: str) -> Path:
    (path,) = model.glob(pattern)
    return path


def change_meta(model: Path, change: Callable[[dict[str, Any]], object]) -> None:
    described = json.loads((model / "meta.json").read_bytes().decode("utf-8", "surrogatepass"))
    change(described)
    (model / "meta.json").write_text(json.dumps(described), encoding="utf-8")


FILES = ["weights.*.npy", "empty.*.npy", "titles.*.text.npy", "titles.*.offsets.npy"]


@pytest.mark.parametrize("verify", [True, False])
@pytest.mark.parametrize("pattern", FILES)
def test_a_missing_file_is_named(model: Path, pattern: str, verify: bool) -> None:
    path = the_file(model, pattern)
    path.unlink()
    with pytest.raises(
        StorageError, match=r"is missing, though meta\.json lists it.*backup"
    ) as error:
        load_directory(model, verify=verify)
    assert str(path) in str(error.value)
    assert isinstance(error.value, TextcatError)


@pytest.mark.parametrize("verify", [True, False])
@pytest.mark.parametrize("pattern", FILES)
def test_a_file_that_is_cut_off_is_named(model: Path, pattern: str, verify: bool) -> None:
    path = the_file(model, pattern)
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(StorageError, match=r"is cut off: \d+ bytes instead of \d+") as error:
        load_directory(model, verify=verify)
    assert str(path) in str(error.value)


@pytest.mark.parametrize("pattern", FILES)
@pytest.mark.parametrize("place", [0, 20, -1])
def test_a_file_with_one_changed_byte_is_named(model: Path, pattern: str, place: int) -> None:
    path = the_file(model, pattern)
    content = bytearray(path.read_bytes())
    content[place] ^= 1
    path.write_bytes(content)
    with pytest.raises(StorageError, match=r"is damaged: its checksum is not the one") as error:
        load_directory(model)
    assert str(path) in str(error.value)


def test_checksums_can_be_left_out(model: Path) -> None:
    path = the_file(model, "weights.*.npy")
    path.write_bytes(path.read_bytes()[:-4] + bytes(4))
    assert load_directory(model, verify=False).arrays["weights"][-1] == 0


@pytest.mark.parametrize(
    ("array", "what"),
    [
        (np.arange(1000, dtype=np.int32), "has dtype <i4, but meta.json says <f4"),
        (np.zeros((10, 100), np.float32), r"has shape \[10, 100\], but meta.json says \[1000\]"),
        (np.array([None] * 100), "is not a .npy array: its head cannot be read: '.O' is no type"),
    ],
)
def test_another_array_in_its_place_is_noticed_without_checksums(
    model: Path, array: Any, what: str
) -> None:
    path = the_file(model, "weights.*.npy")
    size = path.stat().st_size
    np.save(path, array)
    content = path.read_bytes()
    path.write_bytes(content[:size] + bytes(max(0, size - len(content))))
    with pytest.raises(StorageError, match=what):
        load_directory(model, verify=False)


def test_offsets_that_do_not_divide_the_text_are_noticed(model: Path) -> None:
    np.save(the_file(model, "titles.*.offsets.npy"), np.array([0, 9, 3]))
    text, offsets = (the_file(model, f"titles.*.{part}.npy") for part in ("text", "offsets"))
    size = offsets.stat().st_size

    def change(described: dict[str, Any]) -> None:
        described["strings"]["titles"]["offsets"]["bytes"] = size

    change_meta(model, change)
    with pytest.raises(StorageError, match=f"{text.name} does not hold strings: the offsets"):
        load_directory(model, verify=False)


@pytest.mark.parametrize("length", [0, 1, 40, 300, -2])
def test_a_meta_that_is_cut_off_is_named(model: Path, length: int) -> None:
    path = model / "meta.json"
    path.write_bytes(path.read_bytes()[:length])
    with pytest.raises(StorageError, match=r"meta\.json is cut off or not JSON"):
        load_directory(model)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda meta: meta["meta"].update(seed=2), "was changed after it was saved"),
        (lambda meta: meta.pop("checksum"), "was changed after it was saved"),
        (lambda meta: meta.pop("arrays"), "has no 'arrays', or not as textcat writes it"),
        (lambda meta: meta.update(strings=[]), "has no 'strings'"),
        (lambda meta: meta["arrays"].update(bias=1), "does not describe 'bias'"),
        (lambda meta: meta["strings"]["titles"].pop("text"), "does not describe 'titles'"),
        (lambda meta: meta["arrays"]["weights"].update(shape=["1"]), "does not describe 'weights'"),
        (
            lambda meta: meta["arrays"]["weights"].update(file="../weights.npy"),
            "does not describe 'weights'",
        ),
        (lambda meta: meta.update(format_version="1"), "names no format version, but '1'"),
        (lambda meta: meta.pop("format_version"), "does not describe a textcat model"),
        (
            lambda meta: meta.update(format_version=FORMAT_VERSION + 1, textcat_version="9.1"),
            rf"has format {FORMAT_VERSION + 1}, written by textcat 9\.1; .* Upgrade: pip install",
        ),
    ],
)
def test_a_meta_that_is_not_as_it_was_saved_is_named(
    model: Path, change: Callable[[dict[str, Any]], object], message: str
) -> None:
    change_meta(model, change)
    with pytest.raises(StorageError, match=rf"meta\.json {message}"):
        load_directory(model)


@pytest.mark.parametrize("content", [b"[]", b"{}", b"1", b"[" * 100_000])
def test_a_json_of_something_else_is_no_model(model: Path, content: bytes) -> None:
    (model / "meta.json").write_bytes(content)
    with pytest.raises(
        StorageError, match=r"meta\.json (does not describe|is cut off or not JSON)"
    ):
        load_directory(model)


def test_what_is_no_directory_is_no_model(tmp_path: Path) -> None:
    file = tmp_path / "model.bin"
    file.write_bytes(b"")
    with pytest.raises(StorageError, match=r"nowhere does not exist; name a directory"):
        load_directory(tmp_path / "nowhere")
    with pytest.raises(StorageError, match=r"model\.bin is a file; name the directory"):
        load_directory(file)
    with pytest.raises(StorageError, match=r"meta\.json is missing: .* is not a model"):
        load_directory(tmp_path)
    with pytest.raises(StorageError, match=r"model\.bin is a file; name a directory"):
        save_directory(file, {}, {}, {})
    with pytest.raises(StorageError, match=r"could not be saved to .*Make room or name another"):
        save_directory(file / "model", {}, {}, {})


@pytest.mark.parametrize("name", ["photo.jpg", "weights.npy", "meta.json"])
def test_a_directory_with_something_else_in_it_is_not_written_to(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("{}", encoding="utf-8")
    with pytest.raises(StorageError, match=f"is not a model: it holds {name}. Name a new or"):
        save_directory(tmp_path, {}, {"weights": np.eye(2)}, {})
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_a_damaged_model_can_be_saved_over(model: Path) -> None:
    (model / "meta.json").write_bytes(b"")
    save_directory(model, {"seed": 2}, {}, {})
    assert load_directory(model).meta == {"seed": 2}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (({"a": {1}}, {}, {}), r"meta\['a'\] cannot be written as JSON"),
        (({"a": np.int64(1)}, {}, {}), r"meta\['a'\] cannot be written as JSON"),
        (({}, {"a": np.array([None])}, {}), "'a' is not an array of numbers"),
        (({}, {"a": [1, 2]}, {}), "'a' is not an array of numbers"),
        (({}, {}, {"a": "чай"}), "'a' is not a list of strings"),
        (({}, {}, {"a": ["чай", 1]}), "'a' is not a list of strings"),
        (({}, {"../a": np.eye(2)}, {}), "an array cannot be called '../a'"),
        (({}, {"чай": np.eye(2)}, {}), "an array cannot be called 'чай'"),
        (({}, {"a": np.eye(2)}, {"A": []}), "an array cannot be called 'a'.* no name twice"),
    ],
)
def test_what_cannot_be_stored_is_refused_before_anything_is_written(
    tmp_path: Path, content: Any, message: str
) -> None:
    with pytest.raises(StorageError, match=message):
        save_directory(tmp_path / "model", *content)
    assert not (tmp_path / "model").exists()
