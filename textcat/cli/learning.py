"""The command learn: corrections for a model that is there already."""

from __future__ import annotations

import sys
from time import perf_counter

from textcat.cli.interrupts import interruptible
from textcat.cli.messages import examples, say
from textcat.cli.options import (
    Catalogue,
    CategoryColumn,
    Delimiter,
    Encoding,
    ModelDirectory,
    NameColumn,
    NewModel,
    Separator,
)

EXAMPLES = examples(
    "textcat learn модель исправления.csv",
    "textcat learn модель исправления.csv -o модель-исправленная",
)
SHOWN = 5


def learn(
    model: ModelDirectory,
    corrections: Catalogue,
    output: NewModel = None,
    name: NameColumn = None,
    category: CategoryColumn = None,
    separator: Separator = None,
    delimiter: Delimiter = None,
    encoding: Encoding = None,
) -> None:
    """Let a model learn corrections: names with the categories that they belong to.

    They take effect at once, on names like them, too; the model is not trained again. Unless
    another directory is named the model itself is changed. Its precision levels were certified
    before that: certify it again.
    """
    from textcat.cli.input import read_rows
    from textcat.cli.model import check_model_target, note_on
    from textcat.learning.outcome import outcome_of
    from textcat.model.storage import load

    target = output or model
    check_model_target(target)
    with interruptible("stopped; nothing was changed."):
        before = load(model)
        rows = read_rows(
            corrections, name=name, category=category, separator=separator,
            delimiter=delimiter, encoding=encoding,
        )  # fmt: skip
        say(str(rows.report))
        start = perf_counter()
        learned = before.learn(rows)
        seconds = perf_counter() - start
        learned.save(target)
    outcome = outcome_of(rows, before, learned)
    figures = {
        "model": str(target),
        "learned": f"{len(rows):,} rows in {seconds:.1f} s, {len(learned.corrections):,} so far",
        "wrong before, right now": f"{outcome.corrected:,}",
        "right before and now": f"{outcome.kept:,}",
        "wrong now": f"{len(outcome.wrong):,}",
    }
    _show(figures, [f"{rows.report.unit} {failure}" for failure in outcome.wrong])
    if note := note_on(learned):
        say(note)


def _show(figures: dict[str, str], wrong: list[str]) -> None:
    """Say what was learned, and of what was not the first rows."""
    from textcat.cli.display import figures_table, make_console, show

    show(make_console(sys.stdout), figures_table(figures))
    for failure in wrong[:SHOWN]:
        say(f"wrong now: {failure}")
    if len(wrong) > SHOWN:
        say(f"wrong now: {len(wrong) - SHOWN:,} more")
