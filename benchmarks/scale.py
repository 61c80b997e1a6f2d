"""How many names a second are answered by how many workers: processes, Spark, Dask.

    python benchmarks/scale.py MODEL NAMES_FILE
    python benchmarks/scale.py MODEL NAMES_FILE --names 50000 --runs 3 --workers 1 2 4

NAMES_FILE has a name a line, the first a heading. Every system and number of workers has a process
of its own, which first starts its workers and has each open the model: that is told apart. Every
run then answers names that no run before has seen, so that nothing is remembered from the last.

What more cores would give is a guess, and marked as one. Processor time is what a busy machine
changes least, so it is counted: of the process that asks, which no worker takes from it, and of all
others. By Amdahl's law the one stays, and the other is divided among the workers. That knows of no
network, no slow disk and no other users; Spark's own Java process, which asks and answers in one
here, counts as a worker.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import Any, NamedTuple

from costs.processes import cores, with_descendants

import textcat

PRECISION = 0.95
PARTS = 8  # partitions a worker, so that no worker waits long for the last one
GUESSED = (1, 2, 8, 32)

Names = list[str]
Answer = Callable[[Names], Callable[[], object]]  # names made ready, and then answered


class Run(NamedTuple):
    """What a name took: seconds by the clock, of the asking process, and of all its workers."""

    passed: float
    asking: float
    working: float


class Measured(NamedTuple):
    """One system with so many workers."""

    start: float  # seconds until every worker has answered
    runs: list[Run]

    @property
    def speeds(self) -> list[float]:
        """Names a second in every run."""
        return [1 / run.passed for run in self.runs]

    def guess(self, workers: int) -> float:
        """Names a second with so many workers, each on a core of its own: Amdahl's law."""
        asking = median(run.asking for run in self.runs)
        return 1 / (asking + median(run.working for run in self.runs) / workers)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("model", type=Path)
    parser.add_argument("file", type=Path)
    parser.add_argument("--names", type=int, default=50_000, help="names a run")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2, 4])
    parser.add_argument("--systems", nargs="+", choices=SYSTEMS, default=list(SYSTEMS))
    parser.add_argument("--measure", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.measure:
        (system,), (workers,) = arguments.systems, arguments.workers
        found = _measure(system, workers, arguments)
        sys.stdout.write(json.dumps(found))
        return
    here = len(cores())
    print(f"{here} cores, load {os.getloadavg()[0]:.1f}; median of {arguments.runs} runs (range)")
    print(f"{'system':10}{'workers':>8}{'start, s':>10}{'names/s':>9}{'':17}", end="")
    print("processor µs a name: asking, working")
    for system in arguments.systems:
        for workers in arguments.workers:
            measured = _in_new_process(system, workers)
            print(_line(system, workers, measured, here), flush=True)
            if workers == here:
                print(_guesses(system, measured))


def _in_new_process(system: str, workers: int) -> Measured:
    """Measure there; the options of this process hold, but for what is measured."""
    command = [sys.executable, *sys.argv, "--systems", system, "--workers", str(workers)]
    of_spark = {"SPARK_LOCAL_IP": "127.0.0.1", "PYSPARK_PYTHON": sys.executable}
    environment = {**os.environ, **of_spark, "OMP_NUM_THREADS": "1"}
    ended = subprocess.run(
        [*command, "--measure"], capture_output=True, env=environment, text=True, check=False
    )
    if ended.returncode:
        raise SystemExit(f"{system} with {workers} workers failed:\n{ended.stderr[-2000:]}")
    start, runs = json.loads(ended.stdout)
    return Measured(start, [Run(*run) for run in runs])


def _measure(system: str, workers: int, arguments: argparse.Namespace) -> Measured:
    with arguments.file.open(encoding="utf-8") as file:
        lines = islice(file, 1, None)
        runs = [
            [name.rstrip("\n") for name in islice(lines, arguments.names)]
            for _ in range(arguments.runs + 1)
        ]
    if len(runs[-1]) < arguments.names:
        raise SystemExit(f"{arguments.file} has too few names for so many runs")
    begun = perf_counter()
    with SYSTEMS[system](arguments.model, workers) as answer:
        answer(runs[0])()
        start = perf_counter() - begun
        return Measured(start, [_run(answer(names), len(names)) for names in runs[1:]])


def _run(ready: Callable[[], object], count: int) -> Run:
    before = perf_counter(), process_time(), _of_workers()
    ready()
    after = perf_counter(), process_time(), _of_workers()
    return Run(*((end - begin) / count for begin, end in zip(before, after, strict=True)))


def _of_workers() -> float:
    """Processor seconds of all processes that this one has started, directly or not."""
    return sum(map(_processor_seconds, with_descendants(os.getpid())[1:]))


def _processor_seconds(process: int) -> float:
    """Those of one process; 0 if it has ended."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text("utf-8", "replace").rpartition(")")[2]
    except OSError:
        return 0.0
    return sum(map(int, fields.split()[11:13])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def _processes(model: Path, workers: int) -> Iterator[Answer]:
    """`predict(n_jobs=)`; one worker is this process alone."""
    loaded = textcat.load(model)
    yield lambda names: lambda: loaded.predict(names, PRECISION, n_jobs=workers)


@contextmanager
def _spark(model: Path, workers: int) -> Iterator[Answer]:
    from pyspark.sql import SparkSession

    from textcat.integrations.spark import predict

    builder = SparkSession.builder.master(f"local[{workers}]")
    for option, value in (("driver.bindAddress", "127.0.0.1"), ("ui.enabled", "false")):
        builder = builder.config(f"spark.{option}", value)
    with builder.getOrCreate() as session:

        def ready(names: Names) -> Callable[[], object]:
            frame = session.createDataFrame([(name,) for name in names], "name string")
            frame = frame.repartition(workers * PARTS).cache()
            frame.count()
            answered = predict(frame, str(model), precision=PRECISION)
            return answered.write.format("noop").mode("overwrite").save

        yield ready


@contextmanager
def _dask(model: Path, workers: int) -> Iterator[Answer]:
    import pandas
    from dask.dataframe import from_pandas
    from distributed import Client, LocalCluster, wait

    from textcat.integrations.dask import predict

    options = {"host": "127.0.0.1", "dashboard_address": None, "threads_per_worker": 1}
    with LocalCluster(n_workers=workers, **options) as cluster, Client(cluster):

        def ready(names: Names) -> Callable[[], object]:
            frame = from_pandas(pandas.DataFrame({"name": names}), npartitions=workers * PARTS)
            frame = frame.persist()
            wait(frame)
            answered = predict(frame, model, precision=PRECISION)
            return answered.map_partitions(len, meta=(None, int)).compute

        yield ready


def _line(system: str, workers: int, each: Measured, here: int) -> str:
    spread = f" ({min(each.speeds):,.0f}–{max(each.speeds):,.0f})"
    asking, working = (1e6 * median(column) for column in list(zip(*each.runs, strict=True))[1:])
    note = "  more workers than cores" if workers > here else ""
    return (
        f"{system:10}{workers:8}{each.start:10.1f}{median(each.speeds):9,.0f}{spread:17}"
        f"{asking:8.0f}{working:9.0f}{note}"
    )


def _guesses(system: str, measured: Measured) -> str:
    guesses = (f"{measured.guess(workers):,.0f} with {workers}" for workers in GUESSED)
    return f"{system:10}   guess: {', '.join(guesses)} cores"


SYSTEMS: dict[str, Any] = {"processes": _processes, "spark": _spark, "dask": _dask}


if __name__ == "__main__":
    main()
