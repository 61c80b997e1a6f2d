"""Fitting every system, and where the fitted ones are."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from shutil import rmtree
from typing import Any

from costs.apart import Bounds, UnmeasuredError, run_task, say
from costs.figures import Figure

OURS = "textcat"


@dataclass
class Fitted:
    """A system and all its figures so far."""

    system: str
    version: str
    directory: Path
    figures: dict[str, Figure] = field(default_factory=dict)
    heavy: list[str] = field(default_factory=list)  # libraries imported on the way to an answer
    note: str = ""  # what there is to know about the fit
    given: bool = False  # fitted before this run

    @property
    def is_ready(self) -> bool:
        """Whether it can be asked."""
        return self.given or bool(self.figures["fit"].measured)

    def add(self, key: str, turn: int, value: float | None, why: str = "") -> None:
        """Keep a value of a round; the rounds that left it out get None."""
        figure = self.figures.setdefault(key, Figure())
        figure.values += [None] * (turn - len(figure.values)) + [value]
        figure.why = figure.why or why

    def try_to(self, keys: tuple[str, ...], turn: int, measure: Callable[[], list[float]]) -> None:
        """Measure some figures; if that is impossible, they say why from then on."""
        if any(self.figures[key].why for key in keys if key in self.figures):
            return
        say(f"{self.system}: {', '.join(keys)}, round {turn + 1}")
        try:
            for key, value in zip(keys, measure(), strict=True):
                self.add(key, turn, value)
        except UnmeasuredError as error:
            say(f"{self.system}: {error}")
            for key in keys:
                self.add(key, turn, None, str(error))


@dataclass(frozen=True)
class Fits:
    """How systems are fitted.

    With `reuse`, peers that were fitted there on the same rows are not fitted again, and their
    figures are those of then. textcat is always fitted, unless `model` has it.
    """

    train: Path
    digest: str
    threads: int
    seed: int
    repeats: int
    patience: float  # seconds after which a system is not fitted once more
    bounds: Bounds
    directory: Path
    reuse: Path | None
    model: Path | None

    def of(self, versions: dict[str, str]) -> list[Fitted]:
        """Fit all systems in turns; those that fail have no directory."""
        systems = [
            Fitted(name, version, self._place(name, version)) for name, version in versions.items()
        ]
        for turn in range(self.repeats):
            for each in systems:
                if not self._is_given(each):
                    self._fit(each, turn)
        return systems

    def _is_given(self, each: Fitted) -> bool:
        """Take what is there already."""
        if each.figures:
            return each.given or sum(each.figures["fit"].measured) > self.patience
        if each.system == OURS and self.model:
            each.directory, each.given = self.model, True
            each.note = "its model was given, and may have been fitted on other rows"
            for key in ("fit", "fit_uncalibrated", "fit_peak"):
                each.figures[key] = Figure(why="not fitted in this run")
            return True
        record = _record(each.directory)
        if each.system == OURS or not record.exists():
            return False
        kept = json.loads(record.read_text("utf-8"))
        each.figures = {key: Figure(values) for key, values in kept["figures"].items()}
        each.note = ", ".join(filter(None, [kept["note"], "fitted in an earlier run"]))
        each.given = True
        return True

    def _fit(self, each: Fitted, turn: int) -> None:
        each.try_to(("fit", "fit_peak"), turn, lambda: self._fit_once(each, each.directory))
        if each.system == OURS:
            other = each.directory.with_name("uncalibrated")
            each.try_to(
                ("fit_uncalibrated",),
                turn,
                lambda: self._fit_once(each, other, calibrated=False)[:1],
            )
        if each.figures["fit"].measured and not each.figures["fit"].why:
            figures = {key: figure.values for key, figure in each.figures.items()}
            kept = {"figures": figures, "note": each.note}
            _record(each.directory).write_text(json.dumps(kept), "utf-8")

    def _fit_once(self, each: Fitted, directory: Path, **settings: Any) -> list[float]:
        rmtree(directory, ignore_errors=True)
        directory.mkdir(parents=True)
        found, ended = run_task(
            "fit", self.bounds, self.threads,
            system=each.system, threads=self.threads, seed=self.seed, train=self.train,
            directory=directory, **settings,
        )  # fmt: skip
        each.note = found["note"]
        return [found["seconds"], ended.peak / 1e6]

    def _place(self, system: str, version: str) -> Path:
        key = f"{system}-{version}-{self.digest}-{self.threads}-{self.seed}"
        return (self.reuse or self.directory) / key / "model"


def _record(directory: Path) -> Path:
    return directory.parent / "fit.json"
