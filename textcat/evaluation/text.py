"""An evaluation as lines of text."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from textcat.evaluation.coverage import LEAF_PRECISION
from textcat.evaluation.levels import AnswersAt
from textcat.tree import PATH_SEPARATOR

if TYPE_CHECKING:
    from textcat.evaluation.result import Evaluation

# Of the confused pairs and the worst categories these many are printed.
PRINTED = 3


def as_text(evaluation: Evaluation) -> str:
    """The figures, a line each, and the first of every list."""
    notes = [*reasons(evaluation.at), *left_out(evaluation)]
    return "\n".join([*_figures(evaluation), *_lists(evaluation), *notes])


def shown(share: float) -> str:
    """A share with three digits; a dash where there is none.

    >>> shown(2 / 3), shown(math.nan)
    ('0.667', '–')
    """
    return "–" if math.isnan(share) else f"{share:.3f}"


def level_name(precision: float) -> str:
    """A precision level with two digits, or as many as it has.

    >>> level_name(0.9), level_name(0.995)
    ('0.90', '0.995')
    """
    return max(f"{precision:g}", f"{precision:.2f}", key=len)


def counted(rows: int) -> str:
    """So many rows.

    >>> counted(1), counted(1234)
    ('1 row', '1,234 rows')
    """
    return f"{rows:,} row{'' if rows == 1 else 's'}"


def left_out(evaluation: Evaluation) -> list[str]:
    """Sentences about the rows that the figures leave out."""
    lines = []
    if evaluation.unknown_rows:
        named = ", ".join(map(repr, evaluation.unknown_categories))
        lines.append(
            f"left out: {counted(evaluation.unknown_rows)} whose category the model does not "
            f"have, so that at best one above it could be answered: {named}"
        )
    if evaluation.dropped_rows:
        lines.append(f"left out: {counted(evaluation.dropped_rows)} without a name or a category")
    return lines


def _figures(evaluation: Evaluation) -> Iterator[str]:
    yield f"rows: {evaluation.rows:,}"
    levels = ", ".join(map(shown, evaluation.level_accuracies))
    yield f"right category: {shown(evaluation.leaf_accuracy)}, level by level: {levels}"
    yield (
        f"hierarchical precision {shown(evaluation.hierarchical_precision)}, "
        f"recall {shown(evaluation.hierarchical_recall)}, F1 {shown(evaluation.hierarchical_f1)}"
    )
    coverage = shown(evaluation.leaf_coverage)
    yield f"at a leaf with {LEAF_PRECISION:.0%} right: {coverage} of the rows"
    yield f"calibration error: {shown(evaluation.calibration_error)}"
    yield from map(level_text, evaluation.at)


def level_text(level: AnswersAt) -> str:
    """What a precision level gave."""
    if level.reason:
        return f"asked for {level_name(level.asked)}: {level.verdict}"
    return (
        f"asked for {level_name(level.asked)}: {shown(level.precision)} right ({level.verdict}), "
        f"{shown(level.answered)} answered, {shown(level.at_leaf)} at a leaf"
    )


def reasons(levels: Sequence[AnswersAt]) -> list[str]:
    """Why levels are not given; of those that differ in the level only, the laxest one's."""
    refused = sorted((level.asked, level.reason) for level in levels if level.reason)
    distinct: dict[str, str] = {}
    for asked, reason in refused:
        distinct.setdefault(reason.replace(f"{asked:g}", ""), reason)
    return list(distinct.values())


def _lists(evaluation: Evaluation) -> Iterator[str]:
    if evaluation.confused:
        yield "taken for another most often:"
    for pair in evaluation.confused[:PRINTED]:
        true, predicted = PATH_SEPARATOR.join(pair.true), PATH_SEPARATOR.join(pair.predicted)
        yield f"  {pair.rows} of {pair.rows_of_true}: {true!r} for {predicted!r}: {pair.example!r}"
    if evaluation.worst.by_recall:
        yield "found least:"
    for category in evaluation.worst.by_recall[:PRINTED]:
        path = PATH_SEPARATOR.join(category.category)
        yield f"  {shown(category.recall)} of {category.rows} rows: {path!r}"
