"""A model and rows to learn -> another model."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from textcat.catalogue import Catalogue, read_catalogue
from textcat.descent.linear_tree import LinearTree
from textcat.errors import TreeError
from textcat.features.name_reader import NameReader
from textcat.learning.corrections import Corrections, corrections_of, still_known
from textcat.learning.leaves import with_leaves
from textcat.learning.updating import updated
from textcat.learning.words import with_words
from textcat.training.rows import categories_of_rows
from textcat.tree import CategoryTree

if TYPE_CHECKING:
    from textcat.model import CategoryModel

# Rows are learned so many at a time, together with as many of those learned before them, so that
# what is learned stays so.
BLOCK = 1000
LEARNED_SINCE = "learned_since_certified"


def learned(model: CategoryModel, rows: object, reading: Mapping[str, Any]) -> CategoryModel:
    """See `CategoryModel.learn`."""
    from textcat.model import CategoryModel

    catalogue = read_catalogue(rows, **reading)
    categories = _categories(catalogue, model.tree)
    corrections = model.corrections + corrections_of(catalogue.names, categories, model.tree)
    reader, linear_tree = with_words(model.reader, model.linear_tree, catalogue.names)
    linear_tree = with_leaves(linear_tree, model.tree, categories)
    linear_tree = _updated(reader, linear_tree, model.tree, corrections, len(catalogue))
    facts = model.facts
    if model.certificates:
        since = model.learned_since_certified + len(catalogue)
        facts = {**facts, LEARNED_SINCE: since}
    return CategoryModel(
        model.tree, reader, linear_tree, facts, model.certificates, corrections=corrections,
        space=model.name_vectors.space,
    )  # fmt: skip


def _categories(catalogue: Catalogue, tree: CategoryTree) -> Any:
    try:
        return categories_of_rows(catalogue, tree)
    except TreeError as error:
        raise TreeError(
            f"{error}; if the category is new, the tree has to be given it first: "
            "model.add_category(path)"
        ) from None


def _updated(
    reader: NameReader,
    linear_tree: LinearTree,
    tree: CategoryTree,
    corrections: Corrections,
    count: int,
) -> LinearTree:
    """The tree with the last `count` corrections learned, in blocks."""
    for start in range(len(corrections) - count, len(corrections), BLOCK):
        window = corrections[max(0, start - BLOCK) : start + BLOCK]
        names, categories = still_known(window, tree)
        known = linear_tree.slots.leaf_of(categories) >= 0
        X = reader.rows(names).take(np.flatnonzero(known))
        linear_tree = updated(linear_tree, X, categories[known])
    return linear_tree
