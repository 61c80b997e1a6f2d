"""One system fitted once on some rows, with the few figures that show how its cost grows."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from rows import Split

from costs.apart import Bounds, UnmeasuredError, run_task, say
from costs.data import Files


@dataclass(frozen=True)
class Measuring:
    """How points are measured."""

    threads: int
    seed: int
    rounds: int
    single_names: int
    single_seconds: float
    bounds: Bounds


def measure_point(system: str, split: Split, how: Measuring) -> dict[str, Any]:
    """Fit once, ask in rounds: lists of values by kind of figure, or why there are none."""
    rows, categories = len(split.train.names), len(set(split.train.paths))
    say(f"{system}: {rows:,} rows in {categories:,} categories")
    found: dict[str, Any] = {"system": system, "rows": rows, "categories": categories}
    with TemporaryDirectory() as temporary:
        directory = Path(temporary)
        model = directory / "model"
        model.mkdir()
        files = Files.of(split, directory, how.seed)
        try:
            found |= _figures(system, model, files, how)
        except UnmeasuredError as error:
            say(f"{system}: {error}")
            found["why"] = str(error)
    return found


def _figures(system: str, model: Path, files: Files, how: Measuring) -> dict[str, Any]:
    fitted, ended = run_task(
        "fit", how.bounds, how.threads,
        system=system, threads=how.threads, seed=how.seed, train=files.train, directory=model,
    )  # fmt: skip
    asking: dict[str, Any] = {"system": system, "directory": model, "asked": files.asked}
    limits: dict[str, Any] = {"count": how.single_names, "most": how.single_seconds}
    batches = [run_task("batch", how.bounds, **asking)[0] for _ in range(how.rounds)]
    singles = [run_task("one", how.bounds, **asking, **limits)[0] for _ in range(how.rounds)]
    tests = {part: str(file) for part, file in asdict(files)["tests"].items()}
    judged, _ = run_task(
        "judged", how.bounds, system=system, directory=model, train=files.train, tests=tests
    )
    return {
        "fit": [fitted["seconds"]],
        "fit_peak": [ended.peak / 1e6],
        "batch": [each["new"] for each in batches],
        "one_median": [each["median"] for each in singles],
        "one_p99": [each["p99"] for each in singles if each["p99"]],
        "leaf": [shares["leaf"] for shares in judged.values()],
    }
