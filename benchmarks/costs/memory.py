"""Memory of a process that holds a model, and what a second one adds."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from costs.apart import UnmeasuredError, started_python
from costs.processes import proportional, resident


class Held(NamedTuple):
    """Bytes."""

    resident: int  # of one process, all that it has in memory (RSS)
    second: int  # what two have together beyond what one has (sum of PSS)
    second_model: int  # the same without what two have beyond one that only import the modules


def held(system: str, directory: Path, names: Path) -> Held:
    """Load a model in one process, then in two, and in as many only import what these import."""
    arguments = ["-m", "costs.hold", system, str(directory), str(names)]
    with ExitStack() as stack:
        first, modules = stack.enter_context(holding(arguments))
        in_memory, alone = resident(first), proportional(first)
        second, _ = stack.enter_context(holding(arguments))
        added = proportional(first) + proportional(second) - alone
    with TemporaryDirectory() as temporary, ExitStack() as stack:
        file = Path(temporary, "modules.json")
        file.write_text(json.dumps(modules), "utf-8")
        arguments = ["-m", "costs.hold", str(file)]
        first, _ = stack.enter_context(holding(arguments))
        alone = proportional(first)
        second, _ = stack.enter_context(holding(arguments))
        bare = proportional(first) + proportional(second) - alone
    return Held(in_memory, added, added - bare)


@contextmanager
def holding(arguments: list[str]) -> Iterator[tuple[int, list[str]]]:
    """Start a process; its id, and the modules that it had imported when it was ready."""
    with started_python(arguments) as (process, complaints):
        assert process.stdout is not None
        for line in process.stdout:
            if line.startswith("["):
                yield process.pid, json.loads(line)
                return
        complaints.seek(0)
        last = complaints.read().decode("utf-8", "replace").strip().rpartition("\n")[2]
        raise UnmeasuredError(f"can't be loaded: {last}")
