"""One at a time: whoever changes a saved model reads it, changes it and saves it in one turn.

Saving is safe by itself, but two who have read the same model would each save without what the
other one has changed.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from textcat.storage.meta import META


@contextmanager
def turn(directory: Path) -> Iterator[None]:
    """Wait for the others, in other processes and threads, and keep them waiting.

    What is locked is the description of the saved model. As every save replaces it, whoever has
    waited for an old one waits once more, for the new one.
    """
    descriptor = _locked(directory / META)
    try:
        yield
    finally:
        if descriptor is not None:
            os.close(descriptor)


def _locked(path: Path) -> int | None:
    """A descriptor that holds the lock of a file until it is closed; None without such locks."""
    try:
        import fcntl
    except ImportError:  # not every system has them
        return None
    while True:
        descriptor = os.open(path, os.O_RDONLY)
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        if os.path.samestat(os.fstat(descriptor), path.stat()):
            return descriptor
        os.close(descriptor)
