"""An evaluation as one HTML page that needs nothing else: styles and plots are in it.

The page, with all that is the same for every evaluation, is report.html.
"""

from __future__ import annotations

import re
from datetime import date
from importlib import resources
from string import Template
from typing import TYPE_CHECKING

from textcat import __version__
from textcat.display.canvas import as_svg, figure_of
from textcat.display.markup import text
from textcat.evaluation import sections
from textcat.evaluation.coverage import LEAF_PRECISION
from textcat.evaluation.markup import levels_table
from textcat.evaluation.plots import panels_of
from textcat.precision import GOODS

if TYPE_CHECKING:
    from textcat.evaluation.result import Evaluation


def page(evaluation: Evaluation, title: str | None = None) -> str:
    """Make the page."""
    template = resources.files("textcat.evaluation").joinpath("report.html").read_text("utf-8")
    return Template(template).substitute(
        title=text(title or "How good the model is"),
        about=_about(evaluation),
        cards=sections.cards(evaluation),
        levels=levels_table(evaluation.at),
        plots=_plots(evaluation),
        accuracy=sections.accuracy(evaluation),
        top_level=sections.top_level(evaluation),
        confused=sections.confused(evaluation),
        worst=sections.worst(evaluation),
        left_out=sections.left_out(evaluation),
        leaf_precision=f"{LEAF_PRECISION:.0%}",
        footer=f"textcat {__version__}, {date.today():%Y-%m-%d}",
    )


def _about(evaluation: Evaluation) -> str:
    about = f"{evaluation.rows:,} rows with known categories, from {text(evaluation.place)}"
    goods = evaluation.goods
    return f"{about}; asked as {text(GOODS.get(goods, goods))}" if goods else about


def _plots(evaluation: Evaluation) -> str:
    figures = []
    for number, panel in enumerate(panels_of(evaluation), start=1):
        figure, (ax,) = figure_of(1, 1)
        panel(evaluation, ax)
        drawing = inline_svg(as_svg(figure), f"plot{number}", ax.get_title(loc="left"))
        figures.append(f"<figure>{drawing}</figure>")
    return '<div class="plots">\n' + "\n".join(figures) + "\n</div>"


def inline_svg(svg: str, prefix: str, label: str) -> str:
    """Make a file's SVG part of a page: only the element, with ids and a label of its own.

    >>> inline_svg('<?xml?><svg x="1"><g id="a"/><use xlink:href="#a"/></svg>', "p", "Чай")
    '<svg role="img" aria-label="Чай" x="1"><g id="p-a"/><use xlink:href="#p-a"/></svg>'
    """
    element = svg[svg.index("<svg") :].strip()
    element = re.sub(r"<metadata>.*?</metadata>", "", element, flags=re.DOTALL)
    element = re.sub(r'\bid="', f'id="{prefix}-', element)
    element = re.sub(r'href="#', f'href="#{prefix}-', element)
    element = element.replace("url(#", f"url(#{prefix}-")
    return element.replace("<svg", f'<svg role="img" aria-label="{text(label)}"', 1)
