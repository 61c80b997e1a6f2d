"""Rows and their witnesses -> an audit."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from textcat.auditing.conflicts import find_conflicts, find_twins
from textcat.auditing.result import Audit, Suspect, Unjudged
from textcat.auditing.suspicion import confidences
from textcat.auditing.witness import Opinions, Witness, opinions_of
from textcat.catalogue import Catalogue
from textcat.catalogue.cross_listing import other_categories
from textcat.tree import CategoryTree

# Why a row is not judged.
UNKNOWN_CATEGORY = "no other rows of its category were learned"
UNKNOWN_NAME = "nothing in the name is known"


def audit_by(
    catalogue: Catalogue,
    given: npt.NDArray[np.int32],
    tree: CategoryTree,
    witnesses: Sequence[Witness],
    confidence: float,
) -> Audit:
    """What the witnesses, every row one of them, say of the given category of every row."""
    _, opinions = opinions_of(witnesses, given)
    return Audit(
        place=catalogue.report.place,
        unit=catalogue.report.unit,
        rows=len(catalogue),
        confidence=confidence,
        suspects=_suspects(catalogue, opinions, tree, witnesses, confidence),
        conflicts=find_conflicts(catalogue),
        twins=find_twins(opinions, tree),
        unjudged=_unjudged(catalogue, opinions),
    )


def _suspects(
    catalogue: Catalogue,
    opinions: Opinions,
    tree: CategoryTree,
    witnesses: Sequence[Witness],
    least: float,
) -> tuple[Suspect, ...]:
    found = confidences(opinions)
    heard_by = {row: witness for witness in witnesses for row in witness.asked.tolist()}
    ranked = np.argsort(-found, kind="stable")
    others = other_categories(catalogue, opinions.given)
    is_right = set(zip(others.rows.tolist(), others.nodes.tolist(), strict=True))
    ranked = ranked[(found[ranked] >= least) & opinions.contradict[ranked]]
    suspects = []
    for row in ranked.tolist():
        given, likely = int(opinions.given[row]), int(opinions.likely[row])
        if (row, likely) in is_right:
            continue
        why = heard_by[row].words_against(row, catalogue.names[row], given, likely)
        suspects.append(
            Suspect(
                catalogue.rows[row], catalogue.names[row], catalogue.paths[row], tree.path(likely),
                float(found[row]), float(np.exp(opinions.log_likely[row])), why,
            )
        )  # fmt: skip
    return tuple(suspects)


def _unjudged(catalogue: Catalogue, opinions: Opinions) -> tuple[Unjudged, ...]:
    missing = ~np.isfinite(opinions.log_given)
    return tuple(
        Unjudged(catalogue.rows[row], catalogue.names[row], catalogue.paths[row],
                 UNKNOWN_CATEGORY if missing[row] else UNKNOWN_NAME)
        for row in np.flatnonzero(~opinions.judged).tolist()
    )  # fmt: skip
