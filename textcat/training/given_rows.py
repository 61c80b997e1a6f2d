"""Certify a model that is there already, on labelled rows of somebody's own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from textcat.catalogue import Catalogue, read_catalogue
from textcat.catalogue.cross_listing import other_categories
from textcat.errors import CatalogueError, PrecisionError
from textcat.precision import PRECISIONS
from textcat.precision.certificate import Certificate
from textcat.precision.certification import fewest_answers
from textcat.precision.outcomes import Outcomes
from textcat.training.held_out import near_duplicate_key, near_duplicates
from textcat.tree import NO_NODE, PATH_SEPARATOR, CategoryTree

if TYPE_CHECKING:
    from textcat.learning.corrections import Corrections
    from textcat.model import CategoryModel


# Facts about a certificate that rows of one's own take the place of.
STALE = ("certified_on", "learned_since_certified", "changed_since_certified")


def certified(
    model: CategoryModel, rows: object, delta: float, reading: Mapping[str, Any]
) -> CategoryModel:
    """See `CategoryModel.certify`."""
    given = certificate_of_rows(model, rows, delta, reading)
    facts = {key: fact for key, fact in model.facts.items() if key not in STALE}
    return type(model)(
        model.tree, model.reader, model.linear_tree, facts,
        {**model.certificates, given.goods: given}, model.saved, model.corrections,
        model.name_vectors.space,
    )  # fmt: skip


def certificate_of_rows(
    model: CategoryModel, rows: object, delta: float, reading: Mapping[str, Any]
) -> Certificate:
    """A certificate on rows that the model has not learned."""
    catalogue = _not_learned(read_catalogue(rows, **reading), model.corrections)
    true = known_categories(catalogue, model.tree)
    _check(catalogue, true, model.tree, delta)
    answers = model.predict(catalogue.names, precision=None)
    true = other_categories(catalogue, true).nearest(true, answers.nodes, model.tree)
    groups = near_duplicates(catalogue.names)
    outcomes = Outcomes.of(true, answers.nodes, answers.probabilities, groups, model.tree)
    return Certificate.of("given", [outcomes], model.reader.unknown_shares(catalogue.names), delta)


def _not_learned(catalogue: Catalogue, corrections: Corrections) -> Catalogue:
    """Without near-duplicates of what was learned: such names are right more often than others."""
    learned = {near_duplicate_key(name) for name, _ in corrections}
    if not learned:
        return catalogue
    keys = map(near_duplicate_key, catalogue.names)
    kept = [row for row, key in enumerate(keys) if key not in learned]
    if not kept:
        raise CatalogueError(
            f"{catalogue.report.place}: all rows were learned as corrections, so that they certify "
            "nothing. Certify on others"
        )
    return catalogue.only(kept)


def _check(
    catalogue: Catalogue, true: npt.NDArray[np.int32], tree: CategoryTree, delta: float
) -> None:
    """Refuse rows that cannot certify anything: they would take the place of those that did."""
    if (true == NO_NODE).all():
        theirs, own = catalogue.paths[0], tree.path_text(int(tree.levels.argmax()))
        raise CatalogueError(
            f"{catalogue.report.place}: the model has none of the categories of these rows, such "
            f"as {PATH_SEPARATOR.join(theirs)!r}. Its own look like {own!r}."
        )
    fewest = fewest_answers(PRECISIONS[-1], delta)
    if len(catalogue) < fewest:
        raise PrecisionError(
            f"{catalogue.report.place}: {len(catalogue)} rows are too few to certify a level. With "
            f"no error at all {PRECISIONS[-1]:g} takes {fewest} of them, 0.95 takes "
            f"{fewest_answers(0.95, delta)}; label some more"
        )


def known_categories(catalogue: Catalogue, tree: CategoryTree) -> npt.NDArray[np.int32]:
    """Deepest node of every row's path that the tree has, (n_rows,) int32; -1 if it has none.

    >>> tree = CategoryTree.from_paths(["Еда > Чай"])
    >>> rows = read_catalogue([("Чай", "Еда > Чай"), ("Какао", "Еда > Какао"), ("Лак", "Красота")])
    >>> [tree.titles[node] if node >= 0 else None for node in known_categories(rows, tree)]
    ['Чай', 'Еда', None]
    """
    if (nodes := catalogue.nodes_in(tree)) is not None:
        return nodes
    node_of = {path: _deepest_known(path, tree) for path in dict.fromkeys(catalogue.paths)}
    return np.array([node_of[path] for path in catalogue.paths], np.int32)


def _deepest_known(path: tuple[str, ...], tree: CategoryTree) -> int:
    known = (path[:level] for level in range(len(path), 0, -1) if path[:level] in tree)
    return next((tree.index(part) for part in known), NO_NODE)
