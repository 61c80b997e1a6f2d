"""A large catalogue: its table and its targets."""

from __future__ import annotations

from typing import Any

from costs.figures import Kind, number, table
from costs.tables import target_row


def targets(section: dict[str, Any]) -> list[tuple[str, ...]]:
    """Rows of what is to be reached."""
    if "why" in section:
        return []
    size = f"{section['rows'] / 1e6:.2g} M"
    rows = [
        target_row(Kind("fit", f"fit on {size} rows", "s", target=300), [section["fit"]]),
        target_row(
            Kind("peak", f"fit on {size} rows, peak memory", "MB", target=6000), [section["peak"]]
        ),
    ]
    every = [run for run in section["answering"] if run["names"] == section["rows"]]
    seconds = [run["seconds"] for run in every if "seconds" in run]
    peaks = [run["peak"] for run in every if run["jobs"] == 1 and "peak" in run]
    asking = f"`textcat predict`, {size} names"
    least = [min(seconds)] if seconds else []
    return [
        *rows,
        target_row(Kind("seconds", f"{asking}, the faster of the runs", "s", target=60), least),
        target_row(Kind("peak", f"{asking}, peak memory, one job", "MB", target=1000), peaks),
    ]


def body(section: dict[str, Any]) -> list[str]:
    """Fit, then every run of the command."""
    if "why" in section:
        return [f"Not measured: {section['why']}."]
    rows, categories = section["rows"], section["categories"]
    fit = (
        f"textcat on a catalogue of {rows:,} rows in {categories:,} categories, threads "
        f"{section['facts']['threads']}: reading the file {number(section['read'])} s, fit "
        f"{number(section['fit'])} s, peak memory {number(section['peak'])} MB. One run."
    )
    command = "`textcat predict` of its names, from a file to a file:"
    header = ["names", "jobs", "seconds, start to end", "names/s", "peak memory, MB"]
    return [fit, "", command, "", *table(header, map(_cells, section["answering"]))]


def _cells(run: dict[str, Any]) -> list[str]:
    cells = [f"{run['names']:,}", str(run["jobs"])]
    if "why" in run:
        return [*cells, f"– {run['why']}", "–", "–"]
    rate = run["names"] / run["seconds"]
    return [*cells, number(run["seconds"]), number(rate), number(run["peak"])]
