"""Make the probabilities of a tree of linear models true, on held-out rows.

Two things are fitted for the whole tree at once: the temperature that makes the true leaves most
likely (Guo et al. 2017, "On Calibration of Modern Neural Networks", arXiv 1706.04599), and then
how far the best child of a node is to be trusted (`textcat.descent.trust`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.optimize import minimize, minimize_scalar

from textcat.arrays.sparse_rows import FloatArray
from textcat.descent.linear_tree import LinearTree
from textcat.descent.slots import ROOT
from textcat.descent.trust import Choice, Trust
from textcat.errors import TreeError
from textcat.tree import NO_NODE

# Margins divided by 0.01 are a hard decision, by 10 nearly a uniform one.
LOWEST, HIGHEST = 0.01, 10.0


class Decision(NamedTuple):
    """Rows at one inner slot on their way to their true leaves.

    Attributes
    ----------
    margins : ndarray of float32, shape (n, n_children)
    taken : ndarray, shape (n,)
        The child that is true, -1 where none is.
    known : ndarray, shape (n,)
        Known features of every row.
    is_first_level : bool
    """

    margins: FloatArray
    taken: npt.NDArray[np.intp]
    known: npt.NDArray[np.int32]
    is_first_level: bool


def with_calibration(tree: LinearTree, decisions: Sequence[Decision]) -> LinearTree:
    """The same tree with the temperature and trust fitted on decisions; as it is without any."""
    if not decisions:
        return tree
    temperature = best_temperature(decisions)
    return replace(tree, temperature=temperature, trust=best_trust(decisions, temperature))


def decisions_on_the_way(
    tree: LinearTree, X: sparse.csr_matrix, categories: npt.NDArray[np.int32]
) -> list[Decision]:
    """The decisions, slot by slot, that rows of known categories should take.

    A row of no category, -1, should take none of the first level's.
    """
    paths, outside = tree.slots.paths_to(categories), np.flatnonzero(categories == NO_NODE)
    unknown = (paths < 0).all(axis=1) & (categories != NO_NODE)
    if unknown.any():
        row = int(np.argmax(unknown))
        raise TreeError(
            f"row {row + 1} is of category number {categories[row]}, of which no row was fitted; "
            "calibrate on rows of fitted categories"
        )
    known = np.diff(X.indptr)
    decisions = []
    for slot, branch in tree.branches.items():
        rows, taken = tree.slots.decisions(paths, slot)
        if len(rows):
            decisions.append(Decision(branch.margins(X[rows]), taken, known[rows], slot == ROOT))
    if len(outside):
        margins, nothing = tree.branches[ROOT].margins(X[outside]), np.full(len(outside), NO_NODE)
        decisions.append(Decision(margins, nothing, known[outside], True))
    return decisions


def best_temperature(decisions: Iterable[Decision]) -> float:
    """Temperature with the least negative log-likelihood of the children that are true."""
    inside = [
        (decision.margins[decision.taken >= 0], decision.taken[decision.taken >= 0])
        for decision in decisions
    ]

    def loss(log_temperature: float) -> float:
        temperature = np.float32(np.exp(log_temperature))
        return -sum(
            float(log_softmax(margins / temperature)[np.arange(len(taken)), taken].sum())
            for margins, taken in inside
        )

    bounds = (np.log(LOWEST), np.log(HIGHEST))
    return float(np.exp(minimize_scalar(loss, bounds=bounds, method="bounded").x))


def log_softmax(margins: FloatArray) -> FloatArray:
    """Logarithm of the softmax over the last axis; never above 0.

    >>> np.exp(log_softmax(np.log(np.array([[1.0, 3.0]], dtype=np.float32)))).round(2)
    array([[0.25, 0.75]], dtype=float32)
    """
    shifted: FloatArray = margins - margins.max(axis=-1, keepdims=True)
    shifted -= np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
    np.minimum(shifted, 0, out=shifted)
    return shifted


def best_trust(decisions: Iterable[Decision], temperature: float) -> Trust:
    """Trust with the least negative log-likelihood of whether the best children are right.

    A ridge of weight 1 draws it towards the softmax as it is, so that a few rows change little.
    More odds or a greater lead never speak against a child.
    """
    evidence, right = _evidence(decisions, temperature)
    start = np.array([0.0, 1.0, 0.0, 0.0, 0.0])

    def loss(weights: npt.NDArray[np.float64]) -> tuple[float, npt.NDArray[np.float64]]:
        log_odds, drawn = evidence @ weights, weights - start
        likelihood = -np.logaddexp(0, np.where(right, -log_odds, log_odds)).sum()
        slope = evidence.T @ (right - 1 / (1 + np.exp(-log_odds)))
        return float(drawn @ drawn / 2 - likelihood), drawn - slope

    bounds = [(None, None), (0, None), (0, None), (None, None), (None, None)]
    found = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds)
    return Trust(*(float(weight) for weight in found.x))


def _evidence(
    decisions: Iterable[Decision], temperature: float
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.bool_]]:
    """What speaks for the best child of every decision, (n, 5), and whether it is right, (n,)."""
    evidence, right = [], []
    for decision in decisions:
        choice = Choice.of(decision.margins / np.float32(temperature))
        evidence.append(choice.evidence(decision.known, decision.is_first_level))
        right.append(choice.best == decision.taken)
    return np.concatenate(evidence), np.concatenate(right)
