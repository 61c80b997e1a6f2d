"""How answers look: one line of text, and HTML for notebooks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textcat.display.markup import (
    BLUE,
    FAINT,
    GREY,
    card,
    faint,
    more,
    path,
    share_bar,
    table,
    text,
)
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
    """The whole way down; what is not reliable enough is faint."""
    said = path(answer.path) if answer.path else NO_ANSWER
    steps = "".join(
        _step(level.title, level.probability, place, place < len(answer.reached))
        for place, level in enumerate(answer.levels)
    )
    return card(text(answer.name), f"<div>{said} {faint(_asked(answer.precision))}</div>", steps)


def _step(title: str, probability: float, place: int, is_reached: bool) -> str:
    """One level of the way, further to the right the deeper it is."""
    look = "" if is_reached else f";{FAINT}"
    shown = share_bar(probability, BLUE if is_reached else GREY)
    named = f'<span style="margin-left:{1 + place}em">{text(title)}</span>'
    return f'<div style="margin:.15em 0{look}">{shown}{named}</div>'


def answers_html(answers: Answers) -> str:
    """A table of the first answers."""
    first = answers[:SHOWN]
    head, columns = ["name"], [[text(name) for name in first.names]]
    for precision in answers.precisions:
        head += [f"category {_asked(precision)}", "probability"]
        columns += _columns(first.at(precision))
    return card(
        "Answers",
        table(head, list(zip(*columns, strict=True))),
        more(len(answers) - SHOWN, "answers"),
        beside=f"{len(answers):,} names",
    )


def _columns(answers: Answers) -> tuple[list[str], list[str]]:
    """Paths and probabilities."""
    paths = [path(titles) if titles else faint(NO_ANSWER) for titles in answers.paths]
    return paths, list(map(share_bar, answers.to_columns()["probability"]))


def _asked(precision: float | None) -> str:
    return "at the leaf" if precision is None else f"at {precision:g}"
