"""An explanation as a plot: what every word said at every level."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textcat.display.canvas import BLUE, GREY, ORANGE, ShownFigure, figure_of, head, label
from textcat.prediction.explanation_display import NOTHING_KNOWN, WORDS, strongest_weight

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from textcat.prediction.explanation import Explanation, LevelExplanation

WIDTH, BAR, AROUND = 7.0, 0.3, 1.1  # inches: a figure, a word, what a panel has around its words
LONGEST_WORD = 30
ROOM = 1.25  # of the axis beyond the longest bar, for its number


def plot(explanation: Explanation) -> Figure:
    """Draw a panel for every level, all to the same scale."""
    heights = [AROUND + BAR * max(1, len(level.words[:WORDS])) for level in explanation.levels]
    figure, axes = _empty_figure(heights or [AROUND])
    figure.suptitle(label(explanation.name, 70), x=0.01, ha="left", fontsize=12, parse_math=False)
    if not explanation.levels:
        axes[0].axis("off")
        axes[0].text(0, 0.5, NOTHING_KNOWN, color=GREY, va="center")
        return figure
    for level, ax in zip(explanation.levels, axes, strict=True):
        level_panel(level, ax, strongest_weight(explanation))
    axes[-1].set_xlabel("for its rival  ←   difference of log-probability   →  for the category")
    return figure


def _empty_figure(heights: list[float]) -> tuple[ShownFigure, list[Axes]]:
    return figure_of(len(heights), 1, (WIDTH, sum(heights) + 0.4), heights)


def level_panel(level: LevelExplanation, ax: Axes, strongest: float) -> Axes:
    """A bar for every word, to the right if it speaks for the category."""
    words = level.words[:WORDS]
    weights = [word.weight for word in words]
    places = range(len(words))
    ax.barh(places, weights, 0.7, color=[BLUE if weight > 0 else ORANGE for weight in weights])
    for place, weight in zip(places, weights, strict=True):
        ax.annotate(
            f"{weight:+.2f}", (weight, place), (4 if weight > 0 else -4, 0),
            textcoords="offset points", ha="left" if weight > 0 else "right", va="center",
            fontsize=10,
        )  # fmt: skip
    ax.axvline(0, color="#9ca3af", linewidth=0.8)
    labels = [label(word.text, LONGEST_WORD) for word in words]
    ax.set_yticks(places, labels, parse_math=False)
    ax.set(xlim=(-ROOM * strongest, ROOM * strongest), ylim=(max(len(words), 1) - 0.4, -0.6))
    ax.grid(False, axis="y")
    head(ax, label(f"{level.level}. {level.title}", 60), pad=20)
    ax.annotate(
        label(f"rather than {level.rival}", 70), (0, 1), (0, 5), "axes fraction", "offset points",
        va="bottom", fontsize=10, color=GREY, parse_math=False,
    )  # fmt: skip
    return ax
