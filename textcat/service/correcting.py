"""POST /correct: what a moderator knows better. It is there only if a token was set."""

from __future__ import annotations

import asyncio
import hmac
from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import APIRouter, Depends, Request
from fastapi.security import HTTPBearer
from starlette.responses import Response

from textcat.errors import CatalogueError, TreeError
from textcat.model.storage import load
from textcat.service.bodies import JsonRoute
from textcat.service.checking import check_name
from textcat.service.context import Service, service_of
from textcat.service.documenting import problems
from textcat.service.problems import Problem
from textcat.service.questions import Correction
from textcat.service.replies import Corrected
from textcat.service.turns import turn
from textcat.service.writing import AskedLevel, json_response, predictions


class TokenRoute(JsonRoute):
    """A route for those who know the token; for others not even the body is read."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """As usual, once the token is known to be right."""
        answer = super().get_route_handler()

        async def checked(request: Request) -> Response:
            token = service_of(request).token or ""
            scheme, _, given = request.headers.get("authorization", "").partition(" ")
            # compared in constant time: how long it takes tells nothing about the token
            is_right = hmac.compare_digest(given.strip().encode(), token.encode())
            if scheme.lower() != "bearer" or not is_right:
                headers = {"WWW-Authenticate": "Bearer"}
                detail = "the token is missing or wrong; send Authorization: Bearer TOKEN"
                raise Problem(401, "unauthorized", detail, headers=headers)
            return await answer(request)

        return checked


router = APIRouter(
    tags=["names"],
    route_class=TokenRoute,
    dependencies=[Depends(HTTPBearer(auto_error=False, description="The service's token."))],
)


@router.post(
    "/correct",
    summary="Learn the category of a name",
    response_class=Response,
    responses={200: {"model": Corrected}, **problems(400, 401, 408, 413, 415, 422, 500, 503)},
)
async def correct(correction: Correction, request: Request) -> Response:
    """Have the model learn where a name belongs, at once and for good.

    The model is saved, and other workers answer with it within seconds. Its precision levels were
    certified before that.
    """
    service = service_of(request)
    check_name(correction.name, "#/name", service.limits)
    return json_response(await asyncio.to_thread(_learn, service, correction))


def _learn(service: Service, correction: Correction) -> dict[str, Any]:
    """Let the model on disk learn it, which may know more by now than the one that answers here."""
    current = service.current
    _teach(service, correction)
    current.refresh()
    service.metrics.corrected()
    loaded = current.loaded
    answers = loaded.model.predict([correction.name], precision=None)
    (prediction,) = predictions(answers, [AskedLevel(None, 0)])
    return {"generation": loaded.generation, "prediction": prediction}


def _teach(service: Service, correction: Correction) -> None:
    directory = service.current.directory
    try:
        with service.correcting, turn(directory):
            model = load(directory)
            category = model.tree.ids[model.tree.index(correction.category)]
            model.correct(correction.name, category).save(directory)
    except TreeError as error:
        raise Problem(422, "no-such-category", str(error), "#/category") from error
    except CatalogueError as error:
        raise Problem(422, "nothing-to-learn", str(error), "#/name") from error
    except OSError as error:
        raise Problem(500, "not-saved", f"the correction is not saved: {error}") from error
