"""Where the command line puts answers: rows of CSV or JSON lines, in a file or standard output.

Every writer takes answers batch by batch and keeps nothing. There is one row of output for every
row of input, whether it has an answer or not.
"""

from __future__ import annotations

import csv
import json
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Protocol, TextIO

from textcat.errors import TextcatError
from textcat.prediction import Answer, Answers

# Digits of a probability: calibration is not good for more.
DIGITS = 6
UNFINISHED = ".part"


class Writer(Protocol):
    """What takes answers."""

    def write(self, numbers: Sequence[int], answers: Answers) -> None:
        """Write a batch; `numbers` are those of its rows in the input."""


class CsvWriter:
    """Comma-separated values: row, name, and a category and its probability a precision level."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._rows = csv.writer(stream, lineterminator="\n")
        self._has_header = False

    def write(self, numbers: Sequence[int], answers: Answers) -> None:
        """Write a batch, under a header if it is the first."""
        columns = answers.to_columns()
        if not self._has_header:
            self._rows.writerow(["row", *columns])
            self._has_header = True
        cells = [
            map(_rounded, values) if title.startswith("probability") else values
            for title, values in columns.items()
        ]
        self._rows.writerows(zip(numbers, *cells, strict=True))
        self._stream.flush()


class JsonLinesWriter:
    """An object a line: row, name, all levels, and an answer a precision level."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        # what the stream cannot say is escaped instead of lost
        encoding = (stream.encoding or "utf-8").lower()
        self._ascii = not encoding.startswith("utf")

    def write(self, numbers: Sequence[int], answers: Answers) -> None:
        """Write a batch."""
        for number, answer in zip(numbers, answers, strict=True):
            content = _as_dict(number, answer, answers.precisions)
            self._stream.write(json.dumps(content, ensure_ascii=self._ascii) + "\n")
        self._stream.flush()


def _as_dict(number: int, answer: Answer, precisions: Sequence[float | None]) -> dict[str, Any]:
    levels = [
        {**level._asdict(), "probability": round(level.probability, DIGITS)}
        for level in answer.levels
    ]
    answers = []
    for at in map(answer.at, precisions):
        answers.append(
            {
                "precision": at.precision,
                "category": at.category,
                "path": list(at.path) if at.path else None,
                "probability": _rounded(at.probability),
            }
        )
    return {"row": number, "name": answer.name, "answers": answers, "levels": levels}


def _rounded(probability: float | None) -> float | None:
    return None if probability is None else round(probability, DIGITS)


@contextmanager
def output_stream(path: Path | None) -> Iterator[TextIO]:
    """Open a file to write to, or standard output for None.

    The file gets its name when everything is in it; until then it is called `….part`. What was
    written before an error or an interrupt stays there, and a file that has the name stays whole.
    """
    if path is None:
        yield sys.stdout
        return
    target = Path(os.path.realpath(path))  # a link stays a link
    if target.exists() and not target.is_file():  # such as /dev/null
        with _opened(target) as stream:
            yield stream
        return
    unfinished = unfinished_path(target)
    try:
        with _opened(unfinished) as stream:
            yield stream
        unfinished.replace(target)
    except BaseException:
        with suppress(OSError):
            if not unfinished.stat().st_size:
                unfinished.unlink()
        raise


def _opened(path: Path) -> TextIO:
    try:
        return path.open("w", encoding="utf-8", errors="backslashreplace", newline="")
    except OSError as error:
        reason = error.strerror or str(error)
        place = str(path).removesuffix(UNFINISHED)
        raise TextcatError(f"{place} cannot be written: {reason}. Name another file.") from error


def written_to(path: Path | None) -> str:
    """Say where the rows are that were written before an error."""
    if path is None or (path.exists() and not path.is_file()):
        return "were written"
    return f"were written to {unfinished_path(path)}"


def unfinished_path(path: Path) -> Path:
    """What a file is called until it is whole.

    >>> unfinished_path(Path("ответы.csv")).name
    'ответы.csv.part'
    """
    return path.with_name(path.name + UNFINISHED)


def make_writer(
    stream: TextIO, kind: str | None, path: Path | None = None, numbered: bool = True
) -> Writer:
    """Make the writer of a kind: "table", "csv" or "jsonl".

    If none is given: JSON lines for a file so called, a table for a terminal, CSV for the rest.
    """
    if kind is None:
        kind = "jsonl" if path and path.suffix == ".jsonl" else "csv"
        kind = "table" if path is None and stream.isatty() else kind
    if kind == "table":
        from textcat.cli.display import TableWriter, make_console

        return TableWriter(make_console(stream), numbered)
    return JsonLinesWriter(stream) if kind == "jsonl" else CsvWriter(stream)
