"""What plots are drawn on: figures, their look, and what they become in a page.

Nothing else imports matplotlib, and whatever does not draw does not import this module.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from io import BytesIO, StringIO
from typing import Any

from textcat.errors import MissingExtraError

try:
    from matplotlib import rc_context
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.font_manager import FontProperties, findfont, get_font
    from PIL import Image
except ImportError as error:
    raise MissingExtraError('plots need matplotlib: pip install "textcat[plots]"') from error

PANEL = (5.4, 4.0)  # inches
DPI, COLORS = 110, 128  # of what a notebook shows
CELL = 8.6  # inches that a notebook has for a figure; a wider one is shown smaller
HUNDREDTHS = re.compile(r"(\.\d\d)\d+")
BLUE, ORANGE, GREY, FAINT = "#1f5fa8", "#c8641b", "#6b7280", "#e5e7eb"
STYLE: Any = {  # releases of matplotlib type it differently
    "axes.edgecolor": "#9ca3af",
    "axes.grid": True,
    "axes.axisbelow": True,
    "axes.labelcolor": "#374151",
    "axes.spines.right": False,
    "axes.spines.top": False,
    "figure.constrained_layout.h_pad": 0.12,
    "figure.constrained_layout.w_pad": 0.12,
    "font.sans-serif": ["DejaVu Sans"],  # elsewhere what a browser has: a list of them is long
    "font.size": 11,
    "grid.color": "#e5e7eb",
    "svg.fonttype": "none",  # letters stay text
    "svg.hashsalt": "textcat",  # the same plot is the same file
    "xtick.color": "#374151",
    "ytick.color": "#374151",
}


class ShownFigure(Figure):
    """A figure that a notebook shows whether pyplot is loaded or not.

    It does so as PNG: what is drawn as SVG, Jupyter hides until the notebook is trusted.
    """

    def _repr_png_(self) -> bytes:
        drawn, small, shrunk = BytesIO(), BytesIO(), min(1, CELL / self.get_figwidth())
        with rc_context(STYLE):
            self.savefig(drawn, format="png", dpi=DPI * shrunk)
        # a third of the size, which is that of the notebook
        Image.open(drawn).convert("RGB").quantize(COLORS).save(small, "png", optimize=True)
        return small.getvalue()


def as_svg(figure: Figure) -> str:
    """A figure as SVG, without the date, to a hundredth of a point."""
    stream = StringIO()
    with rc_context(STYLE):
        figure.savefig(stream, format="svg", metadata={"Date": None})
    return re.sub("<[^>]+>", lambda tag: HUNDREDTHS.sub(r"\1", tag[0]), stream.getvalue())


def figure_of(
    rows: int,
    columns: int,
    size: tuple[float, float] | None = None,
    heights: Sequence[float] | None = None,
) -> tuple[ShownFigure, list[Axes]]:
    """A figure with room for so many panels, and their axes in reading order.

    `size` is that of the whole in inches, `heights` those of the rows in proportion.
    """
    with rc_context(STYLE):
        figure = ShownFigure(
            figsize=size or (PANEL[0] * columns, PANEL[1] * rows), layout="constrained"
        )
        axes = figure.subplots(
            rows, columns, squeeze=False, gridspec_kw={"height_ratios": heights or [1] * rows}
        )
    return figure, list(axes.flat)


def head(ax: Axes, title: str, pad: float = 6) -> None:
    """Write the title of a panel, with so many points below it."""
    ax.set_title(title, loc="left", fontsize=12, fontweight="bold", parse_math=False, pad=pad)


def label(value: str, longest: int = 40) -> str:
    r"""A name or a title to be written with `parse_math=False`: cut, and only what has a glyph.

    >>> label("чай \N{TEACUP WITHOUT HANDLE}"), label("кофе в зёрнах", 8)
    ('чай \ufffd', 'кофе в …')
    """
    cut = value if len(value) <= longest else value[: longest - 1] + "…"
    known = get_font(findfont(FontProperties())).get_charmap()
    return "".join(x if ord(x) in known else "\N{REPLACEMENT CHARACTER}" for x in cut)
