"""The command starter: the starter model, or the catalogue that it is trained on, as files."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable
from pathlib import Path
from time import perf_counter
from typing import Annotated

import typer

from textcat.cli.interrupts import interruptible
from textcat.cli.messages import examples, say
from textcat.cli.options import Jobs, NewModel

EXAMPLES = examples(
    "textcat starter -o модель",
    'textcat predict модель "Чехол силиконовый для iPhone 13"',
    "textcat starter --catalogue стартовый.tsv",
)

CatalogueOutput = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="A TSV file for the names that the model is trained on."),
]


def starter(output: NewModel = None, catalogue: CatalogueOutput = None, jobs: Jobs = -1) -> None:
    """Build the starter model: the tree of a general marketplace, for use without a catalogue.

    It is trained on names that are made from a language written by hand; certify it on names of
    your own before you rely on its precision levels.
    """
    from textcat.cli.model import check_model_target
    from textcat.starter.building import build
    from textcat.starter.sources import read_sources

    if output is None and catalogue is None:
        raise typer.BadParameter("name a directory with --output, or a file with --catalogue")
    if output:
        check_model_target(output)
    with interruptible("stopped; no model was saved."):
        sources = read_sources()
        if catalogue:
            say(f"{catalogue}: {_write(sources.catalogue(), catalogue):,} names")
        if output:
            start = perf_counter()
            model = build(sources, n_jobs=jobs, progress=sys.stderr.isatty())
            model.save(output)
            seconds = perf_counter() - start
    if output:
        from textcat.cli.making import show_model

        show_model(model, output, {"built in": f"{seconds:.1f} s"})


def _write(rows: Iterable[tuple[str, str]], path: Path) -> int:
    """Write names and paths as a table; how many there are."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter="\t", lineterminator="\n")
        writer.writerow(("name", "path"))
        written = [writer.writerow(row) for row in rows]
    return len(written)
