"""Fit the temperature of a tree of linear models on held-out rows.

The temperature is the one that makes the true leaves most likely (Guo et al. 2017,
"On Calibration of Modern Neural Networks", arXiv 1706.04599), for the whole tree at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.optimize import minimize_scalar

from textcat.descent import FloatArray, LinearTree, log_softmax
from textcat.errors import TreeError

# Margins divided by 0.01 are a hard decision, by 10 nearly a uniform one.
LOWEST, HIGHEST = 0.01, 10.0


def calibrated(
    tree: LinearTree, X: sparse.csr_matrix, categories: npt.NDArray[np.int32]
) -> LinearTree:
    """The same tree with the temperature that suits held-out rows of known categories best.

    Raises
    ------
    TreeError
        If a category was not fitted, so that no temperature can make it likely.
    """
    leaves = tree.slots.leaf_of(categories)
    if (leaves < 0).any():
        row = int(np.argmax(leaves < 0))
        raise TreeError(
            f"row {row + 1} is of category number {categories[row]}, of which no row was fitted; "
            "calibrate on rows of fitted categories"
        )
    return replace(tree, temperature=best_temperature(tree, X, leaves))


def best_temperature(
    tree: LinearTree, X: sparse.csr_matrix, leaves: npt.NDArray[np.int32]
) -> float:
    """Temperature with the least negative log-likelihood of the true leaf slots `leaves`."""
    decisions = list(_decisions_on_the_way(tree, X, leaves))
    if not decisions:
        return tree.temperature

    def loss(log_temperature: float) -> float:
        temperature = np.float32(np.exp(log_temperature))
        return -sum(
            float(log_softmax(margins / temperature)[np.arange(len(taken)), taken].sum())
            for margins, taken in decisions
        )

    bounds = (np.log(LOWEST), np.log(HIGHEST))
    return float(np.exp(minimize_scalar(loss, bounds=bounds, method="bounded").x))


def _decisions_on_the_way(
    tree: LinearTree, X: sparse.csr_matrix, leaves: npt.NDArray[np.int32]
) -> Iterator[tuple[FloatArray, npt.NDArray[np.intp]]]:
    """Margins at every slot on the way to the true leaves, and the child that is true."""
    paths = tree.slots.paths[leaves]
    for slot, branch in tree.branches.items():
        rows, taken = tree.slots.decisions(paths, slot)
        if len(rows):
            yield branch.margins(X[rows]), taken
