"""An evaluation as plain values and as data frames."""

from __future__ import annotations

import math
from dataclasses import asdict, fields, is_dataclass
from typing import TYPE_CHECKING, Any

from textcat.errors import MissingExtraError
from textcat.tree import PATH_SEPARATOR

if TYPE_CHECKING:
    import pandas

    from textcat.evaluation.result import Evaluation

Records = list[dict[str, Any]]


def plain(value: Any) -> Any:
    """JSON has no NaN, no tuples and no classes.

    >>> plain({"share": math.nan, "path": ("Чай", "Зелёный")})
    {'share': None, 'path': ['Чай', 'Зелёный']}
    """
    if is_dataclass(value) and not isinstance(value, type):
        return plain(asdict(value))
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    return None if isinstance(value, float) and math.isnan(value) else value


def data_frames(evaluation: Evaluation) -> dict[str, pandas.DataFrame]:
    """Data frames by title; paths of categories are single texts."""
    try:
        import pandas
    except ImportError as error:
        raise MissingExtraError('data frames need pandas: pip install "textcat[pandas]"') from error
    return {title: pandas.DataFrame(rows) for title, rows in records(evaluation).items()}


def records(evaluation: Evaluation) -> dict[str, Records]:
    """Rows of every table by its title.

    "figures" has the single figures, "accuracy" a row a level of the tree, "levels" one a
    precision level and "depths" one a precision level and level of the tree; "reliability" has
    the bins of the leaves' diagram and of every level's, and "worst" both lists.
    """
    return {
        "figures": _figures(evaluation),
        "accuracy": _accuracy(evaluation),
        "levels": _rows(evaluation.at, without="by_level"),
        "depths": _depths(evaluation),
        "coverage_curve": _rows(evaluation.coverage_curve),
        "reliability": _reliability(evaluation),
        "confused": _rows(evaluation.confused),
        "worst": _worst(evaluation),
        "by_top_level": _by_top_level(evaluation),
    }


def _figures(evaluation: Evaluation) -> Records:
    figures = ((field.name, getattr(evaluation, field.name)) for field in fields(evaluation))
    return [
        {"figure": name, "value": value}
        for name, value in figures
        if isinstance(value, (int, float))
    ]


def _accuracy(evaluation: Evaluation) -> Records:
    levels = zip(evaluation.level_rows, evaluation.level_accuracies, strict=True)
    return [
        {"level": level, "rows": rows, "accuracy": accuracy}
        for level, (rows, accuracy) in enumerate(levels, start=1)
    ]


def _depths(evaluation: Evaluation) -> Records:
    return [
        {"asked": at.asked, "level": level, "answered": share}
        for at in evaluation.at
        for level, share in enumerate(at.by_level, start=1)
    ]


def _reliability(evaluation: Evaluation) -> Records:
    diagrams = (evaluation.reliability, *evaluation.level_reliability)
    return [{"of": diagram.of, **row} for diagram in diagrams for row in _rows(diagram.bins)]


def _worst(evaluation: Evaluation) -> Records:
    lists = {"recall": evaluation.worst.by_recall, "precision": evaluation.worst.by_precision}
    return [{"by": by, **row} for by, categories in lists.items() for row in _rows(categories)]


def _by_top_level(evaluation: Evaluation) -> Records:
    """One row a category, with the columns of every precision level side by side."""
    table = []
    for top in evaluation.by_top_level:
        row = {"category": top.category, "rows": top.rows, "leaf_accuracy": top.leaf_accuracy}
        for at in top.at:
            row[f"answered@{at.asked:g}"] = at.answered
            row[f"precision@{at.asked:g}"] = at.precision
        table.append(row)
    return table


def _rows(items: tuple[Any, ...], without: str = "") -> Records:
    return [
        {
            name: PATH_SEPARATOR.join(value) if isinstance(value, tuple) else value
            for name, value in asdict(item).items()
            if name != without
        }
        for item in items
    ]
