"""What answers of textcat and its peers cost, on the same names, in one run.

    python benchmarks/speed.py CATALOGUE
    python benchmarks/speed.py CATALOGUE --systems textcat,pecos --rows 5000
    python benchmarks/speed.py --full FULL_CATALOGUE --tree TREE --growth --json figures.json

Writes RESULTS.md beside this file, which says what every row means. Parts may be measured in runs
of their own: with --json the figures of earlier runs are kept, and all of them are written again.
"""

from __future__ import annotations

import json
from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from costs import machine
from costs.apart import Bounds, UnmeasuredError, run_task, say
from costs.data import Files
from costs.document import document
from costs.fitted import OURS, Fits
from costs.growth import by_categories, by_rows
from costs.large import measure_large
from costs.options import parse, parser
from costs.plot import draw
from costs.point import Measuring, measure_point
from costs.synthetic import draw_split
from costs.systems import Comparison
from rows import read_paths, read_rows, read_split

Section = dict[str, Any]


def main() -> None:
    options = parse(parser())
    sections: dict[str, Section] = {}
    if options.json and options.json.exists():
        sections = json.loads(options.json.read_text("utf-8"))
    for name, measure in _wanted(options):
        section = measure(options)
        section["facts"] |= {"limited": options.rows is not None}
        section["facts"] = {**machine.facts(options, parser()), **section["facts"]}
        sections[name] = section
        _write(sections, options)  # after every section: the next one may take an hour
    _write(sections, options)


def _wanted(options: Namespace) -> Iterator[tuple[str, Callable[[Namespace], Section]]]:
    """Yield what there is to measure."""
    if options.catalogue:
        yield "comparison", compare
    if options.full and not options.growth_only:
        yield "full", fit_large
    if options.tree and not options.growth_only:
        yield "tree", fit_tree
    if options.growth or options.growth_only:
        yield "growth", grow


def compare(options: Namespace) -> Section:
    """Fit and ask all systems."""
    bounds, (versions, missing) = _bounds(options), _installed(options)
    split = read_split(options.catalogue, options.seed, options.rows)
    with _working_directory(options) as directory:
        files = Files.of(split, directory, options.seed)
        fits = Fits(
            files.train, split.train.digest(), options.threads, options.seed, options.fits,
            options.patience, bounds, directory, options.reuse, options.model,
        )  # fmt: skip
        systems = fits.of(versions)
        limits = options.single_names, options.single_seconds
        Comparison(files, bounds, options.rounds, *limits).run(systems)
        asked = len(json.loads(files.asked.read_text("utf-8")))
    return {
        "systems": {
            each.system: {
                "version": each.version,
                "note": each.note,
                "given": each.given,
                "heavy": each.heavy,
                "figures": {key: asdict(figure) for key, figure in each.figures.items()},
            }
            for each in systems
        },
        "missing": missing,
        "parts": list(split.tests),
        "facts": {
            "rows": len(split.train.names),
            "categories": len(set(split.train.paths)),
            "asked": asked,
            "threads": options.threads,
        },
    }


def fit_large(options: Namespace) -> Section:
    """Fit textcat on a large catalogue and let it answer all the names."""
    rows = read_rows(options.full, options.seed, options.rows)
    section: Section
    try:
        section = measure_large(rows, options.threads, _bounds(options))
    except UnmeasuredError as error:
        say(str(error))
        section = {"why": str(error)}
    return section | {"facts": {"threads": options.threads}}


def fit_tree(options: Namespace) -> Section:
    """Fit textcat on a large tree."""
    paths = read_paths(options.tree)[: options.rows]
    split = draw_split(paths, options.tree_names, options.seed)
    point = measure_point(OURS, split, _measuring(options))
    return {"points": [point], "facts": {"nodes": len(paths)}}


def grow(options: Namespace) -> Section:
    """Fit on more and more rows, and on more and more categories."""
    how, systems, points = _measuring(options), options.growth_systems, {}
    if options.full:
        rows = read_rows(options.full, options.seed)
        points["rows"] = by_rows(rows, options.growth_rows, systems, how)
    if options.tree:
        paths = read_paths(options.tree)
        sizes, total = options.growth_categories, options.growth_total
        points["categories"] = by_categories(paths, sizes, total, systems, how)
    try:
        draw(points, options.plot)
    except ImportError:
        say("no picture: pip install matplotlib")
        return {"points": points, "drawn": False, "facts": {}}
    return {"points": points, "drawn": True, "facts": {}}


def _installed(options: Namespace) -> tuple[dict[str, str], dict[str, str]]:
    """Versions of the systems that are there; what to do about the others."""
    versions, missing = {}, {}
    for name in options.systems:
        try:
            versions[name] = run_task("probe", _bounds(options), system=name)[0]["version"]
        except UnmeasuredError as error:
            missing[name] = str(error)
            say(f"{name}: {error}")
    return versions, missing


def _bounds(options: Namespace) -> Bounds:
    return Bounds(options.most_seconds, options.most_memory * machine.memory_bytes())


def _measuring(options: Namespace) -> Measuring:
    return Measuring(
        options.threads, options.seed, options.rounds,
        options.single_names, options.single_seconds, _bounds(options),
    )  # fmt: skip


@contextmanager
def _working_directory(options: Namespace) -> Iterator[Path]:
    with TemporaryDirectory(dir=options.work) as directory:
        yield Path(directory)


def _write(sections: dict[str, Section], options: Namespace) -> None:
    if options.json:
        options.json.write_text(json.dumps(sections, ensure_ascii=False, indent=1), "utf-8")
    options.results.write_text(document(sections, options.plot.name), "utf-8")


if __name__ == "__main__":
    main()
