"""Around every request: how large it may be, how long it may take, what browsers are told."""

from __future__ import annotations

import logging

import anyio
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from textcat.service.limits import Limits
from textcat.service.problems import Problem, problem_response

logger = logging.getLogger("textcat.service")

# Nothing from elsewhere, nothing written into a page, no page of others around it.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}


class Hardened:
    """Tells browsers to take responses as what they are, and to ask nobody else."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and add headers to its response."""

        async def hardening(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, hardening)


class Guarded:
    """Refuses too large a body, gives up what takes too long, and answers if something breaks."""

    def __init__(self, app: ASGIApp, limits: Limits) -> None:
        self._app = app
        self._limits = limits

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, with an eye on the clock and on every piece of its body."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        body, response = _Body(receive, Headers(scope=scope), self._limits), _Response(send)
        try:
            with anyio.move_on_after(self._limits.seconds) as clock:
                await self._app(scope, body.receive, response.send)
        except Exception:
            if response.has_started:
                raise
            logger.exception("%s %s is not answered", scope["method"], scope["path"])
            detail = "something broke here, not in the request; see the log"
            await problem_response(500, detail)(scope, receive, send)
            return
        if clock.cancelled_caught and not response.has_started:
            await self._too_late(body.is_whole)(scope, receive, send)

    def _too_late(self, is_asked: bool) -> Response:
        seconds = f"{self._limits.seconds:g} seconds"
        if not is_asked:
            return problem_response(408, f"the request was not there whole within {seconds}")
        detail = f"there was no answer within {seconds}; ask for less at once, or again later"
        return problem_response(503, detail, "too-slow", headers={"Retry-After": "10"})


class _Body:
    """The body of a request, counted while it comes: nobody has to announce its length."""

    def __init__(self, receive: Receive, headers: Headers, limits: Limits) -> None:
        self._receive = receive
        self._most = limits.body_bytes
        self._announced = headers.get("content-length", "")
        self._received = 0
        self.is_whole = False

    async def receive(self) -> Message:
        """The next piece; a problem if it is one too many."""
        if self._announced.isdecimal() and int(self._announced[:20]) > self._most:
            raise self._refusal()
        message = await self._receive()
        self._received += len(message.get("body", b""))
        self.is_whole = not message.get("more_body", False)
        if self._received > self._most:
            raise self._refusal()
        return message

    def _refusal(self) -> Problem:
        limit = f"{self._most:,} bytes"
        return Problem(413, "too-large", f"the body has more than {limit}; send it in parts")


class _Response:
    """Notes whether a response is on its way: then it is too late for another one."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self.has_started = False

    async def send(self, message: Message) -> None:
        self.has_started = True
        await self._send(message)
