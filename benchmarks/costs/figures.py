"""Figures that were measured several times, what they are about and how they are written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from statistics import median

NONE = "–"


@dataclass(frozen=True)
class Kind:
    """What is measured; `key` is its name in files."""

    key: str
    title: str
    unit: str
    higher_is_better: bool = False
    target: float | None = None

    def is_reached(self, value: float) -> bool:
        """Whether a value is at least as good as the target."""
        if self.target is None:
            return True
        return value >= self.target if self.higher_is_better else value <= self.target


@dataclass
class Figure:
    """Values of one kind for one system, one a round; or why there are none."""

    values: list[float | None] = field(default_factory=list)  # None: not measured in that round
    why: str = ""

    @property
    def measured(self) -> list[float]:
        """The values that are there."""
        return [value for value in self.values if value is not None]

    @property
    def median(self) -> float | None:
        """Their median."""
        return median(self.measured) if self.measured else None

    def __str__(self) -> str:
        """Median and range: '0.15 (0.14–0.2)'.

        >>> str(Figure([0.15, 0.2, 0.14])), str(Figure([61234.0])), str(Figure(why="too big"))
        ('0.15 (0.14–0.2)', '61,200', '–')
        """
        return with_range(self.measured)

    def over(self, other: Figure) -> Figure:
        """Ratio to another system, round by round, so that what slows both is not in it."""
        pairs = zip(self.values, other.values, strict=False)
        return Figure([None if a is None or not b else a / b for a, b in pairs])

    def less(self, other: Figure) -> Figure:
        """Difference to another system, in the same way."""
        pairs = zip(self.values, other.values, strict=False)
        return Figure([None if a is None or b is None else a - b for a, b in pairs])


def with_range(values: list[float]) -> str:
    """Median of the values, and in brackets the least and the greatest."""
    if not values:
        return NONE
    middle = number(median(values))
    low, high = number(min(values)), number(max(values))
    return middle if low == high else f"{middle} ({low}–{high})"


def number(value: float) -> str:
    """Three digits that count.

    >>> number(61234.5), number(0.61834), number(12.345), number(0), number(1423)
    ('61,200', '0.618', '12.3', '0', '1,420')
    """
    if not value:
        return "0"
    rounded = float(f"{value:.3g}")
    return f"{rounded:,.0f}" if abs(rounded) >= 100 else f"{rounded:g}"


def table(header: Iterable[str], rows: Iterable[Iterable[str]]) -> list[str]:
    """Lines of a table in Markdown, the first column on the left, the others on the right."""
    header = list(header)
    rule = ["---", *["---:"] * (len(header) - 1)]
    return [f"| {' | '.join(cells)} |" for cells in (header, rule, *rows)]
