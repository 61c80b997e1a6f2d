"""Why a name went where it went: what each word said at each level.

At every level the child that was taken stands against its strongest rival. A feature's weight
is its value times the difference of their coefficients, divided by the temperature, so that
weights are differences of log-probability (nats) as a softmax has it, before it is corrected by
what held-out rows teach (`textcat.descent.trust`). Positive ones speak for the child taken.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from scipy import sparse

from textcat.features.chunks import LONGEST_NAME
from textcat.features.extraction import Feature, name_features
from textcat.prediction.explanation_display import explanation_html, explanation_text

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from textcat.descent.linear_tree import LinearTree
    from textcat.features.name_reader import NameReader
    from textcat.model import CategoryModel

# Weights closer to 0 than this (nats) are not worth a reader's time.
NEGLIGIBLE = 0.005


class Weight(NamedTuple):
    """A word or a feature and how much it spoke for the category, in nats."""

    text: str
    weight: float


class LevelExplanation(NamedTuple):
    """One decision on the way down; `words` and `features` are sorted, strongest first."""

    level: int
    title: str
    rival: str
    words: tuple[Weight, ...]
    features: tuple[Weight, ...]


@dataclass(frozen=True, repr=False)
class Explanation:
    """The decisions on the way to a name's most probable leaf.

    Attributes
    ----------
    name : str
    levels : tuple of LevelExplanation
        A level at which there was nothing to decide is left out.
    unknown : tuple of str
        Words of the name that say nothing to the model.
    """

    name: str
    levels: tuple[LevelExplanation, ...]
    unknown: tuple[str, ...]

    def plot(self) -> Figure:
        """Draw what every word said, level by level; needs `pip install "textcat[plots]"`."""
        from textcat.prediction.explanation_plot import plot

        return plot(self)

    def __repr__(self) -> str:
        return f"<Explanation of {self.name!r:.80}: {len(self.levels)} decisions>"

    def __str__(self) -> str:
        return explanation_text(self)

    def _repr_html_(self) -> str:
        return explanation_html(self)


def explain_name(model: CategoryModel, name: str) -> Explanation:
    """Explain why a name came to its most probable leaf."""
    read = name[:LONGEST_NAME]
    X = model.reader.matrix([read])
    table = model.linear_tree.log_probabilities(X)
    leaves = model.linear_tree.slots.leaves
    return explain_path(model, read, X, int(leaves[table[0, leaves].argmax()]))


def explain_path(model: CategoryModel, name: str, X: sparse.csr_matrix, leaf: int) -> Explanation:
    """Explain why the row `X` of `name` came to a leaf slot."""
    found = name_features(name, model.reader.lemmatizer)
    known, columns = _known(found, model.reader)
    words = {(feature.start, feature.stop) for feature in found if " " not in feature.text}
    heard = {(feature.start, feature.stop) for feature in known}
    unknown = tuple(name[start:stop] for start, stop in sorted(words - heard))
    if not X.nnz:
        return Explanation(name, (), unknown)
    slots = [int(slot) for slot in model.linear_tree.slots.paths[leaf] if slot >= 0]
    decisions = (_decision(model, X, slot) for slot in slots)
    levels = [
        _level(level, decision, name, known, columns)
        for level, decision in enumerate(decisions, start=1)
        if decision is not None
    ]
    return Explanation(name, tuple(levels), unknown)


def words_between(
    reader: NameReader, tree: LinearTree, name: str, X: sparse.csr_matrix, slots: tuple[int, int]
) -> tuple[Weight, ...]:
    """What every word of a name said for a slot against one of its siblings, strongest first."""
    read = name[:LONGEST_NAME]
    known, columns = _known(name_features(read, reader.lemmatizer), reader)
    by_word, _ = _shared_out(_weights(tree, X, *slots), read, known, columns)
    return _strongest(by_word)


def _known(found: Sequence[Feature], reader: NameReader) -> tuple[list[Feature], dict[str, int]]:
    """The features that a model knows, and the columns of their texts."""
    looked_up = {text: reader.vocabulary.column_of(text) for text, _, _ in found}
    columns = {text: column for text, column in looked_up.items() if column is not None}
    return [feature for feature in found if feature.text in columns], columns


class _Decision(NamedTuple):
    title: str
    rival: str
    weights: dict[int, float]  # column -> nats


def _decision(model: CategoryModel, X: sparse.csr_matrix, taken: int) -> _Decision | None:
    """What every column said for a slot against its strongest rival; None if it has no rival."""
    tree, slots = model.linear_tree, model.linear_tree.slots
    parent = int(slots.parents[taken])
    branch = tree.branches.get(parent)
    if branch is None:
        return None
    first = slots.children(parent).start
    margins = branch.margins(X)[0]
    margins[taken - first] = -np.inf
    rival = int(margins.argmax())
    weights = _weights(tree, X, taken, first + rival)
    titles = [model.tree.titles[slots.categories[slot]] for slot in (taken, first + rival)]
    return _Decision(titles[0], titles[1], weights)


def _weights(tree: LinearTree, X: sparse.csr_matrix, taken: int, rival: int) -> dict[int, float]:
    """What every column of the row `X` said for a slot against one of its siblings."""
    parent = int(tree.slots.parents[taken])
    branch, first = tree.branches[parent], tree.slots.children(parent).start
    said = branch.weights.take(branch.places(X.indices)).tocsr().toarray()
    difference = X.data * (said[:, taken - first] - said[:, rival - first]) / tree.temperature
    return dict(zip(X.indices.tolist(), difference.tolist(), strict=True))


def _level(
    level: int,
    decision: _Decision,
    name: str,
    known: Sequence[Feature],
    columns: dict[str, int],
) -> LevelExplanation:
    by_word, by_feature = _shared_out(decision.weights, name, known, columns)
    return LevelExplanation(
        level, decision.title, decision.rival, _strongest(by_word), _strongest(by_feature)
    )


def _shared_out(
    weights: dict[int, float], name: str, known: Sequence[Feature], columns: dict[str, int]
) -> tuple[dict[str, float], dict[str, float]]:
    """Share every column's weight out to the words that have it, and to their features."""
    times = Counter(feature.text for feature in known)
    by_feature: dict[str, float] = defaultdict(float)
    by_word: dict[str, float] = defaultdict(float)
    spans = {(f.start, f.stop) for f in known if " " not in f.text}
    for feature in known:
        weight = weights.get(columns[feature.text], 0.0) / times[feature.text]
        by_feature[feature.text] += weight
        inside = [span for span in spans if feature.start in span[:1] or feature.stop in span[1:]]
        for start, stop in inside:
            by_word[name[start:stop]] += weight / len(inside)
    return by_word, by_feature


def _strongest(weights: dict[str, float]) -> tuple[Weight, ...]:
    ranked = sorted(weights.items(), key=lambda item: (-abs(item[1]), item[0]))
    return tuple(Weight(text, weight) for text, weight in ranked if abs(weight) >= NEGLIGIBLE)
