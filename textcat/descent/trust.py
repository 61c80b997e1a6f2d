"""How far the best child of a node is to be trusted, seen from how it was chosen.

A softmax says how probable the children are as long as names are like those the model was
trained on. How often the best child turns out right depends on more than that: on its lead over
the second, on how much of the name is known, and on whether the choice is made at the first
level, where a whole tree is at stake. A logistic model of these few figures, fitted on held-out
rows, replaces the share of the best child; the others divide what is left as before, and the
best one stays the best. So children still sum to their parent at every node.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from textcat.arrays.sparse_rows import FloatArray
from textcat.concurrency.calculated import calculated_once

Logarithms = npt.NDArray[np.float64]


@dataclass(eq=False)
class Choice:
    """The best child of every row, and how it stands to the others.

    Attributes
    ----------
    margins : ndarray of float32, shape (n, n_children)
        Of the children, less that of the best.
    best : ndarray, shape (n,)
        Place of the best child, the first one of equals.
    second, others : ndarray of float64, shape (n,)
        Logarithms of what the second best has and what all but the best have together, by
        softmax, in shares of what the best has. All are -inf for an only child.
    """

    margins: FloatArray
    best: npt.NDArray[np.intp]
    second: Logarithms
    others: Logarithms

    @classmethod
    def of(cls, margins: FloatArray) -> Choice:
        """The choice by margins, (n, n_children); to those of a row anything may be added."""
        rows, best = np.arange(len(margins)), margins.argmax(axis=1)
        margins = margins - margins[rows, best][:, None]
        if margins.shape[1] == 1:
            nothing = np.full(len(margins), -np.inf)
            return cls(margins, best, nothing, nothing)
        margins[rows, best] = -np.inf
        second = margins.max(axis=1)
        others = np.log(np.exp(margins - second[:, None]).sum(axis=1)).astype(np.float64) + second
        margins[rows, best] = 0
        return cls(margins, best, second.astype(np.float64), others)

    @calculated_once
    def log_share(self) -> FloatArray:
        """Of the best child, by softmax, (n,) float32."""
        return log_share(-self.others).astype(np.float32)

    def evidence(self, known: npt.NDArray[np.integer], is_first_level: bool) -> Logarithms:
        """What `Trust` weighs, a column for each of its weights in order: (n, 5)."""
        columns = np.empty((len(self.best), 5))
        columns[:, 0] = 1
        columns[:, 1] = -self.others
        columns[:, 2] = -self.second
        columns[:, 3] = is_first_level
        columns[:, 4] = np.log1p(known)
        return columns

    def log_shares(self, log_odds: Logarithms | None = None) -> FloatArray:
        """Log-shares of all children, (n, n_children) float32, never above 0.

        By softmax, or with the odds that are given for the best child against all others, which
        divide the rest as they do by softmax.

        >>> choice = Choice.of(np.log(np.array([[0.8, 0.1, 0.1]], np.float32)))
        >>> np.exp(choice.log_shares()).round(3)
        array([[0.8, 0.1, 0.1]], dtype=float32)
        >>> np.exp(choice.log_shares(np.log([2.0]))).round(3)
        array([[0.667, 0.167, 0.167]], dtype=float32)
        """
        if log_odds is None or self.margins.shape[1] == 1:
            shares: FloatArray = self.margins + self.log_share[:, None]
            return shares
        shares = np.minimum(self.margins + self._left(log_odds)[:, None], 0)
        shares[np.arange(len(self.best)), self.best] = log_share(log_odds)
        return shares

    def log_shares_at(
        self,
        places: npt.NDArray[np.integer],
        children: npt.NDArray[np.integer],
        log_odds: Logarithms | None = None,
    ) -> FloatArray:
        """Log-shares of one child for each of some rows, (n_places,), as in `log_shares`."""
        margins: FloatArray = self.margins[places, children]
        if log_odds is None or self.margins.shape[1] == 1:
            margins += self.log_share[places]
            return margins
        shares: FloatArray = np.minimum(margins + self._left(log_odds)[places], 0)
        is_best = children == self.best[places]
        shares[is_best] = log_share(log_odds)[places[is_best]]
        return shares

    def _left(self, log_odds: Logarithms) -> FloatArray:
        """What makes margins log-shares of children that are not the best."""
        left: FloatArray = (-np.logaddexp(0, log_odds) - self.others).astype(np.float32)
        return left


def log_share(log_odds: Logarithms) -> Logarithms:
    """Logarithm of the share that has these odds against the rest.

    >>> np.exp(log_share(np.log([4.0]))).round(3)
    array([0.8])
    """
    share: Logarithms = -np.logaddexp(0, -log_odds)
    return share


@dataclass(frozen=True)
class Trust:
    """Weights of what speaks for the best child of a node; as they are here, a softmax's own.

    Attributes
    ----------
    intercept : float
    log_odds : float
        Of the logarithm of the best child's share over that of all others.
    lead : float
        Of the logarithm of its share over that of the second best.
    first_level : float
        Added where the choice is among the children of the root.
    known : float
        Of ln(1 + n) for a name with n known features.
    """

    intercept: float = 0.0
    log_odds: float = 1.0
    lead: float = 0.0
    first_level: float = 0.0
    known: float = 0.0

    def odds(self, choice: Choice, log_known: Logarithms, is_first_level: bool) -> Logarithms:
        """Log-odds of the best child against all others, (n,), among two children or more.

        `log_known` is ln(1 + n) for the n known features of every row, (n,).

        >>> choice = Choice.of(np.log(np.array([[0.8, 0.1, 0.1]], np.float32)))
        >>> np.exp(Trust(log_odds=0.5).odds(choice, np.log1p([9]), False)).round(3)
        array([2.])
        """
        trusted = self.known * log_known - self.log_odds * choice.others
        trusted += self.intercept + is_first_level * self.first_level - self.lead * choice.second
        odds: Logarithms = np.maximum(trusted, choice.second - choice.others)
        return odds  # were they smaller, the second would lead
