"""Looking after the model: now and then, whether another one was saved.

A server says when it starts and stops. An application that is mounted in another one is told of
neither, so looking begins with the first request at the latest.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress

from starlette.types import ASGIApp, Receive, Scope, Send

from textcat.service.current_model import CurrentModel


class Watch:
    """Looks for another model again and again, on the event loop that it is started on.

    Parameters
    ----------
    current : CurrentModel
    interval : float
        Seconds between looks; 0 for none.
    """

    def __init__(self, current: CurrentModel, interval: float) -> None:
        self._current = current
        self._interval = interval
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin, unless it has begun."""
        if self._interval > 0 and (self._task is None or self._task.done()):
            self._task = asyncio.get_running_loop().create_task(self._look())

    async def stop(self) -> None:
        """End it, and wait until it has ended."""
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task

    async def __aenter__(self) -> None:
        self.start()

    async def __aexit__(self, *_error: object) -> None:
        await self.stop()

    async def _look(self) -> None:
        while True:
            await asyncio.sleep(self._interval)
            if await asyncio.to_thread(self._current.has_changed):
                await asyncio.to_thread(self._current.refresh)


class Watched:
    """Sees to it that somebody looks after the model while requests come."""

    def __init__(self, app: ASGIApp, watch: Watch) -> None:
        self._app = app
        self._watch = watch

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        if scope["type"] == "http":
            self._watch.start()
        await self._app(scope, receive, send)
