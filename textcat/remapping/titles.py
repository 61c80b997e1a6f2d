"""Machines for what has no rows: from the texts that say what it is, titles and synonyms.

Such a machine weighs the features of its texts, but for what other children claim: a feature that
speaks for another child with a weight of 1 or more is left to that child. So a name that shares
no word with the texts is not spoken for at all, and one of another child hardly ever.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy import sparse

from textcat.arrays.sparse_rows import FloatArray
from textcat.remapping.machines import Machines

# How far a text that says what a child is has to lead at least over the other children.
LEAD = 1.0
# Of a text's features so much must be left to the child, or it cannot be told from the others.
LEAST_OWN = 0.05


def own_direction(texts: sparse.csr_matrix, others: Machines) -> npt.NDArray[np.float32]:
    """Features of texts less what others claim, (n_features,); zeros if too little is left.

    >>> texts = sparse.csr_matrix(np.array([[0.6, 0.8]], np.float32))
    >>> others = Machines(sparse.csc_matrix([[0.0], [1.2]]), np.zeros(1, np.float32))
    >>> own_direction(texts, others)
    array([0.6, 0. ], dtype=float32)
    """
    direction = np.asarray(texts.sum(axis=0), np.float32).ravel()
    features = np.flatnonzero(direction)
    if others.weights.shape[1]:
        claims = others.weights.tocsr()[features].max(axis=1).toarray().ravel()
        direction[features] *= np.clip(1 - claims, 0, 1)
    if (texts @ direction).min(initial=1) < LEAST_OWN:
        direction[:] = 0
    return direction


def machine_of_texts(texts: sparse.csr_matrix, others: Machines) -> Machines | None:
    """A machine of its own: -1 for a name without any of the features; None if there are none.

    Each of the texts has a margin of 1 or more, and leads over all others.
    """
    direction = own_direction(texts, others)
    if not direction.any():
        return None
    wanted = np.maximum(1, _best(texts, others) + LEAD)
    return Machines(_column(direction, texts, wanted + 1), np.array([-1], np.float32))


def leaning_to_texts(texts: sparse.csr_matrix, own: Machines, others: Machines) -> Machines | None:
    """A machine that speaks for texts as well, so that they lead; None if they cannot."""
    missing = _best(texts, others) + LEAD - own.margins(texts)[:, 0]
    if (missing <= 0).all():
        return own
    direction = own_direction(texts, others)
    if not direction.any():
        return None
    added = _column(direction, texts, missing)
    return Machines(sparse.csc_matrix(own.weights + added), own.intercepts)


def _best(texts: sparse.csr_matrix, others: Machines) -> FloatArray:
    """Highest margin of the others for every text."""
    margins: FloatArray = others.margins(texts).max(axis=1, initial=-1)
    return margins


def _column(
    direction: npt.NDArray[np.float32], texts: sparse.csr_matrix, wanted: npt.NDArray[np.floating]
) -> sparse.csc_matrix:
    """Weights along a direction that give every text as much as is wanted, or more."""
    scale = (wanted / (texts @ direction)).max()
    return sparse.csc_matrix((scale * direction).astype(np.float32)[:, None])
