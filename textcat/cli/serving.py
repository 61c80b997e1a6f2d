"""The command serve: answers over HTTP, and a page for people."""

from __future__ import annotations

import os
from copy import deepcopy
from functools import partial
from pathlib import Path
from socket import socket
from typing import Annotated, Any

import typer

from textcat.cli.interrupts import interruptible
from textcat.cli.messages import examples, say
from textcat.cli.options import ModelDirectory
from textcat.errors import TextcatError

EXAMPLES = examples(
    "textcat serve модель",
    "textcat serve модель --port 9000 --workers 4 --token-file токен.txt",
)
TOKEN = "TEXTCAT_TOKEN"

Host = Annotated[
    str, typer.Option(metavar="ADDRESS", help="Where to listen: 0.0.0.0 is the whole network.")
]
Port = Annotated[int, typer.Option(min=0, max=65535, help="0 is any that is free.")]
Workers = Annotated[int, typer.Option(min=1, help="Processes; they share the model's memory.")]
TokenFile = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE",
        help=f"A file with a word: who knows it may correct the model. Or {TOKEN} in the "
        "environment.",
    ),
]
Interval = Annotated[
    float,
    typer.Option(min=0, metavar="SECONDS", help="How often to look for a newer model; 0: never."),
]
MostNames = Annotated[int, typer.Option(min=1, metavar="NAMES", help="Names in a request.")]
Seconds = Annotated[
    float, typer.Option("--timeout", min=0.1, metavar="SECONDS", help="For a request.")
]
AccessLog = Annotated[bool, typer.Option("--access-log", help="Log every request.")]


def serve(
    model: ModelDirectory,
    host: Host = "127.0.0.1",
    port: Port = 8000,
    workers: Workers = 1,
    token_file: TokenFile = None,
    interval: Interval = 2.0,
    most_names: MostNames = 10_000,
    seconds: Seconds = 30.0,
    access_log: AccessLog = False,
) -> None:
    """Answer over HTTP, with a page for people at / and the interface described at /docs.

    A model that is saved to the same directory takes the place of the one that answers, and no
    request is dropped. Stop with Ctrl-C or SIGTERM; requests that came before are answered.
    """
    from textcat.service import Limits, create_app
    from textcat.service.current_model import load_whole
    from textcat.service.server import Settings, listening
    from textcat.service.workers import serve as serve_until_stopped

    limits, token = Limits(names=most_names, seconds=seconds), _token(token_file)
    make_app = partial(create_app, model, token=token, limits=limits, interval=interval)
    settings = Settings(make_app, seconds, _logging(), access_log)
    with interruptible("stopped."), listening(host, port) as listener:
        categories = len(load_whole(model).model.tree)
        say(f"{model}, {categories:,} categories, at {_address(listener)} until Ctrl-C")
        serve_until_stopped(settings, listener, workers)


def _token(file: Path | None) -> str | None:
    """The word in a file, or else in the environment."""
    from textcat.service.app import checked_token

    if file is None:
        token, place = os.environ.get(TOKEN), f"{TOKEN} in the environment"
    else:
        token, place = _content(file).strip(), str(file)
    try:
        return checked_token(token)
    except ValueError as error:
        raise TextcatError(f"{place} has no token: {error}") from error


def _content(file: Path) -> str:
    try:
        return file.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise TextcatError(f"the token cannot be read from {file}: {error}") from error


def _address(listener: socket) -> str:
    """Where a browser finds the page.

    >>> from textcat.service.server import listening
    >>> with listening("127.0.0.1", 0) as listener:
    ...     _address(listener).rpartition(":")[0]
    'http://127.0.0.1'
    """
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


def _logging() -> dict[str, Any]:
    """As uvicorn has it, with what the service says of models; without what is said above."""
    from uvicorn.config import LOGGING_CONFIG

    config = deepcopy(LOGGING_CONFIG)
    config["handlers"]["access"]["stream"] = "ext://sys.stderr"
    config["loggers"]["uvicorn.error"] = {"level": "WARNING"}
    config["loggers"]["textcat.service"] = {"handlers": ["default"], "level": "INFO"}
    return config
