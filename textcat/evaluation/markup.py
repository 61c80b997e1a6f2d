"""Pieces of the report's HTML; those that notebooks show are in `textcat.display.markup`.

Their look is for the page to say: the pieces have classes, and make sense without any.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textcat.display.markup import sentence, text
from textcat.evaluation.levels import BROKEN, NO_ANSWERS, NOT_GIVEN, WITHIN_CHANCE, AnswersAt
from textcat.evaluation.text import level_name, reasons, shown

LEAST_CHANCE = 0.001  # a smaller p-value is not told from others


def path(titles: Sequence[str], shared: int | None = None) -> str:
    """Titles from the top down; the first `shared` of them, or all but the last, are faint.

    >>> path(("Еда", "Чай"))
    '<span class="path"><span class="faint">Еда ›</span> Чай</span>'
    """
    faint = len(titles) - 1 if shared is None else min(shared, len(titles) - 1)
    above, below = (" › ".join(map(text, part)) for part in (titles[:faint], titles[faint:]))
    opening = f'<span class="faint">{above} ›</span> ' if above else ""
    return f'<span class="path">{opening}{below}</span>'


def table(head: Sequence[str], rows: Iterable[str], kind: str = "") -> str:
    """A table of rows as `row` makes them, in a frame that scrolls if it is too wide."""
    cells = "".join(f'<th scope="col">{title}</th>' for title in head)
    body = "\n".join(rows)
    return (
        f'<div class="wide"><table class="{kind}"><thead><tr>{cells}</tr></thead>\n'
        f"<tbody>\n{body}\n</tbody></table></div>"
    )


def row(*cells: str) -> str:
    """A row of cells that are HTML; the first is its heading."""
    others = "".join(f"<td>{cell}</td>" for cell in cells[1:])
    return f'<tr><th scope="row">{cells[0]}</th>{others}</tr>'


def pair_row(heading: str, *lines: tuple[str, str]) -> str:
    """A row that says several things about one, each with a title; fits a narrow screen."""
    cell = "".join(
        f'<div class="line"><span>{title}</span><span>{line}</span></div>' for title, line in lines
    )
    return row(heading, cell)


def levels_table(levels: Sequence[AnswersAt]) -> str:
    """What every precision level gave, whether it was kept, and why some are not given."""
    head = ("asked", "found", "answered", "at a leaf")
    notes = "".join(
        f"<p>{sentence(reason[:1].upper() + reason[1:])}.</p>" for reason in reasons(levels)
    )
    return table(head, map(_level_row, levels), "figures levels") + notes


def _level_row(level: AnswersAt) -> str:
    heading = f"{level_name(level.asked)} {badge(level)}"
    if level.reason:
        return row(heading, "–", "–", "–")
    count = f"<small>{level.right:,} of {level.answers:,}</small>"
    found = f"<b>{shown(level.precision)}</b> {count}"
    return row(heading, found, shown(level.answered), shown(level.at_leaf))


def badge(level: AnswersAt) -> str:
    """The verdict on a level, with the p-value where one was needed."""
    kinds = {WITHIN_CHANCE: "doubtful", BROKEN: "bad", NOT_GIVEN: "none", NO_ANSWERS: "none"}
    mark = f'<span class="badge {kinds.get(level.verdict, "good")}">{level.verdict}</span>'
    if level.verdict not in (WITHIN_CHANCE, BROKEN):
        return mark
    chance = f"p = {level.p_value:.2g}" if level.p_value >= LEAST_CHANCE else "p &lt; 0.001"
    return f"{mark} <small>{chance}</small>"
