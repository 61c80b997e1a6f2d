"""An evaluation as plots: panels that take `ax=`, and all of them in one figure."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textcat.display.canvas import BLUE, FAINT, GREY, ORANGE, figure_of, head
from textcat.evaluation.text import level_name, shown

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from textcat.evaluation.levels import AnswersAt
    from textcat.evaluation.reliability import ReliabilityBin
    from textcat.evaluation.result import Evaluation

STRIP = 0.22  # height of the bars below a reliability diagram, in units of its axis
LABELLED = 0.08  # a narrower part of a bar has no room for its number
APART = 0.06  # points that are closer have no room for a label each

Panel = Callable[["Evaluation", "Axes | None"], "Axes"]


def plot(evaluation: Evaluation) -> Figure:
    """Draw all panels that say something about this tree."""
    panels = panels_of(evaluation)
    columns = 2 if len(panels) % 2 == 0 else len(panels)
    figure, axes = figure_of(len(panels) // columns, columns)
    for panel, ax in zip(panels, axes, strict=True):
        panel(evaluation, ax)
    return figure


def panels_of(evaluation: Evaluation) -> list[Panel]:
    """The panels, in reading order; accuracy by level is one figure in a flat tree."""
    panels: list[Panel] = [coverage_against_precision, reliability_diagram, answers_by_depth]
    return [*panels, accuracy_by_level] if len(evaluation.level_accuracies) > 1 else panels


def coverage_against_precision(evaluation: Evaluation, ax: Axes | None = None) -> Axes:
    """How many names are answered, at any level and at a leaf, and how many of them rightly."""
    ax = _axes(ax, "Coverage against precision", "share of the names", "share of answers right")
    lines = [("answered", BLUE, "answered, at any level"), ("at_leaf", ORANGE, "at a leaf")]
    if len(evaluation.level_accuracies) == 1:  # every answer is a leaf
        lines = [("answered", BLUE, "answered")]
    given = [at for at in evaluation.at if at.answers]
    precisions = [point.precision for point in evaluation.coverage_curve]
    for share, color, label in lines:
        shares = [getattr(point, share) for point in evaluation.coverage_curve]
        ax.plot(shares, precisions, color=color, label=label)
        shares = [getattr(at, share) for at in given]
        ax.plot(shares, [at.precision for at in given], "o", color=color, markersize=6)
    lowest = min([1.0, *precisions[-1:], *(at.precision for at in given)])
    ax.set(xlim=(0, 1.02), ylim=(max(0.0, lowest - 0.06), 1.01))
    ax.legend(loc="lower left", frameon=False, fontsize=10)
    _name_levels(ax, given)
    return ax


def _name_levels(ax: Axes, given: list[AnswersAt]) -> None:
    """Write the levels beside their points, on the line where these lie wider apart."""
    answered, at_leaf = [at.answered for at in given], [at.at_leaf for at in given]
    above = _spread(answered) > _spread(at_leaf)
    last = -1.0
    for at, share in zip(given, answered if above else at_leaf, strict=True):
        if share - last < APART:
            continue
        last = share
        ax.annotate(
            level_name(at.asked), (share, at.precision), (6, 3) if above else (-6, -3),
            textcoords="offset points", ha="left" if above else "right",
            va="bottom" if above else "top", fontsize=10, color=GREY,
        )  # fmt: skip


def reliability_diagram(
    evaluation: Evaluation, ax: Axes | None = None, level: int | None = None
) -> Axes:
    """Stated probability against the share right, with the rows of every bin below.

    Of the most probable leaves, or of the predicted paths at a level of the tree.
    """
    diagram = evaluation.level_reliability[level - 1] if level else evaluation.reliability
    where = f"at level {level}" if level else "of the leaf"
    ax = _axes(ax, "Reliability", f"stated probability {where}", "share right")
    bins = diagram.bins
    stated, right = [bin_.probability for bin_ in bins], [bin_.right for bin_ in bins]
    below = [bin_.right - bin_.right_at_least for bin_ in bins]
    above = [bin_.right_at_most - bin_.right for bin_ in bins]
    ax.plot([0, 1], [0, 1], "--", color=GREY, linewidth=1)
    ax.errorbar(stated, right, [below, above], fmt="o-", color=BLUE, elinewidth=1, markersize=5)
    _rows_below(ax, diagram.bins)
    error = f"calibration error {shown(diagram.calibration_error)}"
    ax.text(0.02, 0.97, error, color=GREY, fontsize=10, va="top")
    return ax


def _rows_below(ax: Axes, bins: tuple[ReliabilityBin, ...]) -> None:
    """Bars of the bins' rows in a strip of their own, with the numbers on top."""
    most = max([bin_.rows for bin_ in bins], default=1)
    floor = -STRIP - 0.12
    for bin_ in bins:
        middle, width = (bin_.above + bin_.up_to) / 2, (bin_.up_to - bin_.above) * 0.86
        height = STRIP * bin_.rows / most
        ax.bar(middle, height, width, bottom=floor, color="#b9c6d8")
        ax.text(middle, floor + height + 0.01, _compact(bin_.rows), ha="center", fontsize=8)
    ax.axhline(0, color="#9ca3af", linewidth=0.8)
    ax.set(xlim=(-0.02, 1.02), ylim=(floor, 1.02), yticks=[0, 0.2, 0.4, 0.6, 0.8, 1])
    ax.text(0, -0.03, "rows", color=GREY, fontsize=9, va="top")


def answers_by_depth(evaluation: Evaluation, ax: Axes | None = None) -> Axes:
    """For every precision level: how many names are answered at which level of the tree."""
    ax = _axes(ax, "Answers at every precision level", "share of the names", "precision asked")
    levels = evaluation.at
    places = range(len(levels))
    depth = max([len(at.by_level) for at in levels], default=0)
    left = [0.0] * len(levels)
    for level in range(depth, 0, -1):
        parts = [at.by_level[level - 1] for at in levels]
        color, ink = _shade(level, depth)
        ax.barh(
            places, parts, 0.72, left, color=color, label=f"{level}" if depth > 1 else "answered"
        )
        _numbers(ax, parts, left, ink)
        left = [start + part for start, part in zip(left, parts, strict=True)]
    rest = [0.0 if at.reason else 1 - start for at, start in zip(levels, left, strict=True)]
    ax.barh(places, rest, 0.72, left, color=FAINT, label="none")
    _numbers(ax, rest, left, GREY)
    for place, at in enumerate(levels):
        if at.reason:
            ax.text(0.01, place, at.verdict, va="center", color=GREY, style="italic", fontsize=10)
    ax.set(xlim=(0, 1), yticks=places, yticklabels=[level_name(at.asked) for at in levels])
    ax.invert_yaxis()
    ax.grid(False, axis="y")
    ax.legend(
        title="level of the answer" if depth > 1 else None,
        loc="upper center",
        bbox_to_anchor=(0.5, -0.17),
        ncols=depth + 1,
        fontsize=10,
        frameon=False,
        handlelength=1,
        columnspacing=1.2,
    )
    return ax


def accuracy_by_level(evaluation: Evaluation, ax: Axes | None = None) -> Axes:
    """How many of the most probable paths are right at every level, among rows so deep."""
    ax = _axes(ax, "Right at every level", "level, and rows so deep", "share right")
    levels = list(zip(evaluation.level_rows, evaluation.level_accuracies, strict=True))
    bars = [(f"{at}\n{rows:,}", share) for at, (rows, share) in enumerate(levels, start=1)]
    bars.append((f"category\n{evaluation.rows:,}", evaluation.leaf_accuracy))
    colors = [BLUE] * len(levels) + [ORANGE]
    places = range(len(bars))
    ax.bar(places, [share for _, share in bars], 0.66, color=colors)
    for place, (_, share) in enumerate(bars):
        height = share if share == share else 0.0  # NaN: no row lies so deep
        ax.text(place, height + 0.015, shown(share), ha="center", fontsize=10)
    ax.set(ylim=(0, 1.1), yticks=[0, 0.2, 0.4, 0.6, 0.8, 1], xticks=places)
    ax.set_xticklabels([label for label, _ in bars], fontsize=10)
    ax.grid(False, axis="x")
    return ax


def _axes(ax: Axes | None, title: str, x_label: str, y_label: str) -> Axes:
    ax = ax or figure_of(1, 1)[1][0]
    head(ax, title)
    ax.set(xlabel=x_label, ylabel=y_label)
    return ax


def _spread(shares: list[float]) -> float:
    return max(shares, default=0.0) - min(shares, default=0.0)


def _numbers(ax: Axes, parts: list[float], left: list[float], color: str) -> None:
    """Write the parts of bars into them, as far as they have room."""
    for place, (part, start) in enumerate(zip(parts, left, strict=True)):
        if part >= LABELLED:
            middle = start + part / 2
            ax.text(middle, place, f"{part:.2f}", ha="center", va="center", color=color, fontsize=9)


def _shade(level: int, depth: int) -> tuple[str, str]:
    """Color of a level, the deeper the darker, and of the ink on it."""
    shades = ("#d3e2f2", "#9dbfe0", "#5f93c9", "#1f5fa8", "#123c6e")
    place = 3 if depth == 1 else round((level - 1) * min(4, depth) / (depth - 1))
    return shades[min(place, 4)], "white" if place >= 2 else "#1f2937"


def _compact(rows: int) -> str:
    """Few digits for many rows.

    >>> _compact(950), _compact(1234), _compact(98765)
    ('950', '1.2k', '99k')
    """
    if rows < 1000:
        return str(rows)
    return f"{rows / 1000:.1f}k" if rows < 9950 else f"{rows / 1000:.0f}k"
