"""textcat itself, trained and asked as its users do."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, ClassVar

import numpy as np

import textcat
from peers.system import Answers, System


class Textcat(System):
    """`textcat.train` with its default settings. A score is the probability of the category.

    Asking gives the probability of every level on the way; of these only the last is used here.
    """

    answers_in_parallel: ClassVar[bool] = True

    def __init__(self, threads: int, seed: int) -> None:
        super().__init__(threads, seed)
        self.settings: dict[str, Any] = {}

    def fit(self, names: Sequence[str], paths: Sequence[str]) -> None:
        """Train: reading words, features, classifiers and calibration, all inside."""
        rows = list(zip(names, paths, strict=True))
        self._model = textcat.train(
            rows, n_jobs=self.threads, random_state=self.seed, **self.settings
        )

    def predict(self, names: Sequence[str]) -> Answers:
        """Most probable category of every name; none if nothing in it is known."""
        found = self._model.predict(names, precision=None, n_jobs=self.threads)
        paths = [" > ".join(path) if path else None for path in found.paths]
        is_known = found.leaf_probabilities > 0
        return Answers(paths, np.where(is_known, found.leaf_probabilities, -np.inf))

    def predict_one(self, name: str) -> object:
        """Titles of the way to the most probable category, the answer's probabilities with it."""
        return self._model.predict(name, precision=None).path

    def save(self, directory: Path) -> None:
        """Write a model directory."""
        self._model.save(directory)

    def load(self, directory: Path) -> None:
        """Map it into memory."""
        self._model = textcat.load(directory)
