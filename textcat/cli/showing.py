"""The commands that show what a model does and is: explain, info."""

from __future__ import annotations

import sys

from textcat.cli.messages import examples
from textcat.cli.options import ModelDirectory, ShowFeatures, WholeName

EXPLAIN_EXAMPLES = examples('textcat explain модель "Чехол силик. д/iPhone 13 прозр."')
INFO_EXAMPLES = examples("textcat info модель")


def explain(model: ModelDirectory, name: WholeName, features: ShowFeatures = False) -> None:
    """Show the words that spoke for and against, level by level.

    A word's number is a difference of log-probability between the category and its rival.
    """
    from textcat.cli.display import explanation_text, make_console, show
    from textcat.model.storage import load

    loaded, text, console = load(model), " ".join(name), make_console(sys.stdout)
    answer, explanation = loaded.predict(text, precision=None), loaded.explain(text)
    show(console, explanation_text(explanation, answer, console, features))


def info(model: ModelDirectory) -> None:
    """Say how a model was made, how precise it is, and what categories it has."""
    from textcat.cli.display import figures_table, make_console, show, tree_top
    from textcat.cli.model import figures_of_making, figures_of_model
    from textcat.cli.precision_table import precision_table
    from textcat.model.storage import load

    loaded = load(model)
    figures = {**figures_of_making(loaded, model), **figures_of_model(loaded, model)}
    table = figures_table({"model": str(model), **figures})
    show(make_console(sys.stdout), table, "", precision_table(loaded), "", tree_top(loaded.tree))
