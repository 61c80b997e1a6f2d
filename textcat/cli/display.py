"""How the command line shows things to people: answers, explanations, a model.

Functions here make rich's tables and texts; printing them is the caller's business.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TextIO

from rich import box
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from textcat.prediction.answers import Answer, Answers
from textcat.prediction.display import NO_ANSWER
from textcat.prediction.explanation import Explanation, LevelExplanation, Weight
from textcat.tree import PATH_SEPARATOR, CategoryTree

# Wider lines are harder to read; where there is no terminal, lines are as wide as they may be.
WIDEST = 120
PLAIN_WIDTH = 100
LONGEST_NAME = 300
BAR = 24  # characters of the longest bar
TOP = 40  # categories of the first level that are listed


def make_console(stream: TextIO) -> Console:
    """Make a console that writes to a stream, as wide as is readable."""
    console = Console(file=stream, highlight=False)
    width = min(console.width, WIDEST) if console.is_terminal else PLAIN_WIDTH
    return Console(file=stream, highlight=False, width=width)


def show(console: Console, *parts: RenderableType) -> None:
    """Print on a terminal; into a file write plain lines without spaces at their ends."""
    if console.is_terminal:
        console.print(*parts, sep="\n")
        return
    with console.capture() as captured:
        console.print(*parts, sep="\n")
    console.file.write("".join(f"{line.rstrip()}\n" for line in captured.get().splitlines()))
    console.file.flush()


def readable(text: str) -> str:
    r"""Make a name fit for a terminal: what moves its cursor or has no glyph is replaced.

    >>> readable("чай\x1b[2J")
    'чай�[2J'
    """
    cut = text if len(text) <= LONGEST_NAME else text[: LONGEST_NAME - 1] + "…"
    return "".join(
        letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in cut
    )


class TableWriter:
    """Answers as a table: every level of every name, marked where an answer reaches it."""

    def __init__(self, console: Console, numbered: bool) -> None:
        self._console = console
        self._numbered = numbered

    def write(self, numbers: Sequence[int], answers: Answers) -> None:
        """Print a batch; a later batch has the same widths, so it goes on below."""
        shown = numbers if self._numbered else None
        show(self._console, answers_table(answers, self._console, shown))


def answers_table(
    answers: Answers, console: Console, numbers: Sequence[int] | None = None
) -> Table:
    """One row a name and one a level below it, with a column for every precision level."""
    table = Table(box=box.SIMPLE_HEAD, width=console.width, padding=(0, 1, 0, 0), show_edge=False)
    if numbers:
        table.add_column("row", justify="right", width=7, style="dim")
    table.add_column("name and its categories", ratio=1, overflow="ellipsis")
    table.add_column("probability", justify="right", no_wrap=True, width=11)
    for precision in answers.precisions:
        asked = "leaf" if precision is None else f"at {precision:g}"
        table.add_column(
            asked, justify="center", no_wrap=True, width=max(map(len, (asked, NO_ANSWER)))
        )
    mark = _first_printable(console, "●", "*")
    for row, answer in enumerate(answers):
        number = [str(numbers[row])] if numbers else []
        at = [answer.at(precision) for precision in answers.precisions]
        missing = [Text("" if each else NO_ANSWER, "yellow") for each in at]
        table.add_row(*number, Text(readable(answer.name), "bold"), "", *missing)
        for cells in _level_rows(answer, at, mark):
            table.add_row(*[""] * len(number), *cells)
        table.add_section()
    return table


def _level_rows(answer: Answer, at: Sequence[Answer], mark: str) -> Iterator[list[Text]]:
    """Cells of every level: its title, its probability, a mark where it is answered."""
    if not answer.levels:
        yield [Text("  nothing in it is known", "dim"), Text(""), *[Text("") for _ in at]]
    for level in answer.levels:
        reached = [len(each.reached) >= level.level for each in at]
        style = "" if any(reached) else "dim"
        title = Text("  " * level.level + readable(level.title), style, no_wrap=True)
        marks = [Text(mark if is_reached else "", "green") for is_reached in reached]
        yield [title, Text(f"{level.probability:.3f}", style), *marks]


def explanation_text(
    explanation: Explanation, answer: Answer, console: Console, features: bool = False
) -> RenderableType:
    """What every word said at every level, with bars; of features instead, if asked."""
    parts: list[RenderableType] = [Text(readable(explanation.name), "bold")]
    bar = _first_printable(console, "█", "#")
    for level in explanation.levels:
        weights = level.features if features else level.words
        probability = answer.levels[level.level - 1].probability
        parts += [_decision(level, probability), _bars(weights, bar)]
    if not answer.levels:
        parts.append(Text("nothing in it is known, so there is no answer"))
    if explanation.unknown:
        unknown = ", ".join(map(readable, explanation.unknown))
        parts.append(Text(f"\nunknown to the model: {unknown}", "dim"))
    return Group(*parts)


def _decision(level: LevelExplanation, probability: float) -> Text:
    return Text.assemble(
        f"\n{level.level}. ",
        (readable(level.title), "bold"),
        f" {probability:.3f}",
        (f", rather than {readable(level.rival)}", "dim"),
    )


def _bars(weights: Sequence[Weight], bar: str) -> Padding:
    table = Table.grid(padding=(0, 1))
    table.add_column(min_width=16, max_width=40)
    table.add_column(justify="right")
    table.add_column(no_wrap=True)
    longest = max([abs(weight.weight) for weight in weights], default=1.0)
    for weight in weights:
        style = "green" if weight.weight > 0 else "red"
        length = max(1, round(BAR * abs(weight.weight) / longest))
        table.add_row(
            Text(readable(weight.text)), f"{weight.weight:+.2f}", Text(bar * length, style)
        )
    return Padding(table, (0, 0, 0, 3))


def figures_table(figures: dict[str, str]) -> Table:
    """What is called what, a line each."""
    table = Table.grid(padding=(0, 2))
    table.add_column(style="dim")
    table.add_column()
    for title, figure in figures.items():
        table.add_row(title, Text(figure))
    return table


def counts_table(*titles: str) -> Table:
    """An empty table whose first columns hold figures; columns for words can be added."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for title in titles:
        table.add_column(title, justify="right", no_wrap=True)
    return table


def path_text(titles: Sequence[str]) -> Text:
    """A path to show."""
    return Text(readable(PATH_SEPARATOR.join(titles)))


def _first_printable(console: Console, *marks: str) -> str:
    """The first of the marks that the console's encoding has; the last has to be ASCII."""
    for mark in marks:
        try:
            mark.encode(console.encoding)
        except UnicodeError:
            continue
        return mark
    return marks[-1]


def tree_top(tree: CategoryTree) -> Table:
    """The first level of a tree, and how many categories are below."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    table.add_column("top of the tree")
    table.add_column("categories below", justify="right")
    for node in tree.children(-1).tolist()[:TOP]:
        below = int(tree.subtree_stop[node]) - node - 1
        table.add_row(Text(readable(tree.titles[node])), f"{below:,}")
    more = len(tree.children(-1)) - TOP
    if more > 0:
        table.add_row(Text(f"{more:,} more", "dim"), "")
    return table
