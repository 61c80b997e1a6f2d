"""napkinXC: a probabilistic label tree that it grows itself by clustering the categories."""

from __future__ import annotations

from tempfile import TemporaryDirectory

import numpy as np
from napkinxc.models import PLT

from peers.system import NO_LABEL, FloatArray, IntArray, LabelSystem
from peers.text import WordTfidf


class NapkinXC(LabelSystem):
    """PLT as in the quick start, with its default settings: logistic loss, C = 10.

    It takes features, not texts; it gets those of the flat SVM. A score is its probability.
    """

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
