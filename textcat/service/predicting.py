"""POST /predict and /encode: names -> categories, names -> vectors."""

from __future__ import annotations

import numpy as np
from fastapi import APIRouter, Request
from pydantic_core import to_json
from starlette.responses import Response

from textcat.errors import PrecisionError, TextcatError
from textcat.model import CategoryModel
from textcat.service.answering import PIECE, in_thread, pieces, predicted
from textcat.service.bodies import JsonRoute
from textcat.service.checking import check_extras, check_names
from textcat.service.context import service_of
from textcat.service.documenting import problems
from textcat.service.problems import Problem
from textcat.service.questions import EncodeQuestion, PredictQuestion
from textcat.service.replies import Predictions, Vectors
from textcat.service.writing import AskedLevel, listing_response

router = APIRouter(tags=["names"], route_class=JsonRoute)

DIGITS = 6  # of a vector's components, which are numbers from -1 to 1


@router.post(
    "/predict",
    summary="The categories of names",
    response_class=Response,
    responses={200: {"model": Predictions}, **problems(400, 408, 413, 415, 422, 503)},
)
async def predict(question: PredictQuestion, request: Request) -> Response:
    """Tell the way to the most probable category of every name, and how far it can be relied on.

    A precision level is the share of the answers that has to be right: an answer is the deepest
    category that is probable enough for it, or none. A level that is not certified is refused.
    """
    service = service_of(request)
    check_names(question.names, service.limits)
    check_extras(question, service.limits)
    loaded = service.current.loaded
    levels = _levels(loaded.model, question)
    parts = await predicted(service, loaded, question, levels)
    return listing_response({"generation": loaded.generation}, "predictions", parts)


@router.post(
    "/encode",
    summary="The vectors of names",
    response_class=Response,
    responses={200: {"model": Vectors}, **problems(400, 404, 408, 413, 415, 422, 503)},
)
async def encode(question: EncodeQuestion, request: Request) -> Response:
    """Give a vector for every name: names of one category are close to each other.

    404 if the model was trained without vectors.
    """
    service = service_of(request)
    check_names(question.names, service.limits)
    loaded = service.current.loaded

    def encoded(piece: list[str]) -> tuple[int, bytes]:
        return _vectors(loaded.model, piece)

    with service.admission.of(len(question.names)):
        parts = [
            await in_thread(service, encoded, piece) for piece in pieces(question.names, PIECE)
        ]
    heading = {"generation": loaded.generation, "dim": parts[0][0]}
    return listing_response(heading, "vectors", [written for _, written in parts])


def _levels(model: CategoryModel, question: PredictQuestion) -> list[AskedLevel]:
    """How probable answers have to be; a problem if a level is not certified."""
    try:
        rule = model.certificates.rule(question.goods)
    except PrecisionError as error:
        raise Problem(422, "goods-not-certified", str(error), "#/goods") from error
    try:
        return [AskedLevel(each, rule.threshold(each)) for each in question.precision]
    except PrecisionError as error:
        raise Problem(422, "precision-not-certified", str(error), "#/precision") from error


def _vectors(model: CategoryModel, names: list[str]) -> tuple[int, bytes]:
    """How long vectors are, and those of some names as JSON."""
    try:
        vectors = model.encode(names)
    except TextcatError as error:
        raise Problem(404, "no-vectors", str(error)) from error
    return vectors.shape[1], to_json(vectors.astype(np.float64).round(DIGITS).tolist())
