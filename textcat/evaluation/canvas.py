"""What plots are drawn on: figures, their look, and what they become in a page.

Nothing else imports matplotlib, and whatever does not draw does not import this module.
"""

from __future__ import annotations

from io import StringIO
from typing import Any

from textcat.errors import MissingExtraError

try:
    from matplotlib import rc_context
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
except ImportError as error:
    raise MissingExtraError('plots need matplotlib: pip install "textcat[plots]"') from error

PANEL = (5.4, 4.0)  # inches
STYLE: Any = {  # releases of matplotlib type it differently
    "axes.edgecolor": "#9ca3af",
    "axes.grid": True,
    "axes.axisbelow": True,
    "axes.labelcolor": "#374151",
    "axes.spines.right": False,
    "axes.spines.top": False,
    "figure.constrained_layout.h_pad": 0.12,
    "figure.constrained_layout.w_pad": 0.12,
    "font.size": 11,
    "grid.color": "#e5e7eb",
    "svg.fonttype": "none",  # letters stay text
    "svg.hashsalt": "textcat",  # the same plot is the same file
    "xtick.color": "#374151",
    "ytick.color": "#374151",
}


class ShownFigure(Figure):
    """A figure that a notebook shows whether pyplot is loaded or not."""

    def _repr_svg_(self) -> str:
        return as_svg(self)


def as_svg(figure: Figure) -> str:
    """A figure as SVG, without the date."""
    stream = StringIO()
    with rc_context(STYLE):
        figure.savefig(stream, format="svg", metadata={"Date": None})
    return stream.getvalue()


def figure_of(rows: int, columns: int) -> tuple[ShownFigure, list[Axes]]:
    """A figure with room for so many panels, and their axes in reading order."""
    size = PANEL[0] * columns, PANEL[1] * rows
    with rc_context(STYLE):
        figure = ShownFigure(figsize=size, layout="constrained")
        axes = figure.subplots(rows, columns, squeeze=False)
    return figure, list(axes.flat)
