"""Answers: the path to a name's category, with the probability of every level.

A prediction does not depend on the precision that is asked for: it is the way from the root
to the most probable leaf. An answer is that way, cut where it stops being reliable enough.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple, cast, overload

import numpy as np
import numpy.typing as npt

from textcat.precision import Rule, answer_levels, read_precisions
from textcat.prediction.display import answer_html, answer_text, answers_html
from textcat.prediction.pickling import PickledAlone
from textcat.prediction.plain_values import AnswerColumns, AnswerDict
from textcat.tree import NO_NODE, PATH_SEPARATOR, CategoryTree

if TYPE_CHECKING:
    import pandas

    from textcat.prediction.explanation import Explanation
    from textcat.prediction.plain_values import LevelDict


class Level(NamedTuple):
    """One category on the way down: its level, id, title and probability."""

    level: int
    id: str
    title: str
    probability: float


@dataclass(frozen=True, repr=False)
class Answer(PickledAlone):
    """The answer for one name at a precision level.

    Attributes
    ----------
    name : str
    levels : tuple of Level
        The whole way from level 1 to the most probable leaf; empty if nothing in the name is
        known.
    precision : float or None
        What was required; None takes the leaf, however improbable it is.
    """

    name: str
    levels: tuple[Level, ...]
    precision: float | None
    rule: Rule = field(compare=False)
    explain: Callable[[str], Explanation] = field(compare=False)

    @cached_property
    def reached(self) -> tuple[Level, ...]:
        """The levels that are reliable enough; empty for no answer."""
        threshold = self.rule.threshold(self.precision)
        return tuple(level for level in self.levels if level.probability >= threshold)

    @property
    def path(self) -> tuple[str, ...] | None:
        """Titles from level 1 down to the answer; None for no answer."""
        return tuple(level.title for level in self.reached) or None

    @property
    def category(self) -> str | None:
        """Id of the answer's category; None for no answer."""
        return self.reached[-1].id if self.reached else None

    @property
    def probability(self) -> float | None:
        """Probability of the answer's category; None for no answer."""
        return self.reached[-1].probability if self.reached else None

    def at(self, precision: float | None) -> Answer:
        """The same prediction at another precision level.

        At a stricter level it is the same category or one above it.
        """
        (level,) = read_precisions(precision)
        return replace(self, precision=level)

    def why(self) -> Explanation:
        """The words that spoke for and against, at every level."""
        return self.explain(self.name)

    def to_dict(self) -> AnswerDict:
        """Plain values, ready for JSON."""
        return {
            "name": self.name,
            "precision": self.precision,
            "category": self.category,
            "path": list(self.path) if self.path else None,
            "probability": self.probability,
            "levels": [cast("LevelDict", level._asdict()) for level in self.levels],
        }

    def __bool__(self) -> bool:
        return bool(self.reached)

    def __repr__(self) -> str:
        return f"<Answer {answer_text(self)}>"

    def __str__(self) -> str:
        return answer_text(self)

    def _repr_html_(self) -> str:
        return answer_html(self)


@dataclass(frozen=True, repr=False, eq=False)
class Answers(PickledAlone, Sequence[Answer]):
    """The answers for a batch of names, held as arrays.

    Attributes
    ----------
    names : list of str
    nodes : ndarray of int32, shape (n, depth)
        Nodes of the tree from level 1 to the most probable leaf, -1 beyond it.
    probabilities : ndarray of float32, shape (n, depth)
        Their probabilities, 0 beyond the leaf.
    precisions : tuple of float or None
        The levels asked for; single answers are at the first.
    """

    names: list[str]
    nodes: npt.NDArray[np.int32]
    probabilities: npt.NDArray[np.float32]
    precisions: tuple[float | None, ...]
    tree: CategoryTree
    rule: Rule
    explain: Callable[[str], Explanation]

    def __len__(self) -> int:
        return len(self.names)

    @overload
    def __getitem__(self, index: int) -> Answer: ...

    @overload
    def __getitem__(self, index: slice) -> Answers: ...

    def __getitem__(self, index: int | slice) -> Answer | Answers:
        """One answer by its place, or a batch by a slice."""
        if isinstance(index, slice):
            parts = self.names[index], self.nodes[index], self.probabilities[index]
            return replace(self, names=parts[0], nodes=parts[1], probabilities=parts[2])
        nodes, shares = self.nodes[index].tolist(), self.probabilities[index].tolist()
        levels = tuple(
            Level(depth, self.tree.ids[node], self.tree.titles[node], share)
            for depth, (node, share) in enumerate(zip(nodes, shares, strict=True), start=1)
            if node != NO_NODE
        )
        return Answer(self.names[index], levels, self.precisions[0], self.rule, self.explain)

    def at(self, precision: float | None) -> Answers:
        """The same predictions at another precision level."""
        return replace(self, precisions=read_precisions(precision))

    def answered_nodes(self, precision: float | None) -> npt.NDArray[np.int32]:
        """Node of every answer at a precision level, (n,) int32; -1 is no answer."""
        return self._reached(self.nodes, precision, NO_NODE).astype(np.int32)

    def columns_at(self, precision: float | None) -> AnswerColumns:
        """Category, path and probability of every answer at a precision level."""
        nodes = self.answered_nodes(precision)
        shares = self._reached(self.probabilities, precision, 0).tolist()
        return AnswerColumns(
            _told(nodes, lambda node: self.tree.ids[node]),
            _told(nodes, lambda node: PATH_SEPARATOR.join(self.tree.path(node))),
            [share or None for share in shares],
        )

    def _reached(
        self, values: npt.NDArray[Any], precision: float | None, none: float
    ) -> npt.NDArray[Any]:
        """Of values (n, depth) those of the answers at a precision level, (n,)."""
        levels = answer_levels(self.probabilities, self.rule.threshold(precision))
        found = values[np.arange(len(self)), levels - 1] if values.size else np.empty(0)
        return np.where(levels > 0, found, none)

    @cached_property
    def leaf_probabilities(self) -> npt.NDArray[np.float32]:
        """Probability of every name's most probable leaf, (n,) float32; 0 if nothing is known."""
        is_known = self.nodes != NO_NODE
        lowest = self.probabilities.min(axis=1, where=is_known, initial=1)
        return np.where(is_known.any(axis=1), lowest, np.float32(0)).astype(np.float32)

    @property
    def paths(self) -> list[tuple[str, ...] | None]:
        """Path of every answer at the first precision level; None for no answer."""
        nodes = self.answered_nodes(self.precisions[0]).tolist()
        return [None if node == NO_NODE else self.tree.path(node) for node in nodes]

    def to_dicts(self) -> list[AnswerDict]:
        """`Answer.to_dict` of every answer."""
        return [answer.to_dict() for answer in self]

    def to_columns(self) -> dict[str, list[Any]]:
        """Columns of a table: the name; path and probability for every precision level."""
        columns: dict[str, list[Any]] = {"name": list(self.names)}
        for precision, suffix in level_suffixes(self.precisions).items():
            told = self.columns_at(precision)
            columns[f"category{suffix}"] = told.path
            columns[f"probability{suffix}"] = told.probability
        return columns

    def to_pandas(self) -> pandas.DataFrame:
        """`to_columns` as a data frame; needs `pip install "textcat[pandas]"`."""
        try:
            import pandas
        except ImportError as error:
            from textcat.errors import MissingExtraError

            raise MissingExtraError(
                'a data frame needs pandas: pip install "textcat[pandas]"'
            ) from error
        return pandas.DataFrame(self.to_columns())

    def __repr__(self) -> str:
        answered = int((self.answered_nodes(self.precisions[0]) != NO_NODE).sum())
        return f"<Answers for {len(self)} names, {answered} answered at {self.precisions[0]}>"

    def _repr_html_(self) -> str:
        return answers_html(self)


def level_suffixes(precisions: Sequence[float | None]) -> dict[float | None, str]:
    """What columns are called after their precision level, if there are several.

    >>> level_suffixes([0.95]), level_suffixes([0.95, None])
    ({0.95: ''}, {0.95: '@0.95', None: '@leaf'})
    """
    if len(precisions) == 1:
        return {precisions[0]: ""}
    return {each: f"@{'leaf' if each is None else each}" for each in precisions}


def _told(nodes: npt.NDArray[np.int32], tell: Callable[[int], str]) -> list[str | None]:
    """What there is to tell of nodes, of each but once; None for no node."""
    distinct, places = np.unique(nodes, return_inverse=True)
    told = [None if node == NO_NODE else tell(node) for node in distinct.tolist()]
    return [told[place] for place in places.tolist()]
