"""The command `audit`: which rows of a catalogue have a category that is probably wrong."""

from __future__ import annotations

import csv
import sys
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Annotated, TextIO

import typer

from textcat.cli.interrupts import interruptible
from textcat.cli.messages import examples, say
from textcat.cli.options import (
    Analyser,
    AnalyserOption,
    Catalogue,
    CategoryColumn,
    CrossListed,
    Delimiter,
    Encoding,
    Jobs,
    NameColumn,
    OutputFile,
    Seed,
    Separator,
    TreeFile,
)

EXAMPLES = examples(
    "textcat audit каталог.csv",
    "textcat audit каталог.csv -o подозрительные.csv --confidence 0.9",
    "textcat audit новинки.csv --model модель",
)


def _checked_confidence(confidence: float) -> float:
    if not 0 <= confidence <= 1:
        raise typer.BadParameter(f"it lies between 0 and 1, such as 0.9, but is {confidence}")
    return confidence


Confidence = Annotated[
    float,
    typer.Option(callback=_checked_confidence, help="From which on a row is listed: 0 to 1."),
]
JudgingModel = Annotated[
    Path | None,
    typer.Option("--model", metavar="MODEL", help="A model to judge by, not trained on the rows."),
]


def audit(
    catalogue: Catalogue,
    output: OutputFile = None,
    confidence: Confidence = 0.5,
    model: JudgingModel = None,
    name: NameColumn = None,
    category: CategoryColumn = None,
    separator: Separator = None,
    tree: TreeFile = None,
    delimiter: Delimiter = None,
    encoding: Encoding = None,
    cross_listed: CrossListed = False,
    jobs: Jobs = -1,
    seed: Seed = 0,
    analyser: AnalyserOption = Analyser.pymorphy3,
) -> None:
    """Find rows whose category is probably wrong, and the likely one.

    Every row is judged by a model that was not trained on it. Names in several categories and
    categories that are hardly told apart are listed, too. The file has all suspects, the surest
    first: row, name, given and likely category, confidence, the words that speak for it.
    """
    from textcat.auditing import audit as audit_rows
    from textcat.cli.audit_tables import audit_tables
    from textcat.cli.display import make_console, show
    from textcat.cli.input import read_rows
    from textcat.model.storage import load

    with interruptible("stopped; nothing was written."), _opened(output) as stream:
        rows = read_rows(
            catalogue, name=name, category=category, separator=separator, tree=tree,
            delimiter=delimiter, encoding=encoding, cross_listed=cross_listed,
        )  # fmt: skip
        say(str(rows.report))
        if model:
            found = load(model).audit(rows, confidence=confidence)
        else:
            found = audit_rows(
                rows, confidence=confidence, analyser=analyser.value, n_jobs=jobs,
                random_state=seed, progress=sys.stderr.isatty(),
            )  # fmt: skip
        if stream:
            suspects = csv.DictWriter(stream, found.columns, lineterminator="\n")
            suspects.writeheader()
            suspects.writerows(found.to_dicts())
    show(make_console(sys.stdout), audit_tables(found))
    if output:
        say(f"the suspects are in {output}")


def _opened(output: Path | None) -> AbstractContextManager[TextIO | None]:
    """Open the file of the suspects; if it cannot be written, that is known before the work."""
    from textcat.cli.files import output_stream

    return output_stream(output) if output else nullcontext()
