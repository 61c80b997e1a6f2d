"""Is a precision level kept? Redraw the calibration rows many times, and count.

    python benchmarks/precision.py CATALOGUE
    python benchmarks/precision.py CATALOGUE --redraws 0 --whole 20 --sizes 2000 8000

What is drawn, what the columns mean, and what to expect: README.md beside this file.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

import numpy as np
from pools import Pool, fixed_model
from precision_tables import most_broken, redraw_table, shipped_table, whole_table
from redraws import redraw
from rich.console import Console
from rows import Split, read_split
from shipped import shipped
from whole import Simulation


def main() -> None:
    options = _options()
    parts = read_split(options.catalogue, options.seed, options.limit)
    console = Console()
    console = console if console.is_terminal else Console(width=130)  # don't cut at 80 in a file
    if options.redraws:
        show_redraws(parts, options, console)
    if options.whole:
        show_whole(parts, options, console)


def show_redraws(parts: Split, options: Namespace, console: Console) -> None:
    """One model, many draws of the rows that it is certified on."""
    with Console(stderr=True).status("training"):
        model, pools = fixed_model(parts, options.delta, options.threads, options.seed)
    limit = most_broken(options.redraws, options.delta)
    console.print(
        f"{options.catalogue.name}: {options.redraws} redraws, delta {options.delta:g}: a promise "
        f"just kept is broken in more than {limit:.3f} of them (!) once in twenty times"
    )
    random = np.random.default_rng(options.seed)
    for pool in pools:
        for rows in options.rows:
            with Console(stderr=True).status(f"{pool.name}, {rows:,} rows"):
                lines = redraw(pool, rows, options.redraws, options.delta, random)
            console.print(f"\n{_named(pool)}; {rows:,} of them drawn", redraw_table(lines, limit))
    for pool in pools:
        table = shipped_table(shipped(model, pool))
        console.print(f"\n{_named(pool)}; asked as the model ships", table)


def show_whole(parts: Split, options: Namespace, console: Console) -> None:
    """Many models, each trained and certified on a sample of its own."""
    simulation = Simulation(parts.train, options.delta, options.threads, options.seed)
    for size in options.sizes:
        with Console(stderr=True).status(f"{options.whole} samples of {size:,} rows"):
            lines = simulation.run(size, options.whole, options.whole_tree)
        title = f"{options.catalogue.name}: trained on {options.whole} samples of {size:,} rows, "
        title += "the whole tree given" if options.whole_tree else "the tree is what they show"
        console.print(f"\n{title}", whole_table(lines, options.whole))


def _named(pool: Pool) -> str:
    groups = int(pool.outcomes.groups.max(initial=-1)) + 1
    return f"{pool.name}: {len(pool):,} rows in {groups:,} groups"


def _options() -> Namespace:
    parser = ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "catalogue", type=Path, help="TSV or CSV with columns name, path and optionally split"
    )
    parser.add_argument("--redraws", type=int, default=200, help="0 for none (200)")
    parser.add_argument(
        "--rows", type=int, nargs="+", default=[300, 1000, 3000], help="calibration rows drawn"
    )
    parser.add_argument("--whole", type=int, default=0, metavar="N", help="train N models (0)")
    parser.add_argument(
        "--sizes", type=int, nargs="+", default=[2000, 8000], help="rows that these are trained on"
    )
    parser.add_argument(
        "--whole-tree", action="store_true", help="tell them of categories they have no row of"
    )
    parser.add_argument("--limit", type=int, metavar="ROWS", help="training rows to use")
    parser.add_argument("--delta", type=float, default=0.1, help="chance of a broken promise (0.1)")
    parser.add_argument("--threads", type=int, default=1, help="processes to fit with (1)")
    parser.add_argument("--seed", type=int, default=0)
    return parser.parse_args()


if __name__ == "__main__":
    main()
