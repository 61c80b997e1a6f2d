"""A catalogue of a million rows: fit it, and let the command line answer all its names."""

from __future__ import annotations

import csv
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from rows import Rows

from costs.apart import Bounds, UnmeasuredError, run_python, run_task, say

_PART = 10  # the memory for all names is compared with that for every tenth


def measure_large(rows: Rows, threads: int, bounds: Bounds) -> dict[str, Any]:
    """Fit textcat from a file, then `textcat predict` from a file to a file."""
    with TemporaryDirectory() as temporary:
        directory = Path(temporary)
        catalogue, model = directory / "catalogue.tsv", directory / "model"
        _write(catalogue, ["name", "path"], zip(*rows, strict=True))
        say(f"fit on {len(rows.names):,} rows")
        found, ended = run_task(
            "fit_file", bounds, threads, catalogue=catalogue, threads=threads, directory=model
        )
        found["peak"] = ended.peak / 1e6
        found["answering"] = [
            _answered(rows.names[::step], jobs, directory, bounds)
            for step, jobs in [(_PART, 1), (1, 1), (1, threads)]
        ]
    return found


def _answered(names: tuple[str, ...], jobs: int, directory: Path, bounds: Bounds) -> dict[str, Any]:
    """Run the command once: seconds from start to end, and the most memory it had."""
    source, target = directory / "names.tsv", directory / "answers.csv"
    _write(source, ["name"], ((name,) for name in names))
    arguments = ["-m", "textcat", "predict", str(directory / "model"), str(source)]
    arguments += ["--name", "name", "--precision", "leaf", "--output", str(target)]
    arguments += ["--jobs", str(jobs)] if jobs > 1 else []
    found: dict[str, Any] = {"names": len(names), "jobs": jobs}
    say(f"textcat predict, {len(names):,} names, jobs {jobs}")
    try:
        ended = run_python(arguments, bounds, jobs)
    except UnmeasuredError as error:
        say(str(error))
        return found | {"why": str(error)}
    return found | {"seconds": ended.seconds, "peak": ended.peak / 1e6}


def _write(file: Path, header: list[str], rows: Any) -> None:
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(
            stream, delimiter="\t", quoting=csv.QUOTE_NONE, quotechar=None, lineterminator="\n"
        )
        writer.writerow(header)
        writer.writerows([value.replace("\t", " ") for value in row] for row in rows)
