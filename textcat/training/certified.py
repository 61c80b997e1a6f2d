"""Fit a model and certify it on rows that it was not fitted on.

Rows are held out in portions. Every portion is answered by a model that was fitted without it and
tuned on the other portions; the certificate is made from all answers together. Of many rows a
small part is held out once and cut into portions; few rows are held out in turn, fold by fold, so
that all of them certify. The model that ships is fitted on all rows. It has seen a few more than
those that were certified; what simulation shows of that is in docs/precision.md.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import chain
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from textcat.fitting.calibration import Decision, with_calibration
from textcat.precision.certificate import Certificate
from textcat.precision.outcomes import Outcomes, joined
from textcat.training.held_out import Groups, Rows, hold_out
from textcat.training.rows import Fitted, TrainingRows

PORTIONS = 5
# Each sort of new goods takes this share of the rows out of the training of a fold.
NEW_IN_FOLD = 0.08
# Kinds of goods that have fewer rows are not certified: 45 right answers are the least for 0.95,
# and lines come in groups.
FEWEST_ROWS = 100


# Whose rows a certificate is made from. It has to hold for each kind by itself if all of them have
# enough rows for that, otherwise for all together.
PARTS = {"familiar": ("familiar",), "new": ("brand", "line")}
FEWEST_BY_ITSELF = 1000


class Certified(NamedTuple):
    """A fitted model and its certificates by the goods that they stand for."""

    fitted: Fitted
    certificates: dict[str, Certificate]


class Answered(NamedTuple):
    """Rows of a kind as a model answered them that had not seen them."""

    outcomes: Outcomes
    unknown_shares: npt.NDArray[np.float32]


class Portion(NamedTuple):
    """Rows of every kind, and a model fitted without them."""

    fitted: Fitted
    rows: dict[str, Rows]


def fit_split(
    rows: TrainingRows, groups: Groups, wanted: dict[str, int], delta: float, seed: int
) -> Certified:
    """Certify with one model that about so many rows of each kind were kept out of."""
    random = np.random.default_rng(seed)
    (held,) = hold_out(groups, 1, wanted["familiar"], wanted["new"], random)
    fitted = rows.fit(held.training)
    number = {
        kind: _drawn_numbers(groups.of_rows(kind, chosen), random)
        for kind, chosen in held.rows.items()
    }
    portions = [
        Portion(fitted, {kind: held.rows[kind][number[kind] == each] for kind in held.rows})
        for each in range(PORTIONS)
    ]
    return _certified(rows, portions, groups, delta)


def fit_folds(rows: TrainingRows, groups: Groups, delta: float, seed: int) -> Certified:
    """Certify with models that were fitted on all folds but one."""
    count, random = len(rows.names), np.random.default_rng(seed)
    new = round(NEW_IN_FOLD * count)
    held_out = hold_out(groups, PORTIONS, -(-count // PORTIONS), new, random)
    portions = [Portion(rows.fit(held.training), held.rows) for held in held_out]
    return _certified(rows, portions, groups, delta)


def fit_beside(
    rows: TrainingRows, held: npt.NDArray[np.bool_], groups: Rows, delta: float, seed: int
) -> Certified:
    """Certify with rows that are no part of the catalogue and stand for all that will be asked.

    `held` (n_rows,) bool are those, some of them maybe of no category (-1); `groups` (n_held,).
    The model that ships is the one that answered them, tuned on all of them.
    """
    chosen = np.flatnonzero(held)
    fitted = rows.fit(~held)
    number = _drawn_numbers(groups, np.random.default_rng(seed))
    portions = [Portion(fitted, {"given": chosen[number == each]}) for each in range(PORTIONS)]
    answered, decisions = _answered(portions, lambda _, some: groups[chosen.searchsorted(some)])
    outcomes, unknown_shares = answered["given"]
    certificate = Certificate.of("given", [outcomes], unknown_shares, delta)
    return Certified(_tuned(fitted, decisions), {"given": certificate})


def _drawn_numbers(
    group: npt.NDArray[np.intp], random: np.random.Generator
) -> npt.NDArray[np.intp]:
    """Draw a portion for every group; its number for every row, (n,)."""
    distinct, numbered = np.unique(group, return_inverse=True)
    drawn: npt.NDArray[np.intp] = random.integers(PORTIONS, size=len(distinct))[numbered]
    return drawn


def _certified(
    rows: TrainingRows, portions: Sequence[Portion], groups: Groups, delta: float
) -> Certified:
    """Answer every portion with a model tuned on the others; fit the model that ships."""
    answered, decisions = _answered(portions, groups.of_rows)
    whole = _tuned(rows.fit(np.ones(len(rows.names), bool)), decisions)
    return Certified(whole, _certificates(answered, delta))


def _answered(
    portions: Sequence[Portion], groups_of: Callable[[str, Rows], Rows]
) -> tuple[dict[str, Answered], list[Decision]]:
    """Rows of every kind as the tuned models answered them, and what those were tuned on."""
    decisions = [each.fitted.decisions(_all_kinds(each.rows)) for each in portions]
    answered: dict[str, list[Answered]] = {kind: [] for kind in portions[0].rows}
    for number, portion in enumerate(portions):
        others = [each for place, part in enumerate(decisions) if place != number for each in part]
        tuned = _tuned(portion.fitted, others)
        for kind, chosen in portion.rows.items():
            outcomes = tuned.outcomes(chosen, groups_of(kind, chosen))
            unknown_shares = portion.fitted.unknown_shares[chosen]
            answered[kind].append(Answered(outcomes, unknown_shares))
    together = {kind: _together(parts) for kind, parts in answered.items()}
    return together, list(chain(*decisions))


def _tuned(fitted: Fitted, decisions: Sequence[Decision]) -> Fitted:
    return fitted.with_tree(with_calibration(fitted.linear_tree, decisions))


def _all_kinds(rows: dict[str, Rows]) -> Rows:
    return np.concatenate(list(rows.values()))


def _together(parts: Sequence[Answered]) -> Answered:
    return Answered(
        joined([part.outcomes for part in parts]),
        np.concatenate([part.unknown_shares for part in parts]),
    )


def _certificates(answered: dict[str, Answered], delta: float) -> dict[str, Certificate]:
    """A certificate for all goods that have enough rows."""
    certificates = {}
    for goods, kinds in PARTS.items():
        parts = [answered[kind] for kind in kinds]
        if min(len(part.outcomes) for part in parts) < FEWEST_BY_ITSELF:
            parts = [_together(parts)]
        if len(parts[0].outcomes) >= FEWEST_ROWS:
            outcomes = [part.outcomes for part in parts]
            unknown_shares = np.concatenate([part.unknown_shares for part in parts])
            certificates[goods] = Certificate.of(goods, outcomes, unknown_shares, delta)
    return certificates
