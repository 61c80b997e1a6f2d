"""At one slot: the least change of its machines that puts rows on their side.

Every child has a machine that tells its rows from all others (`textcat.solvers.problem`). The rows
to learn change its weights w to those w + d which have the least

    |d|² / 2  +  Σ Cᵢ · max(0, tᵢ - yᵢ (mᵢ + d·xᵢ))²

where yᵢ is 1 if row i takes the child and -1 otherwise, mᵢ its margin so far, and tᵢ the margin
that it has to have: 1, or what it has if that is enough. What the machines have learned of all
other rows is in w, so it is best kept by a small d; the intercepts, in which every name has a
share, stay. Rows that say nothing new change nothing, and neither do children that no row comes
near to.

It is solved by dual coordinate descent (Hsieh et al. 2008), one row after the other, all children
of a row at once: the machines of a slot have nothing in common but the rows.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from textcat.arrays.sparse_rows import FloatArray, SparseRows

Doubles = npt.NDArray[np.float64]

# A row that is so far on its side is left where it is. Most children of a wide slot are near to
# margin -1; to bring all of them there takes four times the weights and answers nothing better.
ENOUGH = 0.5
# Gradients below it count as none.
TOLERANCE = 0.01
MOST_SWEEPS = 200


def least_change(
    X: SparseRows, margins: FloatArray, taken: npt.NDArray[np.intp], C: Doubles
) -> Doubles:
    """Change of the weights, (n_features, n_children).

    Parameters
    ----------
    X : SparseRows, shape (n_rows, n_features)
    margins : ndarray of float32, shape (n_rows, n_children)
        Of the machines as they are.
    taken : ndarray, shape (n_rows,)
        The child that every row has to take.
    C : ndarray of float64, shape (n_rows,)

    Examples
    --------
    >>> X = SparseRows(np.float32([1]), np.int32([0]), np.int32([0, 1]), (1, 1))
    >>> least_change(X, np.float32([[-1, -0.9]]), np.array([0]), np.array([4.5])).round(3)
    array([[1.8, 0. ]])
    """
    sides = np.where(taken[:, None] == np.arange(margins.shape[1]), 1.0, -1.0)
    stand: Doubles = sides * margins.astype(np.float64)
    moved = (stand < ENOUGH).any(axis=0)
    change = np.zeros((X.shape[1], margins.shape[1]))
    if moved.any():
        wanted = np.where(stand < ENOUGH, 1.0, np.minimum(stand, 1.0)) - stand
        change[:, moved] = _descend(X, sides[:, moved], wanted[:, moved], C)
    return change


def _descend(X: SparseRows, sides: Doubles, wanted: Doubles, C: Doubles) -> Doubles:
    """Weights d with the least |d|² / 2 + Σ C · max(0, wanted - sides · d·x)²; (n, n_machines)."""
    weights, dual = np.zeros((X.shape[1], sides.shape[1])), np.zeros_like(sides)
    rows, slack = X.tocsr().astype(np.float64), 1 / (2 * C[:, None])
    curvature = np.asarray(rows.multiply(rows).sum(axis=1)) + slack
    for _ in range(MOST_SWEEPS):
        gradient = sides * (rows @ weights) - wanted + slack * dual
        active = (np.maximum(dual - gradient, 0) != dual) & (np.abs(gradient) > TOLERANCE)
        if not active.any():
            break
        for row in np.flatnonzero(active.any(axis=1)).tolist():
            values = slice(X.indptr[row], X.indptr[row + 1])
            own, x = X.indices[values], rows.data[values]
            gradient = sides[row] * (x @ weights[own]) - wanted[row] + slack[row] * dual[row]
            better = np.maximum(dual[row] - gradient / curvature[row], 0)
            weights[own] += np.outer(x, sides[row] * (better - dual[row]))
            dual[row] = better
    return weights
