"""Precision levels for people: as text and as HTML."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import TYPE_CHECKING

from textcat.display.markup import card, sentence, table

if TYPE_CHECKING:
    from textcat.precision.certificate import PrecisionLevel

TITLES = ("goods", "precision", "right", "answered", "at a leaf", "threshold", "rows", "")


class PrecisionLevels(tuple["PrecisionLevel", ...]):
    """Precision levels, several of them for every kind of goods; shown as a table.

    Parameters
    ----------
    levels : iterable of PrecisionLevel
    note : str
        What is said below the table.

    Examples
    --------
    >>> from textcat.precision import PrecisionLevel
    >>> kept = PrecisionLevel("new", 0.9, True, 0.75, 500, 0.8, 0.93, 0.5, (0.3, 0.5), 0, 0.97)
    >>> not_kept = kept._replace(precision=0.99, certified=False, threshold=None, missing=300)
    >>> print(PrecisionLevels([not_kept, kept]))
    goods  precision  right  answered  at a leaf  threshold  rows
    new         0.99                                          500  not certified: 300 rows more
    new         0.90  0.930     0.800      0.500      0.750   500
    """

    note: str

    def __new__(cls, levels: Iterable[PrecisionLevel] = (), note: str = "") -> PrecisionLevels:
        """Keep the note beside the levels."""
        made = super().__new__(cls, levels)
        made.note = note
        return made

    def __str__(self) -> str:
        lines = [TITLES, *map(_cells, self)]
        widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
        rows = [_line(cells, widths) for cells in lines]
        return "\n".join([*rows, self.note] if self.note else rows)

    def _repr_html_(self) -> str:
        return card("Precision levels", levels_table(self), beside=sentence(self.note))


def levels_table(levels: PrecisionLevels) -> str:
    """The levels as HTML, those of every kind of goods below each other."""
    rows = (map(sentence, _cells(level)) for level in levels)
    return table(TITLES, (list(row) for row in rows), "lrrrrrrl")


def _cells(level: PrecisionLevel) -> tuple[str, ...]:
    shares = (level.found, level.answered, level.at_leaf, level.threshold)
    shown = [f"{share:.3f}" if level.certified else "" for share in shares]
    return (
        level.goods, f"{level.precision:.2f}", *shown, f"{level.rows:,}", what_is_missing(level),
    )  # fmt: skip


def what_is_missing(level: PrecisionLevel) -> str:
    """Why a level is not certified; nothing if it is."""
    if level.certified:
        return ""
    if level.missing is not None:
        return f"not certified: {level.missing:,} rows more"
    highest = rounded_down(level.highest)
    return f"not certified; up to {highest:.3f} is" if highest else "not certified"


def rounded_down(precision: float) -> float:
    """What may be promised of a precision, in three digits.

    >>> rounded_down(0.9569)
    0.956
    """
    return math.floor(precision * 1000) / 1000


def _line(cells: Iterable[str], widths: list[int]) -> str:
    first, *middle, last = zip(cells, widths, strict=True)
    aligned = [first[0].ljust(first[1]), *(cell.rjust(width) for cell, width in middle), last[0]]
    return "  ".join(aligned).rstrip()
