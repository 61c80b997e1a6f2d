"""What the service does not answer, and how it says so."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest
from running_service import running

from textcat.model import CategoryModel
from textcat.service import Limits, create_app, replies

CASES = Path(__file__).parent / "cases" / "service_problems.txt"
LIMITS = Limits(names=5, name_length=40, body_bytes=20_000, top=3, explained=2)
JSON = {"Content-Type": "application/json"}


def cases() -> list[tuple[str, int, str, str]]:
    lines = [line for line in CASES.read_text("utf-8").splitlines() if not line.startswith("#")]
    pairs = [line.split(" => ") for line in lines]
    return [(body, int(status), *rest) for body, told in pairs for status, *rest in [told.split()]]


@pytest.fixture(scope="module")
def client(saved_model: Path) -> Iterator[httpx.Client]:
    with running(create_app(saved_model, limits=LIMITS)) as client:
        yield client


def problem(response: httpx.Response) -> dict[str, object]:
    """The problem that a response has to be."""
    assert response.headers["content-type"] == "application/problem+json"
    told = replies.ProblemDocument.model_validate_json(response.content)
    assert told.status == response.status_code
    return dict(response.json())


@pytest.mark.parametrize(("body", "status", "kind", "pointer"), cases())
def test_what_is_wrong_with_a_body_is_told_and_where(
    client: httpx.Client, body: str, status: int, kind: str, pointer: str
) -> None:
    response = client.post("/predict", content=body.encode(), headers=JSON)
    told = problem(response)
    assert (told["status"], told["type"]) == (status, f"urn:textcat:problem:{kind}")
    pointers = [error["pointer"] for error in response.json()["errors"]]
    assert pointers[:1] == ([] if pointer == "-" else [pointer])


@pytest.mark.parametrize(
    "content",
    [
        b"\xff\xfe",
        "чай".encode("cp1251"),
        b"[" * 9000,
        b'{"a":' * 3000,
        b'{"top":' + b"9" * 9000 + b"}",
    ],
)
def test_no_bytes_are_too_odd_to_be_refused(client: httpx.Client, content: bytes) -> None:
    assert problem(client.post("/predict", content=content, headers=JSON))["status"] == 400


def test_an_uncertified_level_says_which_is(client: httpx.Client) -> None:
    told = problem(client.post("/predict", json={"names": "чай", "precision": 0.99999999}))
    assert "the highest level that is, is" in str(told["detail"])


@pytest.mark.parametrize("kind", ["text/plain", "application/xml", "", "json", "application/jsonp"])
def test_a_body_of_another_type_is_refused(client: httpx.Client, kind: str) -> None:
    asked = client.post("/predict", content=b'{"names": "x"}', headers={"Content-Type": kind})
    assert problem(asked)["status"] == 415


def test_a_type_may_have_parameters(client: httpx.Client) -> None:
    headers = {"Content-Type": "Application/JSON; charset=utf-8"}
    assert client.post("/predict", content=b'{"names": "x"}', headers=headers).status_code == 200


@pytest.mark.parametrize(
    ("method", "address", "status"),
    [
        ("GET", "/nothing", 404),
        ("GET", "/predict", 405),
        ("DELETE", "/health", 405),
        ("POST", "/correct", 404),  # no token was set
        ("GET", "/categories/Нет%20такой", 404),
        ("GET", "/categories?parent=Нет", 404),
        ("GET", "/categories?limit=ten", 422),
        ("GET", "/categories?limit=-1", 422),
        ("GET", "/categories?offset=99999999999999999999999", 422),
        ("GET", f"/categories?search={'x' * 300}", 422),
        ("GET", "/static/", 404),
        ("GET", "/static/a%00b", 404),
    ],
)
def test_an_address_that_leads_nowhere_is_a_problem(
    client: httpx.Client, method: str, address: str, status: int
) -> None:
    assert problem(client.request(method, address))["status"] == status


def test_a_parameter_that_is_wrong_is_named(client: httpx.Client) -> None:
    (error,) = client.get("/categories?limit=ten").json()["errors"]
    assert error["parameter"] == "limit"


def test_only_the_first_of_many_faults_are_told(saved_model: Path) -> None:
    with running(create_app(saved_model)) as client:
        told = client.post("/predict", json={"names": list(range(1000))}).json()
    assert len(told["errors"]) == 20
    assert told["detail"].endswith(", and 999 more")


@pytest.mark.parametrize("announced", [True, False])
@pytest.mark.parametrize("address", ["/predict", "/read"])
def test_a_body_that_is_too_large_is_refused_though_nobody_announced_it(
    client: httpx.Client, address: str, announced: bool
) -> None:
    pieces = [b"x" * 10_000] * 5
    content = b"".join(pieces) if announced else iter(pieces)
    assert problem(client.post(address, content=content, headers=JSON))["status"] == 413


def test_what_takes_too_long_is_given_up_and_says_so(saved_model: Path) -> None:
    names = [f"чай {number} шт" for number in range(5000)]
    with running(create_app(saved_model, limits=Limits(seconds=0.01))) as client:
        response = client.post("/predict", json={"names": names})
        assert problem(response)["type"] == "urn:textcat:problem:too-slow"
        assert response.headers["retry-after"]
        assert client.get("/health").status_code == 200


def test_a_request_that_does_not_come_whole_is_given_up(saved_model: Path) -> None:
    with running(create_app(saved_model, limits=Limits(seconds=0.2))) as client:
        address = client.base_url.host, client.base_url.port
        with socket.create_connection(address, timeout=30) as slow:
            heading = "POST /predict HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
            slow.sendall(f"{heading}Content-Length: 100\r\n\r\n{{".encode())
            assert slow.recv(1000).startswith(b"HTTP/1.1 408")


def test_who_comes_while_too_many_are_waiting_is_asked_to_come_again(saved_model: Path) -> None:
    names = [f"чай {number}" for number in range(10_000)]
    app = create_app(saved_model, limits=Limits(waiting=10_000))
    with running(app) as client, ThreadPoolExecutor(4) as threads:
        asked = list(
            threads.map(lambda _: client.post("/predict", json={"names": names}), range(4))
        )
    turned_away = [response for response in asked if response.status_code == 503]
    assert {response.status_code for response in asked} == {200, 503}
    assert problem(turned_away[0])["type"] == "urn:textcat:problem:overloaded"


def test_an_error_of_the_service_itself_is_told_without_its_insides(
    saved_model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_anything: object, **_more: object) -> None:
        raise RuntimeError("secret")

    with running(create_app(saved_model)) as client:
        monkeypatch.setattr(CategoryModel, "predict", broken)
        for names in (["чай"], ["чай"] * 1000):
            response = client.post("/predict", json={"names": names})
            assert problem(response)["status"] == 500
            assert "secret" not in response.text
            assert "Traceback" not in response.text


def test_without_a_model_everything_waits_for_one(model: CategoryModel, tmp_path: Path) -> None:
    app = create_app(tmp_path / "later", required=False, interval=0.05)
    with running(app) as client:
        for response in (
            client.get("/health"), client.get("/model"), client.get("/metrics"),
            client.get("/categories"), client.post("/predict", json={"names": "чай"}),
        ):  # fmt: skip
            assert problem(response)["status"] == 503
        model.save(tmp_path / "later")
        while client.get("/health").status_code == 503:
            pass
        assert client.post("/predict", json={"names": "чай"}).status_code == 200


def test_limits_are_above_zero() -> None:
    with pytest.raises(ValueError, match="the limit names must be above 0, but is 0"):
        Limits(names=0)


@pytest.mark.parametrize("token", ["", "two words", "слово", "line\n"])
def test_a_token_is_a_word_that_a_header_can_hold(saved_model: Path, token: str) -> None:
    with pytest.raises(ValueError, match="a token is a word"):
        create_app(saved_model, token=token)


def test_the_cases_are_json_or_meant_not_to_be() -> None:
    for body, status, *_ in cases():
        if status != 400:
            json.loads(body)
