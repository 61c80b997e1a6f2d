"""The figures of `precision.py` as tables for people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from redraws import Line
from rich.box import SIMPLE_HEAD
from rich.table import Table
from scipy.stats import binom
from shipped import Shipped
from whole import WholeLine

CONFIDENCE = 0.95
LevelLine = TypeVar("LevelLine", Line, Shipped)
MEANS = ["precision", "answered", "at a leaf"]


def most_broken(redraws: int, delta: float) -> float:
    """Share of broken redraws that a promise just kept exceeds by chance once in twenty times.

    >>> most_broken(200, 0.1)
    0.135
    """
    return float(binom.ppf(CONFIDENCE, redraws, delta) / redraws)


def redraw_table(lines: Iterable[Line], limit: float) -> Table:
    """Level by level, a row for every way; shares of broken redraws above the limit are marked."""
    table = _table(["level", "way"], ["certified", "broken", "on the rest", *MEANS])
    for line, level in _with_sections(table, lines):
        on_rest = "–" if line.broken_on_rest is None else f"{line.broken_on_rest:.3f}"
        broken = marked(line.broken, line.broken > limit)
        table.add_row(level, line.way, f"{line.certified:.3f}", broken, on_rest, *_means(line))
    return table


def shipped_table(lines: Iterable[Shipped]) -> Table:
    """Level by level, by the goods that certificates are for; a precision too low is marked."""
    table = _table(["level", "certified for"], MEANS)
    for line, level in _with_sections(table, lines):
        found = line.answered
        if found is None:
            table.add_row(level, line.goods, *["–"] * len(MEANS))
        else:
            precision = marked(found.precision, found.precision < line.level, 4)
            shares = (f"{found.answered:.4f}", f"{found.at_leaf:.4f}")
            table.add_row(level, line.goods, precision, *shares)
    return table


def whole_table(lines: Iterable[WholeLine], samples: int) -> Table:
    """Level by level, by the goods that are asked and the certificate that counts."""
    columns = ["certified", "broken", "limit", "broken, known", *MEANS]
    table = _table(["asked", "certified for", "level"], columns)
    before = None
    for line in lines:
        asked = (line.goods, line.certified_for)
        if before not in (None, asked):
            table.add_section()
        limit = most_broken(samples, line.seems_broken)
        shares = (line.broken, line.broken_in_known)
        allowed = f"{limit:.3f}" if line.certified else "–"
        on_all, on_known = (marked(share, share > limit) for share in shares)
        table.add_row(
            *(("", "") if before == asked else asked), f"{line.level:.2f}",
            f"{line.certified:.2f}", on_all, allowed, on_known, *_means(line),
        )  # fmt: skip
        before = asked
    return table


def marked(share: float, is_marked: bool, digits: int = 3) -> str:
    """The share, in bold with a ! behind it if it is marked.

    >>> marked(0.2, True), marked(0.1, False)
    ('[bold]0.200![/bold]', '0.100 ')
    """
    return f"[bold]{share:.{digits}f}![/bold]" if is_marked else f"{share:.{digits}f} "


def _table(left: Sequence[str], right: Sequence[str]) -> Table:
    table = Table(box=SIMPLE_HEAD)
    for column in left:
        table.add_column(column, no_wrap=True)
    for column in right:
        table.add_column(column, justify="right", no_wrap=True)
    return table


def _with_sections(table: Table, lines: Iterable[LevelLine]) -> Iterator[tuple[LevelLine, str]]:
    """Lines and their levels, each level written once and parted from the one before."""
    before = None
    for line in lines:
        if before not in (None, line.level):
            table.add_section()
        yield line, "" if line.level == before else f"{line.level:.2f}"
        before = line.level


def _means(line: Line | WholeLine) -> list[str]:
    means = (line.precision, line.answered, line.at_leaf)
    return [f"{mean:.4f}" if line.certified > 0 else "–" for mean in means]
