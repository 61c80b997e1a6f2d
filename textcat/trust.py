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

FloatArray = npt.NDArray[np.float32]


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

    def applied(
        self, log_shares: FloatArray, known: npt.NDArray[np.integer], is_first_level: bool
    ) -> FloatArray:
        """Log-shares with the best child's corrected, (n_rows, n_children) float32.

        `log_shares` are a log-softmax over two children or more, `known` (n_rows,) the number of
        known features of every row.

        >>> shares = np.log(np.array([[0.8, 0.1, 0.1]], np.float32))
        >>> halved = Trust(log_odds=0.5).applied(shares, np.array([9]), False)
        >>> np.exp(halved).round(3)  # odds of 4 : 1 become 2 : 1
        array([[0.667, 0.167, 0.167]], dtype=float32)
        """
        choice = Choice.of(log_shares)
        weights = np.array([self.intercept, self.log_odds, self.lead, self.first_level, self.known])
        trust = choice.evidence(known, is_first_level) @ weights
        np.maximum(trust, choice.second - choice.others, out=trust)  # or the second would lead
        corrected = log_shares - (choice.others + np.logaddexp(0, trust))[:, None]
        corrected[np.arange(len(trust)), choice.best] = -np.logaddexp(0, -trust)
        found: FloatArray = np.minimum(corrected, 0).astype(np.float32)
        return found


@dataclass(frozen=True)
class Choice:
    """The best child of every row: its place, and log-shares of it, the second and all others."""

    best: npt.NDArray[np.intp]
    share: npt.NDArray[np.float64]
    second: npt.NDArray[np.float64]
    others: npt.NDArray[np.float64]

    @classmethod
    def of(cls, log_shares: FloatArray) -> Choice:
        """The choices that a log-softmax makes."""
        rows, best = np.arange(len(log_shares)), log_shares.argmax(axis=1)
        rivals = log_shares.astype(np.float64)
        share = rivals[rows, best]
        rivals[rows, best] = -np.inf
        second = rivals.max(axis=1)
        others = second + np.log(np.exp(rivals - second[:, None]).sum(axis=1))
        return cls(best, share, second, others)

    def evidence(
        self, known: npt.NDArray[np.integer], is_first_level: bool
    ) -> npt.NDArray[np.float64]:
        """What `Trust` weighs, a column for each of its weights in order: (n_rows, 5)."""
        columns = np.empty((len(self.best), 5))
        columns[:, 0] = 1
        columns[:, 1] = self.share - self.others
        columns[:, 2] = self.share - self.second
        columns[:, 3] = is_first_level
        columns[:, 4] = np.log1p(known)
        return columns
