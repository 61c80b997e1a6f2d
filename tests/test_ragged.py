"""Rows of different lengths in one array."""

from __future__ import annotations

from itertools import chain

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from textcat.arrays.ragged import Ragged


def flat(rows: list[list[int]]) -> tuple[list[int], list[int]]:
    """Values of rows one after the other, and the length of each."""
    return list(chain.from_iterable(rows)), list(map(len, rows))


@given(st.lists(st.lists(st.integers(-1, 9), max_size=4), min_size=1, max_size=9), st.data())
def test_rows_of_different_lengths_are_gathered_as_they_were_written(
    rows: list[list[int]], data: st.DataObject
) -> None:
    ragged = Ragged()
    first = data.draw(st.integers(0, len(rows)))
    ragged.write(0, *flat(rows[:first]))
    ragged.write(first, *flat(rows[first:]))
    wanted = data.draw(st.lists(st.integers(0, len(rows) - 1)))
    values, lengths = ragged.gather(np.array(wanted, np.int32))
    assert values.tolist() == [value for place in wanted for value in rows[place]]
    assert lengths.tolist() == [len(rows[place]) for place in wanted]


def test_rows_may_outgrow_the_first_array_many_times_over() -> None:
    ragged, rows = Ragged(), [[number] * (number % 50) for number in range(2500)]
    for place, row in enumerate(rows):
        ragged.write(place, *flat([row]))
    values, _ = ragged.gather(np.arange(2500, dtype=np.int32))
    assert values.tolist() == [value for row in rows for value in row]


def test_rows_that_are_written_again_replace_those_from_there_on() -> None:
    ragged = Ragged()
    ragged.write(0, [1, 2, 3], [2, 1])
    ragged.write(1, [7, 8, 9], [3])
    values, lengths = ragged.gather(np.array([0, 1], np.int32))
    assert (values.tolist(), lengths.tolist()) == ([1, 2, 7, 8, 9], [2, 3])
