"""The service against its own description: whatever is sent, it answers as described."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from running_service import running
from schemathesis import GenerationMode
from schemathesis.specs.openapi import checks

from textcat.model import CategoryModel
from textcat.service import create_app

TOKEN = "s3cret"
CHECKS = [
    schemathesis.checks.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
    checks.response_headers_conformance,
]
OPERATIONS = [
    "POST /predict", "POST /encode", "POST /read", "POST /correct", "GET /categories",
    "GET /categories/{category_id}", "GET /health", "GET /model", "GET /metrics",
]  # fmt: skip
# There is nothing that these do not allow: no question, or any text at all.
ALLOW_ANYTHING = {"GET /health", "GET /model", "GET /metrics", "GET /categories/{category_id}"}
SETTINGS = settings(
    max_examples=20, deadline=None, derandomize=True, database=None, phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)  # fmt: skip


@pytest.fixture(scope="module")
def client(
    model: CategoryModel, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[httpx.Client]:
    model.save(saved := tmp_path_factory.mktemp("service") / "модель")
    with running(create_app(saved, token=TOKEN)) as client:
        yield client


@pytest.fixture(scope="module")
def described(client: httpx.Client) -> dict[str, Any]:
    return dict(client.get("/openapi.json").json())


@pytest.mark.parametrize("operation", OPERATIONS)
def test_every_answer_to_what_is_allowed_is_as_described(
    client: httpx.Client, described: dict[str, Any], operation: str
) -> None:
    ask_at_random(client, described, operation, GenerationMode.POSITIVE)


@pytest.mark.parametrize("operation", sorted({*OPERATIONS} - ALLOW_ANYTHING))
def test_every_answer_to_what_is_not_allowed_is_as_described(
    client: httpx.Client, described: dict[str, Any], operation: str
) -> None:
    ask_at_random(client, described, operation, GenerationMode.NEGATIVE)


def ask_at_random(
    client: httpx.Client, described: dict[str, Any], operation: str, mode: GenerationMode
) -> None:
    """Send whatever the description allows, or does not allow, and hold the answers against it."""
    method, _, path = operation.partition(" ")
    schema = schemathesis.openapi.from_dict(described)
    schema.config.update(base_url=str(client.base_url))
    headers = {"Authorization": f"Bearer {TOKEN}"} if path == "/correct" else None

    @SETTINGS
    @given(schema[path][method].as_strategy(generation_mode=mode))
    def ask(case: Any) -> None:
        case.call_and_validate(checks=CHECKS, headers=headers)

    ask()


def test_all_there_is_is_described(described: dict[str, Any]) -> None:
    there = [
        f"{method.upper()} {path}" for path, each in described["paths"].items() for method in each
    ]
    assert sorted(there) == sorted(OPERATIONS)


def test_examples_in_the_description_are_russian_and_allowed(
    client: httpx.Client, described: dict[str, Any]
) -> None:
    examples = described["components"]["schemas"]["PredictQuestion"]["examples"]
    for example in examples:
        asked = {**example, "precision": None}
        assert client.post("/predict", json=asked).status_code == 200
        assert "Чехол" in str(example)


def test_the_interface_is_described_for_people_without_any_outside_resource(
    client: httpx.Client,
) -> None:
    page = client.get("/docs")
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    for operation in OPERATIONS:
        assert operation in page.text
    assert "http://" not in page.text
    assert "https://" not in page.text
    assert "<script" not in page.text
    assert "Чехол силик. д/iPhone 13 прозр." in page.text
