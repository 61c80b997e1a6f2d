"""Arguments and options of the commands, and how their values are checked."""

from __future__ import annotations

import re
from enum import Enum
from pathlib import Path
from typing import Annotated, Any

import typer

from textcat.errors import PrecisionError


class Format(str, Enum):
    """What answers are written as."""

    table = "table"
    csv = "csv"
    jsonl = "jsonl"


class Analyser(str, Enum):
    """What brings words to their base form."""

    pymorphy3 = "pymorphy3"
    stem = "stem"
    none = "none"


def examples(*lines: str) -> str:
    """Make examples for the foot of a command's help; the mark keeps their lines apart."""
    return "\b\nExamples:\n" + "\n".join(f"  {line}" for line in lines)


def in_options(message: str) -> str:
    """Speak of options where the library speaks of parameters.

    >>> in_options('Pass name=… (a column)'), in_options('pass encoding="cp1251"')
    ('Pass --name … (a column)', 'pass --encoding "cp1251"')
    """
    return re.sub(r"\b(name|category|encoding)=(?=[…\"])", r"--\1 ", message)


def _checked_precisions(precisions: Any) -> list[float]:  # typer on 3.10 chokes on list[float]
    from textcat.precision import check_precision

    try:
        return list(dict.fromkeys(map(check_precision, precisions)))
    except PrecisionError as error:
        raise typer.BadParameter(str(error)) from None


def _checked_jobs(jobs: int) -> int:
    if jobs == 0:
        raise typer.BadParameter("no process can do no work; -1 is one a core")
    return jobs


ModelDirectory = Annotated[
    Path, typer.Argument(metavar="MODEL", help="The directory of a trained model.")
]
ModelOutput = Annotated[
    Path, typer.Option("--output", "-o", metavar="MODEL", help="The directory to save to.")
]
Catalogue = Annotated[
    str, typer.Argument(metavar="CATALOGUE", help="Names with categories: CSV, TSV; - is stdin.")
]
Names = Annotated[
    list[str] | None,
    typer.Argument(metavar="FILE|NAME", help="A file, - for stdin, or names."),
]
WholeName = Annotated[list[str], typer.Argument(metavar="NAME", help="A product's name.")]

NameColumn = Annotated[
    str | None,
    typer.Option("--name", metavar="COLUMN", help="Column of the names: title or 0-based index."),
]
CategoryColumn = Annotated[
    str | None,
    typer.Option("--category", metavar="COLUMN", help="Column of the categories, the same way."),
]
Separator = Annotated[
    str | None,
    typer.Option(metavar="TEXT", help="Between the titles of a category's path, such as ' > '."),
]
Delimiter = Annotated[
    str | None, typer.Option(metavar="CHARACTER", help="Between columns; \\t or tab is a tab.")
]
Encoding = Annotated[str | None, typer.Option(metavar="NAME", help="Such as utf-8 or cp1251.")]

Jobs = Annotated[
    int, typer.Option(callback=_checked_jobs, help="Processes to fit with; -1 is one a core.")
]
Seed = Annotated[
    int, typer.Option(min=0, max=2**32 - 1, help="The same seed and rows give the same model.")
]
AnalyserOption = Annotated[Analyser, typer.Option("--analyser", help="How words are lemmatised.")]

Precisions = Annotated[
    list[float],
    typer.Option(
        "--precision",
        "-p",
        metavar="SHARE",
        callback=_checked_precisions,
        help="The share of answers that has to be right; may be given several times.",
    ),
]
OutputFormat = Annotated[
    Format | None,
    typer.Option("--format", "-f", help="If not given: table on a terminal, otherwise CSV."),
]
OutputFile = Annotated[
    Path | None,
    typer.Option("--output", "-o", metavar="FILE", help="Where to write, in UTF-8."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Write the figures as JSON.")]
ShowFeatures = Annotated[
    bool, typer.Option("--features", help="Show the features that words were turned into.")
]
