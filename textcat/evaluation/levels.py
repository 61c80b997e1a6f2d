"""What a precision level gave: how many answers, how many right ones, and whether it was kept."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import bdtr

from textcat.errors import PrecisionError
from textcat.evaluation.comparison import Comparison
from textcat.evaluation.metrics import is_right
from textcat.tree import NO_NODE

# A level counts as broken if so few right answers would come this rarely from one that is kept.
SIGNIFICANCE = 0.05

KEPT = "kept"
WITHIN_CHANCE = "within chance"
BROKEN = "broken"
NO_ANSWERS = "no answers"
NOT_GIVEN = "not certified"


@dataclass(frozen=True)
class AskedLevel:
    """The answers at a precision level; a level that the model refuses has a reason instead."""

    asked: float
    nodes: npt.NDArray[np.int32]  # (n,), -1 is no answer
    reason: str | None = None


@dataclass(frozen=True)
class AnswersAt:
    """What a precision level gave on rows whose categories are known.

    Attributes
    ----------
    asked : float
    precision : float
        Share of the answers that are right; NaN without any answer.
    answered : float
        Share of the rows.
    at_leaf : float
        Share of the rows that are answered at the end of their predicted path: a leaf, or a
        category that holds products itself and was predicted to hold this one.
    by_level : tuple of float
        Share of the rows whose answer lies at level 1, 2, …; they sum to `answered`.
    answers, right : int
        Rows that were answered, and those of them that are right.
    p_value : float
        Chance of so few right answers if every one were right with probability `asked` (exact
        one-sided binomial test); NaN without any answer.
    verdict : str
        "kept": the share found is no less than asked. "within chance": it is less, but not
        clearly so. "broken": it is, with a p-value below 0.05. "no answers", "not certified":
        nothing to judge.
    reason : str or None
        Why the model does not give this level.
    """

    asked: float
    precision: float
    answered: float
    at_leaf: float
    by_level: tuple[float, ...]
    answers: int
    right: int
    p_value: float
    verdict: str
    reason: str | None = None


def ask(comparison: Comparison, precision: float) -> AskedLevel:
    """The answers at a precision level, or why there are none."""
    try:
        return AskedLevel(precision, comparison.answers.answered_nodes(precision))
    except PrecisionError as error:
        none = np.full(len(comparison.true), NO_NODE, np.int32)
        return AskedLevel(precision, none, str(error))


def answers_at(comparison: Comparison, level: AskedLevel) -> AnswersAt:
    """Count the answers of a level and the right ones among them."""
    tree, nodes, rows = comparison.tree, level.nodes, len(comparison.true)
    is_answer = nodes != NO_NODE
    answers = int(is_answer.sum())
    right = int(is_right(comparison.true, nodes, tree).sum())
    at_depth = np.bincount(tree.levels[nodes[is_answer]], minlength=tree.depth + 1)[1:]
    at_leaf = int((is_answer & (nodes == comparison.leaves)).sum())
    return AnswersAt(
        asked=level.asked,
        precision=right / answers if answers else np.nan,
        answered=answers / rows,
        at_leaf=at_leaf / rows,
        by_level=tuple((at_depth / rows).tolist()),
        answers=answers,
        right=right,
        p_value=chance_of_so_few(right, answers, level.asked),
        verdict=NOT_GIVEN if level.reason else verdict(right, answers, level.asked),
        reason=level.reason,
    )


def chance_of_so_few(right: int, answers: int, precision: float) -> float:
    """Chance of at most so many right answers, if each is right with probability `precision`.

    >>> round(chance_of_so_few(1, 2, 0.9), 2)  # all but two right ones
    0.19
    """
    return float(bdtr(right, answers, precision)) if answers else np.nan


def verdict(right: int, answers: int, precision: float) -> str:
    """Whether a level was kept, as far as so many answers can tell.

    >>> verdict(95, 100, 0.95), verdict(93, 100, 0.95), verdict(90, 100, 0.95)
    ('kept', 'within chance', 'broken')
    """
    if not answers:
        return NO_ANSWERS
    if right >= precision * answers:
        return KEPT
    is_clear = chance_of_so_few(right, answers, precision) < SIGNIFICANCE
    return BROKEN if is_clear else WITHIN_CHANCE
