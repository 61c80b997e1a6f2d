"""Train on samples of a catalogue with default settings, and ask all the rows that are left.

A small catalogue is certified in folds, by models that saw less than the one that ships. Whether
its promise holds all the same can only be simulated.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from brands import brand_like_words, groups_of
from pools import answers, as_catalogue, part_of
from redraws import LEVELS, Answered, share_broken
from rows import Rows
from scipy.stats import norm
from shipped import DEFAULT, ask, threshold_of

import textcat
from textcat import CategoryModel, CategoryTree
from textcat.catalogue import Catalogue
from textcat.precision import Outcomes

# So many of the rows that are left are asked, drawn at random: enough to tell 0.95 from 0.945.
MOST_ASKED = 20_000


class Asked(NamedTuple):
    """What fresh rows got from one model at one level."""

    answered: Answered
    in_known_categories: Answered  # without the rows of categories that the sample does not show
    seems_broken: (
        float  # chance that a promise just kept looks broken on no more answers than these
    )


class WholeLine(NamedTuple):
    """What came of a level: shares of all samples, and means over those where it is certified."""

    goods: str
    certified_for: str
    level: float
    certified: float
    broken: float
    seems_broken: float
    broken_in_known: float
    precision: float
    answered: float
    at_leaf: float


class Fresh(NamedTuple):
    """Rows that a model never saw, as it answers them."""

    outcomes: Outcomes
    in_known: npt.NDArray[np.bool_]  # whether the category is one that the sample shows


class Simulation:
    """Samples of one catalogue, models trained on them, and the promises that these keep."""

    def __init__(self, train: Rows, delta: float, threads: int, seed: int) -> None:
        self._catalogue = as_catalogue(train)
        self._groups = groups_of(self._catalogue.names, by_brand=False)
        self._words = brand_like_words(self._catalogue.names)
        self._delta, self._threads, self._seed = delta, threads, seed
        self._random = np.random.default_rng(seed)

    def run(self, size: int, samples: int, whole_tree: bool) -> list[WholeLine]:
        """Train on samples of about so many rows, near-duplicates together; level by level."""
        tree = CategoryTree.from_paths(self._catalogue.paths) if whole_tree else None
        records: dict[tuple[str, str, float], list[Asked | None]] = defaultdict(list)
        for number in range(samples):
            drawn = draw_groups(self._groups, size, self._random)
            sample = part_of(self._catalogue, np.flatnonzero(drawn))
            model = textcat.train(
                sample, tree=tree, delta=self._delta, n_jobs=self._threads,
                random_state=self._seed + number,
            )  # fmt: skip
            for goods, rows in fresh_rows(drawn, self._words).items():
                some = part_of(self._catalogue, self._random.permutation(rows)[:MOST_ASKED])
                fresh = answers_to(model, some, set(sample.paths))
                for rule in (goods, DEFAULT):
                    for level in LEVELS:
                        asked = ask_fresh(model, goods, rule, level, fresh)
                        records[goods, rule, level].append(asked)
        return [_line_of(*key, found) for key, found in records.items()]


def draw_groups(
    groups: npt.NDArray[np.intp], rows: int, random: np.random.Generator
) -> npt.NDArray[np.bool_]:
    """Choose groups at random until they have about so many rows; (n_rows,) bool."""
    sizes = np.bincount(groups)
    order = random.permutation(len(sizes))
    drawn = np.zeros(len(sizes), bool)
    drawn[order[: np.searchsorted(np.cumsum(sizes[order]), rows, side="right")]] = True
    return drawn[groups]


def fresh_rows(
    drawn: npt.NDArray[np.bool_], words: list[list[str]]
) -> dict[str, npt.NDArray[np.intp]]:
    """All rows that were not drawn, and those whose brand-like words no drawn row shows.

    >>> rows = fresh_rows(np.array([True, False, False]), [["ahmad"], ["ahmad"], ["lipton"]])
    >>> {goods: found.tolist() for goods, found in rows.items()}
    {'familiar': [1, 2], 'new': [2]}
    """
    shown = {word for row in np.flatnonzero(drawn).tolist() for word in words[row]}
    left = np.flatnonzero(~drawn)
    new = [row for row in left.tolist() if words[row] and shown.isdisjoint(words[row])]
    return {"familiar": left, "new": np.array(new, np.intp)}


def answers_to(
    model: CategoryModel, rows: Catalogue, known_paths: Container[tuple[str, ...]]
) -> Fresh:
    """How a model answers rows that it never saw."""
    outcomes = answers(model, model.scorer, rows, np.arange(len(rows)))
    return Fresh(outcomes, np.array([path in known_paths for path in rows.paths]))


def ask_fresh(
    model: CategoryModel, goods: str, rule: str, level: float, fresh: Fresh
) -> Asked | None:
    """What fresh rows get by the certificate that counts; None if it refuses the level."""
    certificate = model.certificates.get(goods)
    if certificate is None:
        return None  # nothing stands for these goods
    threshold = threshold_of(model, rule, level)
    if threshold is None:
        return None
    answered = ask(fresh.outcomes, threshold)
    in_known = ask(fresh.outcomes, threshold, fresh.in_known)
    certifying = int((certificate.outcomes.answered_from >= threshold).sum())
    seems_broken = chance_to_seem_broken(certificate.delta, certifying, answered.answers)
    return Asked(answered, in_known, seems_broken)


def chance_to_seem_broken(delta: float, certifying: int, fresh: int) -> float:
    """Chance that a promise just kept looks broken: fresh answers are a sample, too.

    >>> round(chance_to_seem_broken(0.1, 1000, 1_000_000), 2)
    0.1
    >>> round(chance_to_seem_broken(0.1, 1000, 1000), 2)
    0.18
    """
    return float(norm.cdf(norm.ppf(delta) / np.sqrt(1 + certifying / max(1, fresh))))


def _line_of(goods: str, rule: str, level: float, found: list[Asked | None]) -> WholeLine:
    given = [each for each in found if each is not None]
    all_rows = [None if each is None else each.answered for each in found]
    known = [None if each is None else each.in_known_categories for each in found]
    means = (
        np.mean([each.answered[:3] for each in given], axis=0).tolist() if given else [np.nan] * 3
    )
    seems_broken = float(np.mean([each.seems_broken for each in given])) if given else 0.0
    return WholeLine(
        goods, rule, level, len(given) / len(found), share_broken(all_rows, level), seems_broken,
        share_broken(known, level), *means,
    )  # fmt: skip
