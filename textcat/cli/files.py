"""The file that the command line writes to: it gets its name when it is whole."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO

from textcat.errors import TextcatError

UNFINISHED = ".part"
# What UTF-8 cannot say, lone surrogates, is escaped instead of lost.
ENCODING, ERRORS = "utf-8", "backslashreplace"


@contextmanager
def output_stream(path: Path | None, keep: int = 0) -> Iterator[TextIO]:
    """Open a file to write to, or standard output for None.

    The file gets its name when everything is in it; until then it is called `….part`. What was
    written before an error or an interrupt stays there, and a file that has the name stays whole.
    The first `keep` bytes that are in `….part` stay, too.
    """
    if path is None:
        yield sys.stdout
        return
    if not is_regular(path):
        with _opened(path, 0) as stream:
            yield stream
        return
    unfinished = unfinished_path(path)
    try:
        with _opened(unfinished, keep) as stream:
            yield stream
        unfinished.replace(_target(path))
    except BaseException:
        with suppress(OSError):
            if not unfinished.stat().st_size:
                unfinished.unlink()
        raise


def is_regular(path: Path) -> bool:
    """Whether a path is a file's or may become one's, and not, say, /dev/null."""
    return _target(path).is_file() or not _target(path).exists()


def unfinished_path(path: Path) -> Path:
    """What a file is called until it is whole.

    >>> unfinished_path(Path("ответы.csv")).name
    'ответы.csv.part'
    """
    return _target(path).with_name(_target(path).name + UNFINISHED)


def written_to(path: Path | None) -> str:
    """Say where the rows are that were written before an error."""
    if path is None or not is_regular(path):
        return "were written"
    return f"were written to {unfinished_path(path)}"


def _target(path: Path) -> Path:
    return Path(os.path.realpath(path))  # a link stays a link


def _opened(path: Path, keep: int) -> TextIO:
    try:
        if keep:
            os.truncate(path, keep)
        return path.open("a" if keep else "w", encoding=ENCODING, errors=ERRORS, newline="")
    except OSError as error:
        reason = error.strerror or str(error)
        place = str(path).removesuffix(UNFINISHED)
        raise TextcatError(f"{place} cannot be written: {reason}. Name another file.") from error
