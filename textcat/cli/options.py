"""Arguments and options of the commands, and how their values are checked."""

from __future__ import annotations

from enum import Enum
from pathlib import Path
from typing import Annotated, Any

import typer

from textcat.errors import PrecisionError

LEAF = "leaf"


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


class Goods(str, Enum):
    """What names may be about."""

    new = "new"
    familiar = "familiar"
    given = "given"


def _check_share(text: str) -> None:
    from textcat.precision import check_precision

    try:
        share = float(text)
    except ValueError:
        raise typer.BadParameter(f"{text!r} is no share of answers, such as 0.95") from None
    try:
        check_precision(share)
    except PrecisionError as error:
        raise typer.BadParameter(str(error)) from None


def _checked_shares(precisions: Any) -> list[str]:
    for text in precisions:
        _check_share(text)
    return list(precisions)


def _checked_precisions(precisions: Any) -> list[str]:
    _checked_shares(text for text in precisions if text != LEAF)
    return list(precisions)


def levels_of(precisions: list[str]) -> list[float | None]:
    """Precision levels that were given as options.

    >>> levels_of(["0.95", "leaf", "0.95"])
    [0.95, None]
    """
    return [None if text == LEAF else float(text) for text in dict.fromkeys(precisions)]


def shares_of(precisions: list[str]) -> list[float] | None:
    """Precision levels to check; None for the usual ones."""
    return [float(text) for text in dict.fromkeys(precisions)] or None


def calibration_of(text: str) -> str | float | None:
    """What to certify on, as `textcat.train` takes it.

    >>> calibration_of("none"), calibration_of("0.1"), calibration_of("rows.csv")
    (None, 0.1, 'rows.csv')
    """
    try:
        return None if text == "none" else float(text)
    except ValueError:
        return text


def _checked_delta(delta: float) -> float:
    if not 0 < delta < 1:
        raise typer.BadParameter(f"a chance lies between 0 and 1, such as 0.1, but is {delta}")
    return delta


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
NewModel = Annotated[
    Path | None,
    typer.Option("--output", "-o", metavar="MODEL", help="Another directory to save to."),
]
Catalogue = Annotated[
    str, typer.Argument(metavar="CATALOGUE", help="A file of names with categories; - is stdin.")
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
    list[str] | None,
    typer.Option(
        "--category",
        metavar="COLUMN",
        help="Column of the categories, the same way; several hold a level of the path each.",
    ),
]
TreeFile = Annotated[
    str | None,
    typer.Option(metavar="FILE", help="The whole tree: a path a line, or id, parent_id, title."),
]
Separator = Annotated[
    str | None,
    typer.Option(metavar="TEXT", help="Between the titles of a category's path, such as ' > '."),
]
Few = Annotated[
    int, typer.Option(min=0, metavar="ROWS", help="Categories with fewer rows are named.")
]
Delimiter = Annotated[
    str | None, typer.Option(metavar="CHARACTER", help="Between columns; \\t or tab is a tab.")
]
Encoding = Annotated[str | None, typer.Option(metavar="NAME", help="Such as utf-8 or cp1251.")]

CrossListed = Annotated[
    bool,
    typer.Option(
        "--cross-listed", help="Names that stand in several categories are right in each of them."
    ),
]

Jobs = Annotated[
    int, typer.Option(callback=_checked_jobs, help="Processes to fit with; -1 is one a core.")
]
PredictJobs = Annotated[
    int,
    typer.Option(
        "--jobs",
        callback=_checked_jobs,
        help="Processes to answer with; -1 is one a core, up to four. The first 50,000 names are "
        "answered without.",
    ),
]
Seed = Annotated[
    int, typer.Option(min=0, max=2**32 - 1, help="The same seed and rows give the same model.")
]
AnalyserOption = Annotated[Analyser, typer.Option("--analyser", help="How words are lemmatised.")]

Precisions = Annotated[
    list[str],
    typer.Option(
        "--precision",
        "-p",
        metavar="SHARE|leaf",
        callback=_checked_precisions,
        help="The share of answers that has to be right; may be given several times. leaf: the "
        "most probable category, whatever it is worth.",
    ),
]
GoodsOption = Annotated[
    Goods | None,
    typer.Option(
        "--goods",
        help="What the names are about, and so which certificate counts. If not given: the rows "
        "of `certify`, or else new and familiar goods both.",
    ),
]
Calibration = Annotated[
    str,
    typer.Option(
        metavar="auto|SHARE|ROWS|none",
        help="What precision levels are certified on: rows of the catalogue, so large a share of "
        "it for each kind of goods, rows in a file of their own, or nothing.",
    ),
]
Delta = Annotated[
    float,
    typer.Option(callback=_checked_delta, help="Chance that a certified level is not kept."),
]
PrecisionsToCheck = Annotated[
    list[str],
    typer.Option(
        "--precision",
        "-p",
        metavar="SHARE",
        callback=_checked_shares,
        help="A precision level to ask at, or several; if not given: 0.99, 0.98, 0.95, 0.90, 0.80.",
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
Resume = Annotated[
    bool,
    typer.Option(
        "--resume", help="Go on with the output file of a run that was interrupted, if there is."
    ),
]
Report = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help='An HTML page to write; needs "textcat[plots]".'),
]
AsJson = Annotated[bool, typer.Option("--json", help="Write the figures as JSON.")]
ShowFeatures = Annotated[
    bool, typer.Option("--features", help="Show the features that words were turned into.")
]
