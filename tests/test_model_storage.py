"""A model's directory: the loaded model answers as the saved one, and damage is named."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import textcat
from textcat.errors import PrecisionError, StorageError
from textcat.model import CategoryModel
from textcat.storage import Stored, load_directory, save_directory
from textcat.tree import CategoryTree

ODD_NAMES = [
    "",
    "гвозди",
    "\ud800\0",
    "чай " * 600,
    "ШампуньClear 2,5% д/волос",
    "XL 4х75мм A54 №3",
]


@pytest.fixture
def saved(model: CategoryModel, tmp_path: Path) -> Path:
    model.save(tmp_path / "model")
    return tmp_path / "model"


def test_a_loaded_model_gives_equal_answers(
    model: CategoryModel, saved: Path, names: list[str]
) -> None:
    loaded = textcat.load(saved)
    asked = [*names, *ODD_NAMES]
    assert list(loaded.predict(asked)) == list(model.predict(asked))
    assert loaded.top(asked) == model.top(asked)
    assert [loaded.explain(name) for name in asked] == [model.explain(name) for name in asked]


def test_a_loaded_model_has_the_same_tree_and_facts(model: CategoryModel, saved: Path) -> None:
    loaded = textcat.load(str(saved))
    assert loaded.tree == model.tree
    assert loaded.facts == model.facts
    assert repr(loaded) == repr(model)
    assert load_directory(saved).meta["tree_version"] == model.tree.version


def test_a_loaded_model_reads_names_as_it_was_trained_to(tmp_path: Path) -> None:
    rows = [("люди", "А"), ("собаки", "Б")]
    for analyser, answer in (("pymorphy3", ("А",)), ("none", None)):
        textcat.train(rows, analyser=analyser, n_jobs=1).save(tmp_path)
        assert textcat.load(tmp_path).predict("человек", precision=None).path == answer


def test_a_loaded_model_promises_the_same(
    uncertified_model: CategoryModel, catalogue: list[tuple[str, str]], tmp_path: Path
) -> None:
    certified = uncertified_model.certify(catalogue)
    certified.save(tmp_path)
    loaded = textcat.load(tmp_path)
    assert loaded.linear_tree.trust == certified.linear_tree.trust
    assert repr(loaded.precision_levels) == repr(certified.precision_levels)
    assert loaded.predict(catalogue[0][0], precision=0.9) == certified.predict(
        catalogue[0][0], precision=0.9
    )
    uncertified_model.save(tmp_path)
    with pytest.raises(PrecisionError, match="100 rows kept out"):
        textcat.load(tmp_path).predict("чай", precision=0.9)


WITH_IDS = CategoryTree.from_rows([(7, None, "Чай\ud800"), (8, 7, "Чёрный")])
ODD_ROWS = [("чай", ["Чай\ud800"]), ("кофе", ["Чай\ud800", "Чёрный"])]


@pytest.mark.parametrize(
    "train",
    [
        lambda: textcat.train([("чай", "Чай")], n_jobs=1),
        lambda: textcat.train([("чай", "Дом > Чай"), ("кофе", "Кофе")], n_jobs=1, min_count=9),
        lambda: textcat.train(ODD_ROWS, tree=WITH_IDS, n_jobs=1),
    ],
    ids=["one category", "nothing learned", "odd ids and titles"],
)
def test_models_at_the_edge_are_saved_and_loaded(
    train: Callable[[], CategoryModel], tmp_path: Path
) -> None:
    model = train()
    model.save(tmp_path)
    loaded = textcat.load(tmp_path)
    names = ["чай", "кофе", "гвозди"]
    assert list(loaded.predict(names, precision=None)) == list(model.predict(names, precision=None))
    assert loaded.top(names) == model.top(names)


def test_a_loaded_model_can_be_saved_again(saved: Path, tmp_path: Path, names: list[str]) -> None:
    loaded = textcat.load(saved)
    loaded.save(tmp_path / "again")
    loaded.save(saved)  # over the files that it has mapped
    for directory in (saved, tmp_path / "again"):
        assert list(textcat.load(directory).predict(names)) == list(loaded.predict(names))


def test_a_process_that_only_answers_needs_no_scikit_learn(saved: Path) -> None:
    code = """
import sys
sys.modules.update(dict.fromkeys(["sklearn", "joblib", "pandas", "tqdm", "threadpoolctl"]))
import textcat
print(ascii(textcat.load(sys.argv[1]).predict("лопата", precision=None).path))
"""
    command = [sys.executable, "-c", code, str(saved)]
    found = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    assert found.strip() == ascii(("Дом", "Сад", "Лопаты"))


def test_a_name_of_known_words_is_answered_without_a_dictionary(
    saved: Path, names: list[str]
) -> None:
    code = """
import sys
sys.modules.update(dict.fromkeys(["pymorphy3", "snowballstemmer"]))
import textcat
textcat.load(sys.argv[1]).predict(sys.argv[2:], precision=None).paths
"""
    subprocess.run([sys.executable, "-c", code, str(saved), *names], check=True)


def test_a_flipped_byte_in_any_file_is_noticed_and_the_file_named(saved: Path) -> None:
    for path in sorted(saved.iterdir()):
        content = path.read_bytes()
        for place in (0, len(content) // 2, len(content) - 1) if content else ():
            flipped = bytearray(content)
            flipped[place] ^= 0x10
            path.write_bytes(flipped)
            with pytest.raises(StorageError, match=path.name):
                textcat.load(saved)
        path.write_bytes(content)
    textcat.load(saved)


def test_any_missing_or_shortened_file_is_noticed_and_named(saved: Path) -> None:
    for path in [path for path in sorted(saved.iterdir()) if path.stat().st_size]:
        content = path.read_bytes()
        path.write_bytes(content[:-1])
        with pytest.raises(StorageError, match=path.name):
            textcat.load(saved)
        path.unlink()
        with pytest.raises(StorageError, match=path.name):
            textcat.load(saved)
        path.write_bytes(content)
    textcat.load(saved)


def test_a_newer_format_says_what_to_upgrade(saved: Path) -> None:
    meta = saved / "meta.json"
    described = json.loads(meta.read_text("utf-8"))
    meta.write_text(json.dumps({**described, "format_version": 99}), "utf-8")
    with pytest.raises(StorageError, match=r"meta\.json has format 99.* pip install -U textcat"):
        textcat.load(saved)


def test_a_directory_that_is_no_model_is_named(tmp_path: Path) -> None:
    for directory in (tmp_path, tmp_path / "missing"):
        with pytest.raises(StorageError, match=str(directory)):
            textcat.load(directory)


def without(part: dict[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in part.items() if key != name}


BREAKS: dict[str, Callable[[Stored], tuple[dict[str, Any], dict[str, Any], dict[str, Any]]]] = {
    "no lemmatizer": lambda stored: (
        without(stored.meta, "lemmatizer"), stored.arrays, stored.strings
    ),
    "an unknown analyser": lambda stored: (
        {**stored.meta, "lemmatizer": {"analyser": "mystem"}}, stored.arrays, stored.strings
    ),
    "no weights": lambda stored: (stored.meta, without(stored.arrays, "weights"), stored.strings),
    "no lemmas": lambda stored: (stored.meta, without(stored.arrays, "lemmas"), stored.strings),
    "lemmas of another model": lambda stored: (
        stored.meta, {**stored.arrays, "lemmas": stored.arrays["lemmas"][1:]}, stored.strings
    ),
    "no ids": lambda stored: (stored.meta, stored.arrays, without(stored.strings, "tree_ids")),
    "a slot that is not there": lambda stored: (
        stored.meta,
        {**stored.arrays, "branch_slots": stored.arrays["branch_slots"] + 1000},
        stored.strings,
    ),
    "weights of another model": lambda stored: (
        stored.meta, {**stored.arrays, "children": stored.arrays["children"][:5]}, stored.strings
    ),
    "a parent that is not there": lambda stored: (
        stored.meta,
        {**stored.arrays, "tree_parents": stored.arrays["tree_parents"] + 1000},
        stored.strings,
    ),
}  # fmt: skip


@pytest.mark.parametrize("broken", BREAKS.values(), ids=BREAKS)
def test_a_directory_whose_parts_do_not_fit_is_named(
    saved: Path, broken: Callable[[Stored], Any]
) -> None:
    stored = load_directory(saved)
    shutil.copytree(saved, saved.with_name("broken"))
    save_directory(saved.with_name("broken"), *broken(stored))
    with pytest.raises(StorageError, match=r"the model in .*broken' is not whole"):
        textcat.load(saved.with_name("broken"))


def test_saving_leaves_the_arrays_of_the_model_as_they_were(model: CategoryModel) -> None:
    assert all(isinstance(text, str) for text in model.reader.vocabulary.singles)
    assert model.reader.vocabulary.idf.dtype == np.float32
