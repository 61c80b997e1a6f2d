"""How the command line shows a comparison of names."""

from __future__ import annotations

from rich import box
from rich.console import Group, RenderableType
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text

from textcat.shift import Shift
from textcat.shift.display import (
    BAR,
    COLUMNS,
    distance_rows,
    figure_rows,
    histogram_rows,
    remarks,
    shown,
    verdict,
)


def shift_table(shift: Shift) -> RenderableType:
    """The verdict, both samples side by side, and what to make of it."""
    style = {True: "bold yellow", False: "bold green", None: "bold"}[shift.shifted]
    notes = [Text(sentence, "yellow" if shift.warnings else "") for sentence in remarks(shift)]
    return Group(Text(verdict(shift), style), Text(""), _table(shift), Text(""), *notes)


def _table(shift: Shift) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for title in COLUMNS:
        table.add_column(title)
    for row in figure_rows(shift):
        table.add_row(*row)
    for title, certified, asked in histogram_rows(shift):
        table.add_row(title, _bar(certified), _bar(asked))
    for title, text in distance_rows(shift):
        table.add_row(title, "", text)
    return table


def _bar(share: float) -> Table:
    """A share and its bar, in whatever the terminal's encoding has."""
    row = Table.grid(padding=(0, 1))
    bar = ProgressBar(total=1, completed=share, width=BAR, complete_style="cyan")
    row.add_row(shown(share), bar if share > 0 else "")
    return row
