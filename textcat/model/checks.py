"""What has to hold in the arrays of a model so that it can be asked anything, whoever made it.

Checksums tell that a model is as it was saved, not that it was saved by textcat. A model answers
with compiled code and indices that nobody looks at again, so everything they rely on is looked at
once, when it is loaded: a millisecond or two for 40 MB. What is refused raises ValueError.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import numpy as np
import numpy.typing as npt

from textcat.descent.linear_tree import LinearTree
from textcat.descent.slots import NO_CATEGORY, ROOT, Slots
from textcat.features.vocabulary import PAIR_BASE, Vocabulary
from textcat.lemmas import LemmatizerSettings
from textcat.lemmas.known import KnownLemmas
from textcat.precision import GOODS, Certificate, Outcomes
from textcat.precision.certification import THRESHOLDS
from textcat.tree import NO_NODE, CategoryTree

Arrays = Mapping[str, npt.NDArray[Any]]

TYPES = {
    "tree_parents": np.int32,
    "singles_text": np.uint8,
    "singles_starts": np.int32,
    "singles_checksums": np.uint32,
    "singles_numbers": np.int32,
    "pairs": np.int64,
    "idf": np.float32,
    "lemmas": np.int32,
    "slot_parents": np.int32,
    "slot_categories": np.int32,
    "branch_slots": np.int32,
    "branch_features": np.int64,
    "branch_weights": np.int64,
    "features": np.int32,
    "weights": np.float32,
    "children": np.int32,
    "row_starts": np.int32,
    "intercepts": np.float32,
}
FACTS = {
    "rows": int,
    "uncertified": str,
    "certified_on": str,
    "learned_since_certified": int,
    "changed_since_certified": list,
    "catalogue": dict,
}
# Between these nothing that is calculated overflows or comes to 0: squares of weighted
# features, margins of a name of thousands of features over a temperature, odds of those.
IDF, TEMPERATURE, WEIGHTS = (1e-6, 1e6), (1e-6, 1e6), (-1e6, 1e6)
# Ways to all nodes are kept as a table with a column for every level, so at 64 MB it ends.
MOST_LEVELS_OF_ALL = 1 << 24
# Texts of equal checksum are tried one after the other; by chance three of a million are.
MOST_OF_ONE_CHECKSUM = 64
MOST_REMEMBERED = 10_000_000


def check_types(arrays: Arrays) -> None:
    """Every array has its type, as this processor has it, and one dimension."""
    for name, dtype in TYPES.items():
        array = arrays[name]
        _need(array.dtype == dtype and array.ndim == 1, f"{name} is no row of {dtype.__name__}")


def check_texts(arrays: Arrays) -> None:
    """The texts of the features, none of them empty, and how they are found."""
    starts, checksums = arrays["singles_starts"], arrays["singles_checksums"]
    _need(len(starts) and starts[0] == 0 and _rises(starts).all(), "singles_starts do not rise")
    _need((checksums[1:] >= checksums[:-1]).all(), "singles_checksums fall")
    alike = checksums[MOST_OF_ONE_CHECKSUM:] == checksums[:-MOST_OF_ONE_CHECKSUM]
    _need(not alike.any(), "singles_checksums are nearly all the same")
    numbers = arrays["singles_numbers"]
    _need_within(numbers, 0, len(checksums) - 1, "singles_numbers")
    _need(len(numbers) == len(checksums), "singles_numbers are not as many as checksums")
    is_there = np.zeros(len(numbers), bool)
    is_there[numbers] = True
    _need(is_there.all(), "singles_numbers do not name every text")


def check_vocabulary(vocabulary: Vocabulary) -> None:
    """Pairs are of features that are there, and every column has its weight."""
    pairs, singles = vocabulary.pairs, len(vocabulary.singles)
    _need(len(vocabulary) == singles + len(pairs), "idf is not as long as there are features")
    _need_within(vocabulary.idf, *IDF, "idf")
    _need(_rises(pairs).all(), "pairs do not rise")
    _need_within(pairs, 0, singles * PAIR_BASE - 1, "pairs")
    _need_within(pairs & (PAIR_BASE - 1), 0, singles - 1, "pairs")


def check_lemmas(known: KnownLemmas) -> None:
    """Their lemmas are among the features, which the class itself has half looked at."""
    _need_within(known.numbers, -1, 2 * len(known.texts) - 1, "lemmas")


def check_lemmatizer(settings: LemmatizerSettings) -> None:
    """It may remember some words, not all memory full."""
    _need_number(settings.cache_size, (0, MOST_REMEMBERED), "the lemmatizer's cache_size")


def check_slots(slots: Slots, tree: CategoryTree) -> None:
    """Slots are a part of the tree, a level after the other, as `Slots.of` makes them."""
    own, levels = slots.categories[1:], tree.depth + 1
    _need(
        levels * max(len(tree), len(slots)) <= MOST_LEVELS_OF_ALL,
        f"a tree of {len(tree):,} categories and {tree.depth:,} levels is too deep",
    )
    _need(len(own) and slots.parents[ROOT] == -1, "slot_parents have no root")
    _need(slots.categories[ROOT] == NO_CATEGORY, "slot_categories have no root")
    parents = slots.parents[1:]
    _need((parents[1:] >= parents[:-1]).all() and parents[0] == ROOT, "slot_parents fall")
    _need((parents <= np.arange(len(parents))).all(), "slot_parents come after their children")
    _need_within(own, 0, len(tree) - 1, "slot_categories")
    above = slots.categories[parents]
    stays = (own == above) & slots.is_leaf[1:]
    _need((stays | (tree.parents[own] == above)).all(), "slot_categories are not as in the tree")


def check_branches(arrays: Arrays, slots: Slots) -> None:
    """There is a branch wherever there is a choice, and it begins where the one before it ends."""
    forks = np.flatnonzero(np.diff(slots.first_child) > 1)
    _need(np.array_equal(np.sort(arrays["branch_slots"]), forks), "branch_slots are no forks")
    children = np.diff(slots.first_child)[forks].sum()
    _need(len(arrays["intercepts"]) == children, "intercepts are not as many as children")
    for name, of in (("branch_features", "features"), ("branch_weights", "weights")):
        starts = arrays[name]
        _need(
            len(starts) == len(forks) + 1
            and starts[0] == 0
            and starts[-1] == len(arrays[of])
            and (starts[1:] >= starts[:-1]).all(),
            f"{name} do not divide {of}",
        )
    _need(len(arrays["children"]) == len(arrays["weights"]), "children are not as many as weights")


def check_linear_tree(arrays: Arrays, linear_tree: LinearTree, features: int) -> None:
    """Features are those of a vocabulary, ascending in every branch; all numbers are usable."""
    rises = _rises(arrays["features"])
    starts = arrays["branch_features"][1:-1]
    rises[starts[(starts > 0) & (starts <= len(rises))] - 1] = True
    _need(rises.all(), "features do not rise")
    _need_within(arrays["features"], 0, features - 1, "features")
    _need_within(arrays["weights"], *WEIGHTS, "weights")
    _need_within(arrays["intercepts"], *WEIGHTS, "intercepts")
    _need_number(linear_tree.temperature, TEMPERATURE, "the temperature")
    if linear_tree.trust is not None:
        for name, value in asdict(linear_tree.trust).items():
            _need_number(value, WEIGHTS, f"{name} of the trust")


def check_certificate(certificate: Certificate, tree: CategoryTree) -> None:
    """Its rows are rows, and some of them were answered where it promises something."""
    _need(certificate.goods in GOODS, f"there are no {certificate.goods!r:.40} goods")
    _need_number(certificate.delta, (1e-12, 1 - 1e-12), "delta of a certificate")
    for part in certificate.parts:
        _check_outcomes(part, tree)
    _need(
        len({part.probabilities.shape[1] for part in certificate.parts}) == 1,
        "the parts of a certificate have different depths",
    )
    _need(certificate.unknown_shares.dtype.kind == "f", "unknown_shares are no shares")
    _need_within(certificate.unknown_shares, 0, 1, "unknown_shares")
    _need_within(certificate.certified, 0, 1, "what is certified")
    strictest = THRESHOLDS[certificate.certified > 0].max(initial=0)
    highest = max(part.probabilities.max(initial=0) for part in certificate.parts)
    _need(highest >= strictest, "something is certified of no answers")


def _check_outcomes(part: Outcomes, tree: CategoryTree) -> None:
    shares = part.probabilities
    _need(shares.dtype.kind == "f" and shares.ndim == 2, "probabilities are no table of shares")
    _need_within(shares, 0, 1.001, "probabilities")  # float32 may come to a little more than 1
    rows, depth = shares.shape
    for name, values, least, most in (
        ("right", part.right, 0, depth),
        ("tops", part.tops, NO_NODE, len(tree) - 1),
        ("groups", part.groups, 0, rows - 1),
    ):
        _need(values.dtype.kind == "i" and values.ndim == 1, f"{name} are no row of numbers")
        _need_within(values, least, most, name)


def check_facts(facts: Mapping[str, Any]) -> None:
    """What is read of the facts is of its kind."""
    _need(isinstance(facts, dict), "the facts are no facts")
    for name, kind in FACTS.items():
        _need(isinstance(facts.get(name, kind()), kind), f"{name!r} of the facts is no {kind}")
    catalogue = facts.get("catalogue", {})
    for name, kind in (("place", str), ("rows_dropped", int)):
        _need(isinstance(catalogue.get(name, kind()), kind), f"{name!r} of the catalogue")


def _rises(array: npt.NDArray[Any]) -> npt.NDArray[np.bool_]:
    """Whether every element but the first is more than the one before it."""
    rises: npt.NDArray[np.bool_] = array[1:] > array[:-1]
    return rises


def _need(fits: object, what: str) -> None:
    if not fits:
        raise ValueError(what)


def _need_number(value: object, bounds: tuple[float, float], what: str) -> None:
    _need(
        isinstance(value, int | float) and bounds[0] <= value <= bounds[1],  # NaN is not
        f"{what} is {value!r:.40}, not a number from {bounds[0]:g} to {bounds[1]:g}",
    )


def _need_within(array: npt.NDArray[Any], least: float, most: float, what: str) -> None:
    if array.size:
        with np.errstate(invalid="ignore"):  # NaN is not within anything
            found = array.min(), array.max()
        _need(
            least <= found[0] and found[1] <= most,
            f"{what} lie between {found[0]} and {found[1]}, but have to between {least} and {most}",
        )
