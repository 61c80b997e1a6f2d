"""Who comes when too many names are waiting is turned away at once, and may come again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from textcat.service.problems import Problem


class Admission:
    """Counts the names that are being answered.

    Parameters
    ----------
    most : int
        Names of all requests together.

    Examples
    --------
    >>> admission = Admission(100)
    >>> with admission.of(60), admission.of(60):
    ...     pass
    Traceback (most recent call last):
        ...
    textcat.service.problems.Problem: 503: 60 names are waiting for an answer; ask again in a moment
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._waiting = 0

    @contextmanager
    def of(self, names: int) -> Iterator[None]:
        """Hold places for some names; whoever finds nobody waiting is always let in."""
        if self._waiting and self._waiting + names > self._most:
            detail = f"{self._waiting:,} names are waiting for an answer; ask again in a moment"
            raise Problem(503, "overloaded", detail, headers={"Retry-After": "1"})
        self._waiting += names
        try:
            yield
        finally:
            self._waiting -= names
