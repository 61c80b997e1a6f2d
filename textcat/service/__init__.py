"""Answers over HTTP: a model directory -> an ASGI application of FastAPI's.

What a request meets on its way, and what answers it::

    app             puts all of it together: create_app
    guarding        bytes of a body, time of an answer, what breaks, headers of every response
    metrics         what is counted, as Prometheus reads it
    problems        whatever goes wrong -> application/problem+json
    bodies          bodies of requests -> JSON, read strictly
    questions       what a client sends
    limits          how much may be asked at once
    checking        what is asked, held against the limits
    admission       who comes when too many names are waiting

    predicting      POST /predict, /encode
    reading         POST /read: a price list -> names
    browsing        GET /categories
    correcting      POST /correct
    telling         GET /health, /model, /metrics
    pages           GET / and /static, the page for people
    reference       GET /docs, the interface on a page
    replies         what a client gets
    documenting     the interface described: OpenAPI

    context         what the routes share
    current_model   the model that answers, and its replacement by a newer one
    watching        looks for a newer one now and then
    turns           who changes a saved model does so alone
    answering       names -> predictions as JSON: a few on the event loop, many in a thread
    merging         names of concurrent requests -> batches
    writing         answers -> plain values -> JSON
    searching       what people type -> categories

    server          the application in a server of uvicorn's
    workers         the same, or several processes of it, until a signal comes

Nothing is loaded from the network, and nothing is kept but in the application: there may be several
in one process, each with a model of its own.
"""

from __future__ import annotations

from textcat.errors import MissingExtraError

try:
    from textcat.service.app import create_app
except ModuleNotFoundError as error:
    if (error.name or "").partition(".")[0] in {"fastapi", "prometheus_client"}:
        raise MissingExtraError(
            f'the service needs {error.name}: pip install "textcat[serve]"'
        ) from error
    raise
from textcat.service.limits import Limits

__all__ = ["Limits", "create_app"]
