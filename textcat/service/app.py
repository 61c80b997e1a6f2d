"""The application: its routes, what stands around them, and what they share."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from threading import Lock

from fastapi import FastAPI

from textcat import __version__
from textcat.service import browsing, correcting, pages, predicting, reading, reference, telling
from textcat.service.admission import Admission
from textcat.service.answering import LOOP_BATCH, PIECE
from textcat.service.context import Service
from textcat.service.current_model import CurrentModel
from textcat.service.documenting import DESCRIPTION, document
from textcat.service.guarding import Guarded, Hardened
from textcat.service.limits import Limits
from textcat.service.merging import Merger
from textcat.service.metrics import Measured, Metrics
from textcat.service.problems import answer_with_problems
from textcat.service.watching import Watch, Watched

ASKED = (predicting, reading, browsing, telling, pages, reference)
# Threads for requests with many names: one would keep a smaller one waiting for a larger one.
THREADS = 2
INTERVAL = 2.0


def create_app(
    model_directory: str | os.PathLike[str],
    *,
    token: str | None = None,
    limits: Limits | None = None,
    interval: float = INTERVAL,
    required: bool = True,
) -> FastAPI:
    """An application that answers with the model in a directory, whichever is saved there last.

    It may be served by any ASGI server, or be mounted in another application.

    Parameters
    ----------
    model_directory : path
    token : str, optional
        Who knows it may correct the model; without one nobody may.
    limits : Limits, optional
    interval : float
        Seconds between looks at the directory.
    required : bool
        Whether there has to be a model from the start. Otherwise problems are answered, 503, until
        there is one.

    Raises
    ------
    StorageError
        If there is no whole model in the directory, and one is required.
    ValueError
        If the token is empty, or is no token.

    Examples
    --------
    >>> import tempfile, textcat
    >>> model = textcat.train([("Чай зелёный", "Чай"), ("Кофе молотый", "Кофе")], n_jobs=1)
    >>> with tempfile.TemporaryDirectory() as directory:
    ...     model.save(directory)
    ...     app = create_app(directory)
    >>> app.title
    'textcat'
    """
    limits, metrics = limits or Limits(), Metrics()
    current = CurrentModel(model_directory, required=required, on_reload=metrics.reloaded)
    threads = ThreadPoolExecutor(THREADS, "textcat")
    service = Service(
        current=current,
        limits=limits,
        token=checked_token(token),
        metrics=metrics,
        few=Merger(LOOP_BATCH),
        many=Merger(PIECE, threads),
        admission=Admission(limits.waiting),
        threads=threads,
        correcting=Lock(),
    )
    return _assembled(service, Watch(current, interval))


def checked_token(token: str | None) -> str | None:
    """A token as it may stand in a header.

    >>> checked_token("my secret")
    Traceback (most recent call last):
        ...
    ValueError: a token is a word of Latin letters, digits and signs, without white space
    """
    if token is None or (token.isascii() and token.isprintable() and token and " " not in token):
        return token
    raise ValueError("a token is a word of Latin letters, digits and signs, without white space")


def _assembled(service: Service, watch: Watch) -> FastAPI:
    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        async with watch:
            yield

    app = FastAPI(
        title="textcat",
        version=__version__,
        description=DESCRIPTION,
        docs_url=None,  # FastAPI's own page loads its parts from elsewhere
        redoc_url=None,
        lifespan=lifespan,
    )
    app.state.service = service
    for routes in (*ASKED, *([correcting] if service.token else [])):
        app.include_router(routes.router)
    app.add_middleware(Guarded, limits=service.limits)
    app.add_middleware(Watched, watch=watch)
    app.add_middleware(Hardened)
    app.add_middleware(Measured, metrics=service.metrics)
    answer_with_problems(app)
    document(app, service.limits)
    return app
