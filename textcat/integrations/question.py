"""What is asked of a model on another machine: answers to names, or vectors of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from textcat.integrations.shipping import ModelOrPath, Shipped, found_by_workers, opened
from textcat.names import read_names
from textcat.precision import read_precisions
from textcat.prediction.answers import Answers
from textcat.prediction.saved import SavedModel


@dataclass(frozen=True)
class Question:
    """Names are to be answered by this model at these levels: all that a task has to bring along.

    It is the rule of its answers, too: the thresholds are those of the model that was given,
    whatever certificates the one on disk has.

    Attributes
    ----------
    saved : SavedModel
    cache_size : int
        How many chunks of names a worker remembers, as for `textcat.load`.
    thresholds : tuple of (float or None, float)
        Of every precision level.
    depth : int
        How many levels of the way to the most probable leaf are wanted, all or none.
    """

    saved: SavedModel
    cache_size: int
    thresholds: tuple[tuple[float | None, float], ...]
    depth: int

    @classmethod
    def of(
        cls,
        model: ModelOrPath,
        precision: float | Iterable[float | None] | None,
        goods: str | None,
        levels: bool,
    ) -> Question:
        """Check what is asked, as `CategoryModel.predict` does.

        Raises
        ------
        PrecisionError
            If a level is not certified for these goods.
        StorageError
            If workers could not find the model.
        """
        saved, at_hand = found_by_workers(model)
        rule = at_hand.certificates.rule(goods)
        thresholds = [(level, rule.threshold(level)) for level in read_precisions(precision)]
        depth = at_hand.tree.depth if levels else 0
        return cls(saved, at_hand.reader.cache_size, tuple(thresholds), depth)

    @property
    def precisions(self) -> tuple[float | None, ...]:
        """The levels asked for."""
        return tuple(precision for precision, _ in self.thresholds)

    def threshold(self, precision: float | None) -> float:
        """Least probability of an answer at one of the levels."""
        return dict(self.thresholds)[precision]

    def ask(self, names: Iterable[object], shipped: Shipped) -> Answers:
        """The answers, on whatever machine this is called."""
        model, texts = opened(self.saved, self.cache_size, shipped), read_names(names)
        paths = model.scorer.best_paths(texts)
        return Answers(texts, *paths, self.precisions, model.tree, self, model.explain)


@dataclass(frozen=True)
class VectorQuestion:
    """Names are to be encoded by this model: all that a task has to bring along.

    Attributes
    ----------
    saved : SavedModel
    cache_size : int
    dim : int
        Length of the vectors, whatever the model on disk has.
    """

    saved: SavedModel
    cache_size: int
    dim: int

    @classmethod
    def of(cls, model: ModelOrPath) -> VectorQuestion:
        """Check that there are vectors, as `CategoryModel.encode` does."""
        saved, at_hand = found_by_workers(model)
        at_hand.encode([])
        return cls(saved, at_hand.reader.cache_size, at_hand.dim)

    def ask(self, names: Iterable[object], shipped: Shipped) -> npt.NDArray[np.float32]:
        """The vectors, (n, dim), on whatever machine this is called."""
        return opened(self.saved, self.cache_size, shipped).with_vectors(self.dim).encode(names)
