"""How cost grows, as a picture."""

from __future__ import annotations

from math import ceil, floor, log10
from pathlib import Path
from statistics import median
from typing import Any

from costs.figures import number

_AXES = {"rows": "rows to fit on", "categories": "categories"}
_FIGURES = {"fit": "fit, s", "batch": "names a second, one core", "one_median": "one name, ms"}


def draw(growth: dict[str, list[dict[str, Any]]], picture: Path) -> None:
    """Write a picture: one column for what grows, one row for every figure.

    Raises
    ------
    ImportError
        Without matplotlib.
    """
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    shown = [axis for axis in _AXES if growth.get(axis)]
    figure, panels = pyplot.subplots(
        len(_FIGURES), len(shown), sharex="col", sharey="row", squeeze=False,
        figsize=(1.2 + 3.6 * len(shown), 7), layout="constrained",
    )  # fmt: skip
    for column, axis in enumerate(shown):
        for panel, (key, title) in zip(panels[:, column], _FIGURES.items(), strict=True):
            _curves(panel, growth[axis], axis, key)
            if column == 0:
                panel.set_ylabel(title)
        panels[-1, column].set_xlabel(_AXES[axis])
    for key, panel in zip(_FIGURES, panels[:, 0], strict=True):
        _whole_decades(
            panel, [median(p[key]) for axis in shown for p in growth[axis] if p.get(key)]
        )
    if len({point["system"] for points in growth.values() for point in points}) > 1:
        panels[0, 0].legend(frameon=False, fontsize="small")
    figure.savefig(picture, dpi=150)
    pyplot.close(figure)


def _curves(panel: Any, points: list[dict[str, Any]], axis: str, key: str) -> None:
    """Draw one line a system; a logarithmic scale tells little, so a single one has its values."""
    systems = list(dict.fromkeys(point["system"] for point in points))
    for system in systems:
        measured = [p for p in points if p["system"] == system and p.get(key)]
        x = [point[axis] for point in measured]
        y = [median(point[key]) for point in measured]
        panel.plot(x, y, marker="o", markersize=4, label=system)
        if len(systems) == 1:
            for place, value in zip(x, y, strict=True):
                panel.annotate(
                    number(value), (place, value), xytext=(0, 6), textcoords="offset points",
                    ha="center", fontsize="small",
                )  # fmt: skip
    sizes = sorted({point[axis] for point in points})
    panel.set_xscale("log")
    panel.set_xticks(sizes, [f"{size:,}" for size in sizes])
    panel.set_xticks([], minor=True)
    panel.margins(x=0.15)
    panel.grid(alpha=0.3)
    panel.spines[["top", "right"]].set_visible(False)


def _whole_decades(panel: Any, values: list[float]) -> None:
    """Show whole powers of ten, so that a row of noise looks flat."""
    if not values:
        return
    low, high = floor(log10(min(values) * 0.8)), ceil(log10(max(values) * 1.6))
    ticks = [10.0**power for power in range(low, high + 1)]
    panel.set_yscale("log")
    panel.set_ylim(ticks[0], ticks[-1])
    panel.set_yticks(ticks, [number(tick) for tick in ticks])
