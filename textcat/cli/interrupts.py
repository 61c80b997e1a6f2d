"""Ctrl-C, and what is said about it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager


class StoppedError(Exception):
    """Ctrl-C, and what to say about it."""


@contextmanager
def interruptible(message: str) -> Iterator[None]:
    """Turn Ctrl-C into a `StoppedError` that says what has become of the work."""
    try:
        yield
    except KeyboardInterrupt:
        raise StoppedError(message) from None
