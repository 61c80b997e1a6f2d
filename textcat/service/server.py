"""A server of uvicorn's that stops and reloads as it is told by signals."""

from __future__ import annotations

import asyncio
import signal
import socket
from collections.abc import Callable
from dataclasses import dataclass
from types import FrameType
from typing import Any

from fastapi import FastAPI

from textcat.errors import MissingExtraError, TextcatError

try:
    import uvicorn
except ModuleNotFoundError as error:
    raise MissingExtraError('a server needs uvicorn: pip install "textcat[serve]"') from error

RELOAD = getattr(signal, "SIGHUP", None)  # not on Windows


@dataclass(frozen=True)
class Settings:
    """How an application is served.

    Attributes
    ----------
    make_app : callable
        Makes the application; pickled, if there are several workers.
    grace : float
        Seconds that requests have to finish when the server is stopped.
    logging : mapping or None
        As for `logging.config.dictConfig`; None configures nothing.
    access_log : bool
        Whether every request is logged.
    """

    make_app: Callable[[], FastAPI]
    grace: float = 30.0
    logging: dict[str, Any] | None = None
    access_log: bool = False

    def server(self, on_start: Callable[[], object] = bool, hears_ctrl_c: bool = True) -> Server:
        """A server of its own application."""
        app = self.make_app()
        config = uvicorn.Config(
            app,
            log_config=self.logging,
            access_log=self.access_log,
            lifespan="on",
            ws="none",
            server_header=False,
            timeout_graceful_shutdown=max(1, round(self.grace)),
        )
        return Server(config, app.state.service.current.refresh, on_start, hears_ctrl_c)


class Server(uvicorn.Server):
    """Looks for another model when it gets SIGHUP.

    Parameters
    ----------
    config : uvicorn.Config
    reload, on_start : callable
        Called in a thread at SIGHUP; called when requests are taken.
    hears_ctrl_c : bool
        Not if another process hears it and will say when to stop.
    """

    def __init__(
        self,
        config: uvicorn.Config,
        reload: Callable[[], object],
        on_start: Callable[[], object] = bool,
        hears_ctrl_c: bool = True,
    ) -> None:
        super().__init__(config)
        self._reload = reload
        self._on_start = on_start
        self._hears_ctrl_c = hears_ctrl_c
        self._reloading: asyncio.Task[object] | None = None

    async def serve(self, sockets: list[socket.socket] | None = None) -> None:
        """Serve until told to stop."""
        if RELOAD is not None:
            asyncio.get_running_loop().add_signal_handler(RELOAD, self._begin_reload)
        await super().serve(sockets)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, and say so."""
        await super().startup(sockets)
        self._on_start()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Stop, unless somebody else will say when."""
        if sig != signal.SIGINT or self._hears_ctrl_c:
            super().handle_exit(sig, frame)

    def _begin_reload(self) -> None:
        self._reloading = asyncio.ensure_future(asyncio.to_thread(self._reload))


def listening(host: str, port: int) -> socket.socket:
    """A socket that takes connections; port 0 is any that is free.

    Raises
    ------
    TextcatError
        If the address is taken, or is none of this machine's.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=2048)
    except OSError as error:
        raise TextcatError(
            f"nothing can listen on {host}, port {port}: {error.strerror or error}. Name another "
            "--port, or 0 for any that is free; and a --host of this machine"
        ) from error
