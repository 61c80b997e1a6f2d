"""napkinXC: a probabilistic label tree that it grows itself by clustering the categories."""

from __future__ import annotations

from pathlib import Path
from shutil import copytree
from tempfile import TemporaryDirectory
from typing import ClassVar

import joblib
import numpy as np
from napkinxc.models import PLT

from peers.features import WordTfidf
from peers.system import NO_LABEL, FloatArray, IntArray, LabelSystem

_FEATURES, _TREE = "features.joblib", "tree"


class NapkinXC(LabelSystem):
    """PLT as in the quick start, with its default settings: logistic loss, C = 10.

    It takes features, not texts; it gets those of the flat SVM. A score is its probability.
    """

    answers_in_parallel: ClassVar[bool] = True

    def fit_labels(self, texts: list[str], labels: IntArray) -> None:
        """Fit into a directory, as it insists, and load from there."""
        self._features = WordTfidf()
        self._directory = TemporaryDirectory()
        self._tree = PLT(self._directory.name, threads=self.threads, seed=self.seed)
        self._tree.fit(self._features.fit_transform(texts), labels.tolist())
        self._tree.load()

    def predict_labels(self, texts: list[str]) -> tuple[IntArray, FloatArray]:
        """Most probable category, by exact search of the tree."""
        found = self._tree.predict_proba(self._features.transform(texts), top_k=1)
        best = [row[0] if row else (NO_LABEL, -np.inf) for row in found]
        labels, scores = zip(*best, strict=True)
        return np.array(labels), np.array(scores)

    def save_labels(self, directory: Path) -> None:
        """Copy the directory that it has been fitted into."""
        joblib.dump(self._features, directory / _FEATURES)
        copytree(self._directory.name, directory / _TREE)

    def load_labels(self, directory: Path) -> None:
        """Load from there."""
        self._features = joblib.load(directory / _FEATURES)
        self._tree = PLT(str(directory / _TREE), threads=self.threads, seed=self.seed)
        self._tree.load()
