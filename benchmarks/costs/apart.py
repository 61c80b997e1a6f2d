"""Run something in a process of its own, on so many cores, within bounds of time and memory."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile
from time import monotonic, perf_counter
from typing import IO, Any, NamedTuple

from costs.processes import cores, resident, with_descendants

_BENCHMARKS = Path(__file__).parents[1]
_THREADS = (
    "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS",
    "RAYON_NUM_THREADS",
)  # fmt: skip
_LAST_WORDS = 300  # characters of what a process that failed has written


class UnmeasuredError(Exception):
    """There is no figure; the message says why."""


class Ended(NamedTuple):
    """A process that has done what it had to."""

    output: str
    seconds: float  # from its start to its end
    peak: int  # bytes resident, it and its children together; pages they share count for each


@dataclass(frozen=True)
class Bounds:
    """What a single measurement may take before it is given up."""

    seconds: float
    bytes: float


def run_task(
    task: str, bounds: Bounds, n_cores: int = 1, **arguments: Any
) -> tuple[dict[str, Any], Ended]:
    """Run a function of costs/tasks.py; what it gave, and how its process ended."""
    with TemporaryDirectory() as directory:
        given, result = Path(directory, "arguments.json"), Path(directory, "result.json")
        given.write_text(json.dumps(arguments, default=str), "utf-8")
        ended = run_python(["-m", "costs", task, str(given), str(result)], bounds, n_cores)
        found: dict[str, Any] = json.loads(result.read_text("utf-8"))
    if "why" in found:
        raise UnmeasuredError(found["why"])
    return found, ended


def run_python(arguments: Sequence[str], bounds: Bounds, n_cores: int = 1) -> Ended:
    """Run this Python with arguments until it ends.

    Raises
    ------
    UnmeasuredError
        If it fails, or takes more than it may.
    """
    with started_python(arguments, n_cores) as (process, complaints):
        start, most = perf_counter(), 0
        while True:
            try:
                output = process.communicate(timeout=0.05 if most < 1e8 else 0.2)[0]
                break
            except subprocess.TimeoutExpired:
                most = max(most, sum(map(resident, with_descendants(process.pid))))
                _check(most, perf_counter() - start, bounds)
        seconds = perf_counter() - start
        complaints.seek(0)
        last = " ".join(complaints.read().decode("utf-8", "replace")[-_LAST_WORDS:].split())
    if process.returncode:
        raise UnmeasuredError(f"ended with {process.returncode}: {last}")
    return Ended(output, seconds, most)


@contextmanager
def started_python(
    arguments: Sequence[str], n_cores: int = 1
) -> Iterator[tuple[subprocess.Popen[str], IO[bytes]]]:
    """Start this Python with arguments; whatever happens, nothing of it is left running."""
    chosen = cores()[-n_cores:]
    environment = {**os.environ, **dict.fromkeys(_THREADS, str(n_cores))}
    environment["PYTHONPATH"] = str(_BENCHMARKS)
    with TemporaryFile() as complaints:
        process = subprocess.Popen(
            [sys.executable, *arguments],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=complaints, text=True,
            env=environment, start_new_session=True,
            preexec_fn=lambda: os.sched_setaffinity(0, chosen),
        )  # fmt: skip
        try:
            yield process, complaints
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


def say(text: str) -> None:
    """Tell on standard error what is being done; minutes pass between two figures."""
    sys.stderr.write(f"{monotonic() - _BEGUN:7.0f} s  {text}\n")
    sys.stderr.flush()


def _check(most: int, seconds: float, bounds: Bounds) -> None:
    if most > bounds.bytes:
        raise UnmeasuredError(f"needs more than {bounds.bytes / 1e9:.0f} GB of memory")
    if seconds > bounds.seconds:
        raise UnmeasuredError(f"takes more than {bounds.seconds:,.0f} s")


_BEGUN = monotonic()
