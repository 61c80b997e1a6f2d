"""GET / and /static: the page for people, from files that ship with the package."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from fastapi import APIRouter, HTTPException, Request
from starlette.responses import Response
from starlette.staticfiles import StaticFiles

router = APIRouter(include_in_schema=False)


class PageFiles(StaticFiles):
    """Files that a browser keeps, but asks for each time whether they are still the same."""

    def file_response(self, *args: Any, **options: Any) -> Response:
        """As usual: a file with its ETag, or word that the browser has it."""
        response = super().file_response(*args, **options)
        response.headers["Cache-Control"] = "no-cache"
        return response


files = PageFiles(directory=Path(__file__).with_name("page"))


@router.api_route("/", methods=["GET", "HEAD"])
async def page(request: Request) -> Response:
    """The page itself."""
    return await files.get_response("index.html", request.scope)


@router.api_route("/static/{path:path}", methods=["GET", "HEAD"])
async def static(path: str, request: Request) -> Response:
    """What it is made of."""
    if "\0" in path:  # which no file has, and older releases of Starlette stumble over
        raise HTTPException(404)
    return await files.get_response(path, request.scope)
