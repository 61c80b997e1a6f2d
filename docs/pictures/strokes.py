"""Lines, words and boxes in SVG, in the colors of the page around them."""

from __future__ import annotations

from html import escape

import numpy as np

WIDTH = 720
# --md-… are the colors of a page of the site.
STYLE = """
.picture-of { --ink: var(--md-default-fg-color, #222); --mark: var(--md-accent-fg-color, #1d6b62);
  --soft: var(--md-default-fg-color--light, #666);
  --line: var(--md-default-fg-color--lighter, #aaa);
  font: 14px var(--md-text-font-family, system-ui), sans-serif; fill: var(--ink); }
@media (prefers-color-scheme: dark) { .picture-of { --ink: var(--md-default-fg-color, #ddd);
  --mark: var(--md-accent-fg-color, #6fc7ba); --soft: var(--md-default-fg-color--light, #aaa);
  --line: var(--md-default-fg-color--lighter, #777); } }
.picture-of .soft { fill: var(--soft); } .picture-of .mark { fill: var(--mark); }
.picture-of .small { font-size: 12px; } .picture-of .large { font-size: 17px; }
.picture-of .bold { font-weight: 600; } .picture-of .middle { text-anchor: middle; }
.picture-of .right { text-anchor: end; } .picture-of .pale { opacity: .35; }
.picture-of path { fill: none; stroke: var(--line); stroke-width: 1.5; }
.picture-of path.drawn { stroke: var(--soft); }
.picture-of path.strong { stroke: var(--mark); stroke-width: 2.5; }
.picture-of path.dashed { stroke-dasharray: 4 4; }
.picture-of .box { fill: none; stroke: var(--line); stroke-width: 1.5; }
.picture-of .box.chosen { stroke: var(--mark); }
"""


def svg(height: float, drawn: list[str], title: str) -> str:
    """A whole picture."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="picture-of" viewBox="0 0 {WIDTH} '
        f'{height:.0f}" role="img" aria-label="{escape(title)}"><style>{STYLE.strip()}</style>\n'
        + "\n".join(drawn)
        + "\n</svg>\n"
    )


def text(x: float, y: float, words: str, kind: str = "") -> str:
    """Words."""
    return f'<text x="{x:.1f}" y="{y:.1f}" class="{kind}">{escape(words)}</text>'


def line(way: str, kind: str = "") -> str:
    """A line, in the words of SVG."""
    return f'<path d="{way}" class="{kind}"/>'


def curve(x: np.ndarray, y: list[float], steps: range) -> str:
    """A line through points."""
    return "M" + "L".join(f"{x[step]:.1f} {y[step]:.1f}" for step in steps)


def bar(x: float, y: float, width: float, kind: str) -> str:
    """A bar of a diagram, visible however short."""
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{max(width, 1):.1f}" height="18" class="{kind}"/>'


def dot(x: float, y: float) -> str:
    """A mark on a line."""
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="5" class="mark"/>'


def box(x: float, y: float, title: str, example: str, kind: str = "") -> str:
    """A step."""
    return (
        f'<rect x="{x}" y="{y}" width="135" height="52" rx="6" class="box {kind}"/>'
        + text(x + 67.5, y + 23, title, "bold middle")
        + text(x + 67.5, y + 41, example, "small soft middle")
    )


def arrow(*points: tuple[float, float]) -> str:
    """A line through points, with a head at the last one."""
    (x0, y0), (x, y) = points[-2:]
    dx, dy = np.sign(x - x0), np.sign(y - y0)
    wings = [(x - 7 * dx + 5 * dy * side, y - 7 * dy + 5 * dx * side) for side in (-1, 1)]
    head = [wings[0], (x, y), wings[1]]
    return "".join(
        line("M" + "L".join(f"{x:.0f} {y:.0f}" for x, y in way), "drawn") for way in (points, head)
    )
