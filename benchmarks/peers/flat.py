"""scikit-learn without any hierarchy: TF-IDF of words and one linear SVM a category."""

from __future__ import annotations

from pathlib import Path

import joblib
import numpy as np
from sklearn.svm import LinearSVC

from peers.features import WordTfidf
from peers.margins import best_and_lead
from peers.system import FloatArray, IntArray, LabelSystem

_FILE = "model.joblib"
_CHUNK = 4096  # rows; the margins of all categories for all rows at once would fill the memory


class FlatSvm(LabelSystem):
    """TfidfVectorizer and LinearSVC, one versus rest, C = 1.

    This is the pipeline of scikit-learn's example "Classification of text documents using sparse
    features", where LinearSVC with its default settings is among the best. A score is the lead of
    the best margin over the second best.
    """

    def fit_labels(self, texts: list[str], labels: IntArray) -> None:
        """Fit features, then as many binary SVMs as there are categories, one by one."""
        self._features = WordTfidf()
        self._svm = LinearSVC(random_state=self.seed)
        self._svm.fit(self._features.fit_transform(texts), labels)

    def predict_labels(self, texts: list[str]) -> tuple[IntArray, FloatArray]:
        """Categories of the best margins."""
        features = self._features.transform(texts)
        chunks = [features[start : start + _CHUNK] for start in range(0, len(texts), _CHUNK)]
        parts = [best_and_lead(self._svm.decision_function(chunk)) for chunk in chunks]
        labels, scores = zip(*parts, strict=True)
        return np.concatenate(labels), np.concatenate(scores)

    def save_labels(self, directory: Path) -> None:
        """Dump with joblib, as scikit-learn's chapter on persistence advises for large arrays."""
        joblib.dump((self._features, self._svm), directory / _FILE)

    def load_labels(self, directory: Path) -> None:
        """Map the arrays into memory, so that processes share them."""
        self._features, self._svm = joblib.load(directory / _FILE, mmap_mode="r")
