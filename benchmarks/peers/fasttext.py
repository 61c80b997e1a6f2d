"""fastText, supervised, with both of its losses.

Settings are those at the end of its tutorial on text classification, once before and once after
"Scaling things up". More than one thread would race for the weights, and no two runs would agree.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any, ClassVar

import fasttext
import numpy as np

from peers.system import NO_LABEL, FloatArray, IntArray, LabelSystem

_PREFIX = "__label__"
_FILE = "model.bin"
# Its tutorial calls 0.1 to 1.0 good. Where 1.0 ends in "Encountered NaN", the next one is taken.
_RATES = (1.0, 0.5, 0.25, 0.1)


class FastTextSoftmax(LabelSystem):
    """Softmax over all categories. A score is its probability."""

    settings: ClassVar[dict[str, Any]] = {
        "loss": "softmax",
        "epoch": 25,
        "wordNgrams": 2,
    }

    def fit_labels(self, texts: list[str], labels: IntArray) -> None:
        """Write the file that it reads, and fit; a category with one row counts too."""
        with TemporaryDirectory() as directory:
            path = Path(directory, "train.txt")
            lines = zip(labels, texts, strict=True)
            path.write_text("".join(f"{_PREFIX}{n} {text}\n" for n, text in lines), "utf-8")
            for rate in _RATES:
                if self._fit_file(path, rate):
                    return
        raise RuntimeError(f"diverges at every learning rate: {_RATES}")

    def _fit_file(self, path: Path, rate: float) -> bool:
        """Fit at a learning rate; False if it diverges."""
        start = perf_counter()
        try:
            self._model = fasttext.train_supervised(
                str(path), **self.settings, lr=rate, thread=self.threads, seed=self.seed, verbose=0
            )
        except RuntimeError as error:
            if "NaN" not in str(error):
                raise
            self.wasted += perf_counter() - start
            self.note = f"diverged at learning rate {rate}, so a lower one was taken"
            return False
        return True

    def predict_labels(self, texts: list[str]) -> tuple[IntArray, FloatArray]:
        """Most probable category; none for a name without any known word."""
        found, probabilities = self._model.predict(texts, k=1)
        labels = [int(best[0].removeprefix(_PREFIX)) if best else NO_LABEL for best in found]
        scores = [best[0] if len(best) else -np.inf for best in probabilities]
        return np.array(labels), np.array(scores, dtype=np.float64)

    def save_labels(self, directory: Path) -> None:
        """Write its own form."""
        self._model.save_model(str(directory / _FILE))

    def load_labels(self, directory: Path) -> None:
        """Read it again."""
        self._model = fasttext.load_model(str(directory / _FILE))


class FastTextHierarchicalSoftmax(FastTextSoftmax):
    """A Huffman tree of binary decisions over the categories: fast, less accurate."""

    settings: ClassVar[dict[str, Any]] = {
        "loss": "hs",
        "epoch": 25,
        "wordNgrams": 2,
        "bucket": 200_000,
        "dim": 50,
    }
