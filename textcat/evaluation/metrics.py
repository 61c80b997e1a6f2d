"""How good answers are: at every level, along the tree, and how many there are.

Categories are given as node numbers of a `CategoryTree`, one a row; a prediction of -1 is
"no answer", which is never right. A share of nothing is NaN: it is neither good nor bad.
How good scores and probabilities are is measured in score_metrics.py, offered here as well.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from textcat.errors import TextcatError, TreeError
from textcat.evaluation.score_metrics import (
    CoveragePoint,
    Reliability,
    coverage_at_precision,
    expected_calibration_error,
    reliability,
)
from textcat.tree import CategoryTree

__all__ = [
    "Coverage",
    "CoveragePoint",
    "HierarchicalScores",
    "Reliability",
    "accuracy_per_level",
    "answer_precision",
    "coverage",
    "coverage_at_precision",
    "expected_calibration_error",
    "hierarchical_scores",
    "is_right",
    "leaf_accuracy",
    "reliability",
]

BoolArray = npt.NDArray[np.bool_]
NodeArray = npt.NDArray[np.intp]

NO_ANSWER = -1
"""What a prediction holds in place of a node when nothing is reliable enough."""


class HierarchicalScores(NamedTuple):
    """Overlap of predicted and true paths: shares of 0..1."""

    precision: float
    recall: float
    f1: float


class Coverage(NamedTuple):
    """Shares of all rows that got an answer."""

    answered: float
    at_leaf: float
    at_level: npt.NDArray[np.float64]
    """Answered at that level or deeper, (depth,); index 0 is level 1."""


def is_right(true: npt.ArrayLike, predicted: npt.ArrayLike, tree: CategoryTree) -> BoolArray:
    """Whether each answer is the true category or an ancestor of it, (n,) bool.

    Examples
    --------
    >>> tree = CategoryTree.from_paths(["Одежда > Платья", "Книги"])  # nodes 0, 1 and 2
    >>> is_right([1, 1, 1, 1], [1, 0, 2, -1], tree)
    array([ True,  True, False, False])
    """
    true_nodes, nodes = _node_pair(true, predicted, tree)
    return np.asarray((nodes != NO_ANSWER) & tree.is_ancestor(nodes, true_nodes))


def answer_precision(true: npt.ArrayLike, predicted: npt.ArrayLike, tree: CategoryTree) -> float:
    """Share of the answers that are right; NaN without any answer.

    Examples
    --------
    >>> tree = CategoryTree.from_paths(["Одежда > Платья", "Книги"])
    >>> answer_precision([1, 1, 1], [0, 2, -1], tree)
    0.5
    """
    right = is_right(true, predicted, tree)
    return _share(right[np.asarray(predicted) != NO_ANSWER])


def leaf_accuracy(true: npt.ArrayLike, predicted: npt.ArrayLike, tree: CategoryTree) -> float:
    """Share of rows whose predicted category is the true one itself, not an ancestor of it.

    Examples
    --------
    >>> tree = CategoryTree.from_paths(["Одежда > Платья", "Книги"])
    >>> leaf_accuracy([1, 1, 2, 2], [1, 0, 2, -1], tree)
    0.5
    """
    true_nodes, nodes = _node_pair(true, predicted, tree)
    return _share(true_nodes == nodes)


def accuracy_per_level(
    true: npt.ArrayLike, predicted: npt.ArrayLike, tree: CategoryTree
) -> npt.NDArray[np.float64]:
    """Accuracy at every level of the tree, (depth,) float64; index 0 is level 1.

    At level L: among the rows whose true category lies at L or deeper, the share whose
    predicted category has the true one's ancestor at L. A prediction that ends above L, or
    no answer, is wrong there. NaN at levels that no true category reaches.

    Examples
    --------
    >>> tree = CategoryTree.from_paths(["Одежда > Платья", "Одежда > Юбки", "Книги"])
    >>> accuracy_per_level([1, 1, 3], [1, 2, 3], tree)
    array([1. , 0.5])
    """
    true_nodes, nodes = _node_pair(true, predicted, tree)
    shares = []
    for level in range(1, tree.depth + 1):
        deep_enough = tree.levels[true_nodes] >= level
        shares.append(_share(_same_at_level(true_nodes, nodes, level, tree)[deep_enough]))
    return np.array(shares)


def hierarchical_scores(
    true: npt.ArrayLike, predicted: npt.ArrayLike, tree: CategoryTree
) -> HierarchicalScores:
    """Hierarchical precision, recall and F1, micro-averaged over rows.

    Every category stands for itself and its ancestors without the root. Precision is the
    number of nodes that predicted and true sets share, over the size of all predicted sets;
    recall the same over all true ones. No answer is an empty set: it costs recall only.
    Precision is NaN without any answer.

    References
    ----------
    Kiritchenko, Matwin, Nock, Famili: Learning and Evaluation in the Presence of Class
    Hierarchies. Canadian AI 2006. Recommended for any tree in Silla, Freitas: A survey of
    hierarchical classification across different application domains. Data Mining and Knowledge
    Discovery 22, 2011.

    Examples
    --------
    >>> tree = CategoryTree.from_paths(["Одежда > Платья", "Одежда > Юбки", "Книги"])
    >>> hierarchical_scores([1, 3], [2, 3], tree)  # {0, 1} and {0, 2} share one node
    HierarchicalScores(precision=0.66..., recall=0.66..., f1=0.66...)
    """
    true_nodes, nodes = _node_pair(true, predicted, tree)
    levels = range(1, tree.depth + 1)
    shared = sum(_same_at_level(true_nodes, nodes, level, tree).sum() for level in levels)
    n_true = tree.levels[true_nodes].sum()
    n_predicted = tree.levels[nodes[nodes != NO_ANSWER]].sum()
    precision = shared / n_predicted if n_predicted else np.nan
    f1 = 2 * shared / (n_predicted + n_true)
    return HierarchicalScores(float(precision), float(shared / n_true), float(f1))


def coverage(predicted: npt.ArrayLike, tree: CategoryTree) -> Coverage:
    """Shares of the rows that got an answer: any, a leaf of the tree, one at least so deep.

    Examples
    --------
    >>> tree = CategoryTree.from_paths(["Одежда > Платья", "Книги"])
    >>> coverage([1, 0, 2, -1], tree)
    Coverage(answered=0.75, at_leaf=0.5, at_level=array([0.75, 0.25]))
    """
    nodes = _nodes(predicted, "predicted", tree, lowest=NO_ANSWER)
    answered = nodes[nodes != NO_ANSWER]
    rows_at = np.bincount(tree.levels[answered], minlength=tree.depth + 1)
    at_level = np.cumsum(rows_at[:0:-1])[::-1] / nodes.size
    at_leaf = int(tree.is_leaf[answered].sum()) / nodes.size
    return Coverage(answered.size / nodes.size, at_leaf, at_level)


def _same_at_level(true: NodeArray, nodes: NodeArray, level: int, tree: CategoryTree) -> BoolArray:
    """Whether both have the same ancestor at a level, (n,) bool; False where either has none."""
    ancestors = np.append(tree.ancestors_at(level), -1)  # index -1: no answer
    return np.asarray((ancestors[nodes] == ancestors[true]) & (ancestors[nodes] >= 0))


def _share(chosen: BoolArray) -> float:
    return float(chosen.mean()) if chosen.size else np.nan


def _node_pair(
    true: npt.ArrayLike, predicted: npt.ArrayLike, tree: CategoryTree
) -> tuple[NodeArray, NodeArray]:
    true_nodes = _nodes(true, "true", tree, lowest=0)
    nodes = _nodes(predicted, "predicted", tree, lowest=NO_ANSWER)
    if true_nodes.size != nodes.size:
        raise TextcatError(
            f"true has {true_nodes.size} rows but predicted {nodes.size}; give the same rows"
        )
    return true_nodes, nodes


def _nodes(values: npt.ArrayLike, name: str, tree: CategoryTree, lowest: int) -> NodeArray:
    nodes = np.asarray(values)
    if nodes.ndim != 1 or not nodes.size:
        raise TextcatError(
            f"{name} must have one node for each of n > 0 rows, got shape {nodes.shape}"
        )
    if nodes.dtype.kind not in "iu":
        raise TextcatError(
            f"{name} must hold node numbers (tree.index gives them), not {nodes.dtype}"
        )
    outside = (nodes < lowest) | (nodes >= len(tree))
    if outside.any():
        row = int(np.argmax(outside))
        raise TreeError(
            f"{name} has no node of the tree in row {row + 1}: "
            f"{nodes[row]} is not in {lowest}..{len(tree) - 1}"
        )
    return nodes.astype(np.intp)
