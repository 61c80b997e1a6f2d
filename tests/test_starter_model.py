"""The starter model answers at once, says what it is certified on, and knows what it does not."""

from __future__ import annotations

import warnings
from pathlib import Path

import pytest
from small_starter import write_starter

import textcat
from textcat.starter import sources
from textcat.starter.building import build
from textcat.starter.sources import read_sources

CASES = Path(__file__).parent / "cases" / "starter.txt"


@pytest.fixture(scope="module")
def starter() -> textcat.CategoryModel:
    with pytest.warns(textcat.StarterWarning, match="hand"):
        return textcat.load_default()


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> textcat.CategoryModel:
    return build(read_sources(write_starter(tmp_path_factory.mktemp("d") / "data")), n_jobs=1)


def _cases() -> list[tuple[str, str]]:
    lines = CASES.read_text("utf-8").splitlines()
    pairs = (line.split(" | ") for line in lines if line and not line.startswith("#"))
    return [(name.strip(), path.strip()) for name, path in pairs]


@pytest.mark.parametrize(("name", "path"), _cases())
def test_names_are_answered(starter: textcat.CategoryModel, name: str, path: str) -> None:
    answer = starter.predict(name, precision=0.9)
    answered = " > ".join(answer.path or ("no answer",))
    assert (answered + " > ").startswith(path + " > ")


def test_it_is_loaded_from_the_cache_when_it_is_asked_for_again(
    starter: textcat.CategoryModel,
) -> None:
    with pytest.warns(textcat.StarterWarning):
        again = textcat.load_default()
    assert again.saved == starter.saved


def test_a_folder_that_nothing_can_be_kept_in_is_told_before_building(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    monkeypatch.setenv("TEXTCAT_CACHE", str(tmp_path / "file"))
    with pytest.raises(textcat.StorageError, match="TEXTCAT_CACHE in the environment"):
        textcat.load_default()


@pytest.mark.filterwarnings("ignore::textcat.StarterWarning")
def test_a_damaged_model_in_the_cache_is_built_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    directory = write_starter(tmp_path / "data")
    monkeypatch.setattr(sources, "files", lambda _: directory)
    monkeypatch.setenv("TEXTCAT_CACHE", str(tmp_path / "cache"))
    path = textcat.load_default().predict("чай ahmad", None).path
    for meta in (tmp_path / "cache").glob("*/meta.json"):
        meta.write_text("{}", "utf-8")
    assert textcat.load_default().predict("чай ahmad", None).path == path == ("Еда", "Чай")


def test_it_says_what_it_is_certified_on(starter: textcat.CategoryModel) -> None:
    assert "written by hand" in starter.facts["certified_on"]
    assert starter.facts["calibration_rows"]["outside"] >= 200
    assert any(level.certified for level in starter.precision_levels)


def test_most_names_outside_of_its_tree_get_no_answer(starter: textcat.CategoryModel) -> None:
    outside = list(read_sources().outside)
    answered = [path for path in starter.predict(outside, precision=0.95).paths if path]
    assert len(answered) < 0.15 * len(outside)


def test_names_of_one_s_own_take_the_place_of_its_own_certificate(
    small: textcat.CategoryModel,
) -> None:
    rows = [(f"чай майский {number} пак", "Еда > Чай") for number in range(200)]
    certified = small.certify(rows)
    assert certified.certificates["given"] != small.certificates["given"]


def test_the_same_sources_give_the_same_model(small: textcat.CategoryModel, tmp_path: Path) -> None:
    again = build(read_sources(write_starter(tmp_path / "data")), n_jobs=1)
    names = ["чай зелёный ahmad", "кофе", "молоток", "аренда автокрана", "qwerty"]
    first, second = (model.predict(names, precision=None) for model in (small, again))
    assert (first.nodes == second.nodes).all()
    assert (first.probabilities == second.probabilities).all()


def test_its_tree_has_stable_ids(small: textcat.CategoryModel) -> None:
    assert small.tree.ids == ("food", "tea", "coffee", "tools", "hammers")


def test_names_outside_of_the_tree_are_less_sure_than_names_in_it(
    small: textcat.CategoryModel,
) -> None:
    answers = small.predict(["чай ahmad", "аренда автокрана"], precision=None)
    assert answers.probabilities[0, 0] > answers.probabilities[1, 0]


def test_a_model_of_one_s_own_gives_no_warning(
    small: textcat.CategoryModel, tmp_path: Path
) -> None:
    small.save(tmp_path / "m")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        textcat.load(tmp_path / "m").predict("чай", precision=None)
