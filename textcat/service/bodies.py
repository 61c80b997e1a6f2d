"""Bodies of requests as JSON, read strictly: UTF-8, no NaN, no half of a character, no abyss."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import Request
from fastapi.routing import APIRoute
from pydantic_core import from_json
from starlette.responses import Response

from textcat.service.problems import Problem


class JsonRequest(Request):
    """A request whose body is JSON and nothing else."""

    async def json(self) -> Any:
        """The body's value; a problem if it has none."""
        try:
            return from_json(await self.body(), allow_inf_nan=False, cache_strings="none")
        except ValueError as error:
            raise Problem(400, "malformed-body", f"the body is not JSON: {error}") from error


class JsonRoute(APIRoute):
    """A route that is asked in JSON."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """As usual, once the type of the body is known to be right."""
        answer = super().get_route_handler()

        async def checked(request: Request) -> Response:
            kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
            if kind != "application/json":
                given = kind or "of no type"
                detail = f"the body is {given}; send JSON, and say Content-Type: application/json"
                raise Problem(415, "unsupported-body", detail)
            return await answer(JsonRequest(request.scope, request.receive))

        return checked
