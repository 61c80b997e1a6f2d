"""Labels spoilt on purpose, and who finds them: textcat and cleanlab on the same probabilities.

    python benchmarks/audit.py CATALOGUE
    python benchmarks/audit.py CATALOGUE --limit 20000 --share 0.1
    python benchmarks/audit.py CATALOGUE --fit

Half of the wrong labels are any other category that has rows, half one with the same parent.
Without cleanlab (pip install cleanlab) only textcat is shown. With --fit, what label_noise is
worth: models are fitted on four fifths of the rows, their labels spoilt, and asked the rest.
"""

from __future__ import annotations

import warnings
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rows import read_split
from sklearn.metrics import average_precision_score

from textcat.auditing import PRUNE
from textcat.auditing.folds import witnesses_of_folds
from textcat.auditing.suspicion import confidences
from textcat.auditing.witness import Witness, opinions_of
from textcat.lemmas import Lemmatizer
from textcat.training.held_out import near_duplicates
from textcat.training.label_noise import DOWNWEIGHT
from textcat.training.rows import Categories, TrainingRows
from textcat.tree import CategoryTree

CAPTION = (
    "found: rows that are called wrong; AP: average precision of the ranking; @: precision among "
    "so many rows as were spoilt. Labels that were wrong before count as false alarms, so every "
    "precision is a lower bound: about a tenth of such catalogues' labels are."
)
FILTERS = ("prune_by_noise_rate", "confident_learning", "both", "predicted_neq_given")
SCORES = ("self_confidence", "normalized_margin", "confidence_weighted_entropy")
HELD_OUT = 0.2  # of the rows, with --fit
# What stands for the logarithm of 0: a category that the model of a fold does not have.
NEVER = -30.0


class Way(NamedTuple):
    """A way to find wrong labels: which are called wrong, or how doubtful each of them is."""

    title: str
    found: npt.NDArray[np.bool_] | None
    doubt: npt.NDArray[np.floating] | None


def main() -> int:
    options, console = _options(), Console(width=110)
    split = read_split(options.catalogue, options.seed, options.limit)
    tree = CategoryTree.from_paths(split.train.paths)
    true = np.array([tree.index(path) for path in split.train.paths], np.int32)
    random = np.random.default_rng(options.seed)
    given = spoilt(true, tree, options.share, random)
    fitting = {"prune": PRUNE, "n_jobs": options.threads, "random_state": options.seed}
    names = list(split.train.names)
    rows = TrainingRows(names, given, tree, False, Lemmatizer("pymorphy3"), 1, fitting)
    if options.fit:
        console.print(_accuracies(rows, true, random))
        return 0
    start = perf_counter()
    witnesses = witnesses_of_folds(rows, random)
    ways = [*_own(witnesses, given)]
    seconds = perf_counter() - start
    ways += _cleanlab(witnesses, given)
    title = (
        f"{options.catalogue.name}: {len(true):,} rows in {len(np.unique(true)):,} categories, "
        f"{(true != given).sum():,} labels spoilt, seed {options.seed}; audit {seconds:.0f} s"
    )
    console.print(_table(title, ways, true != given))
    return 0


def spoilt(
    true: Categories, tree: CategoryTree, share: float, random: np.random.Generator
) -> Categories:
    """Labels with a share of them wrong, in turns any other one and one with the same parent."""
    given, own = true.copy(), np.unique(true)
    chosen = random.permutation(len(true))[: round(share * len(true))]
    for number, row in enumerate(chosen.tolist()):
        others = own[own != true[row]]
        siblings = others[tree.parents[others] == tree.parents[true[row]]]
        given[row] = random.choice(siblings if number % 2 and len(siblings) else others)
    return given


def _own(witnesses: Sequence[Witness], given: Categories) -> Iterator[Way]:
    _, opinions = opinions_of(witnesses, given)
    doubt = confidences(opinions)
    yield Way("textcat", (doubt >= 0.5) & opinions.contradict, doubt)
    margin = np.where(opinions.judged, opinions.log_likely - opinions.log_given, NEVER)
    yield Way("log margin alone", opinions.contradict, margin)


def _cleanlab(witnesses: Sequence[Witness], given: Categories) -> Iterator[Way]:
    try:
        from cleanlab.filter import find_label_issues
        from cleanlab.rank import get_label_quality_scores
    except ImportError:
        return
    own, labels = np.unique(given, return_inverse=True)
    shares = _dense(witnesses, own, len(given))
    # a category without other rows has no column in its fold: textcat does not judge it either
    judged = shares[np.arange(len(given)), labels] > 2 * np.exp(NEVER)
    warnings.filterwarnings("ignore", "May not flag all label issues")
    for kind in FILTERS:
        found = find_label_issues(labels, shares, filter_by=kind, n_jobs=1)
        yield Way(f"cleanlab filter {kind}", found & judged, None)
    for kind in SCORES:
        doubt = -get_label_quality_scores(labels, shares, method=kind)
        yield Way(f"cleanlab score {kind}", None, np.where(judged, doubt, NEVER))


def _dense(witnesses: Sequence[Witness], own: Categories, rows: int) -> npt.NDArray[np.float32]:
    """The same probabilities of all categories, (n_rows, n_categories)."""
    shares = np.full((rows, len(own)), np.exp(NEVER), np.float32)
    for witness in witnesses:
        tree, start = witness.linear_tree, 0
        leaves = tree.slots.leaves
        columns = own.searchsorted(tree.slots.categories[leaves])
        for X in tree.batches(witness.X):
            asked = witness.asked[start : start + len(X)]
            found = tree.log_probabilities(X, best=None)[:, leaves]
            shares[np.ix_(asked, columns)] = np.exp(np.maximum(found, NEVER))
            start += len(X)
    return shares / shares.sum(axis=1, keepdims=True)


def _accuracies(rows: TrainingRows, true: Categories, random: np.random.Generator) -> Table:
    """Leaf accuracy on a fifth of the rows, their labels as they were."""
    group = near_duplicates(rows.names)
    training = (random.random(group.max() + 1) >= HELD_OUT)[group]
    table = Table("labels", "label_noise", "leaf accuracy", box=SIMPLE_HEAD)
    for labels, way in (("right", None), ("right", DOWNWEIGHT), ("spoilt", None),
                        ("spoilt", DOWNWEIGHT)):  # fmt: skip
        given = true if labels == "right" else rows.categories
        fitted = replace(rows, categories=given, label_noise=way).fit(training)
        best, _ = fitted.linear_tree.best_leaves(fitted.X, 1)
        accuracy = (best[:, 0] == true[fitted.asked]).mean()
        table.add_row(labels, str(way), f"{accuracy:.4f}")
    return table


def _table(title: str, ways: Sequence[Way], wrong: npt.NDArray[np.bool_]) -> Table:
    table = Table(title=title, caption=CAPTION, box=SIMPLE_HEAD, caption_justify="left")
    table.add_column("", no_wrap=True)
    for column in ("found", "precision", "recall", "AP", f"@{wrong.mean():.0%}"):
        table.add_column(column, justify="right", no_wrap=True)
    for title, found, doubt in ways:
        table.add_row(title, *_found_cells(found, wrong), *_ranking_cells(doubt, wrong))
    return table


def _found_cells(found: npt.NDArray[np.bool_] | None, wrong: npt.NDArray[np.bool_]) -> list[str]:
    if found is None:
        return ["", "", ""]
    right = int((found & wrong).sum())
    shares = right / max(1, found.sum()), right / max(1, wrong.sum())
    return [f"{found.sum():,}", *(f"{share:.3f}" for share in shares)]


def _ranking_cells(
    doubt: npt.NDArray[np.floating] | None, wrong: npt.NDArray[np.bool_]
) -> list[str]:
    if doubt is None:
        return ["", ""]
    first = np.argsort(-doubt, kind="stable")[: wrong.sum()]
    shares = average_precision_score(wrong, doubt), wrong[first].mean()
    return [f"{share:.3f}" for share in shares]


def _options() -> Namespace:
    parser = ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "catalogue", type=Path, help="as for quality.py; the rows of split train are taken"
    )
    parser.add_argument("--share", type=float, default=0.05, help="of labels to spoil (0.05)")
    parser.add_argument("--limit", type=int, metavar="ROWS", help="take so many rows only")
    parser.add_argument("--fit", action="store_true", help="show what label_noise is worth")
    parser.add_argument("--threads", type=int, default=1, help="to fit with (1)")
    parser.add_argument("--seed", type=int, default=0, help="of labels and folds (0)")
    return parser.parse_args()


if __name__ == "__main__":
    raise SystemExit(main())
