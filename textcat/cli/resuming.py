"""Going on where an interrupted run stopped.

Nothing that stands in the unfinished output is trusted. Every row of it has to begin as this run
would begin it, with the number and the name of the input's row; and the last batch is answered
again and has to come out the same, which it does not with another model, level or format. Whole
batches are kept: what follows them is cut off and written again, so that the outcome is that of a
run without interruption.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import BinaryIO, NamedTuple

from textcat.catalogue import NameRows
from textcat.cli.answering import BATCH, Question
from textcat.cli.files import ENCODING, ERRORS, unfinished_path
from textcat.cli.input import batches
from textcat.cli.output import Rows, make_rows
from textcat.errors import TextcatError
from textcat.names import read_names

WAY_OUT = "Leave out --resume to begin anew."


class Kept(NamedTuple):
    """What stays of an unfinished output."""

    rows: int = 0
    size: int = 0  # bytes


class Written(NamedTuple):
    """A row that is there, and where in the file it ends."""

    text: bytes
    end: int


def kept_of(output: Path, names: NameRows, question: Question, kind: str) -> Kept:
    """Check what was written and skip as many names; nothing is changed in the file.

    Raises
    ------
    TextcatError
        If it is not what this run would have written.
    """
    unfinished, rows = unfinished_path(output), make_rows(kind)
    if not unfinished.exists():
        return Kept()
    with unfinished.open("rb") as file:
        written = _written(file, rows)
        _check_heading(unfinished, written, question, rows)
        return _kept(unfinished, names, written, question, rows)


def _written(file: BinaryIO, rows: Rows) -> Iterator[Written]:
    """Whole rows; a last one that was cut off is none."""
    lines, end = b"", 0
    for line in file:
        lines += line
        if line.endswith(b"\n") and rows.is_whole(lines):
            end += len(lines)
            yield Written(lines, end)
            lines = b""


def _check_heading(path: Path, written: Iterator[Written], question: Question, rows: Rows) -> None:
    expected = _bytes(rows.heading(question.ask([])))
    found = next(written, None) if expected else None
    if found and found.text != expected:
        raise TextcatError(
            f"{path} begins with {_shown(found.text)}, but this run writes {_shown(expected)}: "
            f"other columns or levels. {WAY_OUT}"
        )


def _kept(
    path: Path, names: NameRows, written: Iterator[Written], question: Question, rows: Rows
) -> Kept:
    kept, last = Kept(), None
    for batch in batches(names, BATCH):
        found = list(islice(written, len(batch)))
        _check_names(path, batch, found, rows)
        if len(found) < len(batch):
            names.numbered = chain(batch, names.numbered)
            break
        kept, last = Kept(kept.rows + len(batch), found[-1].end), (batch, found)
    if next(written, None):
        raise TextcatError(f"{path} has more rows than the names have. {WAY_OUT}")
    if last:
        _check_answers(path, *last, question, rows)
    return kept


def _check_names(
    path: Path, batch: Sequence[tuple[int, object]], found: Sequence[Written], rows: Rows
) -> None:
    texts = read_names(name for _, name in batch)
    for (number, _), text, row in zip(batch, texts, found, strict=False):
        expected = _bytes(rows.beginning(number, text))
        if not row.text.startswith(expected):
            raise TextcatError(
                f"{path} has {_shown(row.text)} where this run writes {_shown(expected)}…: the "
                f"names are others, or in another order or format. {WAY_OUT}"
            )


def _check_answers(
    path: Path,
    batch: Sequence[tuple[int, object]],
    found: Sequence[Written],
    question: Question,
    rows: Rows,
) -> None:
    numbers, names = zip(*batch, strict=True)
    again = _bytes(rows.text(numbers, question.ask(read_names(names))))
    if again != b"".join(row.text for row in found):
        raise TextcatError(
            f"{path}: rows {numbers[0]} to {numbers[-1]} come out otherwise now: the model, the "
            f"levels or the goods were others, or textcat was. {WAY_OUT}"
        )


def _bytes(text: str) -> bytes:
    return text.encode(ENCODING, ERRORS)


def _shown(row: bytes) -> str:
    return repr(row.decode(ENCODING, ERRORS).strip()[:80])
