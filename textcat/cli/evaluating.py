"""The command `evaluate`: how good a model is on rows whose categories are known."""

from __future__ import annotations

import json
import sys
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any, TextIO

from textcat.cli.interrupts import interruptible
from textcat.cli.messages import examples, say
from textcat.cli.options import (
    AsJson,
    Catalogue,
    CategoryColumn,
    CrossListed,
    Delimiter,
    Encoding,
    GoodsOption,
    ModelDirectory,
    NameColumn,
    PrecisionsToCheck,
    Report,
    Separator,
    shares_of,
)

EXAMPLES = examples(
    "textcat evaluate модель проверка.csv",
    "textcat evaluate модель проверка.csv --report отчёт.html",
    "textcat evaluate модель проверка.csv -p 0.98 --json",
)
EVERY_PRECISION: Any = []


def evaluate(
    model: ModelDirectory,
    rows: Catalogue,
    precision: PrecisionsToCheck = EVERY_PRECISION,
    goods: GoodsOption = None,
    report: Report = None,
    as_json: AsJson = False,
    name: NameColumn = None,
    category: CategoryColumn = None,
    separator: Separator = None,
    delimiter: Delimiter = None,
    encoding: Encoding = None,
    cross_listed: CrossListed = False,
) -> None:
    """Measure a model on rows that it was not trained on.

    The report is one HTML file with plots and the whole lists; it opens without a network.
    """
    from textcat.cli.display import make_console, show
    from textcat.cli.evaluation_tables import evaluation_tables
    from textcat.cli.input import read_rows
    from textcat.evaluation import evaluate as evaluate_model
    from textcat.model.storage import load

    with interruptible("stopped."), _opened(report) as page:
        loaded = load(model)
        catalogue = read_rows(
            rows, name=name, category=category, separator=separator,
            delimiter=delimiter, encoding=encoding, cross_listed=cross_listed,
        )  # fmt: skip
        say(str(catalogue.report))
        evaluation = evaluate_model(
            loaded, catalogue, precision=shares_of(precision), goods=goods.value if goods else None
        )
        if page:
            page.write(evaluation.to_html())
    if as_json:
        sys.stdout.write(json.dumps(evaluation.to_dict(), ensure_ascii=False, indent=1) + "\n")
    else:
        show(make_console(sys.stdout), evaluation_tables(evaluation))
    if report:
        say(f"the report is in {report}")


def _opened(report: Path | None) -> AbstractContextManager[TextIO | None]:
    """Open the file of the report; what is missing for one is missed before the work is done."""
    if report is None:
        return nullcontext()
    import textcat.evaluation.plots  # noqa: F401 - it needs matplotlib
    from textcat.cli.files import output_stream

    return output_stream(report)
