"""What a system under measurement is."""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar, NamedTuple

import numpy as np
import numpy.typing as npt

from peers.text import prepared

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]

NO_LABEL = -1
_PATHS = "paths.json"


class NotReadyError(Exception):
    """A system that cannot be measured here; the message says what would help."""


class Answers(NamedTuple):
    """One answer for every name."""

    paths: list[str | None]  # None: no answer
    scores: FloatArray  # (n,): how sure of it, on the system's own scale; -inf without an answer


class System(ABC):
    """Something that learns categories from names.

    Parameters
    ----------
    threads : int
        How many it may use, in fitting and in answering.
    seed : int
        Of all its randomness.

    Attributes
    ----------
    answers_in_parallel : bool
        Whether more threads than one make `predict` faster.
    note : str
        What there is to know about a fit that did not go as planned.
    wasted : float
        Seconds of `fit` that went into attempts which failed.
    """

    answers_in_parallel: ClassVar[bool] = False

    def __init__(self, threads: int, seed: int) -> None:
        self.threads = threads
        self.seed = seed
        self.note = ""
        self.wasted = 0.0

    @abstractmethod
    def fit(self, names: Sequence[str], paths: Sequence[str]) -> None:
        """Learn from raw names and full paths, and be ready to answer."""

    @abstractmethod
    def predict(self, names: Sequence[str]) -> Answers:
        """Answer raw names."""

    def predict_one(self, name: str) -> object:
        """Answer a single raw name, the way that is meant for it."""
        return self.predict([name])

    @abstractmethod
    def save(self, directory: Path) -> None:
        """Write what another process needs to answer into an empty directory."""

    @abstractmethod
    def load(self, directory: Path) -> None:
        """Be ready to answer, as after `fit`; with the fastest form of loading there is."""


class LabelSystem(System):
    """A system that knows nothing of trees: every category is a number from 0 on."""

    def fit(self, names: Sequence[str], paths: Sequence[str]) -> None:
        """Number the categories, prepare the names, fit."""
        self._paths, labels = np.unique(np.array(paths, dtype=object), return_inverse=True)
        self.fit_labels([prepared(name) for name in names], labels)

    def predict(self, names: Sequence[str]) -> Answers:
        """Prepare the names, ask, and give the labels their paths back."""
        labels, scores = self.predict_labels([prepared(name) for name in names])
        paths = [None if label == NO_LABEL else self._paths[label] for label in labels]
        return Answers(paths, np.where(labels == NO_LABEL, -np.inf, scores))

    def save(self, directory: Path) -> None:
        """Write the paths beside what the library writes."""
        (directory / _PATHS).write_text(json.dumps(self._paths.tolist()), "utf-8")
        self.save_labels(directory)

    def load(self, directory: Path) -> None:
        """Read the paths and what the library has written."""
        self._paths = np.array(json.loads((directory / _PATHS).read_text("utf-8")), dtype=object)
        self.load_labels(directory)

    @abstractmethod
    def fit_labels(self, texts: list[str], labels: IntArray) -> None:
        """Learn from prepared names and labels, (n,), every one of 0..labels.max()."""

    @abstractmethod
    def predict_labels(self, texts: list[str]) -> tuple[IntArray, FloatArray]:
        """Best label of every prepared name, (n,), and its score, (n,)."""

    @abstractmethod
    def save_labels(self, directory: Path) -> None:
        """Write all but the paths, as the library's documentation advises."""

    @abstractmethod
    def load_labels(self, directory: Path) -> None:
        """Read it again."""
