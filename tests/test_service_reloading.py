"""The model is replaced while it is used: no request is dropped, and nothing damaged is taken."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest
from running_service import running

import textcat
from textcat.model import CategoryModel
from textcat.service import create_app
from textcat.service.current_model import CurrentModel

CORRECTION = ("Гвозди строительные", "Дом > Сад > Лопаты")


@pytest.fixture
def directory(model: CategoryModel, tmp_path: Path) -> Path:
    model.save(tmp_path / "модель")
    return tmp_path / "модель"


def damage_array(directory: Path) -> None:
    path = next(directory.glob("weights.*.npy"))
    content = bytearray(path.read_bytes())
    content[-3] ^= 255
    path.write_bytes(content)


def cut_meta(directory: Path) -> None:
    (directory / "meta.json").write_text('{"format_version": 1')


def remove_all(directory: Path) -> None:
    shutil.rmtree(directory)


def test_a_newer_model_takes_the_place_of_the_one_that_answers(
    model: CategoryModel, directory: Path
) -> None:
    heard: list[bool] = []
    current = CurrentModel(directory, on_reload=heard.append)
    before = current.loaded
    assert not current.has_changed()
    assert not current.refresh()
    model.correct(*CORRECTION).save(directory)
    assert current.has_changed()
    assert current.refresh()
    assert not current.has_changed()
    assert current.loaded.generation != before.generation
    assert len(current.loaded.model.corrections) == 1
    assert before.model.predict("чай", precision=None)  # whoever has it may go on with it
    assert heard == [True]


@pytest.mark.parametrize("damage", [damage_array, cut_meta, remove_all])
def test_what_is_damaged_is_refused_and_the_old_one_goes_on(
    model: CategoryModel,
    directory: Path,
    damage: Callable[[Path], None],
    caplog: pytest.LogCaptureFixture,
) -> None:
    heard: list[bool] = []
    current = CurrentModel(directory, on_reload=heard.append)
    before = current.loaded
    model.correct(*CORRECTION).save(directory)
    damage(directory)
    assert current.has_changed()
    assert not current.refresh()
    assert not current.has_changed()  # it is not tried again and again
    assert current.loaded is before
    assert heard == [False]
    assert "the model is not replaced" in caplog.text
    model.save(directory)
    assert current.refresh()


def test_a_model_that_does_not_answer_is_refused(
    directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_anything: object, **_more: object) -> None:
        raise RuntimeError("the weights are nonsense")

    monkeypatch.setattr(CategoryModel, "predict", broken)
    with pytest.raises(textcat.StorageError, match=r"does not answer.*nonsense"):
        CurrentModel(directory)


def test_without_a_model_there_is_no_service(tmp_path: Path) -> None:
    with pytest.raises(textcat.StorageError, match="does not exist"):
        create_app(tmp_path / "nothing")


def test_no_request_is_dropped_while_the_model_is_replaced_again_and_again(
    model: CategoryModel, directory: Path
) -> None:
    other = model.correct(*CORRECTION)
    app = create_app(directory, interval=0.01)
    stop: list[bool] = []
    with running(app) as client, ThreadPoolExecutor(4) as threads:

        def ask(names: list[str]) -> set[str]:
            generations = set()
            while not stop:
                response = client.post("/predict", json={"names": names, "precision": None})
                assert response.status_code == 200
                told = response.json()
                assert [each["name"] for each in told["predictions"]] == names
                generations.add(told["generation"])
            return generations

        asking = [threads.submit(ask, ["гвозди"] * count) for count in (1, 2, 3, 500)]
        saved = set()
        for number in range(6):
            (other, model)[number % 2].save(directory)
            saved.add(json.loads((directory / "meta.json").read_text("utf-8"))["generation"])
            while client.get("/health").json()["model"]["generation"] not in saved:
                pass
        stop.append(True)
        seen = set.union(*(each.result() for each in asking))
    assert len(seen) > 2


def test_an_answer_is_wholly_of_the_model_that_it_names(
    model: CategoryModel, directory: Path
) -> None:
    """Names in one request are answered in pieces, and the model is replaced between them."""
    names = ["Гвозди строительные"] * 3000
    other = model.correct(*CORRECTION)
    app = create_app(directory, interval=0.001)
    with running(app) as client, ThreadPoolExecutor(1) as threads:
        asking = [threads.submit(asked, client, names) for _ in range(6)]
        for number in range(6):
            (other, model)[number % 2].save(directory)
        for each in asking:
            assert len(each.result()) == 1


def asked(client: httpx.Client, names: list[str]) -> set[str | None]:
    """The categories of some names."""
    response = client.post("/predict", json={"names": names, "precision": None})
    found = response.json()["predictions"]
    return {each["answers"][0]["category"] for each in found}
