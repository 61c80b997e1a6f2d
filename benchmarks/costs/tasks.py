"""What is measured inside a process that does nothing else. Arguments and results are plain."""

from __future__ import annotations

import gc
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np
from peers import SYSTEMS, NotReadyError, System, make

from costs.data import read_names, read_rows

_WARM_UP = 1000  # names asked before single names are timed


def probe(system: str) -> dict[str, Any]:
    """The version of a system's library, if it is installed."""
    make(system)
    return {"version": version(SYSTEMS[system].requirement)}


def fit(
    system: str, threads: int, seed: int, train: str, directory: str, calibrated: bool = True
) -> dict[str, Any]:
    """Seconds from names and paths to a model that is ready to answer; then it is saved."""
    made, rows = make(system, threads, seed), read_rows(train)
    if not calibrated:
        made.settings = {"calibration": None}  # type: ignore[attr-defined]
    seconds = _seconds(lambda: made.fit(*rows)) - made.wasted
    made.save(Path(directory))
    return {"seconds": seconds, "note": made.note}


def batch(system: str, directory: str, asked: str) -> dict[str, Any]:
    """Names a second: the first half of the names, the second half, and the second half again."""
    made, names = _loaded(system, directory), read_names(asked)
    half = len(names) // 2
    rates = [_rate(made, part) for part in (names[:half], names[half:], names[half:])]
    return dict(zip(("first", "new", "again"), rates, strict=True))


def parallel(system: str, directory: str, many: str, threads: int) -> dict[str, Any]:
    """Names a second with so many threads, all names of the catalogue in one batch."""
    made, names = _loaded(system, directory, threads), read_names(many)
    if not made.answers_in_parallel:
        raise NotReadyError("answers on one thread only")
    made.predict(names[:_WARM_UP])
    return {"rate": _rate(made, names)}


def one(system: str, directory: str, asked: str, count: int, most: float) -> dict[str, Any]:
    """Milliseconds of single names, after others; at most so many of them and so many seconds."""
    made, names = _loaded(system, directory), read_names(asked)
    warm_up = min(_WARM_UP, len(names) // 3)
    _one_by_one(made, names[:warm_up], most / 4)
    times = np.array(_one_by_one(made, names[warm_up : warm_up + count], most)) * 1000
    return {"median": float(np.median(times)), "p99": _p99(times), "count": len(times)}


def judged(system: str, directory: str, train: str, tests: dict[str, str]) -> dict[str, Any]:
    """Accuracy and coverage of every test set."""
    from quality import Judge
    from rows import Split

    made = _loaded(system, directory)
    split = Split(read_rows(train), {part: read_rows(file) for part, file in tests.items()}, 0)
    known = {path for rows in (split.train, *split.tests.values()) for path in rows.paths}
    judge, found = Judge(split), {}
    for part, rows in split.tests.items():
        answers = made.predict(rows.names)
        # a model that was fitted on more rows may answer what these do not have: it is wrong
        paths = [path if path in known else None for path in answers.paths]
        score = judge.score(rows, answers._replace(paths=paths), seconds=1.0)
        found[part] = {"leaf": score.leaf, "coverage": score.coverage}
    return found


def fit_file(catalogue: str, threads: int, directory: str) -> dict[str, Any]:
    """Seconds of reading a catalogue file and of fitting textcat on it, as its users do."""
    import textcat

    rows: list[Any] = []
    reading = _seconds(lambda: rows.append(textcat.read_catalogue(catalogue)))
    models: list[Any] = []
    fitting = _seconds(lambda: models.append(textcat.train(rows[0], n_jobs=threads)))
    models[0].save(directory)
    categories = len(set(rows[0].paths))
    return {"read": reading, "fit": fitting, "rows": len(rows[0]), "categories": categories}


def _loaded(system: str, directory: str, threads: int = 1) -> System:
    made = make(system, threads)
    made.load(Path(directory))
    return made


def _rate(made: System, names: list[str]) -> float:
    return len(names) / _seconds(lambda: made.predict(names))


def _one_by_one(made: System, names: list[str], most: float) -> list[float]:
    """Seconds of every name, until the time is over."""
    times: list[float] = []
    end = perf_counter() + most
    for name in names:
        if perf_counter() > end:
            break
        start = perf_counter()
        made.predict_one(name)
        times.append(perf_counter() - start)
    return times


def _p99(times: np.ndarray[Any, np.dtype[np.float64]]) -> float | None:
    return float(np.percentile(times, 99)) if len(times) >= 200 else None


def _seconds(work: Callable[[], object]) -> float:
    gc.collect()  # what was made before
    start = perf_counter()
    work()
    return perf_counter() - start
