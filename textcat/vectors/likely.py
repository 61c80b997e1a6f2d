"""All categories that are likely for a name, not only the best."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from textcat.arrays.sparse_rows import FloatArray, SparseRows
from textcat.descent.linear_tree import LinearTree
from textcat.descent.search import Opened, Search, Travellers
from textcat.descent.slots import Slots

# Categories below this probability are left out: to look for those down to 0.001 finds as many
# neighbours of the same category, and takes longer.
LEAST = 0.01


@dataclass
class LikelySlots:
    """What a search keeps: slots that are likely enough, of every row.

    Attributes
    ----------
    tree : Slots
    bound : ndarray of float32, shape (n_rows,)
        Log-probability that is enough.
    rows, slots, logarithms : list of ndarray
        Of what was found: the row, the slot, and its log-probability.
    """

    tree: Slots
    bound: FloatArray
    rows: list[npt.NDArray[np.intp]] = field(default_factory=list)
    slots: list[npt.NDArray[np.intp]] = field(default_factory=list)
    logarithms: list[FloatArray] = field(default_factory=list)

    def see(self, opened: Opened) -> None:
        """Keep the children that are likely enough."""
        places, children = (opened.log_probabilities >= self.bound[0]).nonzero()
        self.rows.append(opened.travellers.rows[places])
        self.slots.append(children + self.tree.children(opened.slot).start)
        self.logarithms.append(opened.log_probabilities[places, children])

    def reach(self, leaves: npt.NDArray[np.intp], travellers: Travellers) -> None:
        """They were seen."""


def likely_slots(linear_tree: LinearTree, X: SparseRows) -> SparseRows:
    """Square roots of the probabilities of likely slots, (n_rows, n_slots).

    What a row has depends on no other row, and neither does its order.
    """
    count = len(X)
    found = LikelySlots(linear_tree.slots, np.full(count, np.log(LEAST), np.float32))
    Search(linear_tree, X, found).run(follow_the_best=False)
    rows = np.concatenate([*found.rows, np.empty(0, np.intp)])
    order = rows.argsort(kind="stable")
    indptr = np.zeros(count + 1, np.int32)
    np.cumsum(np.bincount(rows, minlength=count), out=indptr[1:])
    logarithms = np.concatenate([*found.logarithms, np.empty(0, np.float32)])[order]
    slots = np.concatenate([*found.slots, np.empty(0, np.intp)])[order]
    roots = np.exp(logarithms.astype(np.float64) / 2).astype(np.float32)
    return SparseRows(roots, slots.astype(np.int32), indptr, (count, len(linear_tree.slots)))
