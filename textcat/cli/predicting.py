"""The command predict: categories of many names, or of a few."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from textcat.cli.interrupts import StoppedError, interruptible
from textcat.cli.messages import examples, say
from textcat.cli.options import (
    Delimiter,
    Encoding,
    GoodsOption,
    ModelDirectory,
    NameColumn,
    Names,
    OutputFile,
    OutputFormat,
    Precisions,
    PredictJobs,
    Resume,
    levels_of,
)
from textcat.errors import TextcatError

if TYPE_CHECKING:
    from textcat.cli.answering import Tally

EXAMPLES = examples(
    'textcat predict модель "Чехол силик. д/iPhone 13 прозр." "КефирПростоквашино 2,5% 930г"',
    "textcat predict модель прайс.csv --name Товар -p 0.99 -p 0.95 -o ответы.csv",
    "textcat predict модель прайс.csv --name Товар -p 0.99 -p 0.95 -o ответы.csv --resume",
    "cat названия.txt | textcat predict модель --format jsonl",
)
DEFAULT_PRECISION: Any = ["0.95"]  # the library's; to ask it would import numpy, --help be slow


def predict(
    model: ModelDirectory,
    names: Names = None,
    precision: Precisions = DEFAULT_PRECISION,
    goods: GoodsOption = None,
    output_format: OutputFormat = None,
    output: OutputFile = None,
    resume: Resume = False,
    jobs: PredictJobs = -1,
    name: NameColumn = None,
    delimiter: Delimiter = None,
    encoding: Encoding = None,
) -> None:
    """Tell the categories of names; every row of the input gets a row of the output.

    A single argument is a file if there is one so called, or if it ends like one (.csv, .tsv,
    .txt, .gz, ...); anything else is names. Without arguments names are read from standard input.
    A name that gets no answer has an empty category. After Ctrl-C the same command with --resume
    goes on where it stopped.
    """
    from textcat.cli.answering import Question, Tally, notes_on, write_answers
    from textcat.cli.files import output_stream
    from textcat.cli.input import is_source, open_names, rows_to_come
    from textcat.cli.model import note_on
    from textcat.cli.output import kind_of, make_writer
    from textcat.cli.resuming import Kept, kept_of
    from textcat.model.storage import load

    from_source, kind = is_source(names or []), kind_of(output_format, output, sys.stdout)
    if resume and not _is_resumable(output, kind):
        raise typer.BadParameter("--resume needs an --output file of CSV or JSON lines")
    with interruptible("stopped; nothing was written."):
        levels = levels_of(precision)
        question = Question(load(model), levels, goods.value if goods else None, jobs)
        rows = open_names(names or [], name=name, delimiter=delimiter, encoding=encoding)
        kept = kept_of(output, rows, question, kind) if output and resume else Kept()
    tally = Tally(kept.rows, kept.rows)
    shows = from_source and sys.stderr.isatty() and not (output is None and sys.stdout.isatty())
    total = rows_to_come(names or []) if shows else None
    try:
        with output_stream(output, kept.size) as stream, _progress(shows, tally, total) as advance:
            writer = make_writer(stream, kind, numbered=from_source, headed=kept.size > 0)
            write_answers(question, rows, writer, tally, advance)
    except KeyboardInterrupt:
        raise StoppedError(f"stopped; {_written(tally, output, kind)}") from None
    except TextcatError as error:
        if not tally.rows:
            raise
        raise TextcatError(f"{error} {_written(tally, output, kind)}") from error
    if from_source:
        sys.stderr.write("\n".join([f"{output or rows.place}: {tally}", *notes_on(rows), ""]))
    if note := note_on(question.model):
        say(note)


def _is_resumable(output: Path | None, kind: str) -> bool:
    from textcat.cli.files import is_regular

    return output is not None and is_regular(output) and kind != "table"


def _written(tally: Tally, output: Path | None, kind: str) -> str:
    """How many rows there are, where, and how to have the others."""
    from textcat.cli.files import written_to

    if not tally.rows:
        return "nothing was written."
    there = f"{tally.rows:,} rows {written_to(output)}."
    if not _is_resumable(output, kind):
        return there
    return f"{there} The same command with --resume goes on from there."


@contextmanager
def _progress(shows: bool, tally: Tally, total: int | None) -> Iterator[Callable[[int], object]]:
    """What is told how many names were answered, and shows it on a terminal."""
    if not shows:
        yield lambda _: None
        return
    from tqdm import tqdm

    with tqdm(
        total=total, initial=tally.rows, unit=" names", unit_scale=True, file=sys.stderr
    ) as bar:
        yield bar.update
