"""The description of the interface: OpenAPI, with every problem that a route may answer with."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI

from textcat.service.limits import Limits
from textcat.service.problems import MEDIA_TYPE
from textcat.service.replies import ProblemDocument

Schemas = dict[str, dict[str, Any]]

DESCRIPTION = """\
Tells the category of a product from its name: in any marketplace's tree, as deep as the precision
that you require allows.

Everything is asked and answered in JSON. What cannot be answered is a problem as in RFC 9457,
application/problem+json, and its errors point at the parts of the request that are wrong.
"""
REFERENCE = "#/components/schemas/"
MEANINGS = {
    400: "The body is not JSON.",
    401: "The token is missing or wrong.",
    404: "There is no such thing here.",
    408: "The request did not come whole in time.",
    413: "The body is too large.",
    415: "The body is of another type.",
    422: "The request cannot be answered as it is.",
    500: "Something went wrong here.",
    503: "No model is loaded, or there is too much to do; ask again later.",
}


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """What a route's documentation says of the problems that it may answer with."""
    content = {MEDIA_TYPE: {"schema": {"$ref": REFERENCE + "ProblemDocument"}}}
    return {status: {"description": MEANINGS[status], "content": content} for status in statuses}


def document(app: FastAPI, limits: Limits) -> None:
    """Have the description of an application say its limits, and what its routes refer to."""
    describe = app.openapi

    def described() -> dict[str, Any]:
        if app.openapi_schema is None:
            schemas = describe()["components"]["schemas"]
            _add_problem(schemas)
            _add_limits(schemas, limits)
        return app.openapi_schema or {}

    app.openapi = described  # type: ignore[method-assign]  # as FastAPI's manual has it


def _add_problem(schemas: Schemas) -> None:
    problem = ProblemDocument.model_json_schema(ref_template=REFERENCE + "{model}")
    schemas.update(problem.pop("$defs"), ProblemDocument=problem)


def _add_limits(schemas: Schemas, limits: Limits) -> None:
    schemas["PredictQuestion"]["properties"]["top"]["maximum"] = limits.top
    for question in ("PredictQuestion", "EncodeQuestion"):
        one, several = schemas[question]["properties"]["names"]["anyOf"]
        one["maxLength"] = several["items"]["maxLength"] = limits.name_length
        several["maxItems"] = limits.names
