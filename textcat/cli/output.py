"""How the command line writes answers: as rows of CSV or JSON lines.

Every writer takes answers batch by batch and keeps nothing. There is one row of output for every
row of input, whether it has an answer or not.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Protocol, TextIO

from textcat.prediction.answers import Answer, Answers

# Digits of a probability: calibration is not good for more.
DIGITS = 6


class Writer(Protocol):
    """What takes answers."""

    def write(self, numbers: Sequence[int], answers: Answers) -> None:
        """Write a batch; `numbers` are those of its rows in the input."""


class Rows(Protocol):
    """How answers are written as text, a row each."""

    def heading(self, answers: Answers) -> str:
        """What stands above the rows."""

    def text(self, numbers: Sequence[int], answers: Answers) -> str:
        """Rows of a batch."""

    def beginning(self, number: int, name: str) -> str:
        """What a row begins with, whatever the answer is."""

    def is_whole(self, lines: bytes) -> bool:
        """Whether lines that a row begins with are all that it has."""


class CsvRows:
    """Comma-separated values: row, name, and a category and its probability a precision level."""

    def heading(self, answers: Answers) -> str:
        """Names of the columns."""
        return _csv([["row", *answers[:0].to_columns()]])

    def text(self, numbers: Sequence[int], answers: Answers) -> str:
        """Rows of a batch."""
        columns = answers.to_columns()
        cells = [
            map(_rounded, values) if title.startswith("probability") else values
            for title, values in columns.items()
        ]
        return _csv(zip(numbers, *cells, strict=True))

    def beginning(self, number: int, name: str) -> str:
        """The first two cells.

        >>> CsvRows().beginning(2, "Сыр, 200 г")
        '2,"Сыр, 200 г",'
        """
        return _csv([(number, name, None)]).removesuffix("\n")

    def is_whole(self, lines: bytes) -> bool:
        """Quotes come in pairs, also those inside a cell; a cell may hold several lines."""
        return lines.count(b'"') % 2 == 0


class JsonRows:
    """An object a line: row, name, all levels, and an answer a precision level."""

    def __init__(self, encoding: str) -> None:
        # what the stream cannot say is escaped instead of lost
        self._ascii = not encoding.lower().startswith("utf")

    def heading(self, answers: Answers) -> str:  # noqa: ARG002 - other kinds of rows need it
        """No heading."""
        return ""

    def text(self, numbers: Sequence[int], answers: Answers) -> str:
        """Rows of a batch."""
        rows = zip(numbers, answers, strict=True)
        return "".join(
            self._dumped(_as_dict(number, answer, answers.precisions)) + "\n"
            for number, answer in rows
        )

    def beginning(self, number: int, name: str) -> str:
        """The first two values.

        >>> JsonRows("utf-8").beginning(2, "Чай")
        '{"row": 2, "name": "Чай", '
        """
        return self._dumped({"row": number, "name": name}).removesuffix("}") + ", "

    def is_whole(self, lines: bytes) -> bool:  # noqa: ARG002 - other kinds of rows need it
        """A line is a row."""
        return True

    def _dumped(self, content: dict[str, Any]) -> str:
        return json.dumps(content, ensure_ascii=self._ascii)


class RowWriter:
    """Writes a batch as one piece of text, under a heading if it is the first.

    Parameters
    ----------
    stream : text stream
    rows : Rows
    headed : bool
        Whether the heading is there already.
    """

    def __init__(self, stream: TextIO, rows: Rows, headed: bool = False) -> None:
        self._stream = stream
        self._rows = rows
        self._headed = headed

    def write(self, numbers: Sequence[int], answers: Answers) -> None:
        """Write a batch, and see it off."""
        text = self._rows.text(numbers, answers)
        self._stream.write(text if self._headed else self._rows.heading(answers) + text)
        self._stream.flush()
        self._headed = True


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


def _csv(rows: Iterable[Iterable[object]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()


def _rounded(probability: float | None) -> float | None:
    return None if probability is None else round(probability, DIGITS)


def kind_of(kind: str | None, path: Path | None, stream: TextIO) -> str:
    """Which kind of output it is: "table", "csv" or "jsonl".

    If none is asked for: JSON lines for a file so called, a table for a terminal, CSV for the rest.
    """
    if kind is None and path is None and stream.isatty():
        return "table"
    return kind or ("jsonl" if path and path.suffix == ".jsonl" else "csv")


def make_rows(kind: str, encoding: str | None = None) -> Rows:
    """Make the rows of a kind: "csv" or "jsonl"."""
    return JsonRows(encoding or "utf-8") if kind == "jsonl" else CsvRows()


def make_writer(stream: TextIO, kind: str, numbered: bool = True, headed: bool = False) -> Writer:
    """Make the writer of a kind: "table", "csv" or "jsonl"."""
    if kind == "table":
        from textcat.cli.display import TableWriter, make_console

        return TableWriter(make_console(stream), numbered)
    return RowWriter(stream, make_rows(kind, stream.encoding), headed)
