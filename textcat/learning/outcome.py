"""What came of learning: how the rows are answered before and after it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from textcat.catalogue import Catalogue
from textcat.learning.updating import last_nodes
from textcat.training.rows import categories_of_rows
from textcat.values import normalize_name

if TYPE_CHECKING:
    from textcat.model import CategoryModel


@dataclass(frozen=True)
class Outcome:
    """How rows are answered after they were learned.

    Attributes
    ----------
    corrected, kept : int
        Rows that were wrong and are right, and those that were right and are.
    wrong : list of str
        The others: number, name, answer, and why if that is known.
    """

    corrected: int
    kept: int
    wrong: list[str]


def outcome_of(rows: Catalogue, before: CategoryModel, after: CategoryModel) -> Outcome:
    """Compare the answers to some rows with what they should be.

    >>> import textcat
    >>> model = textcat.train([("Чай", "Еда > Чай"), ("Кофе", "Еда > Кофе")], n_jobs=1)
    >>> rows = textcat.read_catalogue([("кофе", "Еда > Чай"), ("Кофе", "Еда > Кофе")])
    >>> outcome_of(rows, model, model.learn(rows))
    Outcome(corrected=0, kept=1, wrong=["1, 'кофе': Еда > Кофе; row 2 says otherwise of it"])
    """
    true = categories_of_rows(rows, after.tree)
    was, answers = _answers(before, rows.names), _answers(after, rows.names)
    is_right = answers == true
    wrong = [
        _failure(rows, row, after.tree.path_text(int(answers[row])))
        for row in np.flatnonzero(~is_right).tolist()
    ]
    kept = int((is_right & (was == true)).sum())
    return Outcome(int(is_right.sum()) - kept, kept, wrong)


def _answers(model: CategoryModel, names: list[str]) -> npt.NDArray[np.int32]:
    return last_nodes(model.predict(names, precision=None).nodes)


def _failure(rows: Catalogue, row: int, answer: str) -> str:
    name, why = normalize_name(rows.names[row]), ""
    last = max(other for other, text in enumerate(rows.names) if normalize_name(text) == name)
    if rows.paths[last] != rows.paths[row]:
        why = f"; {rows.report.unit} {rows.rows[last]} says otherwise of it"
    return f"{rows.rows[row]}, {rows.names[row]!r:.80}: {answer}{why}"
