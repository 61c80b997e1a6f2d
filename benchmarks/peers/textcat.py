"""textcat itself, trained and asked as its users do."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

import textcat
from peers.system import Answers, System


class Textcat(System):
    """`textcat.train` with its default settings. A score is the probability of the category."""

    def fit(self, names: Sequence[str], paths: Sequence[str]) -> None:
        """Train: reading words, features, classifiers and calibration, all inside."""
        rows = list(zip(names, paths, strict=True))
        self._model = textcat.train(rows, n_jobs=self.threads, random_state=self.seed)

    def predict(self, names: Sequence[str]) -> Answers:
        """Most probable category of every name; none if nothing in it is known."""
        best = [found[0] if found else None for found in self._model.top(names, k=1)]
        paths = [" > ".join(category.path) if category else None for category in best]
        scores = [category.probability if category else -np.inf for category in best]
        return Answers(paths, np.array(scores))
