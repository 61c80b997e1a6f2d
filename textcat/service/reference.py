"""GET /docs: the interface on one plain page, made from its OpenAPI description.

FastAPI's own page loads its parts from another server; this one needs none.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse

Described = Mapping[str, Any]

router = APIRouter(include_in_schema=False)

PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{title}: the interface</title>
<main>
<h1>{title} {version}</h1>
<p>{description}
<p>The same for programs: <a href="openapi.json">openapi.json</a>.
{operations}
</main>
"""
OPERATION = """<h2 id="{id}">{method} {path}</h2>
<p><b>{summary}.</b> {description}
{asked}
<p>The answer:
<pre>{answer}</pre>
<p>Or a problem: {problems}.
"""


@router.get("/docs")
async def reference(request: Request) -> HTMLResponse:
    """The page."""
    return HTMLResponse(page_of(request.app.openapi()))


def page_of(described: Described) -> str:
    """A description as a page.

    >>> from fastapi import FastAPI
    >>> "<h1>Чай 0.1.0</h1>" in page_of(FastAPI(title="Чай").openapi())
    True
    """
    components: Described = described.get("components", {}).get("schemas", {})
    operations = (
        _operation(method, path, operation, components)
        for path, methods in described["paths"].items()
        for method, operation in methods.items()
    )
    heading = {key: escape(text) for key, text in described["info"].items()}
    return PAGE.format(**{"description": "", **heading}, operations="".join(operations))


def _operation(method: str, path: str, operation: Described, components: Described) -> str:
    responses = operation["responses"]
    problems = (f"{status} {response['description']}" for status, response in responses.items())
    return OPERATION.format(
        id=escape(operation["operationId"]),
        method=method.upper(),
        path=escape(path),
        summary=escape(operation["summary"]),
        description=escape(operation.get("description", "")).replace("\n\n", "\n<p>"),
        asked="\n".join((*_parameters(operation), *_bodies(operation, components))),
        answer=_answer(responses["200"].get("content", {}), components),
        problems=escape(" ".join(list(problems)[1:])).rstrip("."),
    )


def _parameters(operation: Described) -> Iterator[str]:
    for each in operation.get("parameters", []):
        yield _meaning(each["name"], {**each["schema"], **each})


def _bodies(operation: Described, components: Described) -> Iterator[str]:
    for kind, content in operation.get("requestBody", {}).get("content", {}).items():
        schema = _resolved(content["schema"], components)
        yield f"<p>Send {escape(kind)}:"
        yield from (f"<pre>{_shown(each)}</pre>" for each in schema.get("examples", ()))
        yield from (_meaning(name, each) for name, each in schema.get("properties", {}).items())


def _meaning(name: str, described: Described) -> str:
    examples = (json.dumps(each, ensure_ascii=False) for each in described.get("examples", ()))
    such_as = (f"Such as {each}." for each in examples)
    text = " ".join([described.get("description", ""), *such_as])
    return f"<p><code>{escape(name)}</code>: {escape(text)}"


def _answer(content: Described, components: Described) -> str:
    for kind, described in content.items():
        if "schema" not in described:
            return escape(kind)
        return _shown(example_of(described["schema"], components))
    return "nothing"


def example_of(schema: Described, components: Described) -> Any:
    """A value that a schema allows, put together from the examples of its parts.

    >>> example_of({"type": "array", "items": {"$ref": "#/x/Tea"}}, {"Tea": {"examples": ["улун"]}})
    ['улун']
    """
    schema = _resolved(schema, components)
    if "examples" in schema:
        return schema["examples"][0]
    if "properties" in schema:
        return {key: example_of(each, components) for key, each in schema["properties"].items()}
    if "items" in schema:
        return [example_of(schema["items"], components)]
    return example_of(schema["anyOf"][0], components) if "anyOf" in schema else None


def _resolved(schema: Described, components: Described) -> Described:
    reference = schema.get("$ref")
    return components[reference.rpartition("/")[2]] if reference else schema


def _shown(value: Any) -> str:
    return escape(json.dumps(value, ensure_ascii=False, indent=1))
