"""What a model says of the categories of rows that it was not fitted on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import sparse

from textcat.arrays.sparse_rows import FloatArray, IntArray, SparseRows
from textcat.descent.linear_tree import LinearTree
from textcat.descent.own_leaves import log_probabilities_of
from textcat.features.name_reader import NameReader
from textcat.prediction.explanation import Weight, words_between
from textcat.training.held_out import Rows
from textcat.tree import NO_NODE


class Opinions(NamedTuple):
    """How probable the given category of every row is, and the best of all others.

    Attributes
    ----------
    given, likely : ndarray of int32, shape (n_rows,)
        Nodes; `likely` is the most probable one but the given, -1 if nothing is known.
    log_given, log_likely : ndarray of float32, shape (n_rows,)
        Their log-probabilities; -inf for a category that the model does not have.
    """

    given: IntArray
    likely: IntArray
    log_given: FloatArray
    log_likely: FloatArray

    @classmethod
    def joined(cls, parts: Sequence[Opinions]) -> Opinions:
        """Those of several batches, one or more."""
        given, likely, log_given, log_likely = map(np.concatenate, zip(*parts, strict=True))
        return cls(given, likely, log_given, log_likely)

    def at(self, chosen: npt.NDArray[np.integer] | npt.NDArray[np.bool_]) -> Opinions:
        """Those of some rows."""
        return Opinions(
            self.given[chosen], self.likely[chosen],
            self.log_given[chosen], self.log_likely[chosen],
        )  # fmt: skip

    @property
    def judged(self) -> npt.NDArray[np.bool_]:
        """Whether there is anything to compare, (n_rows,) bool."""
        return np.isfinite(self.log_given) & np.isfinite(self.log_likely)

    @property
    def contradict(self) -> npt.NDArray[np.bool_]:
        """Whether another category is more probable than the given one, (n_rows,) bool."""
        return self.judged & (self.log_likely > self.log_given)


@dataclass(frozen=True, eq=False)
class Witness:
    """A model, and rows that it was not fitted on.

    Attributes
    ----------
    reader : NameReader
    linear_tree : LinearTree
        Without `trust`, which is about found categories only: two are compared here.
    asked : ndarray, shape (n_asked,), ascending
        The rows.
    X : csr_matrix, shape (n_asked, n_features)
        Their features.
    """

    reader: NameReader
    linear_tree: LinearTree
    asked: Rows
    X: sparse.csr_matrix

    @classmethod
    def of(
        cls, reader: NameReader, linear_tree: LinearTree, asked: Rows, X: sparse.csr_matrix
    ) -> Witness:
        """One that takes the probabilities as they are by softmax."""
        return cls(reader, replace(linear_tree, trust=None), asked, X)

    def opinions(self, given: IntArray) -> Opinions:
        """What it says of the rows' categories, (n_asked,)."""
        parts, start = [], 0
        for rows in self.linear_tree.batches(self.X):
            parts.append(self._opinions(rows, given[start : start + len(rows)]))
            start += len(rows)
        return Opinions.joined(parts)

    def _opinions(self, rows: SparseRows, given: IntArray) -> Opinions:
        best, shares = self.linear_tree.best_leaves(rows, 2)
        best = np.pad(best, ((0, 0), (0, 1)), constant_values=NO_NODE)  # there may be only one leaf
        shares = np.pad(shares, ((0, 0), (0, 1)))
        places = np.arange(len(rows)), (best[:, 0] == given).astype(np.intp)
        with np.errstate(divide="ignore"):
            log_likely = np.log(shares[places])
        log_given = log_probabilities_of(self.linear_tree, rows, given)
        return Opinions(given, best[places], log_given, log_likely)

    def words_against(self, row: int, name: str, given: int, likely: int) -> tuple[Weight, ...]:
        """The words that speak for the likely category of a row instead of the given one.

        They are those that count where the ways to the two part, in nats, strongest first.
        """
        slots = self.linear_tree.slots
        ways = slots.paths_to(np.array([likely, given], np.int32))
        apart = int((ways[0] != ways[1]).argmax())
        X = self.X[self.asked.searchsorted(row)]
        pair = (int(ways[0, apart]), int(ways[1, apart]))
        said = words_between(self.reader, self.linear_tree, name, X, pair)
        return tuple(word for word in said if word.weight > 0)


def opinions_of(witnesses: Sequence[Witness], given: IntArray) -> tuple[Rows, Opinions]:
    """What witnesses say of the categories `given`, (n_rows,): of which rows, ascending, and what.

    Every row has one witness at most.
    """
    asked = np.concatenate([witness.asked for witness in witnesses])
    parts = [witness.opinions(given[witness.asked]) for witness in witnesses]
    order = asked.argsort()
    return asked[order], Opinions.joined(parts).at(order)
