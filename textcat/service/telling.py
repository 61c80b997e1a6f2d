"""GET /health, /model and /metrics: how the service is, and what may be asked of it."""

from __future__ import annotations

import math
from typing import Any

from fastapi import APIRouter, Request
from prometheus_client import CONTENT_TYPE_LATEST
from starlette.responses import Response

from textcat.precision.certificate import PrecisionLevel
from textcat.service import writing
from textcat.service.context import service_of
from textcat.service.documenting import problems
from textcat.service.replies import AskedLimits, Health, ModelDescription

router = APIRouter(tags=["service"])


@router.get(
    "/health",
    summary="Whether the service answers",
    response_class=Response,
    responses={200: {"model": Health}, **problems(503)},
)
async def health(request: Request) -> Response:
    """Tell which model answers; 503 while there is none."""
    loaded = service_of(request).current.loaded
    model, tree = loaded.model, loaded.model.tree
    figures = {
        "categories": len(tree),
        "leaves": len(tree.leaves),
        "levels": tree.depth,
        "features": len(model.reader.vocabulary),
        "trained": loaded.saved,
        "generation": loaded.generation,
        "corrections": len(model.corrections),
    }
    return writing.json_response({"status": "ok", "model": figures})


@router.get(
    "/model",
    summary="What may be asked",
    response_class=Response,
    responses={200: {"model": ModelDescription}, **problems(503)},
)
async def describe_model(request: Request) -> Response:
    """Tell which precision levels are certified, for which goods, and what the limits are."""
    service = service_of(request)
    loaded, limits = service.current.loaded, service.limits
    return writing.json_response(
        {
            "generation": loaded.generation,
            "name_count": int(loaded.model.facts.get("rows", 0)),
            "precision_levels": [_level(level) for level in loaded.model.precision_levels],
            "goods": list(loaded.model.certificates),
            "corrections": service.token is not None,
            "limits": {name: getattr(limits, name) for name in AskedLimits.model_fields},
        }
    )


def _level(level: PrecisionLevel) -> dict[str, Any]:
    return {
        "goods": level.goods,
        "precision": level.precision,
        "certified": level.certified,
        "threshold": level.threshold,
        "right": None if math.isnan(level.found) else level.found,
        "answered": level.answered,
        "at_leaf": level.at_leaf,
        "highest": level.highest,
    }


@router.get(
    "/metrics",
    summary="Figures for Prometheus",
    response_class=Response,
    responses={
        200: {"description": "In Prometheus' text format.", "content": {CONTENT_TYPE_LATEST: {}}},
        **problems(503),
    },
)
async def metrics(request: Request) -> Response:
    """Count requests, names and reloads, of all workers together."""
    service = service_of(request)
    return Response(service.metrics.text(service.current), media_type=CONTENT_TYPE_LATEST)
