"""The commands that make models: train, certify."""

from __future__ import annotations

import sys
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from textcat.cli.interrupts import interruptible
from textcat.cli.messages import examples, say
from textcat.cli.options import (
    Analyser,
    AnalyserOption,
    Calibration,
    Catalogue,
    CategoryColumn,
    CrossListed,
    Delimiter,
    Delta,
    Encoding,
    Jobs,
    ModelDirectory,
    ModelOutput,
    NameColumn,
    NewModel,
    Seed,
    Separator,
    TreeFile,
    calibration_of,
)

if TYPE_CHECKING:
    from textcat.model import CategoryModel

TRAIN_EXAMPLES = examples(
    "textcat train каталог.csv -o модель",
    'textcat train выгрузка.tsv.gz -o модель --name Номенклатура --category "Группа товаров"',
    "textcat train товары.csv --tree дерево.csv -o модель",
)
CERTIFY_EXAMPLES = examples(
    "textcat certify модель размечено.csv",
    "textcat certify модель размечено.csv -o модель-магазина --delta 0.05",
)


def train(
    catalogue: Catalogue,
    output: ModelOutput,
    name: NameColumn = None,
    category: CategoryColumn = None,
    separator: Separator = None,
    tree: TreeFile = None,
    delimiter: Delimiter = None,
    encoding: Encoding = None,
    cross_listed: CrossListed = False,
    calibration: Calibration = "auto",
    delta: Delta = 0.1,
    jobs: Jobs = -1,
    seed: Seed = 0,
    analyser: AnalyserOption = Analyser.pymorphy3,
) -> None:
    """Train a model on a catalogue: names with their categories.

    Columns, separators and the encoding are found out unless they are given. Precision levels are
    certified on rows that are kept out of training.
    """
    from textcat.cli.input import read_rows
    from textcat.cli.model import check_model_target
    from textcat.training import train as train_model

    check_model_target(output)
    with interruptible("stopped; no model was saved."):
        rows = read_rows(
            catalogue, name=name, category=category, separator=separator, tree=tree,
            delimiter=delimiter, encoding=encoding, cross_listed=cross_listed,
        )  # fmt: skip
        say(str(rows.report))
        start = perf_counter()
        model = train_model(
            rows, calibration=calibration_of(calibration), delta=delta, analyser=analyser.value,
            n_jobs=jobs, random_state=seed, progress=sys.stderr.isatty(),
        )  # fmt: skip
        seconds = perf_counter() - start
        model.save(output)
    show_model(model, output, {"trained in": f"{seconds:.1f} s"})


def certify(
    model: ModelDirectory,
    rows: Catalogue,
    output: NewModel = None,
    delta: Delta = 0.1,
    name: NameColumn = None,
    category: CategoryColumn = None,
    separator: Separator = None,
    delimiter: Delimiter = None,
    encoding: Encoding = None,
    cross_listed: CrossListed = False,
) -> None:
    """Certify a model's precision levels on rows of one's own.

    A few hundred names with their categories, drawn at random from those that are going to be
    asked. Unless another directory is named the model itself is changed.
    """
    from textcat.cli.input import read_rows
    from textcat.cli.model import check_model_target
    from textcat.model.storage import load

    target = output or model
    check_model_target(target)
    with interruptible("stopped; nothing was changed."):
        loaded = load(model)
        catalogue = read_rows(
            rows, name=name, category=category, separator=separator,
            delimiter=delimiter, encoding=encoding, cross_listed=cross_listed,
        )  # fmt: skip
        say(str(catalogue.report))
        certified = loaded.certify(catalogue, delta=delta)
        certified.save(target)
    count = len(certified.certificates["given"].outcomes)
    left_out = len(catalogue) - count
    note = f"; {left_out:,} like corrections left out" if left_out else ""
    show_model(certified, target, {"certified on": f"{count:,} rows{note}"})


def show_model(model: CategoryModel, directory: Path, first: dict[str, str]) -> None:
    """Say what was made and where it is."""
    from textcat.cli.display import figures_table, make_console, show
    from textcat.cli.model import figures_of_model, note_on
    from textcat.cli.precision_table import precision_table

    figures = {"model": str(directory), **first, **figures_of_model(model, directory)}
    show(make_console(sys.stdout), figures_table(figures), "", precision_table(model))
    if note := note_on(model):
        say(note)
