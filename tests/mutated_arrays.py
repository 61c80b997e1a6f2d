"""Mutations of an array: other elements, another shape, another type."""

from __future__ import annotations

import random
import warnings
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
Change = Callable[[Array, random.Random], Any]

NUMBERS = [0, 1, -1, -2, 2, 7, 100, 2**31 - 1, -(2**31), 2**63 - 1, 2**64, 10**30]
FLOATS = [0.0, 1.0, -1.0, 1e-45, 1e-30, 1e30, 3e38, 1e308, *map(float, ["nan", "inf", "-inf"])]
TYPES = [
    "<i4", ">i4", "<i8", "<u4", "|u1", "|i1", "<f4", ">f4", "<f8", "<f2", "|b1", "|S4", "<U1",
    "<M8[s]", "|V4", "<i4,<f4",
]  # fmt: skip


def changed(array: Array, other: Array, random: random.Random) -> tuple[Array, str]:
    """An array changed once or twice, and how; `other` may take its place."""
    told = []
    for _ in range(random.choice([1, 1, 2])):
        how = random.choice([*CHANGES, "another"])
        told.append(how)
        with warnings.catch_warnings(), np.errstate(all="ignore"):
            warnings.simplefilter("ignore")  # it overflows on purpose
            array = other if how == "another" else np.asarray(CHANGES[how](array, random))
    return array, ", ".join(told)


def _with_others(array: Array, random: random.Random, count: int) -> Array:
    """Some elements are others, the first and the last as often as all between them."""
    flat = array.reshape(-1).copy()
    for _ in range(count if len(flat) and _is_of_numbers(flat) else 0):
        place = random.choice([0, -1, random.randrange(len(flat))])
        if flat.dtype.kind == "f":
            flat[place] = random.choice(FLOATS)
        else:
            value = random.choice([*NUMBERS, len(flat), len(flat) - 1])
            bits = 8 * flat.dtype.itemsize  # as many of the number as there is room for
            flat[place] = np.array(value % 2**bits, np.uint64).astype(flat.dtype)
    return flat.reshape(array.shape)


def _shifted(array: Array, random: random.Random) -> Array:
    by = np.array(random.choice([1, -1, 2, 1000, -1000]))
    return array + by.astype(array.dtype) if _is_of_numbers(array) else array


def _shuffled(array: Array, random: random.Random) -> Array:
    order = random.sample(range(array.size), array.size)
    return array.reshape(-1)[order].reshape(array.shape)


def _of_another_type(array: Array, random: random.Random) -> Array:
    type_ = np.dtype(random.choice(TYPES))
    if _is_of_numbers(array) and type_.kind in "iufb":
        return array.astype(type_)
    return np.zeros(array.shape, type_)


def _cut(array: Array, random: random.Random) -> Array:
    return array.reshape(-1)[: random.randrange(array.size + 1)]


def _without_one(array: Array, random: random.Random) -> Array:
    return array.reshape(-1)[np.arange(array.size) != random.randrange(array.size + 1)]


def _with_one_twice(array: Array, random: random.Random) -> Array:
    flat, place = array.reshape(-1), random.randrange(array.size + 1)
    return np.concatenate([flat[:place], flat[max(0, place - 1) :]])


def _all_alike(array: Array, random: random.Random) -> Array:
    place = random.randrange(array.size + 1)
    return np.resize(array.reshape(-1)[place : place + 1], array.shape)


def _is_of_numbers(array: Array) -> bool:
    return array.dtype.kind in "iuf"


CHANGES: dict[str, Change] = {
    "one other element": lambda array, random: _with_others(array, random, 1),
    "a few other elements": lambda array, random: _with_others(array, random, 3),
    "many other elements": lambda array, random: _with_others(array, random, 1000),
    "more or less": _shifted,
    "reversed": lambda array, _: array[::-1] if array.ndim else array,
    "sorted": lambda array, _: np.sort(array, axis=None).reshape(array.shape),
    "shuffled": _shuffled,
    "cut": _cut,
    "without the first": lambda array, _: array.reshape(-1)[1:],
    "without one": _without_one,
    "with one twice": _with_one_twice,
    "twice": lambda array, _: np.concatenate([array.reshape(-1)] * 2),
    "all alike": _all_alike,
    "zeros": lambda array, _: np.zeros_like(array),
    "empty": lambda array, _: array.reshape(-1)[:0],
    "without dimensions": lambda array, _: array.reshape(-1)[0] if array.size else array,
    "a column": lambda array, _: array.reshape(-1, 1),
    "a row": lambda array, _: array.reshape(1, -1),
    "of another type": _of_another_type,
}
