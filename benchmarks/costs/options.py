"""The command line of speed.py."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from peers import SYSTEMS, systems

from costs.fitted import OURS
from costs.processes import cores

_BENCHMARKS = Path(__file__).parents[1]


def parser() -> ArgumentParser:
    """Every option; files have placeholders, by which the results call them."""
    made = ArgumentParser(description="What answers of textcat and its peers cost.")
    _add_sources(made)
    _add_effort(made)
    made.add_argument("--results", type=Path, metavar="RESULTS", default=_BENCHMARKS / "RESULTS.md")
    made.add_argument("--plot", type=Path, metavar="PICTURE", default=_BENCHMARKS / "growth.png")
    made.add_argument("--json", type=Path, metavar="FIGURES", help="keep figures between runs")
    made.add_argument("--work", type=Path, metavar="DIRECTORY", help="for temporary files")
    return made


def parse(made: ArgumentParser) -> Namespace:
    """Read the command line; it has to name something to measure."""
    options = made.parse_args()
    sources = options.full or options.tree
    if (options.growth or options.growth_only) and not sources:
        made.error("growth needs --full, --tree or both: rows and nodes come from there")
    if not options.catalogue and not sources:
        made.error("nothing to measure: give a CATALOGUE, --full or --tree")
    return options


def _add_sources(made: ArgumentParser) -> None:
    made.add_argument(
        "catalogue", nargs="?", type=Path, metavar="CATALOGUE",
        help="as quality.py reads it: all systems are fitted on it and asked",
    )  # fmt: skip
    made.add_argument("--full", type=Path, metavar="FULL_CATALOGUE", help="a million rows")
    made.add_argument("--tree", type=Path, metavar="TREE", help="a file with one path a line")
    made.add_argument("--growth", action="store_true", help="with rows (--full), nodes (--tree)")
    made.add_argument("--growth-only", action="store_true", help="--full and --tree for that alone")
    made.add_argument("--rows", type=int, metavar="N", help="use so many rows (nodes) only")
    made.add_argument("--systems", type=systems, metavar="A,B,…", default=list(SYSTEMS))
    made.add_argument("--growth-systems", type=systems, metavar="A,B,…", default=[OURS])
    made.add_argument(
        "--growth-rows", type=_sizes, metavar="N,N,…", default=[10_000, 100_000, 1_000_000]
    )
    made.add_argument(
        "--growth-categories", type=_sizes, metavar="N,N,…", default=[100, 1000, 20_000]
    )
    made.add_argument(
        "--growth-total", type=int, metavar="N", default=100_000, help="rows, with nodes (100,000)"
    )
    made.add_argument("--tree-names", type=int, default=5, help="to fit on, every node of --tree")
    made.add_argument(
        "--reuse", type=Path, metavar="FITTED", help="peers fitted here before are not again"
    )
    made.add_argument(
        "--model", type=Path, metavar="MODEL", help="of textcat; it is not fitted then"
    )


def _add_effort(made: ArgumentParser) -> None:
    made.add_argument("--rounds", type=int, default=5, help="of asking (5)")
    made.add_argument("--fits", type=int, default=3, help="rounds of fitting (3)")
    made.add_argument(
        "--patience", type=float, default=300.0,
        help="seconds of fitting after which a system is not fitted once more (300)",
    )  # fmt: skip
    made.add_argument(
        "--threads", type=int, default=len(cores()), help="of fits; all cores if not given"
    )
    made.add_argument("--single-names", type=int, default=2000, help="a round (2,000)")
    made.add_argument("--single-seconds", type=float, default=20.0, help="at most, a round (20)")
    made.add_argument("--most-seconds", type=float, default=3600.0, help="of any process (3,600)")
    made.add_argument(
        "--most-memory", type=float, default=0.9, help="of any process, share of the machine (0.9)"
    )
    made.add_argument("--seed", type=int, default=0)


def _sizes(text: str) -> list[int]:
    return [int(size.replace("_", "")) for size in text.split(",")]
