"""The figures of a run, as a table for people and as JSON."""

from __future__ import annotations

import json
import os
import platform
from argparse import Namespace
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from importlib.metadata import PackageNotFoundError, version

from peers import SYSTEMS
from rich.box import SIMPLE_HEAD
from rich.markup import escape
from rich.table import Table
from rows import Split

PRECISION = 0.95  # of the names that are answered at a leaf


@dataclass(frozen=True)
class Score:
    """How one system did on one test set; shares are 0..1."""

    leaf: float  # names with exactly the right category
    levels: list[float | None]  # right at level 1, 2, …; None where no name's category reaches
    hierarchical_f1: float
    coverage: float  # names that can be answered with PRECISION of them right
    names_per_second: float


@dataclass
class Outcome:
    """What came of one system: scores by test set, or a note why there are none."""

    system: str
    fit_seconds: float | None = None
    scores: dict[str, Score] = field(default_factory=dict)
    note: str = ""
    failed: bool = False


def as_table(options: Namespace, split: Split, outcomes: list[Outcome]) -> Table:
    """One section a test set, one row a system; the best share of a column is bold."""
    depth = max([len(s.levels) for o in outcomes for s in o.scores.values()], default=0)
    levels = [f"L{level}" for level in range(1, depth + 1)]
    table = Table(title=_title(options, split), caption=_caption(split, outcomes))
    table.box, table.caption_justify = SIMPLE_HEAD, "left"
    table.add_column("test set", no_wrap=True)
    table.add_column("system", no_wrap=True)
    for title in ["leaf", *levels, "hier. F1", f"{PRECISION:.0%} right", "fit, s", "names/s"]:
        table.add_column(title, justify="right", no_wrap=True)
    for part in split.tests:
        scored = [outcome for outcome in outcomes if part in outcome.scores]
        columns = list(zip(*(_shares(outcome.scores[part]) for outcome in scored), strict=True))
        cells = zip(*map(_best_in_bold, columns), strict=True)
        for outcome, shares in zip(scored, cells, strict=True):
            fit, rate = outcome.fit_seconds, outcome.scores[part].names_per_second
            table.add_row(part, outcome.system, *shares, f"{fit:,.1f}", f"{rate:,.0f}")
        table.add_section()
    return table


def as_json(options: Namespace, split: Split, outcomes: list[Outcome]) -> str:
    """All the figures, and what is needed to have them again; the rows by their hash only."""
    packages = {"numpy", "scipy"} | {place.requirement for place in SYSTEMS.values()}
    parts = {"train": split.train, **split.tests}
    content = {
        "catalogue": options.catalogue.name,
        "rows": {part: [len(rows.names), rows.digest()] for part, rows in parts.items()},
        "threads": options.threads,
        "seed": options.seed,
        "precision": PRECISION,
        "machine": f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores",
        "python": platform.python_version(),
        "versions": {package: _version(package) for package in sorted(packages)},
        "outcomes": [asdict(outcome) for outcome in outcomes],
    }
    return json.dumps(content, indent=1, ensure_ascii=False) + "\n"


def _shares(score: Score) -> list[float | None]:
    return [score.leaf, *score.levels, score.hierarchical_f1, score.coverage]


def _best_in_bold(column: Iterable[float | None]) -> list[str]:
    cells = ["–" if share is None else f"{share:.3f}" for share in column]
    best = max(cells)
    return [f"[bold]{cell}[/bold]" if cell == best else cell for cell in cells]


def _title(options: Namespace, split: Split) -> str:
    rows, categories = len(split.train.names), len(set(split.train.paths))
    return (
        f"{escape(options.catalogue.name)}: fit on {rows:,} rows in {categories:,} categories, "
        f"threads {options.threads}, seed {options.seed}"
    )


def _caption(split: Split, outcomes: list[Outcome]) -> str:
    fitted = set(split.train.paths)
    lines = [
        f"{part}: {len(rows.names):,} rows, "
        f"{sum(path not in fitted for path in rows.paths):,} of them in categories never fitted"
        for part, rows in split.tests.items()
    ]
    if split.incomplete:
        lines.append(f"left out: {split.incomplete:,} rows without a name, a path or a split")
    lines += [f"{outcome.system}: {outcome.note}" for outcome in outcomes if outcome.note]
    return escape("\n".join(lines))


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None
