"""The inside of a process that measures: `python -m costs TASK ARGUMENTS.json RESULT.json`."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from peers import NotReadyError

from costs import tasks


def main(task: str, given: str, result: str) -> None:
    arguments = json.loads(Path(given).read_text("utf-8"))
    Path(result).write_text(json.dumps(_run(task, arguments)), "utf-8")


def _run(task: str, arguments: dict[str, Any]) -> dict[str, Any]:
    try:
        found: dict[str, Any] = getattr(tasks, task)(**arguments)
    except NotReadyError as error:
        return {"why": str(error)}
    except Exception as error:  # whatever a library raises: the others' hours are not to be lost
        return {"why": f"failed: {type(error).__name__}: {str(error)[:200]}"}
    return found


main(*sys.argv[1:])
