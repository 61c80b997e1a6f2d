"""omikuji: partitioned label trees that it grows itself by clustering the categories."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import joblib
import numpy as np
import omikuji
from scipy.sparse import csr_matrix

from peers.features import WordTfidf
from peers.system import NO_LABEL, FloatArray, IntArray, LabelSystem

_FEATURES, _TREES = "features.joblib", "trees"


class Omikuji(LabelSystem):
    """Bonsai: wide, shallow, unbalanced trees, the most precise of the settings in its README.

    It takes features, not texts; it gets those of the flat SVM. A score is what it ranks by. It
    has no seed: its figures may move a little from run to run.
    """

    def fit_labels(self, texts: list[str], labels: IntArray) -> None:
        """Write the file that it reads, and fit three trees."""
        self._features = WordTfidf()
        features = self._features.fit_transform(texts)
        settings = omikuji.Model.default_hyper_param()
        settings.cluster_balanced = False
        settings.cluster_k = 100
        settings.max_depth = 3
        with TemporaryDirectory() as directory, _silence():
            path = Path(directory, "train.txt")
            path.write_text("\n".join(_file_lines(features, labels)), "ascii")
            self._model = omikuji.Model.train_on_data(str(path), settings, self.threads)
        self._model.init_prediction_thread_pool(self.threads)

    def predict_labels(self, texts: list[str]) -> tuple[IntArray, FloatArray]:
        """Best category found by its beam search of width 10, name by name: it has no batches."""
        best = [self._best(row) for row in self._features.transform(texts)]
        labels, scores = zip(*best, strict=True)
        return np.array(labels), np.array(scores)

    def save_labels(self, directory: Path) -> None:
        """Write its own form."""
        joblib.dump(self._features, directory / _FEATURES)
        self._model.save(str(directory / _TREES))

    def load_labels(self, directory: Path) -> None:
        """Read it again."""
        self._features = joblib.load(directory / _FEATURES)
        self._model = omikuji.Model.load(str(directory / _TREES))
        self._model.init_prediction_thread_pool(self.threads)

    def _best(self, row: csr_matrix) -> tuple[int, float]:
        pairs = list(zip(row.indices.tolist(), row.data.tolist(), strict=True))
        found = self._model.predict(pairs, top_k=1)
        return found[0] if found else (NO_LABEL, -np.inf)


def _file_lines(features: csr_matrix, labels: IntArray) -> Iterator[str]:
    """Yield the lines of its file format, that of the Extreme Classification Repository."""
    yield "{} {} {}".format(*features.shape, labels.max() + 1)
    for label, row in zip(labels, features, strict=True):
        pairs = zip(row.indices, row.data, strict=True)
        yield " ".join([str(label), *(f"{column}:{value:.6g}" for column, value in pairs)])


@contextmanager
def _silence() -> Iterator[None]:
    """Send what compiled code writes to the terminal, a line a row, nowhere."""
    sys.stdout.flush()
    sys.stderr.flush()
    kept = os.dup(1), os.dup(2)
    with Path(os.devnull).open("w") as nowhere:
        for stream in (1, 2):
            os.dup2(nowhere.fileno(), stream)
    try:
        yield
    finally:
        for stream, copy in zip((1, 2), kept, strict=True):
            os.dup2(copy, stream)
            os.close(copy)
