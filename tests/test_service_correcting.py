"""POST /correct: what a moderator knows better is learned, kept, and never lost."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import httpx
import pytest
from running_service import running

import textcat
from textcat.model import CategoryModel
from textcat.service import create_app, replies

TOKEN = {"Authorization": "Bearer s3cret"}
CORRECTION = {"name": "Гвозди строительные", "category": "Дом > Сад > Лопаты"}


@pytest.fixture
def directory(model: CategoryModel, tmp_path: Path) -> Path:
    model.save(tmp_path / "модель")
    return tmp_path / "модель"


@pytest.fixture
def client(directory: Path) -> Iterator[httpx.Client]:
    with running(create_app(directory, token="s3cret", interval=0)) as client:
        yield client


def category_of(client: httpx.Client, name: str) -> str | None:
    asked = {"names": name, "precision": None}
    (found,) = client.post("/predict", json=asked).json()["predictions"]
    return str(found["answers"][0]["category"])


def test_a_correction_counts_at_once_and_is_kept(client: httpx.Client, directory: Path) -> None:
    before = client.get("/health").json()["model"]["generation"]
    response = client.post("/correct", json=CORRECTION, headers=TOKEN)
    told = replies.Corrected.model_validate_json(response.content, strict=True)
    assert told.generation != before
    assert told.prediction.answers[0].category == "Дом > Сад > Лопаты"
    assert category_of(client, "ГВОЗДИ строительные!") == "Дом > Сад > Лопаты"
    assert textcat.load(directory).corrections == (
        ("Гвозди строительные", ("Дом", "Сад", "Лопаты")),
    )
    assert client.get("/health").json()["model"]["corrections"] == 1
    assert "textcat_corrections_total 1.0" in client.get("/metrics").text


@pytest.mark.parametrize(
    "given", ["", "Bearer", "Bearer wrong", "Basic s3cret", "s3cret", "Bearer s3crets", "Bearer ы"]
)
def test_only_who_knows_the_token_may_correct(client: httpx.Client, given: str) -> None:
    headers = {"Authorization": given.encode()}
    for content in (b'{"name": "x"}', b"{", b""):  # which is not even looked at
        response = client.post("/correct", content=content, headers=headers)
        assert response.status_code == 401
        assert response.headers["content-type"] == "application/problem+json"
        assert response.headers["www-authenticate"] == "Bearer"
    assert client.get("/health").json()["model"]["corrections"] == 0


@pytest.mark.parametrize(
    ("correction", "kind", "pointer"),
    [
        ({"name": "чай", "category": "Еда > Чаи"}, "no-such-category", "#/category"),
        ({"name": "123", "category": "Книги"}, "nothing-to-learn", "#/name"),
        ({"name": "", "category": "Книги"}, "invalid-request", "#/name"),
        ({"name": "чай"}, "invalid-request", "#/category"),
        ({"name": "чай", "category": ["Книги"]}, "invalid-request", "#/category"),
        ({"name": "ч" * 11_000, "category": "Книги"}, "limit-exceeded", "#/name"),
    ],
)
def test_what_cannot_be_learned_says_why(
    client: httpx.Client, correction: object, kind: str, pointer: str
) -> None:
    response = client.post("/correct", json=correction, headers=TOKEN)
    told = response.json()
    assert (told["status"], told["type"]) == (422, f"urn:textcat:problem:{kind}")
    assert told["errors"][0]["pointer"] == pointer


def test_no_correction_is_lost_however_many_learn_at_once(directory: Path) -> None:
    """Two applications on one directory, as two workers are, and eight moderators."""
    words = ["шуруп", "гайка", "болт", "анкер", "дюбель", "скоба", "шайба", "заклёпка"]
    with ExitStack() as stack:
        apps = [create_app(directory, token="s3cret", interval=0.05) for _ in range(2)]
        clients = [stack.enter_context(running(app)) for app in apps]
        threads = stack.enter_context(ThreadPoolExecutor(len(words)))

        def correct(number: int) -> int:
            correction = {**CORRECTION, "name": f"{words[number]} оцинкованный"}
            asked = clients[number % 2].post("/correct", json=correction, headers=TOKEN)
            return asked.status_code

        assert list(threads.map(correct, range(len(words)))) == [200] * len(words)
        learned = {name.split()[0] for name, _ in textcat.load(directory).corrections}
        assert learned == set(words)
        for client in clients:  # each learns of what the other one was told
            while client.get("/health").json()["model"]["corrections"] < len(words):
                pass


def test_a_directory_that_cannot_be_written_to_is_a_problem(
    client: httpx.Client, directory: Path
) -> None:
    (directory / "meta.json").unlink()
    response = client.post("/correct", json=CORRECTION, headers=TOKEN)
    assert response.status_code == 500
    assert response.json()["type"] == "urn:textcat:problem:not-saved"
    assert client.post("/predict", json={"names": "чай"}).status_code == 200
