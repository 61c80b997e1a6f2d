"""How answers look: one line of text, and HTML for notebooks."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from textcat.tree import PATH_SEPARATOR

if TYPE_CHECKING:
    from textcat.prediction.answers import Answer, Answers

NO_ANSWER = "no answer"
# A notebook shows this many answers of a batch.
SHOWN = 50


def answer_text(answer: Answer) -> str:
    """Name, answer, its probability and the level it was asked at."""
    where = PATH_SEPARATOR.join(answer.path) if answer.path else NO_ANSWER
    share = f" ({answer.probability:.3f})" if answer.probability is not None else ""
    asked = "leaf" if answer.precision is None else f"at {answer.precision:g}"
    return f"{answer.name!r}: {where}{share} {asked}"


def answer_html(answer: Answer) -> str:
    """The whole way down; what is not reliable enough is greyed."""
    reached = len(answer.reached)
    steps = [
        f'<span style="opacity:{1 if place < reached else 0.4}">{escape(level.title)} '
        f"<small>{level.probability:.3f}</small></span>"
        for place, level in enumerate(answer.levels)
    ]
    asked = "" if answer.precision is None else f" <small>at {answer.precision:g}</small>"
    missing = "" if reached else f"<em>{NO_ANSWER}</em>{asked} "
    return f"<div><b>{escape(answer.name)}</b><br>{missing}{' › '.join(steps)}</div>"


def answers_html(answers: Answers) -> str:
    """A table of the first answers."""
    columns = answers[:SHOWN].to_columns()
    head = "".join(f"<th>{escape(title)}</th>" for title in columns)
    rows = "".join(
        "<tr>" + "".join(f"<td>{_cell(value)}</td>" for value in row) + "</tr>"
        for row in zip(*columns.values(), strict=True)
    )
    more = len(answers) - SHOWN
    note = f"<p>… {more} more</p>" if more > 0 else ""
    return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>{note}"


def _cell(value: object) -> str:
    if value is None:
        return "<em>–</em>"
    return f"{value:.3f}" if isinstance(value, float) else escape(str(value))
