"""The application in a server, or in several processes that serve one address.

Every worker loads the model for itself; its arrays are mapped, so memory for them is there once.
Processes are started anew, not forked. One that dies is replaced; if not even the first can start,
that is an error. SIGTERM and Ctrl-C let requests finish, SIGHUP has all look for another model.
"""

from __future__ import annotations

import logging
import os
import signal
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from multiprocessing import connection, get_context, parent_process
from multiprocessing.context import SpawnProcess
from multiprocessing.synchronize import Event
from tempfile import TemporaryDirectory
from threading import Thread
from time import sleep
from types import FrameType
from typing import Any

from textcat.errors import TextcatError
from textcat.service.metrics import SHARED
from textcat.service.server import RELOAD, Settings

logger = logging.getLogger("textcat.service")

LOOK = 1.0  # seconds until somebody looks whether a signal came
KILL = 5.0  # seconds that a worker gets beyond those of its requests
_START = get_context("spawn")


def serve(settings: Settings, listener: socket.socket, workers: int = 1) -> None:
    """Serve until a signal says to stop.

    Raises
    ------
    KeyboardInterrupt
        If it was Ctrl-C.
    TextcatError
        If a worker ends before any has started.
    """
    if workers > 1:
        stopped_by = Workers(settings, listener, workers).run()
        if stopped_by == signal.SIGINT:
            raise KeyboardInterrupt
        return
    server = settings.server()
    with _signals({signal.SIGTERM: _ignored}):  # uvicorn repeats it when it has finished
        server.run(sockets=[listener])


class Workers:
    """Processes that share a socket.

    Parameters
    ----------
    settings : Settings
    listener : socket
    count : int
    """

    def __init__(self, settings: Settings, listener: socket.socket, count: int) -> None:
        self._settings = settings
        self._listener = listener
        self._count = count
        self._running: dict[SpawnProcess, Event] = {}  # the event says whether it has started
        self._is_up = False
        self._stopped_by: list[int] = []

    def run(self) -> int:
        """Serve until a signal says to stop; which one it was."""
        handlers = {signal.SIGTERM: self._stop, signal.SIGINT: self._stop}
        if RELOAD is not None:
            handlers[RELOAD] = self._reload
        with _signals(handlers), _shared_metrics():
            try:
                for _ in range(self._count):
                    self._start()
                while not self._stopped_by:
                    self._replace_dead()
            finally:
                self._end()
        return self._stopped_by[0]

    def _start(self) -> None:
        started = _START.Event()
        arguments = (self._settings, self._listener, started)
        process = _START.Process(target=_work, args=arguments, name="textcat worker")
        with _signals({signal.SIGINT: signal.SIG_IGN}):  # what is ignored, children ignore
            process.start()
        self._running[process] = started

    def _replace_dead(self) -> None:
        connection.wait([process.sentinel for process in self._running], LOOK)
        self._is_up = self._is_up or any(started.is_set() for started in self._running.values())
        for process in [each for each in self._running if not each.is_alive()]:
            has_started = self._running.pop(process).is_set()
            if self._stopped_by:
                return
            ended = f"worker {process.pid} ended with exit code {process.exitcode}"
            if not self._is_up:
                raise TextcatError(f"{ended} before it could start; what it said is above")
            logger.warning("%s and is replaced", ended)
            if not has_started:
                sleep(LOOK)  # the next one may not fare better
            self._start()

    def _stop(self, number: int, _frame: FrameType | None) -> None:
        """Have all of them finish; at the second signal at once."""
        self._tell(signal.SIGKILL if self._stopped_by else signal.SIGTERM)
        self._stopped_by.append(number)

    def _reload(self, number: int, _frame: FrameType | None) -> None:
        self._tell(number)

    def _tell(self, number: int) -> None:
        for process, started in self._running.items():
            # one that is just starting loads the newest model anyway, and would die of a SIGHUP
            if process.pid and (number != RELOAD or started.is_set()):
                with suppress(ProcessLookupError):
                    os.kill(process.pid, number)

    def _end(self) -> None:
        if not self._stopped_by:
            self._tell(signal.SIGTERM)
        for process in self._running:
            process.join(self._settings.grace + KILL)
            if process.is_alive():
                process.kill()


def _work(settings: Settings, listener: socket.socket, started: Event) -> None:
    """What a worker does."""
    if RELOAD is not None:
        signal.signal(RELOAD, signal.SIG_IGN)  # until it is heard
    Thread(target=_end_with_parent, daemon=True).start()
    try:
        server = settings.server(started.set, hears_ctrl_c=False)
    except TextcatError as error:
        logger.error("a worker cannot start: %s", error)
        sys.exit(1)
    server.run(sockets=[listener])


def _end_with_parent() -> None:
    """Finish when the process that started this one is gone, whatever it died of."""
    if parent := parent_process():
        parent.join()
        os.kill(os.getpid(), signal.SIGTERM)


@contextmanager
def _signals(handlers: dict[signal.Signals, Any]) -> Iterator[None]:
    """Hear some signals otherwise for a time."""
    usual = {number: signal.signal(number, handler) for number, handler in handlers.items()}
    try:
        yield
    finally:
        for number, handler in usual.items():
            signal.signal(number, handler)


def _ignored(_number: int, _frame: FrameType | None) -> None:
    """As if a signal had not come."""


@contextmanager
def _shared_metrics() -> Iterator[None]:
    """A directory for what workers count, unless there is one."""
    if SHARED in os.environ:
        yield
        return
    with TemporaryDirectory(prefix="textcat-metrics-", ignore_cleanup_errors=True) as directory:
        os.environ[SHARED] = directory  # workers have it from the first, as it must be
        try:
            yield
        finally:
            del os.environ[SHARED]
