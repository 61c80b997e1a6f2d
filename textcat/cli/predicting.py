"""The command predict: categories of many names, or of a few."""

from __future__ import annotations

import sys
from typing import Any

from textcat.cli.interrupts import StoppedError
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
    examples,
    levels_of,
)
from textcat.errors import TextcatError

EXAMPLES = examples(
    'textcat predict модель "Чехол силик. д/iPhone 13 прозр." "КефирПростоквашино 2,5% 930г"',
    "textcat predict модель прайс.csv --name Товар -p 0.99 -p 0.95 -o ответы.csv",
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
    name: NameColumn = None,
    delimiter: Delimiter = None,
    encoding: Encoding = None,
) -> None:
    """Tell the categories of names; every row of the input gets a row of the output.

    A single argument is a file if there is one so called, or if it ends like one (.csv, .tsv,
    .txt, .gz, ...); anything else is names. Without arguments names are read from standard input.
    A name that gets no answer has an empty category.
    """
    from textcat.cli.answering import Question, Tally, notes_on, write_answers
    from textcat.cli.input import is_source, open_names
    from textcat.cli.output import make_writer, output_stream, written_to
    from textcat.model_storage import load

    from_source, tally = is_source(names or []), Tally()
    progress = from_source and sys.stderr.isatty() and not (output is None and sys.stdout.isatty())
    try:
        question = Question(load(model), levels_of(precision), goods.value if goods else None)
        rows = open_names(names or [], name=name, delimiter=delimiter, encoding=encoding)
        with output_stream(output) as stream:
            writer = make_writer(stream, output_format, output, numbered=from_source)
            write_answers(question, rows, writer, tally, progress)
    except KeyboardInterrupt:
        raise StoppedError(f"stopped; {tally.rows:,} rows {written_to(output)}.") from None
    except TextcatError as error:
        if not tally.rows:
            raise
        raise TextcatError(f"{error} {tally.rows:,} rows {written_to(output)}.") from error
    if from_source:
        sys.stderr.write("\n".join([f"{output or rows.place}: {tally}", *notes_on(rows), ""]))
