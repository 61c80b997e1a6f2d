"""A process that holds a model: `python -m costs.hold SYSTEM DIRECTORY NAMES.json`.

It loads, answers the names one batch, writes which modules it has imported, and waits. With a
JSON list of modules for SYSTEM and nothing else it imports these and holds no model.
"""

from __future__ import annotations

import json
import sys
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from warnings import simplefilter


def main(system: str, *model: str) -> None:
    simplefilter("ignore")
    if model:
        from peers import make

        directory, names = model
        made = make(system)
        made.load(Path(directory))
        made.predict(json.loads(Path(names).read_text("utf-8")))
    else:
        for module in json.loads(Path(system).read_text("utf-8")):
            with suppress(Exception):  # some cannot be imported by themselves
                import_module(module)
    sys.stdout.write("\n" + json.dumps(sorted(set(sys.modules) - {"__main__"})) + "\n")
    sys.stdout.flush()
    sys.stdin.read()


main(*sys.argv[1:])
