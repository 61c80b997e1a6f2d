"""A lock that a process can be forked under."""

from __future__ import annotations

import os
from threading import Lock


class ProcessLock:
    """Lets one thread of a process at a time into a `with` block; other processes have their own.

    A process that is forked while another thread is inside would inherit a lock that nobody there
    ever opens. What is done inside must be such that it may be broken off and begun again.
    """

    def __init__(self) -> None:
        self._locks: dict[int, Lock] = {}

    def __enter__(self) -> None:
        self._own().acquire()

    def __exit__(self, *_: object) -> None:
        self._own().release()

    def _own(self) -> Lock:
        process = os.getpid()
        return self._locks.get(process) or self._locks.setdefault(process, Lock())

    def __reduce__(self) -> tuple[type[ProcessLock], tuple[()]]:
        return ProcessLock, ()
