"""Requests a second, and how long they take, beside bare FastAPI and a scikit-learn pipeline.

    python benchmarks/service.py MODEL CATALOGUE
    python benchmarks/service.py MODEL CATALOGUE --connections 1 8 64 --seconds 5 --workers 2

MODEL is served by `textcat serve`. CATALOGUE is as for benchmarks/speed.py: names of its test rows
are asked, and the pipeline is fitted on its training rows. wrk (https://github.com/wg/wrk), which
has to be installed, posts names over a number of connections at once, one name a request or a
hundred, after it has warmed every server up with the same names. To fit the pipeline
on 100,000 rows takes half an hour; --rows has it fitted on fewer, with fewer words and categories,
so that its answers cost less than they would.

What other programs on the machine leave changes requests a second, but not so much the processor
time that a server takes for one, which is told, too.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from time import sleep
from typing import NamedTuple
from urllib.request import urlopen

from costs.processes import with_descendants
from rows import Rows, read_split
from service_peers import fit

PRECISION = 0.95
NAMES = 10_000  # of the test rows
HERE = Path(__file__).parent
# Posts the bodies of a file, one a line, over and over; every thread begins somewhere else.
SCRIPT = """
local bodies = {}
for line in io.lines("%(bodies)s") do bodies[#bodies + 1] = line end
local next_one = 0
local headers = {["Content-Type"] = "application/json"}
function init(arguments) next_one = math.random(#bodies) end
function request()
  next_one = next_one %% #bodies + 1
  return wrk.format("POST", "/predict", headers, bodies[next_one])
end
function done(summary, latency, requests)
  local errors = summary.errors
  local failed = errors.connect + errors.read + errors.write + errors.status + errors.timeout
  io.write(string.format('{"requests": %%d, "seconds": %%f, "p50": %%f, "p99": %%f, "failed": %%d}',
    summary.requests, summary.duration / 1e6, latency:percentile(50) / 1e3,
    latency:percentile(99) / 1e3, failed))
end
"""


class Load(NamedTuple):
    """What came of asking a server for some seconds."""

    requests: int
    seconds: float
    p50: float  # ms
    p99: float
    failed: int
    processor: float  # ms of the server's for a request


class Shown(NamedTuple):
    """A line of the table; times are in ms, `cpu` is the server's for a request."""

    system: str
    names: str
    at_once: str
    requests_s: str
    names_s: str
    p50: str
    p99: str
    cpu: str
    failed: str


HEADING = "{:<22}{:>6}{:>9}{:>12}{:>10}{:>9}{:>9}{:>8}{:>8}"


def main() -> None:
    options = parsed()
    split = read_split(options.catalogue, options.seed, options.rows)
    names = [name for rows in split.tests.values() for name in rows.names][:NAMES]
    print(HEADING.format(*Shown._fields), "-" * len(HEADING.format(*Shown._fields)), sep="\n")
    with TemporaryDirectory() as directory:
        scripts = {size: script(names, size, Path(directory)) for size in options.names}
        for system, command, environment in systems(options, split.train, Path(directory)):
            with served(command, environment) as (process, port):
                for size, path in scripts.items():
                    load(process, port, path, 8, options.seconds)  # warms it up
                    for connections in options.connections:
                        measured = load(process, port, path, connections, options.seconds)
                        print(HEADING.format(*shown(system, size, connections, measured)))


def parsed() -> argparse.Namespace:
    """The options; and whether there is something to ask with."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("model", type=Path)
    parser.add_argument("catalogue", type=Path)
    parser.add_argument("--names", type=int, nargs="+", default=[1, 100], help="in a request")
    parser.add_argument("--connections", type=int, nargs="+", default=[1, 8, 64])
    parser.add_argument("--seconds", type=int, default=5, help="for every figure")
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--rows", type=int, help="that the pipeline is fitted on")
    parser.add_argument("--seed", type=int, default=0)
    if not shutil.which("wrk"):
        parser.error("wrk is not installed: apt-get install wrk")
    return parser.parse_args()


def systems(
    options: argparse.Namespace, train: Rows, directory: Path
) -> Iterator[tuple[str, list[str], dict[str, str]]]:
    """Names of servers, how each is started at a port yet to be named, and in which environment."""
    workers = ["--workers", str(options.workers)]
    peer = [sys.executable, "-m", "uvicorn", "--app-dir", str(HERE), "--no-access-log"]
    peer += ["--log-level", "warning", *workers]
    yield "FastAPI, echo", [*peer, "service_peers:echo"], {}
    textcat = [sys.executable, "-m", "textcat", "serve", str(options.model), *workers]
    yield "textcat serve", [*textcat, "--interval", "0"], {}
    fit(train.names, train.paths, fitted := directory / "pipeline.joblib")
    environment = {"PIPELINE": str(fitted), "OMP_NUM_THREADS": "1"}
    yield "FastAPI, scikit-learn", [*peer, "service_peers:pipeline"], environment


@contextmanager
def served(command: list[str], environment: dict[str, str]) -> Iterator[tuple[int, int]]:
    """A server that answers: its process and its port."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [*command, "--port", str(port)], env={**os.environ, **environment},
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        while not answers(port):
            if process.poll() is not None:
                raise SystemExit(f"{' '.join(command)} ended with exit code {process.returncode}")
            sleep(0.1)
        yield process.pid, port
    finally:
        process.terminate()
        process.wait()


def answers(port: int) -> bool:
    """Whether a server does."""
    try:
        with urlopen(f"http://127.0.0.1:{port}/health", timeout=5):
            return True
    except OSError:
        return False


def script(names: list[str], size: int, directory: Path) -> Path:
    """Write what wrk has to do with names, so many a request."""
    bodies, path = directory / f"bodies-{size}.jsonl", directory / f"ask-{size}.lua"
    with bodies.open("w", encoding="utf-8") as file:
        for start in range(0, len(names) - size + 1, size):
            question = {"names": names[start : start + size], "precision": [PRECISION]}
            file.write(json.dumps(question, ensure_ascii=False) + "\n")
    path.write_text(SCRIPT % {"bodies": bodies}, "utf-8")
    return path


def load(process: int, port: int, path: Path, connections: int, seconds: int) -> Load:
    """Ask for some seconds."""
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "30s"]
    before = processor_time(process)
    said = subprocess.run(
        [*command, "-s", str(path), f"http://127.0.0.1:{port}"],
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    used = processor_time(process) - before
    figures = json.loads(said.splitlines()[-1])
    return Load(**figures, processor=1000 * used / max(1, figures["requests"]))


def processor_time(process: int) -> float:
    """Seconds that a process and its children have used so far."""
    ticks = 0
    for each in with_descendants(process):
        fields = Path(f"/proc/{each}/stat").read_text("utf-8", "replace").rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def shown(system: str, size: int, connections: int, measured: Load) -> Shown:
    """A line of the table."""
    rate = measured.requests / measured.seconds
    return Shown(
        system, f"{size}", f"{connections}", f"{rate:,.0f}", f"{rate * size:,.0f}",
        f"{measured.p50:.1f}", f"{measured.p99:.1f}", f"{measured.processor:.2f}",
        f"{measured.failed}",
    )  # fmt: skip


if __name__ == "__main__":
    main()
