"""What goes wrong inside a workbook, in words for people, and what need not be said at all."""

from __future__ import annotations

import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from defusedxml.common import DefusedXmlException

from textcat.errors import CatalogueError, TextcatError

SAVE_AGAIN = "Open it in Excel or LibreOffice, save it as .xlsx and read that."
_FILTERS = threading.Lock()  # the filters of warnings are one list for all threads


@contextmanager
def damage_told(place: str) -> Iterator[None]:
    """Turn whatever a parser says of bytes that it does not understand into a `CatalogueError`.

    Examples
    --------
    >>> with damage_told("prices.xlsx"):
    ...     [].pop()
    Traceback (most recent call last):
    ...
    textcat.errors.CatalogueError: prices.xlsx is cut off or damaged: IndexError, pop from empty \
list. Open it in Excel or LibreOffice, save it as .xlsx and read that.
    """
    try:
        yield
    except (TextcatError, MemoryError):
        raise
    except BaseException as error:
        if isinstance(error, Exception) or _is_panic(error):
            raise CatalogueError(f"{place} {_what_is_wrong(error)} {SAVE_AGAIN}") from error
        raise


@contextmanager
def without_warnings() -> Iterator[None]:
    """Leave out what openpyxl warns of: styles and pictures that it would not save again."""
    with _FILTERS, warnings.catch_warnings():
        warnings.filterwarnings("ignore", module=r"openpyxl\.")
        yield


def password(place: str) -> str:
    """Say that a workbook has a password."""
    return f"{place} is protected by a password. Save it without one and read that."


def _is_panic(error: BaseException) -> bool:
    """Tell how calamine fails where it did not expect to: by design not an `Exception`."""
    return type(error).__name__ == "PanicException"


def _what_is_wrong(error: BaseException) -> str:
    if isinstance(error, DefusedXmlException) or isinstance(error.__cause__, DefusedXmlException):
        return "declares XML entities, which no workbook needs: it may be an attack."
    return f"is cut off or damaged: {type(error).__name__}, {str(error)[:200].rstrip('.')}."
