"""How the command line shows an evaluation to people."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from textcat.cli.display import counts_table, figures_table, path_text, readable
from textcat.evaluation import Evaluation
from textcat.evaluation.coverage import LEAF_PRECISION
from textcat.evaluation.levels import BROKEN, WITHIN_CHANCE, AnswersAt
from textcat.evaluation.text import level_name, reasons, shown

# Of the confused pairs and of the worst categories these many are shown.
SHOWN = 5


def evaluation_tables(evaluation: Evaluation) -> RenderableType:
    """The figures as tables, and in words what is not given and what is left out."""
    tables = [figures_table(_figures(evaluation)), _levels(evaluation.at)]
    tables += [_confused(evaluation)] if evaluation.confused else []
    tables += [_worst(evaluation)] if evaluation.worst.by_recall else []
    spaced = [part for table in tables for part in (table, Text(""))]
    notes = [*reasons(evaluation.at), *evaluation.left_out()]
    return Group(*spaced, *(Text(readable(note), "yellow") for note in notes))


def _figures(evaluation: Evaluation) -> dict[str, str]:
    levels = {
        f"right at level {level}": shown(accuracy)
        for level, accuracy in enumerate(evaluation.level_accuracies, start=1)
    }
    return {
        "rows": f"{evaluation.rows:,}",
        "right category": shown(evaluation.leaf_accuracy),
        **levels,
        "hierarchical precision": shown(evaluation.hierarchical_precision),
        "hierarchical recall": shown(evaluation.hierarchical_recall),
        "hierarchical F1": shown(evaluation.hierarchical_f1),
        f"at a leaf with {LEAF_PRECISION:.0%} right": shown(evaluation.leaf_coverage),
        "calibration error": shown(evaluation.calibration_error),
    }


def _levels(levels: tuple[AnswersAt, ...]) -> Table:
    table = counts_table("precision asked", "precision found", "answered", "at a leaf")
    table.add_column("promise")
    styles = {BROKEN: "red", WITHIN_CHANCE: "yellow"}
    for level in levels:
        shares = [level.precision, level.answered, level.at_leaf]
        cells = ["–"] * len(shares) if level.reason else list(map(shown, shares))
        verdict = Text(level.verdict, styles.get(level.verdict, ""))
        table.add_row(level_name(level.asked), *cells, verdict)
    return table


def _confused(evaluation: Evaluation) -> Table:
    table = counts_table("most confused")
    table.add_column("category, what it is taken for, an example")
    for pair in evaluation.confused[:SHOWN]:
        lines = path_text(pair.true), path_text(pair.predicted), Text(readable(pair.example), "dim")
        cell = Text("\n  ").join(lines)
        table.add_row(f"{pair.rows:,} of {pair.rows_of_true:,}", cell)
    return table


def _worst(evaluation: Evaluation) -> Table:
    table = counts_table("found least")
    table.add_column("category")
    for category in evaluation.worst.by_recall[:SHOWN]:
        share = f"{shown(category.recall)} of {category.rows:,}"
        table.add_row(share, path_text(category.category))
    return table
