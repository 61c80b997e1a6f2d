"""Pieces of HTML for a notebook: everything that comes from rows or models is escaped here.

They carry their styles themselves and need no script, so that they look alike in Jupyter, VS Code
and Colab. Ink and background are the theme's own: what is faint is half transparent, and the
colors of bars and marks stand out from white as well as from black. A page that takes the styles
away, as some code hosts do, still has all words and figures in their order.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from html import escape

# Contrast to white and to #111 is 3:1 or more, as WCAG 2.2 asks of graphics.
BLUE, ORANGE, GREEN, RED, GREY = "#3b82c4", "#d0702a", "#3f9a5b", "#d9534f", "#888888"
FAINT = "opacity:.65"
LINE = "1px solid rgba(128,128,128,.35)"
GROOVE = "rgba(128,128,128,.22)"

LONGEST_TEXT = 300


def text(value: str) -> str:
    r"""A name or a title, escaped; what has no glyph is replaced, what is endless is cut.

    >>> text("<b>чай\x00</b>")
    '&lt;b&gt;чай�&lt;/b&gt;'
    """
    return sentence(value if len(value) <= LONGEST_TEXT else value[: LONGEST_TEXT - 1] + "…")


def sentence(value: str) -> str:
    """A message, escaped, whole."""
    return escape("".join(x if x.isprintable() else "\N{REPLACEMENT CHARACTER}" for x in value))


def share(value: float | None) -> str:
    """Three digits; a dash for the share of nothing.

    >>> share(2 / 3), share(None), share(float("nan"))
    ('0.667', '–', '–')
    """
    return "–" if value is None or math.isnan(value) else f"{value:.3f}"


def card(title: str, *parts: str, beside: str = "") -> str:
    """What a cell shows: a heading in HTML, what is said beside it, and what is below."""
    aside = f" {faint(beside)}" if beside else ""
    body = "".join(part for part in parts if part)
    return (
        '<div style="max-width:64em;line-height:1.45;font-variant-numeric:tabular-nums">'
        f'<div style="margin:.2em 0 .4em"><b>{title}</b>{aside}</div>{body}</div>'
    )


def faint(html: str) -> str:
    """Of less weight than what is around it."""
    return f'<span style="{FAINT}">{html}</span>'


def note(html: str) -> str:
    """A paragraph below what it is about."""
    return f'<p style="margin:.5em 0;{FAINT}">{html}</p>'


def more(hidden: int, what: str = "") -> str:
    """How many are not shown; nothing if all are.

    >>> more(1200, "rows"), more(0)
    ('<p style="margin:.5em 0;opacity:.65">… 1,200 more rows</p>', '')
    """
    return note(f"… {hidden:,} more {what}".rstrip()) if hidden > 0 else ""


def path(titles: Sequence[str]) -> str:
    """Titles from the top down; all but the last are faint.

    >>> path(("Еда", "Чай"))
    '<span style="opacity:.65">Еда ›</span> Чай'
    """
    *above, last = map(text, titles)
    return f"{faint(' › '.join(above) + ' ›')} {last}" if above else last


def figures(values: Mapping[str, str]) -> str:
    """Key figures side by side, each below its title; both are HTML."""
    cells = "".join(
        f'<div style="margin:0 1.8em .5em 0"><div style="font-size:.85em;{FAINT}">{title}</div>'
        f'<div style="font-size:1.2em">{value}</div></div>'
        for title, value in values.items()
    )
    return f'<div style="display:flex;flex-wrap:wrap;margin:.3em 0">{cells}</div>'


def table(head: Sequence[str], rows: Iterable[Sequence[str]], sides: str = "") -> str:
    """A table of cells that are HTML; `sides` has an "l" or "r" for every column, "l" if short.

    >>> table(["a"], [["1"]]).count("<tr>")
    2
    """
    aligned = ["right" if side == "r" else "left" for side in sides.ljust(len(head), "l")]
    titles = _row(
        "th", head, aligned, f"font-weight:400;font-size:.85em;{FAINT};border-bottom:{LINE}"
    )
    above = f"<thead>{titles}</thead>" if any(head) else ""
    body = "".join(_row("td", cells, aligned) for cells in rows)
    return (
        '<div style="overflow-x:auto"><table style="border-collapse:collapse;table-layout:auto;'
        f'margin:.3em 0;font-size:inherit">{above}<tbody>{body}</tbody></table></div>'
    )


def _row(tag: str, cells: Sequence[str], aligned: Sequence[str], look: str = "") -> str:
    styles = (
        f"text-align:{side};padding:.2em 1em .2em 0;vertical-align:top;background:none;{look}"
        for side in aligned
    )
    shown = "".join(
        f'<{tag} style="{style}">{cell}</{tag}>' for style, cell in zip(styles, cells, strict=True)
    )
    return f"<tr>{shown}</tr>"


def bar(part: float, color: str = BLUE, width: float = 6) -> str:
    """A bar for a share of 1, `width` letters wide; empty for the share of nothing."""
    filled = 0 if math.isnan(part) else 100 * min(max(part, 0), 1)
    return (
        f'<span style="display:inline-block;width:{width:g}em;height:.6em;background:{GROOVE}">'
        f'<span style="display:block;width:{filled:.3g}%;height:100%;background:{color}"></span>'
        "</span>"
    )


def share_bar(part: float | None, color: str = BLUE) -> str:
    """A share as a bar and as a figure."""
    if part is None or math.isnan(part):
        return faint("–")
    return f'<span style="white-space:nowrap">{bar(part, color, width=4)} {share(part)}</span>'


def mark(html: str, color: str) -> str:
    """A verdict behind a dot of its color."""
    return f'<span style="white-space:nowrap"><span style="color:{color}">●</span> {html}</span>'


def fold(summary: str, body: str) -> str:
    """What opens and closes."""
    return (
        '<details style="margin:.3em 0"><summary style="cursor:pointer">'
        f"{summary}</summary>{body}</details>"
    )
