"""Rows of a catalogue whose category is probably wrong.

A row is judged by a model that has seen neither it nor its near-duplicates::

    folds       models fitted on parts of a catalogue, each to judge the rest
    witness     what a model says of the given category of a row, and of the best other
    suspicion   how sure that makes it that the given one is wrong
    judging     all of that, row by row
    conflicts   names in several categories, and categories that are hardly two
    result      the audit
    text        the audit as text
    display     the audit in a notebook
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from textcat.auditing.conflicts import Conflict, Twins
from textcat.auditing.judging import audit_by
from textcat.auditing.result import Audit, Suspect, Unjudged
from textcat.auditing.witness import Witness
from textcat.catalogue import read_catalogue
from textcat.errors import CatalogueError
from textcat.tree import NO_NODE, CategoryTree

if TYPE_CHECKING:
    from textcat.model import CategoryModel

__all__ = ["Audit", "Conflict", "Suspect", "Twins", "Unjudged", "audit", "audit_with"]

# Weights of the models below it are dropped, as `textcat.train` does.
PRUNE = 0.065


def audit(
    source: object,
    *,
    tree: CategoryTree | None = None,
    confidence: float = 0.5,
    analyser: str = "pymorphy3",
    n_jobs: int | None = -1,
    progress: bool = False,
    random_state: int = 0,
    **reading: Any,
) -> Audit:
    """Find rows whose category is probably wrong.

    Five models are fitted, each on four fifths of the rows, and judge the rest; names that are the
    same but for digits and punctuation stay together. A suspect is a row to look at: where two
    categories overlap, either may be meant. What a row is cross-listed under is right, too.

    Parameters
    ----------
    source : path, table or rows
        Whatever `textcat.read_catalogue` takes.
    tree : CategoryTree, optional
        The whole tree, if it has more categories than the rows show.
    confidence : float
        From which on a row is a suspect: 0 to 1.
    analyser : str
        How words are lemmatised: "pymorphy3", "stem" or "none".
    n_jobs : int, optional
        Processes to read names with, and threads or processes to fit with; -1 is one a core.
    progress : bool
        Show progress on standard error.
    random_state : int
        The same seed and rows give the same audit.
    **reading
        Passed on to `textcat.read_catalogue`: `name=`, `category=`, `separator=`, ...

    Returns
    -------
    Audit

    Raises
    ------
    CatalogueError
        If there is no row to judge, or only one category.
    TreeError
        If a row's category is not in the given tree.

    Examples
    --------
    >>> colors = ["белый", "чёрный", "красный", "синий", "зелёный", "серый"]
    >>> rows = [(f"{kind} {color}", kind) for kind in ("Чай", "Кофе", "Чехол") for color in colors]
    >>> found = audit([*rows, ("Чай розовый", "Чехол")], n_jobs=1)
    >>> [(suspect.row, suspect.name, suspect.likely) for suspect in found.suspects]
    [(19, 'Чай розовый', ('Чай',))]
    >>> found.suspects[0].why[0].text
    'Чай'
    """
    from textcat.auditing.folds import witnesses_of_folds
    from textcat.catalogue.cross_listing import other_categories
    from textcat.lemmas import Lemmatizer
    from textcat.training.rows import TrainingRows, categories_of_rows, read_rows_of_tree

    _check(confidence)
    catalogue = read_rows_of_tree(source, tree, reading)
    tree = tree or catalogue.tree
    whole = tree or CategoryTree.from_paths(catalogue.paths)
    given = categories_of_rows(catalogue, whole)
    if len(np.unique(given)) < 2:
        raise CatalogueError(
            f"{catalogue.report.place}: all rows are of one category, "
            f"{whole.path_text(int(given[0]))!r}, so there is nothing that they could be instead. "
            "Pass rows of all categories"
        )
    fitting = {"prune": PRUNE, "n_jobs": n_jobs, "progress": progress, "random_state": random_state}
    rows = TrainingRows(
        catalogue.names, given, whole, tree is not None, Lemmatizer(analyser), 1, fitting,
        alternatives=other_categories(catalogue, given),
    )  # fmt: skip
    witnesses = witnesses_of_folds(rows, np.random.default_rng(random_state))
    if not witnesses:
        raise CatalogueError(
            f"{catalogue.report.place}: all names are like {catalogue.names[0]!r:.60} but for "
            "digits and punctuation, so that none can be judged by others. Pass more rows"
        )
    return audit_by(catalogue, given, whole, witnesses, confidence)


def audit_with(
    model: CategoryModel, rows: object, confidence: float, reading: Mapping[str, Any]
) -> Audit:
    """See `CategoryModel.audit`."""
    from textcat.training.given_rows import known_categories

    _check(confidence)
    catalogue = read_catalogue(rows, **reading)
    given = known_categories(catalogue, model.tree)
    deep = np.array([len(path) for path in catalogue.paths])
    given[(given == NO_NODE) | (model.tree.levels[given] < deep)] = NO_NODE
    X = model.reader.matrix(catalogue.names)
    witness = Witness.of(model.reader, model.linear_tree, np.arange(len(given)), X)
    return audit_by(catalogue, given, model.tree, [witness], confidence)


def _check(confidence: float) -> None:
    if not 0 <= confidence <= 1:
        raise ValueError(f"confidence must lie between 0 and 1, but is {confidence!r}")
