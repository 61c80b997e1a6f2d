"""Quality of textcat and its peers on one catalogue: the same rows, in one run.

    python benchmarks/quality.py CATALOGUE
    python benchmarks/quality.py CATALOGUE --systems textcat,pecos --limit 5000 --json figures.json

What the figures mean and what has to be installed: README.md beside this file.
"""

from __future__ import annotations

import gc
from argparse import ArgumentParser, Namespace
from collections.abc import Iterable
from pathlib import Path
from time import perf_counter

import numpy as np
import numpy.typing as npt
from peers import SYSTEMS, Answers, NotReadyError, make, systems
from report import PRECISION, Outcome, Score, as_json, as_table
from rich.console import Console
from rows import Rows, Split, read_split
from threadpoolctl import threadpool_limits

from textcat.evaluation.metrics import (
    accuracy_per_level,
    coverage_at_precision,
    hierarchical_scores,
)
from textcat.tree import CategoryTree

NO_ANSWER = -1


def main() -> int:
    options = _options()
    split = read_split(options.catalogue, options.seed, options.limit)
    judge = Judge(split)
    outcomes: list[Outcome] = []
    for name in options.systems:
        with Console(stderr=True).status(f"{name}, {len(outcomes) + 1} of {len(options.systems)}"):
            outcomes.append(measure(name, split, judge, options))
        if options.json:  # after every system: the next one may take an hour
            options.json.write_text(as_json(options, split, outcomes), "utf-8")
    console = Console()
    console = console if console.is_terminal else Console(width=130)  # don't cut at 80 in a file
    console.print(as_table(options, split, outcomes))
    return int(any(outcome.failed for outcome in outcomes))


def measure(name: str, split: Split, judge: Judge, options: Namespace) -> Outcome:
    """Fit one system and ask it all the test sets; reading the catalogue is in no figure."""
    outcome = Outcome(name)
    gc.collect()  # what the system before has left
    try:
        with threadpool_limits(options.threads):
            system = make(name, options.threads, options.seed)
            start = perf_counter()
            system.fit(*split.train)
            outcome.fit_seconds = perf_counter() - start
            for part, rows in split.tests.items():
                start = perf_counter()
                answers = system.predict(rows.names)
                outcome.scores[part] = judge.score(rows, answers, perf_counter() - start)
    except NotReadyError as error:
        outcome.note = str(error)
    except Exception as error:  # whatever it is, the other systems' hours are not to be lost
        outcome.note, outcome.failed = f"failed: {type(error).__name__}: {error}", True
    return outcome


class Judge:
    """Knows the tree of all categories, those of the test sets included."""

    def __init__(self, split: Split) -> None:
        parts = (split.train, *split.tests.values())
        paths = sorted({path for part in parts for path in part.paths})
        self._tree = CategoryTree.from_paths(paths)
        self._nodes: dict[str | None, int] = {None: NO_ANSWER}
        self._nodes |= {path: node for node, path in enumerate(self._tree.to_paths())}
        self._nodes |= {path: self._tree.index(path) for path in paths}  # as the file spells them

    def score(self, rows: Rows, answers: Answers, seconds: float) -> Score:
        """Compare with the truth; the answers took so many seconds."""
        true, predicted = self._numbers(rows.paths), self._numbers(answers.paths)
        right = true == predicted
        levels = accuracy_per_level(true, predicted, self._tree)
        return Score(
            leaf=float(right.mean()),
            levels=[None if np.isnan(share) else float(share) for share in levels],
            hierarchical_f1=hierarchical_scores(true, predicted, self._tree).f1,
            coverage=coverage_at_precision(answers.scores, right, PRECISION).coverage,
            names_per_second=len(rows.names) / seconds,
        )

    def _numbers(self, paths: Iterable[str | None]) -> npt.NDArray[np.int64]:
        return np.array([self._nodes[path] for path in paths])


def _options() -> Namespace:
    parser = ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "catalogue",
        type=Path,
        help="TSV or CSV, also .xz or .gz, with columns name, path and optionally split: "
        "every split other than train is a test set; without it, a fifth of the rows is",
    )
    parser.add_argument(
        "--systems",
        type=systems,
        default=list(SYSTEMS),
        metavar="A,B,…",
        help=f"some of {','.join(SYSTEMS)}; all of them if not given",
    )
    parser.add_argument("--limit", type=int, metavar="ROWS", help="fit on so many rows only")
    parser.add_argument("--threads", type=int, default=1, help="threads of every system (1)")
    parser.add_argument("--seed", type=int, default=0, help="of splits and systems (0)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there too")
    return parser.parse_args()


if __name__ == "__main__":
    raise SystemExit(main())
