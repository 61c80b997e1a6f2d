"""All systems side by side: every figure of the comparison, in turns."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from costs.apart import Bounds, run_python, run_task
from costs.data import Files, read_names, write_names
from costs.fitted import Fitted
from costs.memory import held
from costs.processes import size_on_disk

_HELD = 1000  # names that a process has answered when its memory is looked at


@dataclass(frozen=True)
class Comparison:
    """How fitted systems are asked."""

    files: Files
    bounds: Bounds
    rounds: int
    single_names: int
    single_seconds: float

    def run(self, systems: list[Fitted]) -> None:
        """Measure in turns, A B C A B C, so that a slow minute of the machine meets all alike."""
        fitted = [each for each in systems if each.is_ready]
        for turn in range(self.rounds):
            for measure in (self._batch, self._one, self._start, self._parallel):
                for each in fitted:
                    measure(each, turn)
        for each in fitted:
            self._memory(each)
            self._quality(each)

    def _batch(self, each: Fitted, turn: int) -> None:
        keys = ("batch_first", "batch", "batch_again")
        each.try_to(keys, turn, self._asking("batch", each, ("first", "new", "again")))

    def _one(self, each: Fitted, turn: int) -> None:
        asking = self._asking(
            "one", each, ("median", "p99"), count=self.single_names, most=self.single_seconds
        )
        each.try_to(("one_median", "one_p99"), turn, asking)
        if each.figures["one_p99"].values[-1] is None:
            each.figures["one_p99"].why = each.figures["one_p99"].why or "too few names in the time"

    def _parallel(self, each: Fitted, turn: int) -> None:
        def ratio() -> list[float]:
            rates = [
                run_task(
                    "parallel", self.bounds, 2,
                    system=each.system, directory=each.directory, many=self.files.many, threads=n,
                )[0]["rate"]
                for n in (2, 1)
            ]  # fmt: skip
            return [rates[0] / rates[1]]

        each.try_to(("parallel",), turn, ratio)

    def _start(self, each: Fitted, turn: int) -> None:
        def stages() -> list[float]:
            name = read_names(self.files.asked)[turn]
            arguments = ["-m", "costs.first_answer", each.system, str(each.directory), name]
            ended = run_python(arguments, self.bounds)
            found = json.loads(ended.output.strip().rpartition("\n")[2])
            each.heavy = found["heavy"]
            return [ended.seconds, found["import"], found["load"], found["answer"]]

        each.try_to(("start", "start_import", "start_load", "start_answer"), turn, stages)

    def _memory(self, each: Fitted) -> None:
        each.try_to(("disk",), 0, lambda: [size_on_disk(each.directory) / 1e6])

        def memory() -> list[float]:
            sample = write_names(
                read_names(self.files.asked)[:_HELD], self.files.asked.with_name("held.json")
            )
            return [amount / 1e6 for amount in held(each.system, each.directory, sample)]

        each.try_to(("resident", "second", "second_model"), 0, memory)

    def _quality(self, each: Fitted) -> None:
        parts = list(self.files.tests)
        keys = [f"{figure}_{part}" for part in parts for figure in ("leaf", "coverage")]

        def judged() -> list[float]:
            found, _ = run_task(
                "judged", self.bounds, system=each.system, directory=each.directory,
                train=self.files.train, tests=_as_text(self.files.tests),
            )  # fmt: skip
            return [found[part][figure] for part in parts for figure in ("leaf", "coverage")]

        each.try_to(tuple(keys), 0, judged)

    def _asking(
        self, task: str, each: Fitted, keys: tuple[str, ...], **arguments: Any
    ) -> Callable[[], list[float]]:
        def ask() -> list[float]:
            found, _ = run_task(
                task, self.bounds,
                system=each.system, directory=each.directory, asked=self.files.asked, **arguments,
            )  # fmt: skip
            return [found[key] for key in keys]

        return ask


def _as_text(files: dict[str, Path]) -> dict[str, str]:
    return {part: str(file) for part, file in files.items()}
