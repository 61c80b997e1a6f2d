"""Where figures come from: machine, versions, date. No names of hosts, no paths."""

from __future__ import annotations

import os
import platform
import shlex
from argparse import ArgumentParser, Namespace
from datetime import datetime, timezone
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from peers import SYSTEMS

from costs.processes import cores

_LIBRARIES = {"numpy", "scipy", "scikit-learn", "pymorphy3", "DAWG2", "joblib", "numba"}


def facts(options: Namespace, parser: ArgumentParser) -> dict[str, object]:
    """All that is worth knowing about a run."""
    packages = _LIBRARIES | {place.requirement for place in SYSTEMS.values()}
    found = {package: _version(package) for package in sorted(packages, key=str.lower)}
    return {
        "machine": _machine(),
        "python": platform.python_version(),
        "versions": {package: each for package, each in found.items() if each},
        "date": datetime.now(timezone.utc).date().isoformat(),
        "command": command(options, parser),
    }


def command(options: Namespace, parser: ArgumentParser) -> str:
    """The command of a run, files replaced by what the parser calls them.

    >>> parser = ArgumentParser()
    >>> _ = parser.add_argument("catalogue", type=Path, metavar="CATALOGUE")
    >>> _ = parser.add_argument("--rows", type=int)
    >>> command(parser.parse_args(["goods.tsv", "--rows", "10"]), parser)
    'python benchmarks/speed.py CATALOGUE --rows 10'
    """
    words = ["python", "benchmarks/speed.py"]
    for action in parser._actions:
        value = getattr(options, action.dest, action.default)
        if value == action.default or action.dest == "help":
            continue
        words += action.option_strings[:1]
        if isinstance(value, Path):
            words.append(str(action.metavar))
        elif isinstance(value, list):
            words.append(",".join(map(str, value)))
        elif value is not True:
            words.append(str(value))
    return shlex.join(words)


def memory_bytes() -> int:
    """Memory of the machine."""
    return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")


def _machine() -> str:
    lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    models = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    memory = f"{memory_bytes() / 2**30:.0f} GB of memory"
    model = models[0] if models else platform.machine()
    return f"{model}, {len(cores())} cores, {memory}, {platform.system()} {platform.machine()}"


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None
