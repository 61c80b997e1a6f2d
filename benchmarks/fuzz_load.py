"""Mutate a model's directory thousands of times, load what comes of it and ask it everything.

    python benchmarks/fuzz_load.py MODEL --mutants 10000 --first 0

Mutants are tried in a process that may take 3 GB and two minutes for fifty of them. One that it
dies of is told, and the next process goes on with the one after it. `tests/mutated_models.py` says
what is done to a directory, `tests/try_mutants.py` what is asked.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

SCRIPT = Path(__file__).parents[1] / "tests" / "try_mutants.py"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("model", type=Path, help="a directory that a small model was saved to")
    parser.add_argument("--mutants", type=int, default=10_000)
    parser.add_argument("--first", type=int, default=0, help="seed of the first")
    options = parser.parse_args()
    came: Counter[str] = Counter()
    seed, end = options.first, options.first + options.mutants
    while seed < end:
        seed, some = tried(options.model, seed, min(1000, end - seed))
        came.update(some)
        print(f"{seed - options.first:,} mutants: {dict(came)}", flush=True)


def tried(model: Path, first: int, count: int) -> tuple[int, dict[str, int]]:
    """The seed to go on with, and what came of the mutants before it."""
    command = [sys.executable, SCRIPT, model, str(first), str(count)]
    ended = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    *wrong, last = ended.stdout.splitlines() or [""]
    if ended.returncode == 0:
        print(*wrong, sep="\n", end="\n" if wrong else "")
        return first + count, json.loads(last)
    told = [line for line in ended.stderr.splitlines() if line.split(" ")[0].isdecimal()]
    print(ended.stdout, f"died, {ended.returncode}: {told[-1:]}", ended.stderr[-2000:], sep="\n")
    seed = int(told[-1].split(" ")[0]) if told else first
    return seed + 1, {"died": 1, "before it": seed - first}


if __name__ == "__main__":
    main()
