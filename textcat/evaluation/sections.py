"""The sections of the report: every one takes an evaluation and gives HTML."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING

from textcat.display.markup import sentence, text
from textcat.evaluation.coverage import LEAF_PRECISION
from textcat.evaluation.levels import chance_of_so_few
from textcat.evaluation.markup import pair_row, path, row, table
from textcat.evaluation.text import counted, level_name, shown
from textcat.precision import DEFAULT_PRECISION

if TYPE_CHECKING:
    from textcat.evaluation.categories import CategoryFigures, TopLevelAnswers
    from textcat.evaluation.confusions import Confusion
    from textcat.evaluation.result import Evaluation

TOP_LEVEL = 60  # top-level categories that are listed
# One of a hundred categories that keep a level is tinted all the same.
TINTED = 0.01


def cards(evaluation: Evaluation) -> str:
    """Key figures, large."""
    figures = "\n".join(
        f"<div><dt>{title}</dt><dd>{figure}</dd><dd>{note}</dd></div>"
        for title, figure, note in _key_figures(evaluation)
    )
    return f'<dl class="cards">\n{figures}\n</dl>'


def _key_figures(evaluation: Evaluation) -> Iterator[tuple[str, str, str]]:
    yield "right category", shown(evaluation.leaf_accuracy), "of the most probable leaves"
    if len(evaluation.level_accuracies) > 1:
        yield "right at level 1", shown(evaluation.level_accuracies[0]), "of the rows"
    given = [at for at in evaluation.at if at.answers]
    if given:
        at = min(given, key=lambda level: abs(level.asked - DEFAULT_PRECISION))
        note = f"of the rows, {shown(at.precision)} of the answers right"
        yield f"answered at {level_name(at.asked)}", shown(at.answered), note
    title = f"leaves, {LEAF_PRECISION:.0%} right"
    yield title, shown(evaluation.leaf_coverage), "of the rows, by the best threshold"
    if len(evaluation.level_accuracies) > 1:
        yield "hierarchical F1", shown(evaluation.hierarchical_f1), "overlap of the paths"
    yield "calibration error", shown(evaluation.calibration_error), "of the leaves’ probabilities"


def accuracy(evaluation: Evaluation) -> str:
    """Accuracy and calibration level by level; nothing for a flat tree."""
    if len(evaluation.level_accuracies) == 1:
        return ""
    levels = zip_longest(
        evaluation.level_rows, evaluation.level_accuracies, evaluation.level_reliability
    )
    rows = [
        row(
            str(level),
            f"{deep:,}",
            shown(right),
            shown(diagram.calibration_error) if diagram else "–",
        )
        for level, (deep, right, diagram) in enumerate(levels, start=1)
    ]
    head = ("level", "rows so deep", "right", "calibration error")
    return f"<h2>Level by level</h2>\n{table(head, rows, 'figures narrow')}"


def top_level(evaluation: Evaluation) -> str:
    """Every top-level category: rows, accuracy, and what the precision levels gave."""
    levels = [at.asked for at in evaluation.at if not at.reason]
    rows = [
        row(
            text(top.category),
            f"{top.rows:,}",
            shown(top.leaf_accuracy),
            *map(_top_level_cell, top.at),
        )
        for top in evaluation.by_top_level[:TOP_LEVEL]
    ]
    head = ("category", "rows", "right category", *(level_name(level) for level in levels))
    return table(head, rows, "figures tops") + _more(len(evaluation.by_top_level) - TOP_LEVEL)


def _top_level_cell(at: TopLevelAnswers) -> str:
    is_low = chance_of_so_few(at.right, at.answers, at.asked) < TINTED
    share = f'<span class="low">{shown(at.precision)}</span>' if is_low else shown(at.precision)
    return f"{share} <small>{shown(at.answered)}</small>"


def confused(evaluation: Evaluation) -> str:
    """The most confused pairs, an example each."""
    if not evaluation.confused:
        return "<p>None: every row’s most probable leaf is its category.</p>"
    return table(("rows", "pair"), map(_pair, evaluation.confused), "pairs")


def _pair(pair: Confusion) -> str:
    shared = _shared(pair.true, pair.predicted)
    return pair_row(
        f"<b>{pair.rows:,}</b> of {pair.rows_of_true:,}",
        ("is", path(pair.true, shared)),
        ("taken for", path(pair.predicted, shared)),
        ("such as", f'<span class="example">{text(pair.example)}</span>'),
    )


def _shared(one: Sequence[str], other: Sequence[str]) -> int:
    """How many titles two paths have in common from the top.

    >>> _shared(("Еда", "Чай", "Чёрный"), ("Еда", "Кофе"))
    1
    """
    differ = [above != other_above for above, other_above in zip(one, other, strict=False)]
    return [*differ, True].index(True)


def worst(evaluation: Evaluation) -> str:
    """Both lists of the worst categories."""
    found = [
        _category(each, each.recall, each.rows, "taken for") for each in evaluation.worst.by_recall
    ]
    believed = [
        _category(each, each.precision, each.predicted_rows, "often is")
        for each in evaluation.worst.by_precision
    ]
    lists = (
        ("Found least", "of a category’s rows, the share that is predicted to be in it", found),
        ("Least to be believed", "of the rows predicted, the share that is in it", believed),
    )
    if not found and not believed:
        return "<p>No category of five rows or more has a mistake.</p>"
    return "\n".join(
        f"<h3>{title}: <small>{meaning}</small></h3>\n{table(('share', 'category'), rows, 'pairs')}"
        for title, meaning, rows in lists
        if rows
    )


def _category(figures: CategoryFigures, share: float, rows: int, mistake: str) -> str:
    lines = [("category", path(figures.category))]
    if figures.mistaken:
        times = f" <small>{figures.mistaken_rows:,} of {rows:,}</small>"
        lines.append((mistake, path(figures.mistaken) + times))
    return pair_row(f"<b>{shown(share)}</b> of {counted(rows)}", *lines)


def left_out(evaluation: Evaluation) -> str:
    """What the figures are not about."""
    lines = evaluation.left_out()
    if evaluation.unread_rows:
        lines.append(
            f"counted, but without an answer at any level: {counted(evaluation.unread_rows)} in "
            "whose names nothing is known to the model"
        )
    if not lines:
        return "<p>Nothing: every row has a name, and a category that the model has.</p>"
    return "<ul>" + "".join(f"<li>{sentence(line)}</li>" for line in lines) + "</ul>"


def _more(hidden: int) -> str:
    return f'<p class="faint">… {hidden:,} more</p>' if hidden > 0 else ""
