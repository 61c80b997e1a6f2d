"""A service that runs while a test asks it: on a thread of this process, or as the command."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Thread
from time import monotonic
from typing import Any

import httpx
import uvicorn
from fastapi import FastAPI

from textcat.service.server import listening

PATIENCE = 60  # seconds for anything, on a machine that has a lot else to do


@contextmanager
def running(app: FastAPI) -> Iterator[httpx.Client]:
    """A client of an application that answers at a free port."""
    with listening("127.0.0.1", 0) as listener:
        host, port = listener.getsockname()
        server = uvicorn.Server(uvicorn.Config(app, log_config=None, ws="none"))
        thread = Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            with httpx.Client(base_url=f"http://{host}:{port}", timeout=PATIENCE) as client:
                yield client
        finally:
            server.should_exit = True
            thread.join()


class Command:
    """`textcat serve`, started at a free port; `client` asks it."""

    def __init__(self, *arguments: object) -> None:
        command = [sys.executable, "-m", "textcat", "serve", *map(str, arguments), "--port", "0"]
        self.process = subprocess.Popen(
            command, stderr=subprocess.PIPE, text=True, encoding="utf-8"
        )
        assert self.process.stderr
        self.said = self.process.stderr.readline()
        (self.address,) = re.findall(r"http://\S+", self.said)
        self.client = httpx.Client(base_url=self.address, timeout=PATIENCE)

    def generation(self) -> str:
        """Of the model that answers, in whichever worker."""
        return str(self.ask_anyone("GET", "health").json()["model"]["generation"])

    def ask_anyone(self, method: str, path: str, **asked: Any) -> httpx.Response:
        """The answer of whichever worker: each time a new connection is made."""
        return self.client.request(method, path, headers={"Connection": "close"}, **asked)

    def half_asked(self, path: str, body: bytes) -> socket.socket:
        """A connection with the head of a request; the service says when it wants the body."""
        url = httpx.URL(self.address)
        connection = socket.create_connection((url.host, url.port or 80), PATIENCE)
        head = f"POST /{path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
        head += f"Content-Length: {len(body)}\r\nExpect: 100-continue\r\n\r\n"
        connection.sendall(head.encode())
        return connection

    def end(self, number: signal.Signals) -> tuple[int, str]:
        """Its exit code after a signal, and what it said meanwhile."""
        self.process.send_signal(number)
        return self.ended()

    def ended(self) -> tuple[int, str]:
        """The same, if it ends anyway."""
        _, said = self.process.communicate(timeout=PATIENCE)
        return self.process.returncode, said

    def __enter__(self) -> Command:
        return self

    def __exit__(self, *_error: Any) -> None:
        self.client.close()
        if self.process.poll() is None:
            self.end(signal.SIGTERM)


def until(is_so: Callable[[], object]) -> None:
    """Wait until something is so, or fail if it never is."""
    patience = monotonic() + PATIENCE
    while not is_so():
        assert monotonic() < patience, "it never came to that"
