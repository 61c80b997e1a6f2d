"""What is counted, for Prometheus; with several workers the counts are those of all of them.

Where PROMETHEUS_MULTIPROC_DIR is set, as it is for several workers, counters live in files of that
directory, one set a worker, and whoever is asked adds them up. What there is to say about the model
is what the worker that is asked has.
"""

from __future__ import annotations

import os
from collections import Counter as Tally
from collections.abc import Iterator, Sequence
from time import perf_counter

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, InfoMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from textcat.precision.levels import PRECISIONS
from textcat.service.current_model import CurrentModel
from textcat.service.writing import Values

SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
SHARED = "PROMETHEUS_MULTIPROC_DIR"  # as the client library has it
NO_ROUTE = "none"  # what no route answers has one label, whatever the client made up


class Metrics:
    """The counters of an application."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._requests = Counter(
            "textcat_requests", "Requests answered.", ["route", "method", "status"],
            registry=self._registry,
        )  # fmt: skip
        self._seconds = Histogram(
            "textcat_request_seconds", "From the first byte to the answer.", ["route"],
            buckets=SECONDS, registry=self._registry,
        )  # fmt: skip
        self._names = Counter("textcat_names", "Names answered.", registry=self._registry)
        self._unanswered = Counter(
            "textcat_names_without_answer", "Names without a reliable answer.", ["precision"],
            registry=self._registry,
        )  # fmt: skip
        self._corrections = Counter(
            "textcat_corrections", "Corrections learned.", registry=self._registry
        )
        self._reloads = Counter(
            "textcat_reloads", "Attempts to replace the model.", ["outcome"],
            registry=self._registry,
        )  # fmt: skip

    def answered(self, route: str, method: str, status: int, seconds: float) -> None:
        """Count a request."""
        known = method if method in METHODS else "other"
        self._requests.labels(route, known, str(status)).inc()
        self._seconds.labels(route).observe(seconds)

    def predicted(self, predictions: Sequence[Values]) -> None:
        """Count names, and those without an answer at each precision level."""
        self._names.inc(len(predictions))
        unanswered = Tally(
            _precision_label(answer["precision"])
            for prediction in predictions
            for answer in prediction["answers"]
            if answer["category"] is None
        )
        for label, names in unanswered.items():
            self._unanswered.labels(label).inc(names)

    def corrected(self) -> None:
        """Count a correction."""
        self._corrections.inc()

    def reloaded(self, succeeded: bool) -> None:
        """Count an attempt to replace the model."""
        self._reloads.labels("replaced" if succeeded else "refused").inc()

    def text(self, current: CurrentModel) -> bytes:
        """All of them as Prometheus reads them."""
        registry = self._registry
        if SHARED in os.environ:
            registry = CollectorRegistry()
            MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
        of_model = CollectorRegistry()
        of_model.register(_OfModel(current))
        return generate_latest(registry) + generate_latest(of_model)


def _precision_label(precision: float | None) -> str:
    """One of a few labels, whatever levels clients think of."""
    if precision is None:
        return "leaf"
    return f"{precision:g}" if precision in PRECISIONS else "other"


class _OfModel(Collector):
    """What there is to say about the model that answers now."""

    def __init__(self, current: CurrentModel) -> None:
        self._current = current

    def collect(self) -> Iterator[Metric]:
        loaded = self._current.loaded
        model = loaded.model
        yield InfoMetricFamily(
            "textcat_model",
            "The model that answers.",
            {"generation": loaded.generation, "saved": loaded.saved},
        )
        for name, what, value in (
            ("loaded_timestamp_seconds", "When it was loaded, since 1970.", loaded.loaded),
            ("categories", "Categories of its tree.", len(model.tree)),
            ("features", "Features that it knows.", len(model.reader.vocabulary)),
            ("corrections", "Corrections that it has learned.", len(model.corrections)),
        ):
            yield GaugeMetricFamily(f"textcat_model_{name}", what, value)


class Measured:
    """Counts every request, whatever becomes of it."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and note its status on the way back."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        status, start = 500, perf_counter()

        async def noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, noting)
        finally:
            route = getattr(scope.get("route"), "path", NO_ROUTE)
            self._metrics.answered(route, scope["method"], status, perf_counter() - start)
