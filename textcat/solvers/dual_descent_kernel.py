"""Dual coordinate descent, compiled: only this module imports numba.

Hsieh, Chang, Lin, Keerthi, Sundararajan (2008), "A dual coordinate descent method for large-scale
linear SVM", ICML, with the squared hinge. The dual of a machine has an α ≥ 0 for every row, and

    w = Σ αᵢ·yᵢ·xᵢ.

Rows are visited in random order. At every row its own α is moved to where the dual is least with
all the others as they are,

    gradient = yᵢ·w·xᵢ - 1 + αᵢ·hinge      hinge = 1 / (2·C·weightᵢ)
    αᵢ ← max(0, αᵢ - gradient / (|xᵢ|² + hinge)),

and w follows. The intercept is the weight of one more feature, which is 1 in every row.

What is new here is that all children of a slot go down together: the weights of a feature lie side
by side, so that a row fetches them from memory once and not once a child. Most α are 0 and stay
so. Therefore only every third pass looks at all of them, the passes between at those above 0;
since the end is decided by a pass over all, the minimum is the same. Every α is written by one
thread in an order that the seed alone decides: no result depends on timing.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt
from numba import njit

FloatArray = npt.NDArray[np.float32]
Function = Callable[..., Any]

ZERO, ONE = np.float32(0), np.float32(1)
# Passes over the α above 0 between those over all. On 97,000 names in 1,442 categories ten passes
# took a sixth less time than ten over all, and ended 0.7 % above the minimum instead of 0.5 %.
PASSES_BETWEEN = 2


def compiled(function: Function) -> Function:
    """Compile, and keep the code on disk where that is possible."""
    try:
        kept: Function = njit(nogil=True, cache=True)(function)
        return kept
    except RuntimeError:  # no directory to keep it in can be written
        made: Function = njit(nogil=True)(function)
        return made


@compiled
def shuffle(order: npt.NDArray[np.int64], state: np.uint64) -> np.uint64:
    """Put rows into a random order; `state` of the generator before and after.

    SplitMix64: Steele, Lea, Flood (2014), "Fast splittable pseudorandom number generators".
    """
    for last in range(len(order) - 1, 0, -1):
        state += np.uint64(0x9E3779B97F4A7C15)
        mixed = (state ^ (state >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        chosen = (mixed ^ (mixed >> np.uint64(31))) % np.uint64(last + 1)
        order[last], order[chosen] = order[chosen], order[last]
    return state


@compiled
def all_margins(
    features: npt.NDArray[np.int32],
    values: FloatArray,
    weights: FloatArray,
    machines: npt.NDArray[np.int64],
    margins: FloatArray,
) -> int:
    """Margins of a row for every machine; how many there are."""
    for machine in range(len(margins)):
        machines[machine] = machine
        margins[machine] = weights[-1, machine]
    for feature, value in zip(features, values):  # noqa: B905 - numba has no strict
        for machine in range(len(margins)):  # side by side in memory: many at a time
            margins[machine] += value * weights[feature, machine]
    return len(margins)


@compiled
def some_margins(
    features: npt.NDArray[np.int32],
    values: FloatArray,
    weights: FloatArray,
    alphas: FloatArray,
    machines: npt.NDArray[np.int64],
    margins: FloatArray,
) -> int:
    """Margins of a row for the machines in which its α is above 0; how many there are."""
    count = 0
    for machine in range(len(alphas)):
        if alphas[machine] > ZERO:
            machines[count], margins[count] = machine, weights[-1, machine]
            count += 1
    for feature, value in zip(features, values):  # noqa: B905
        for place in range(count):
            margins[place] += value * weights[feature, machines[place]]
    return count


@compiled
def step_down(
    count: int,
    machines: npt.NDArray[np.int64],
    margins: FloatArray,
    alphas: FloatArray,
    own: int,
    hinge: np.float32,
    step: np.float32,
) -> tuple[int, np.float32]:
    """Move the α of a row in the machines listed.

    The list becomes that of the machines in which it moved, and `margins` by how much y·α did.
    Returns how many they are, and the longest step, as the gradient that it followed.
    """
    moved, longest = 0, ZERO
    for place in range(count):
        machine = machines[place]
        sign = ONE if machine == own else -ONE
        before = alphas[machine]
        gradient = sign * margins[place] - ONE + hinge * before
        after = max(ZERO, before - gradient * step)
        if after != before:
            alphas[machine] = after
            machines[moved], margins[moved] = machine, sign * (after - before)
            longest = max(longest, abs(after - before))
            moved += 1
    return moved, longest / step


@compiled
def follow(
    count: int,
    machines: npt.NDArray[np.int64],
    changes: FloatArray,
    features: npt.NDArray[np.int32],
    values: FloatArray,
    weights: FloatArray,
) -> None:
    """Let the weights of the machines listed follow the α of a row."""
    for place in range(count):
        weights[-1, machines[place]] += changes[place]
    for feature, value in zip(features, values):  # noqa: B905
        for place in range(count):
            weights[feature, machines[place]] += value * changes[place]


@compiled
def descend(
    starts: npt.NDArray[np.int64],
    places: npt.NDArray[np.int32],
    values: FloatArray,
    own: npt.NDArray[np.int32],
    hinge: FloatArray,
    step: FloatArray,
    weights: FloatArray,
    alphas: FloatArray,
    tolerance: float,
    most_passes: int,
    seed: int,
) -> float:
    """Fill `weights` and `alphas`, both zeros at first; return the violation that is left.

    Parameters
    ----------
    starts, places, values
        Rows of a CSR matrix.
    own : ndarray of int32, shape (n_rows,)
        The machine for which a row counts as 1; none if there is no such machine.
    hinge, step : ndarray of float32, shape (n_rows,)
        By how much a row's α softens its margin, and the inverse of the second derivative.
    weights : ndarray of float32, shape (n_features + 1, n_machines)
        The last row is the intercepts.
    alphas : ndarray of float32, shape (n_rows, n_machines)
    tolerance : float
        The descent ends with a pass over all α in which no projected gradient was above it.
    most_passes, seed : int
    """
    order, state = np.arange(len(own)), np.uint64(seed)
    machines = np.empty(weights.shape[1], np.int64)
    margins = np.empty(weights.shape[1], np.float32)
    violation = ZERO
    for number in range(most_passes):
        state = shuffle(order, state)
        over_all, longest = number % (PASSES_BETWEEN + 1) == 0, ZERO
        for row in order:
            x, at = values[starts[row] : starts[row + 1]], places[starts[row] : starts[row + 1]]
            if over_all:
                count = all_margins(at, x, weights, machines, margins)
            else:
                count = some_margins(at, x, weights, alphas[row], machines, margins)
            moved, step_length = step_down(
                count, machines, margins, alphas[row], own[row], hinge[row], step[row]
            )
            follow(moved, machines, margins, at, x, weights)
            longest = max(longest, step_length)
        if over_all:
            violation = longest
            if violation <= tolerance:
                break
    return float(violation)
