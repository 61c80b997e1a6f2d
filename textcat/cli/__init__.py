"""The command line: train, predict, evaluate, explain, info.

A command says what it asks of the library and where the outcome goes::

    options     arguments and options
    input       rows from files, standard input and arguments
    answering   names -> answers, batch by batch
    output      answers as CSV and JSON lines
    display     answers, explanations and figures as tables for people
    model       what there is to say about a model

What takes long to import is imported by the command that needs it.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from time import perf_counter

import typer

from textcat.cli.options import (
    Analyser,
    AnalyserOption,
    AsJson,
    Catalogue,
    CategoryColumn,
    Delimiter,
    Encoding,
    Jobs,
    ModelDirectory,
    ModelOutput,
    NameColumn,
    Names,
    OutputFile,
    OutputFormat,
    Precisions,
    Seed,
    Separator,
    ShowFeatures,
    WholeName,
    examples,
    in_options,
)
from textcat.errors import TextcatError

DEFAULT_PRECISION = 0.95  # the library's; to ask it would import numpy, and --help be slow
INTERRUPTED = 130  # exit code: 128 + SIGINT, as shells have it

app = typer.Typer(
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Tell a product's category from its name.",
    epilog="`textcat COMMAND --help` has examples. Exit codes: 0 done, 1 an error, 2 wrong usage, "
    "130 Ctrl-C. TEXTCAT_DEBUG=1 in the environment shows where an error comes from.",
)


class StoppedError(Exception):
    """Ctrl-C, and what to say about it."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line; ends with SystemExit, as console scripts do."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # what it cannot show is escaped
            stream.reconfigure(errors="backslashreplace")
    try:
        app(arguments, prog_name="textcat")
    except (TextcatError, OSError) as error:
        if os.environ.get("TEXTCAT_DEBUG"):
            raise
        _say(f"textcat: {in_options(str(error))}")
        sys.exit(1)
    except StoppedError as error:
        _say(f"\ntextcat: {error}")
        sys.exit(INTERRUPTED)


@app.command(
    epilog=examples(
        "textcat train каталог.csv -o модель",
        'textcat train выгрузка.tsv.gz -o модель --name Номенклатура --category "Группа товаров"',
    )
)
def train(
    catalogue: Catalogue,
    output: ModelOutput,
    name: NameColumn = None,
    category: CategoryColumn = None,
    separator: Separator = None,
    delimiter: Delimiter = None,
    encoding: Encoding = None,
    jobs: Jobs = -1,
    seed: Seed = 0,
    analyser: AnalyserOption = Analyser.pymorphy3,
) -> None:
    """Train a model on a catalogue: names with their categories.

    Columns, separators and the encoding are found out unless they are given.
    """
    from textcat.cli.display import figures_table, make_console, show
    from textcat.cli.input import read_rows
    from textcat.cli.model import check_model_target, figures_of_model
    from textcat.training import train as train_model

    check_model_target(output)
    with _interruptible("stopped; no model was saved."):
        rows = read_rows(
            catalogue, name=name, category=category, separator=separator,
            delimiter=delimiter, encoding=encoding,
        )  # fmt: skip
        _say(str(rows.report))
        start = perf_counter()
        model = train_model(
            rows, analyser=analyser.value, n_jobs=jobs, random_state=seed,
            progress=sys.stderr.isatty(),
        )  # fmt: skip
        seconds = f"{perf_counter() - start:.1f} s"
        model.save(output)
    figures = {"model": str(output), "trained in": seconds, **figures_of_model(model, output)}
    show(make_console(sys.stdout), figures_table(figures))


@app.command(
    epilog=examples(
        'textcat predict модель "Чехол силик. д/iPhone 13 прозр." "КефирПростоквашино 2,5% 930г"',
        "textcat predict модель прайс.csv --name Товар -p 0.99 -p 0.95 -o ответы.csv",
        "cat названия.txt | textcat predict модель --format jsonl",
    )
)
def predict(
    model: ModelDirectory,
    names: Names = None,
    precision: Precisions = [DEFAULT_PRECISION],  # noqa: B006 - typer copies it
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
    from textcat.cli.answering import Tally, notes_on, write_answers
    from textcat.cli.input import is_source, open_names
    from textcat.cli.output import make_writer, output_stream, written_to
    from textcat.model_storage import load

    from_source, tally = is_source(names or []), Tally()
    progress = from_source and sys.stderr.isatty() and not (output is None and sys.stdout.isatty())
    try:
        loaded = load(model)
        rows = open_names(names or [], name=name, delimiter=delimiter, encoding=encoding)
        with output_stream(output) as stream:
            writer = make_writer(stream, output_format, output, numbered=from_source)
            write_answers(loaded, rows, precision, writer, tally, progress)
    except KeyboardInterrupt:
        raise StoppedError(f"stopped; {tally.rows:,} rows {written_to(output)}.") from None
    except TextcatError as error:
        if not tally.rows:
            raise
        raise TextcatError(f"{error} {tally.rows:,} rows {written_to(output)}.") from error
    if from_source:
        _say("\n".join([f"{output or rows.place}: {tally}", *notes_on(rows)]))


@app.command(
    epilog=examples(
        "textcat evaluate модель проверка.csv",
        "textcat evaluate модель проверка.csv -p 0.98 --json",
    )
)
def evaluate(
    model: ModelDirectory,
    rows: Catalogue,
    precision: Precisions = [0.99, 0.95, 0.90],  # noqa: B006 - typer copies it
    as_json: AsJson = False,
    name: NameColumn = None,
    category: CategoryColumn = None,
    separator: Separator = None,
    delimiter: Delimiter = None,
    encoding: Encoding = None,
) -> None:
    """Measure a model on rows that it was not trained on."""
    from textcat.cli.display import evaluation_tables, make_console, show
    from textcat.cli.input import read_rows
    from textcat.evaluation import evaluate as evaluate_model
    from textcat.model_storage import load

    with _interruptible("stopped."):
        loaded = load(model)
        catalogue = read_rows(
            rows, name=name, category=category, separator=separator,
            delimiter=delimiter, encoding=encoding,
        )  # fmt: skip
        _say(str(catalogue.report))
        evaluation = evaluate_model(loaded, catalogue, precision=precision)
    if as_json:
        sys.stdout.write(json.dumps(evaluation.to_dict(), ensure_ascii=False, indent=1) + "\n")
    else:
        show(make_console(sys.stdout), evaluation_tables(evaluation))


@app.command(epilog=examples('textcat explain модель "Чехол силик. д/iPhone 13 прозр."'))
def explain(model: ModelDirectory, name: WholeName, features: ShowFeatures = False) -> None:
    """Show the words that spoke for and against, level by level.

    A word's number is a difference of log-probability between the category and its rival.
    """
    from textcat.cli.display import explanation_text, make_console, show
    from textcat.model_storage import load

    loaded, text, console = load(model), " ".join(name), make_console(sys.stdout)
    answer, explanation = loaded.predict(text), loaded.explain(text)
    show(console, explanation_text(explanation, answer, console, features))


@app.command(epilog=examples("textcat info модель"))
def info(model: ModelDirectory) -> None:
    """Say how a model was made, how it reads names, and what categories it has."""
    from textcat.cli.display import figures_table, make_console, show, tree_top
    from textcat.cli.model import figures_of_making, figures_of_model
    from textcat.model_storage import load

    loaded = load(model)
    figures = {**figures_of_making(loaded, model), **figures_of_model(loaded, model)}
    table = figures_table({"model": str(model), **figures})
    show(make_console(sys.stdout), table, "", tree_top(loaded.tree))


@contextmanager
def _interruptible(message: str) -> Iterator[None]:
    try:
        yield
    except KeyboardInterrupt:
        raise StoppedError(message) from None


def _say(message: str) -> None:
    sys.stderr.write(f"{message}\n")
