"""What the routes of an application share."""

from __future__ import annotations

from concurrent.futures import Executor
from dataclasses import dataclass
from threading import Lock

from fastapi import Request

from textcat.service.admission import Admission
from textcat.service.current_model import CurrentModel
from textcat.service.limits import Limits
from textcat.service.merging import Merger
from textcat.service.metrics import Metrics


@dataclass(frozen=True)
class Service:
    """An application's own state."""

    current: CurrentModel
    limits: Limits
    token: str | None
    metrics: Metrics
    few: Merger  # answers a few names
    many: Merger
    admission: Admission
    threads: Executor  # for what takes long
    correcting: Lock  # whoever changes the saved model


def service_of(request: Request) -> Service:
    """The state of the application that a request came to; a dependency of FastAPI's is dearer."""
    service: Service = request.app.state.service
    return service
