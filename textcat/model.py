"""A trained model: from names to categories.

The only place where names → features and tree → classifier → answers meet.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple, overload

import numpy as np
import numpy.typing as npt
from scipy import sparse

from textcat.chunks import LONGEST_NAME
from textcat.descent import LinearTree
from textcat.explanation import Explanation, explain_path
from textcat.name_reader import NameReader
from textcat.names import is_one_name, read_name, read_names
from textcat.precision import (
    DEFAULT_PRECISION,
    EVALUATED_PRECISIONS,
    ProbabilityThreshold,
    read_precisions,
)
from textcat.prediction import NO_NODE, Answer, Answers
from textcat.tree import CategoryTree

if TYPE_CHECKING:
    from textcat.evaluation import Evaluation

# Names are taken through the model this many at a time, so that memory stays bounded.
BATCH = 8192


class Candidate(NamedTuple):
    """One of the most probable categories of a name."""

    id: str
    path: tuple[str, ...]
    probability: float


class CategoryModel:
    """Tells the category of a product from its name.

    Made by `textcat.train` or `textcat.load`; read-only, may be shared by threads.

    Parameters
    ----------
    tree : CategoryTree
    reader : NameReader
        Names to features.
    linear_tree : LinearTree
        Features to probabilities of categories.
    facts : mapping
        How the model was made: plain values only.

    Examples
    --------
    >>> import textcat
    >>> rows = [("Чай зелёный", "Чай"), ("Чай чёрный", "Чай"),
    ...         ("Кофе молотый", "Кофе"), ("Кофе в зёрнах", "Кофе")]
    >>> model = textcat.train(rows, n_jobs=1)
    >>> model.predict("чай с мятой", precision=0.5).path
    ('Чай',)
    >>> model.predict("гвозди", precision=0.5).path is None
    True
    """

    def __init__(
        self,
        tree: CategoryTree,
        reader: NameReader,
        linear_tree: LinearTree,
        facts: Mapping[str, Any],
    ) -> None:
        self.tree = tree
        self.reader = reader
        self.linear_tree = linear_tree
        self.facts = dict(facts)
        self.rule = ProbabilityThreshold()

    @overload
    def predict(  # type: ignore[overload-overlap]  # text is an iterable, too, but one name
        self, names: str | bytes, precision: float | Iterable[float] | None = ...
    ) -> Answer: ...

    @overload
    def predict(
        self, names: Iterable[object], precision: float | Iterable[float] | None = ...
    ) -> Answers: ...

    def predict(
        self,
        names: str | bytes | Iterable[object],
        precision: float | Iterable[float] | None = DEFAULT_PRECISION,
    ) -> Answer | Answers:
        """Tell the category of one name, or of each of several.

        Parameters
        ----------
        names : str or iterable
            A single name, or anything that yields names: a list, a generator, a column of a
            data frame. None and NaN are names in which nothing is known.
        precision : float, several floats, or None
            The share of the answers that has to be right. None takes the most probable leaf,
            however improbable it is.

        Returns
        -------
        Answer or Answers
            One answer for a single name; a batch, in the order of the names, for several.

        Raises
        ------
        TextcatError
            If an item is neither text, bytes, a number nor missing, with its place.
        PrecisionError
            If a precision does not lie between 0 and 1.
        """
        precisions = read_precisions(precision)
        texts = [read_name(names)] if is_one_name(names) else read_names(names)
        nodes, probabilities = self._paths(texts)
        answers = Answers(
            texts, nodes, probabilities, precisions, self.tree, self.rule, self.explain
        )
        answer: Answer | Answers = answers[0] if is_one_name(names) else answers
        return answer

    @overload
    def top(  # type: ignore[overload-overlap]  # as for `predict`
        self, names: str | bytes, k: int = ...
    ) -> list[Candidate]: ...

    @overload
    def top(self, names: Iterable[object], k: int = ...) -> list[list[Candidate]]: ...

    def top(
        self, names: str | bytes | Iterable[object], k: int = 5
    ) -> list[Candidate] | list[list[Candidate]]:
        """The `k` most probable categories of one name, or of each of several, best first.

        A name in which nothing is known has none.
        """
        if k < 1:
            raise ValueError(f"k must be 1 or more, but is {k!r}")
        if is_one_name(names):
            return self._candidates([read_name(names)], k)[0]
        texts = read_names(names)
        return [found for batch in _batches(texts) for found in self._candidates(batch, k)]

    def explain(self, name: object) -> Explanation:
        """The words and features that spoke for and against the most probable leaf, per level."""
        name = read_name(name)[:LONGEST_NAME]
        X = self.reader.matrix([name])
        table = self.linear_tree.log_probabilities(X)
        leaf = self.linear_tree.slots.leaves[table[0, self.linear_tree.slots.leaves].argmax()]
        return explain_path(self, name, X, int(leaf))

    def evaluate(
        self,
        rows: object,
        precision: float | Iterable[float] = EVALUATED_PRECISIONS,
        **reading: Any,
    ) -> Evaluation:
        """Measure the model on rows that it was not trained on; see `textcat.evaluation`."""
        from textcat.evaluation import evaluate

        return evaluate(self, rows, precision=precision, **reading)

    def save(self, directory: str | os.PathLike[str]) -> None:
        """Write the model to a directory; the old one there stays whole until the new one is."""
        from textcat.model_storage import save_model

        save_model(self, directory)

    def __repr__(self) -> str:
        return (
            f"<CategoryModel: {len(self.tree)} categories, {len(self.reader.vocabulary)} features>"
        )

    def _paths(self, names: list[str]) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.float32]]:
        """Nodes from level 1 to the most probable leaf, and their probabilities: (n, depth)."""
        depth = self.linear_tree.slots.paths.shape[1]
        nodes = np.full((len(names), depth), NO_NODE, np.int32)
        probabilities = np.zeros((len(names), depth), np.float32)
        start = 0
        for X in self._matrices(names):
            rows = slice(start, start + X.shape[0])
            nodes[rows], probabilities[rows] = self.linear_tree.best_paths(X)
            start = rows.stop
        return nodes, probabilities

    def _candidates(self, names: list[str], k: int) -> list[list[Candidate]]:
        found: list[list[Candidate]] = []
        for X in self._matrices(names):
            nodes, probabilities = self.linear_tree.best_leaves(X, k)
            for row, shares in zip(nodes.tolist(), probabilities.tolist(), strict=True):
                found.append(
                    [
                        Candidate(self.tree.ids[node], self.tree.path(node), share)
                        for node, share in zip(row, shares, strict=True)
                        if node != NO_NODE
                    ]
                )
        return found

    def _matrices(self, names: list[str]) -> Iterator[sparse.csr_matrix]:
        for batch in _batches(names):
            yield from self.linear_tree.batches(self.reader.matrix(batch))


def _batches(names: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(names), BATCH):
        yield names[start : start + BATCH]
