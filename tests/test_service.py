"""The service: what it answers, beside what the library does."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI
from pydantic import BaseModel
from running_service import running

import textcat
from textcat.model import CategoryModel
from textcat.service import Limits, create_app, replies

NAME = "Чехол силик. д/iPhone 13 прозр."


@pytest.fixture(scope="module")
def client(saved_model: Path) -> Iterator[httpx.Client]:
    with running(create_app(saved_model)) as client:
        yield client


def test_predictions_are_those_of_the_library(
    client: httpx.Client, model: CategoryModel, names: list[str]
) -> None:
    reply = client.post("/predict", json={"names": names, "precision": [0.9, 0.5, None]})
    for name, found in zip(names, reply.json()["predictions"], strict=True):
        answer = model.predict(name, precision=None)
        assert found["name"] == name
        assert found["levels"] == [level._asdict() for level in answer.levels]
        for precision, told in zip([0.9, 0.5, None], found["answers"], strict=True):
            at = answer.at(precision).to_dict()
            assert told == {key: at[key] for key in told}


@pytest.mark.parametrize("count", [0, 1, 64, 65, 3000])
def test_there_is_a_prediction_for_every_name_in_order(client: httpx.Client, count: int) -> None:
    names = [f"чай {number}" for number in range(count)]
    found = client.post("/predict", json={"names": names}).json()["predictions"]
    assert [prediction["name"] for prediction in found] == names


def test_one_name_gives_a_list_of_one_prediction(client: httpx.Client) -> None:
    (found,) = client.post("/predict", json={"names": NAME}).json()["predictions"]
    assert found["answers"][0]["precision"] == textcat.precision.DEFAULT_PRECISION
    assert set(found) == {"name", "levels", "answers"}


def test_a_name_in_which_nothing_is_known_has_no_answer(client: httpx.Client) -> None:
    (found,) = client.post("/predict", json={"names": "ъъъ"}).json()["predictions"]
    assert found["levels"] == []
    assert found["answers"] == [
        {"precision": 0.95, "category": None, "path": None, "probability": None}
    ]


def test_candidates_and_explanations_come_if_asked_for(
    client: httpx.Client, model: CategoryModel
) -> None:
    asked = {"names": [NAME, "чай"], "top": 2, "explain": True}
    first, _ = client.post("/predict", json=asked).json()["predictions"]
    best = model.top(NAME, k=2)
    assert [each["category"] for each in first["top"]] == [candidate.id for candidate in best]
    assert [each["path"] for each in first["top"]] == [list(each.path) for each in best]
    explained = model.explain(NAME)
    assert [level["title"] for level in first["explanation"]["levels"]] == [
        level.title for level in explained.levels
    ]
    words = [(word["text"], word["weight"]) for word in first["explanation"]["levels"][0]["words"]]
    assert words == [tuple(word) for word in explained.levels[0].words]


def test_vectors_are_those_of_the_library(client: httpx.Client, model: CategoryModel) -> None:
    reply = client.post("/encode", json={"names": [NAME, "ъъъ"]}).json()
    vectors = model.encode([NAME, "ъъъ"])
    assert reply["dim"] == vectors.shape[1]
    assert reply["vectors"] == [pytest.approx(vector, abs=1e-6) for vector in vectors.tolist()]
    assert client.post("/encode", json={"names": []}).json()["vectors"] == []


@pytest.mark.parametrize(
    ("method", "address", "body", "reply"),
    [
        ("POST", "/predict", {"names": NAME, "top": 3, "explain": True}, replies.Predictions),
        ("POST", "/predict", {"names": [NAME, ""], "precision": None}, replies.Predictions),
        ("POST", "/encode", {"names": NAME}, replies.Vectors),
        ("GET", "/categories", None, replies.Categories),
        ("GET", "/categories/Книги", None, replies.Category),
        ("GET", "/health", None, replies.Health),
        ("GET", "/model", None, replies.ModelDescription),
    ],
)
def test_a_reply_has_the_fields_that_are_described(
    client: httpx.Client, method: str, address: str, body: object, reply: type[BaseModel]
) -> None:
    found = client.request(method, address, json=body).json()
    reply.model_validate(found, strict=True)


def test_health_says_which_model_answers(client: httpx.Client, model: CategoryModel) -> None:
    figures = client.get("/health").json()["model"]
    assert figures["categories"] == len(model.tree)
    assert figures["levels"] == model.tree.depth
    predicted = client.post("/predict", json={"names": "чай"}).json()
    assert predicted["generation"] == figures["generation"]


def test_a_client_learns_what_it_may_ask(saved_model: Path) -> None:
    with running(
        create_app(saved_model, limits=Limits(names=7), token="слово".encode().hex())
    ) as it:
        told = it.get("/model").json()
    assert told["goods"] == ["given"]
    assert told["limits"]["names"] == 7
    assert told["corrections"] is True
    refused = [level["precision"] for level in told["precision_levels"] if not level["certified"]]
    assert all(
        level["right"] is None for level in told["precision_levels"] if not level["certified"]
    )
    assert 0.8 not in refused


def test_counts_are_kept_by_route_and_not_by_address(saved_model: Path) -> None:
    with running(create_app(saved_model)) as client:
        client.post("/predict", json={"names": ["ъъ", "ъъъ"], "precision": [0.95, 0.123, None]})
        client.get("/categories/Книги")
        client.get("/categories/Ничего")
        client.get("/wp-login.php")
        client.request("PROPFIND", "/wp-login.php")
        client.get("/static/nothing.js")
        counted = client.get("/metrics")
    lines = counted.text.splitlines()
    assert counted.headers["content-type"].startswith("text/plain")
    category = 'textcat_requests_total{method="GET",route="/categories/{category_id:path}"'
    for line in (
        'textcat_requests_total{method="POST",route="/predict",status="200"} 1.0',
        category + ',status="200"} 1.0',
        category + ',status="404"} 1.0',
        'textcat_requests_total{method="GET",route="none",status="404"} 1.0',
        'textcat_requests_total{method="other",route="none",status="404"} 1.0',
        'textcat_request_seconds_count{route="/predict"} 1.0',
        "textcat_names_total 2.0",
        'textcat_names_without_answer_total{precision="0.95"} 2.0',
        'textcat_names_without_answer_total{precision="other"} 2.0',
        'textcat_names_without_answer_total{precision="leaf"} 2.0',
    ):
        assert line in lines
    assert "textcat_model_corrections 0.0" in lines


def test_the_page_is_served_and_kept_by_browsers(client: httpx.Client) -> None:
    page = client.get("/")
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert page.headers["x-content-type-options"] == "nosniff"
    again = client.get("/", headers={"If-None-Match": page.headers["etag"]})
    assert (again.status_code, again.text) == (304, "")
    assert client.get("/static/index.html").text == page.text
    assert client.get("/static/%2e%2e/app.py").status_code == 404


def test_it_may_be_mounted_in_another_application(saved_model: Path, names: list[str]) -> None:
    outer = FastAPI()
    outer.mount("/categories", create_app(saved_model))
    outer.mount("/strict", create_app(saved_model, limits=Limits(names=1)))
    with running(outer) as client:
        found = client.post("/categories/predict", json={"names": names})
        refused = client.post("/strict/predict", json={"names": names})
        described = client.get("/categories/openapi.json").json()
    assert len(found.json()["predictions"]) == len(names)
    assert refused.status_code == 422
    assert described["servers"] == [{"url": "/categories"}]


@pytest.mark.usefixtures("eager_switching")
def test_names_of_many_clients_at_once_are_not_mixed_up(
    client: httpx.Client, names: list[str]
) -> None:
    def ask(name: str) -> str:
        (found,) = client.post("/predict", json={"names": name}).json()["predictions"]
        return str(found["name"])

    with ThreadPoolExecutor(16) as threads:
        assert list(threads.map(ask, names * 3)) == names * 3


def test_without_the_extra_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in [each for each in sys.modules if each.startswith("textcat.service")]:
        monkeypatch.delitem(sys.modules, module)
    monkeypatch.setitem(sys.modules, "fastapi", None)
    with pytest.raises(textcat.MissingExtraError, match=r'pip install "textcat\[serve\]"'):
        import_module("textcat.service")
