"""Whatever goes wrong becomes a problem of RFC 9457, `application/problem+json`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from pydantic_core import to_json
from starlette.exceptions import HTTPException
from starlette.responses import Response

MEDIA_TYPE = "application/problem+json"
NAMESPACE = "urn:textcat:problem:"
# Of a request with thousands of faults these many are told.
MOST_ERRORS = 20

Fault = Mapping[str, str]


class Problem(HTTPException):
    """A request that is not answered, and why.

    Parameters
    ----------
    status : int
    kind : str
        What tells it from other problems of this status, the last part of its type.
    detail : str
        What is wrong, and the way out.
    pointer : str, optional
        Where in the body: a JSON pointer as a fragment, "#/names/3".
    headers : mapping, optional
    """

    def __init__(
        self,
        status: int,
        kind: str,
        detail: str,
        pointer: str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(status, detail, dict(headers or {}))
        self.kind = kind
        self.errors: list[Fault] = [{"pointer": pointer, "detail": detail}] if pointer else []


def problem_response(
    status: int,
    detail: str,
    kind: str | None = None,
    errors: Sequence[Fault] = (),
    headers: Mapping[str, str] | None = None,
) -> Response:
    """A problem as a response; without a kind it is nothing but its status.

    >>> problem_response(404, "no such page").body.decode()
    '{"type":"about:blank","title":"Not Found","status":404,"detail":"no such page","errors":[]}'
    """
    content = {
        "type": NAMESPACE + kind if kind else "about:blank",
        "title": kind.replace("-", " ").capitalize() if kind else HTTPStatus(status).phrase,
        "status": status,
        "detail": writable(detail),
        "errors": [{key: writable(text) for key, text in error.items()} for error in errors],
    }
    return Response(to_json(content), status, dict(headers or {}), MEDIA_TYPE)


def writable(text: str) -> str:
    r"""Text that UTF-8 can hold.

    >>> writable("чай\ud800")
    'чай?'
    """
    return text.encode("utf-8", "replace").decode()


def answer_with_problems(app: FastAPI) -> None:
    """Have every error of an application answered with a problem."""
    handlers: dict[Any, Any] = {
        HTTPException: _refused,
        RequestValidationError: _invalid,
    }
    for error, handler in handlers.items():
        app.add_exception_handler(error, handler)


async def _refused(_request: Request, error: HTTPException) -> Response:
    kind, errors = getattr(error, "kind", None), getattr(error, "errors", ())
    return problem_response(error.status_code, error.detail, kind, errors, error.headers)


async def _invalid(_request: Request, error: RequestValidationError) -> Response:
    faults = [_fault(fault, error.body) for fault in error.errors()]
    told = faults[:MOST_ERRORS]
    where = told[0].get("pointer") or told[0]["parameter"]
    others = f", and {len(faults) - 1} more" if len(faults) > 1 else ""
    return problem_response(422, f"{where}: {told[0]['detail']}{others}", "invalid-request", told)


def _fault(fault: Mapping[str, Any], body: Any) -> dict[str, str]:
    part, *place = fault["loc"]
    is_of_body = part == "body"
    where = {"pointer": pointer_to(place, body)} if is_of_body else {"parameter": str(place[-1])}
    return {**where, "detail": fault["msg"]}


def pointer_to(place: Sequence[str | int], body: Any) -> str:
    """A JSON pointer as a fragment of a URI, as far as there is such a place in a body.

    >>> pointer_to(["names", 3], {"names": ["чай"] * 5}), pointer_to(["names", 0], {"names": 7})
    ('#/names/3', '#/names')
    >>> pointer_to(["a/b"], {})
    '#/a~1b'
    """
    pointer = "#"
    for key in place:
        if not isinstance(body, dict if isinstance(key, str) else list):
            break
        pointer += "/" + quote(writable(str(key)).replace("~", "~0").replace("/", "~1"))
        body = body.get(key) if isinstance(body, dict) else body[int(key)]
    return pointer
