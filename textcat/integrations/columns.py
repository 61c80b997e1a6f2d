"""Answers as columns, named after the attributes of an `Answer`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from textcat.errors import TextcatError
from textcat.prediction.answers import Answers, Level, level_suffixes
from textcat.prediction.plain_values import AnswerColumns

Columns = dict[str, list[Any]]
_NO_STEP = (None,) * len(Level._fields)


def nested_columns(answers: Answers, levels: bool) -> Columns:
    """One value a name in every column.

    `category`, `path` and `probability` of an answer at a single precision level; of several
    levels a list in the column `answers`. The way to the most probable leaf is the list `levels`.
    """
    at_levels = [answers.columns_at(precision) for precision in answers.precisions]
    if len(at_levels) == 1:
        columns: Columns = at_levels[0]._asdict()
    else:
        rows = zip(*(zip(*each, strict=True) for each in at_levels), strict=True)
        columns = {"answers": [_by_precision(answers, row) for row in rows]}
    if levels:
        columns["levels"] = [[level._asdict() for level in answer.levels] for answer in answers]
    return columns


def flat_columns(answers: Answers, depth: int) -> Columns:
    """The same, but only texts and numbers.

    Several precision levels have columns of their own, as `Answers.to_columns` calls them. `id_1`,
    `title_1` and `probability_1` are level 1 of the way, and so on as deep as is asked.
    """
    columns: Columns = {}
    for precision, suffix in level_suffixes(answers.precisions).items():
        told = answers.columns_at(precision)._asdict()
        columns |= {f"{column}{suffix}": values for column, values in told.items()}
    ways = [answer.levels for answer in answers] if depth else []
    for level in range(depth):
        steps = [way[level] if level < len(way) else _NO_STEP for way in ways]
        for place, column in enumerate(Level._fields[1:], start=1):
            columns[f"{column}_{level + 1}"] = [step[place] for step in steps]
    return columns


def check_columns(there: Iterable[str], column: str, added: Iterable[str]) -> None:
    """Refuse a table without the column of names, or with a column that would be there twice.

    >>> check_columns(["Name", "category"], "name", ["category"])
    Traceback (most recent call last):
        ...
    textcat.errors.TextcatError: there is no column 'name'; there are: 'Name', 'category'
    >>> check_columns(["name", "Category"], "name", ["category"])
    Traceback (most recent call last):
        ...
    textcat.errors.TextcatError: there is a column 'Category' already: rename it, or have other \
names for the answers' columns, such as prefix="textcat_"
    """
    there = list(there)
    if column not in there:
        names = ", ".join(map(repr, there))
        raise TextcatError(f"there is no column {column!r}; there are: {names or 'none'}")
    folded = {name.casefold() for name in added}  # Spark does not tell «A» from «a»
    for name in there:
        if name.casefold() in folded:
            raise TextcatError(
                f"there is a column {name!r} already: rename it, or have other names for the "
                'answers\' columns, such as prefix="textcat_"'
            )


def check_kind(column: str, kind: object, is_text: bool) -> None:
    """Refuse a column of names that holds no text.

    >>> check_kind("price", "int", is_text=False)
    Traceback (most recent call last):
        ...
    textcat.errors.TextcatError: column 'price' is int, not text: name \
the column of names, or cast it
    """
    if not is_text:
        raise TextcatError(
            f"column {column!r} is {kind}, not text: name the column of names, or cast it"
        )


def _by_precision(answers: Answers, row: tuple[tuple[Any, ...], ...]) -> list[dict[str, Any]]:
    return [
        {"precision": precision, **dict(zip(AnswerColumns._fields, values, strict=True))}
        for precision, values in zip(answers.precisions, row, strict=True)
    ]
