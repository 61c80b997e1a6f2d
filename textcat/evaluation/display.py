"""How an evaluation looks in a notebook: key figures, precision levels, the confused pairs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textcat.display.markup import (
    GREEN,
    GREY,
    ORANGE,
    RED,
    card,
    faint,
    figures,
    mark,
    note,
    path,
    sentence,
    share_bar,
    table,
)
from textcat.evaluation.levels import BROKEN, KEPT, WITHIN_CHANCE, AnswersAt
from textcat.evaluation.text import left_out, level_name, reasons, shown

if TYPE_CHECKING:
    from textcat.evaluation.result import Evaluation

PAIRS = 5  # confused ones that are shown
COLORS = {KEPT: GREEN, WITHIN_CHANCE: ORANGE, BROKEN: RED}


def evaluation_html(evaluation: Evaluation) -> str:
    """What a cell shows of an evaluation."""
    levels = " → ".join(map(shown, evaluation.level_accuracies))
    key = {
        "right category": shown(evaluation.leaf_accuracy),
        "right level by level": levels,
        "hierarchical F1": shown(evaluation.hierarchical_f1),
        "calibration error": shown(evaluation.calibration_error),
    }
    notes = [
        line[:1].upper() + line[1:] for line in (*reasons(evaluation.at), *left_out(evaluation))
    ]
    return card(
        "Evaluation",
        figures(key),
        _levels(evaluation),
        _confused(evaluation),
        *(note(sentence(line)) for line in notes),
        beside=f"on {evaluation.rows:,} rows with known categories",
    )


def _levels(evaluation: Evaluation) -> str:
    head = ("asked", "", "right", "answered", "at a leaf")
    return table(head, map(_level, evaluation.at)) if evaluation.at else ""


def _level(at: AnswersAt) -> tuple[str, ...]:
    verdict = mark(at.verdict, COLORS.get(at.verdict, GREY))
    if at.reason:
        return level_name(at.asked), verdict, *[faint("–")] * 3
    right = f"{share_bar(at.precision)} {faint(f'{at.right:,} of {at.answers:,}')}"
    return level_name(at.asked), verdict, right, share_bar(at.answered), share_bar(at.at_leaf)


def _confused(evaluation: Evaluation) -> str:
    rows = [
        (
            f"{pair.rows:,}&nbsp;{faint(f'of&nbsp;{pair.rows_of_true:,}')}",
            path(pair.true),
            path(pair.predicted),
        )
        for pair in evaluation.confused[:PAIRS]
    ]
    return table(("rows", "of the category", "taken for"), rows) if rows else ""
