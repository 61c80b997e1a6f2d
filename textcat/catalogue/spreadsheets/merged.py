"""Merged cells: the value of the first counts for all."""

from __future__ import annotations

import re
from array import array
from typing import NamedTuple

import numpy as np

_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})")


class Range(NamedTuple):
    """Cells that are merged, all ends included; rows from 1 on, columns from 0 on."""

    top: int
    left: int
    bottom: int
    right: int


def parse_range(reference: str) -> Range | None:
    """Read a reference such as a workbook has it; None if it is none.

    >>> parse_range("A2:B4")
    Range(top=2, left=0, bottom=4, right=1)
    """
    match = _REFERENCE.fullmatch(reference)
    if not match:
        return None
    left, top, right, bottom = match.groups()
    return Range(int(top), _column(left), int(bottom), _column(right))


class MergedCells:
    """Fills the rows of a sheet, which come in order.

    Parameters
    ----------
    ranges : array of int
        One `Range` after the other: an accounting system merges some cells of every row.

    Examples
    --------
    >>> merged = MergedCells(array("i", Range(2, 0, 3, 0)))
    >>> merged.fill(2, ["Чай", "Улун"]), merged.fill(3, [None, "Сенча"])
    (['Чай', 'Улун'], ['Чай', 'Сенча'])
    """

    def __init__(self, ranges: array[int]) -> None:
        listed = np.array(ranges, dtype=np.int32).reshape(-1, 4)
        self._ranges = listed[np.argsort(listed[:, 0], kind="stable")]
        self._next = 0  # of them, the first that the rows have not come to
        self._open: dict[int, tuple[Range, object]] = {}  # first column -> range, its value

    def bottom(self, row: int) -> int:
        """The last row of the ranges that begin in a row; the row itself if none does."""
        bottoms = self._ranges[self._ranges[:, 0] == row, 2]
        return int(bottoms.max(initial=row))

    def fill(self, number: int, values: list[object]) -> list[object]:
        """Give the empty cells of a row the values of the ranges that they belong to."""
        self._open_those_of(number, values)
        for left, (merged, value) in list(self._open.items()):
            if merged.bottom < number:
                del self._open[left]
                continue
            for column in range(left, min(merged.right + 1, len(values))):
                values[column] = value if values[column] is None else values[column]
        return values

    def _open_those_of(self, number: int, values: list[object]) -> None:
        while self._next < len(self._ranges) and self._ranges[self._next, 0] <= number:
            merged = Range(*self._ranges[self._next].tolist())
            self._next += 1
            if merged.top == number and merged.left < len(values):
                self._open[merged.left] = merged, values[merged.left]


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
