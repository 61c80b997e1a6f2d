"""What callers pass as names: one or many, text or not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeGuard

from textcat.errors import CatalogueError, TextcatError
from textcat.values import as_text

ONE_NAME = (str, bytes, bytearray, memoryview)


def is_one_name(names: object) -> TypeGuard[str]:
    """Whether a single name is given, and not several.

    >>> is_one_name("Чай"), is_one_name(["Чай"])
    (True, False)
    """
    return isinstance(names, ONE_NAME)


def read_name(name: object) -> str:
    """A name as text; a missing one is empty, in which nothing is known.

    >>> read_name(b"tea"), read_name(None)
    ('tea', '')
    """
    return name if isinstance(name, str) else as_text(name) or ""


def read_names(names: object) -> list[str]:
    """Several names as texts.

    >>> read_names(["Чай", ["Кофе"]])
    Traceback (most recent call last):
        ...
    textcat.errors.TextcatError: name 2: ['Кофе'] is a list, not text. Pass names as text.
    """
    if hasattr(names, "columns") or isinstance(names, Mapping):
        raise TextcatError("a whole table is given; pass its column of names, as in table['name']")
    if is_one_name(names):
        raise TextcatError(f"several names are needed, but {names!r:.80} is one; put it in a list")
    if not isinstance(names, Iterable):
        raise TextcatError(
            f"{names!r:.80} is neither a name nor several; pass text or a list of it"
        )
    texts = []
    for place, name in enumerate(names, start=1):
        try:
            texts.append(read_name(name))
        except CatalogueError as error:
            raise TextcatError(f"name {place}: {error} Pass names as text.") from None
    return texts
