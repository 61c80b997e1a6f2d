"""Ctrl-C: what is said about it, when it has to wait, and who is not to hear of it."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class StoppedError(Exception):
    """Ctrl-C, and what to say about it."""


@contextmanager
def interruptible(message: str) -> Iterator[None]:
    """Turn Ctrl-C into a `StoppedError` that says what has become of the work."""
    try:
        yield
    except KeyboardInterrupt:
        raise StoppedError(message) from None


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Let Ctrl-C wait until something is done that must not be left by halves.

    A second one does not wait: a pipe that nobody reads from would never be done.
    """
    if not _is_heard():
        yield
        return
    came = False

    def note(_signal: int, _frame: FrameType | None) -> None:
        nonlocal came
        if came:
            raise KeyboardInterrupt
        came = True

    usual = signal.signal(signal.SIGINT, note)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, usual)
    if came:
        raise KeyboardInterrupt


@contextmanager
def unheard() -> Iterator[None]:
    """Let processes that are started now never hear of Ctrl-C: who started them ends them.

    They would each show where they were. While they are started this one does not hear it, too.
    """
    if not _is_heard():
        yield
        return
    usual = signal.signal(signal.SIGINT, signal.SIG_IGN)  # what is ignored, children ignore
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, usual)


def _is_heard() -> bool:
    """Whether Ctrl-C stops this thread: the main one, unless who started it had it ignored."""
    is_main = threading.current_thread() is threading.main_thread()
    return is_main and signal.getsignal(signal.SIGINT) is signal.default_int_handler
