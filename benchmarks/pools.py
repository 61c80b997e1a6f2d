"""A model that stays fixed, and pools of rows that it never saw, with its answers to them."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from brands import groups_of, held_out_brands
from rows import Rows, Split

import textcat
from textcat import CategoryModel
from textcat.catalogue import Catalogue, read_catalogue
from textcat.precision import Outcomes
from textcat.prediction.scoring import NameScorer
from textcat.training.given_rows import known_categories

# Rows of brands that are kept from training; of a small catalogue no more than a share.
NEW, NEW_SHARE = 8000, 0.15
HELD_OUT = "held out brands"


class Pool(NamedTuple):
    """Rows that a model never saw, and how it answered them.

    Attributes
    ----------
    name : str
        Where the rows are from.
    is_new : bool
        Whether they are new goods, grouped by their brands, and not near-duplicates.
    outcomes : Outcomes
        With the model's own probabilities.
    plain : Outcomes
        With those of a softmax that has a temperature and nothing else.
    """

    name: str
    is_new: bool
    outcomes: Outcomes
    plain: Outcomes

    def __len__(self) -> int:
        return len(self.outcomes)


def fixed_model(
    parts: Split, delta: float, threads: int, seed: int
) -> tuple[CategoryModel, list[Pool]]:
    """Train on all rows but those of some brands; answer these, and all test sets."""
    catalogue = as_catalogue(parts.train)
    wanted = round(min(NEW, NEW_SHARE * len(catalogue)))
    shown, brand = held_out_brands(catalogue.names, wanted, np.random.default_rng(seed))
    training = part_of(catalogue, np.flatnonzero(~shown))
    model = textcat.train(training, delta=delta, n_jobs=threads, random_state=seed)
    fresh = {name: as_catalogue(part) for name, part in parts.tests.items()}
    fresh[HELD_OUT] = part_of(catalogue, np.flatnonzero(brand))
    pools = [pool_of(model, name, is_of_new_goods(name), rows) for name, rows in fresh.items()]
    return model, pools


def pool_of(model: CategoryModel, name: str, is_new: bool, rows: Catalogue) -> Pool:
    """Answer rows; what belongs together among them depends on the goods."""
    groups = groups_of(rows.names, by_brand=is_new)
    plain = NameScorer(model.reader, replace(model.linear_tree, trust=None))
    own, softmax = (answers(model, scorer, rows, groups) for scorer in (model.scorer, plain))
    return Pool(name, is_new, own, softmax)


def answers(
    model: CategoryModel, scorer: NameScorer, rows: Catalogue, groups: npt.NDArray[np.intp]
) -> Outcomes:
    """How rows are answered; one of an unknown category has the part of its path that is known."""
    true = known_categories(rows, model.tree)
    return Outcomes.of(true, *scorer.best_paths(rows.names), groups, model.tree)


def is_of_new_goods(pool: str) -> bool:
    """A test set with "new" in its name is one of new goods; so are the brands held out.

    >>> is_of_new_goods("test"), is_of_new_goods("test_new_brand")
    (False, True)
    """
    return pool == HELD_OUT or "new" in pool


def as_catalogue(rows: Rows) -> Catalogue:
    """The rows as the library reads them; what has no letters is dropped."""
    return read_catalogue(list(zip(*rows, strict=True)), separator=" > ")


def part_of(catalogue: Catalogue, chosen: npt.NDArray[np.intp]) -> Catalogue:
    """Some rows of a catalogue."""
    return read_catalogue([(catalogue.names[row], catalogue.paths[row]) for row in chosen.tolist()])
