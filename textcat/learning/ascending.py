"""Ascending arrays that get a few more values: numpy sorts or hashes all of them for that."""

from __future__ import annotations

from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

Numbers = TypeVar("Numbers", bound="npt.NDArray[np.integer[Any]]")


def those_missing(values: Numbers, ascending: npt.NDArray[np.integer[Any]]) -> Numbers:
    """Distinct values that are not in an ascending array, ascending.

    >>> those_missing(np.array([7, 4, 9, 4]), np.array([7, 8]))
    array([4, 9])
    """
    distinct = np.unique(values)
    if len(ascending):
        places = ascending.searchsorted(distinct)
        distinct = distinct[ascending.take(places, mode="clip") != distinct]
    return distinct  # type: ignore[return-value]  # as numpy's functions lose the type


def with_more(ascending: Numbers, values: Numbers) -> Numbers:
    """An ascending array with values that it may have or not.

    >>> with_more(np.array([7, 8]), np.array([9, 7]))
    array([7, 8, 9])
    """
    new = those_missing(values, ascending)
    return np.insert(ascending, ascending.searchsorted(new), new)  # type: ignore[return-value]
