"""Linear trees with weights set by hand, and random ones, for the tests of the descent."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
from hypothesis import strategies as st
from scipy import sparse

from textcat.arrays.sparse_rows import SparseRows
from textcat.descent.branches import Branch
from textcat.descent.linear_tree import LinearTree
from textcat.descent.slots import Slots
from textcat.tree import CategoryTree

FEATURES = 4


def branch(weights: npt.ArrayLike, intercepts: npt.ArrayLike | None = None) -> Branch:
    """A branch over features 0, 1, ...: `weights` has a row for each, a column for each child."""
    table = np.asarray(weights, np.float32)
    with_empty_row = np.vstack([table, np.zeros((1, table.shape[1]), np.float32)])
    features = np.arange(len(table), dtype=np.int32)
    bias = np.zeros(table.shape[1]) if intercepts is None else np.asarray(intercepts)
    return Branch(
        features, SparseRows.of(sparse.csr_matrix(with_empty_row)), bias.astype(np.float32)
    )


def linear_tree(slots: Slots, weights: Callable[[int], npt.ArrayLike]) -> LinearTree:
    """A tree whose branches have `weights(number of children)`, (n_features, n_children)."""
    sizes = {slot: slots.children(slot).stop - slots.children(slot).start for slot in slots.inner}
    branches = {slot: branch(weights(size)) for slot, size in sizes.items() if size > 1}
    return LinearTree(slots, branches, 1.0)


@st.composite
def category_trees(draw: st.DrawFn) -> tuple[CategoryTree, list[int]]:
    """A tree of up to 15 categories and those that have rows, inner ones among them."""
    size = draw(st.integers(1, 15))
    parents = [draw(st.integers(-1, node - 1)) for node in range(size)]
    rows = [
        (node, None if parent < 0 else parent, f"т{node}") for node, parent in enumerate(parents)
    ]
    tree = CategoryTree.from_rows(rows)
    with_rows = draw(st.sets(st.integers(0, size - 1), min_size=1))
    return tree, sorted(with_rows)


@st.composite
def linear_trees(draw: st.DrawFn) -> LinearTree:
    """A random tree of categories with random weights, from flat to nearly certain."""
    slots = Slots.of(*draw(category_trees()))
    generator = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    scale = draw(st.sampled_from([0.0, 0.3, 3.0, 30.0]))
    return linear_tree(slots, lambda size: generator.normal(0, scale, (FEATURES, size)))


@st.composite
def feature_rows(draw: st.DrawFn, most: int = 12) -> sparse.csr_matrix:
    """Rows with gaps over the features, the first of them empty now and then."""
    generator = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    count = draw(st.integers(1, most))
    values = generator.normal(size=(count, FEATURES)) * (generator.random((count, FEATURES)) < 0.7)
    return sparse.csr_matrix(values.astype(np.float32))
