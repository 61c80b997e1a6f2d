"""A sheet as it is read, whatever the workbook's format: rows of values, and how they look."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from textcat.catalogue.report import Finding, count


class Look(NamedTuple):
    """How a cell looks; what sorts first stands higher: less indented, larger, bold.

    >>> sorted([Look(1, -11.0, False, ""), Look(0, -11.0, True, ""), Look(0, -14.0, False, "")])[0]
    Look(indent=0, size=-14.0, thin=False, fill='')
    """

    indent: float
    size: float  # in points, negative
    thin: bool  # not bold
    fill: str  # a color, which says that looks differ and not which is higher

    @property
    def rank(self) -> tuple[float, float, bool]:
        """What sorts first stands higher."""
        return self[:3]


class SheetRow(NamedTuple):
    """A row with something in it."""

    number: int  # as the program that shows the sheet numbers it
    values: list[object]  # from column A on, as far as there are any; None where there is nothing
    level: int = 0  # of the outline: rows that can be folded away have a greater one
    looks: tuple[int, ...] = ()  # of each value, for `Sheet.look`


def _none_merged() -> array[int]:
    return array("i")


def _no_look(_: int) -> Look | None:
    return None


@dataclass(frozen=True)
class Sheet:
    """One sheet of a workbook."""

    name: str
    rows: Callable[[], Iterator[SheetRow]]  # those with something in them, in order
    merged: Callable[[], array[int]] = _none_merged  # one `merged.Range` after the other
    look: Callable[[int], Look | None] = _no_look
    # Filled while rows are read, by what it is («formula cells without a value»).
    left_out: dict[str, Finding] = field(default_factory=dict)

    def leave_out(self, kind: str, row: int, value: str, reason: str) -> None:
        """Count something that is not read, or not as it stands."""
        count(self.left_out, kind, row, value, reason)


class Workbook(Protocol):
    """A workbook that is open."""

    @property
    def sheets(self) -> list[str]:
        """The sheets' names, those that are hidden last."""

    def sheet(self, name: str) -> Sheet:
        """Open a sheet."""


def cleaned(value: object) -> object:
    """Read a string of nothing but spaces as nothing.

    >>> cleaned("  "), cleaned("Чай "), cleaned(0)
    (None, 'Чай ', 0)
    """
    return None if isinstance(value, str) and not value.strip() else value
