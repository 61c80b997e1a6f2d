"""Rows of different lengths in flat arrays that grow, and may be read while they do."""

from __future__ import annotations

from typing import TypeVar

import numpy as np
import numpy.typing as npt

IntArray = npt.NDArray[np.int32]
IndexArray = npt.NDArray[np.int64]
Number = TypeVar("Number", np.int32, np.int64)


class Ragged:
    """Rows of different lengths in one array that grows by doubling."""

    def __init__(self) -> None:
        self.values: IntArray = np.empty(1024, np.int32)
        self.starts: npt.NDArray[np.int64] = np.zeros(1024, np.int64)

    def write(self, place: int, values: npt.ArrayLike, lengths: npt.ArrayLike) -> None:
        """Write rows from number `place` on: the next ones, or some once more."""
        start, ends = int(self.starts[place]), np.cumsum(lengths, dtype=np.int64)
        stop = start + int(ends[-1]) if len(ends) else start
        self.values = _with_room(self.values, stop)
        self.values[start:stop] = values
        self.starts = _with_room(self.starts, place + len(ends) + 1)
        self.starts[place + 1 : place + len(ends) + 1] = start + ends

    def gather(self, rows: IntArray) -> tuple[IntArray, IntArray]:
        """Values of several rows, one after the other, and the length of each row.

        >>> table = Ragged()
        >>> table.write(0, [1, 2, 3], lengths=[2, 1])
        >>> values, lengths = table.gather(np.array([1, 0, 1]))
        >>> values.tolist(), lengths.tolist()
        ([3, 1, 2, 3], [1, 2, 1])
        """
        starts = self.starts  # before the values: a value array only ever gains rows
        first, lengths = starts[rows], starts[rows + 1] - starts[rows]
        return self.values[stretches(first, lengths)], lengths


def stretches(first: IndexArray, lengths: IndexArray) -> IndexArray:
    """Places of several stretches of an array, one after the other.

    >>> stretches(np.array([7, 3]), np.array([2, 3])).tolist()
    [7, 8, 3, 4, 5]
    """
    before = lengths.cumsum(dtype=np.int64) - lengths
    places: IndexArray = (first - before).repeat(lengths)
    places += np.arange(len(places))
    return places


def _with_room(array: npt.NDArray[Number], size: int) -> npt.NDArray[Number]:
    """The array itself, or a copy of twice its length or more if `size` does not fit."""
    if size <= len(array):
        return array
    return np.concatenate([array, np.zeros(max(len(array), size - len(array)), array.dtype)])
