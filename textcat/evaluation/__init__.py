"""How good a model is on rows whose categories are known.

Every step from rows to what a person reads has its file::

    comparison    what the model answered beside what is true, row by row
    levels        what every precision level gave, and whether it was kept
    coverage      coverage against precision, whatever the threshold
    reliability   stated probabilities against the share right
    confusions    pairs of categories that are taken for each other
    categories    the worst categories, and the top-level ones
    measuring     all of these at once
    result        the outcome, and the ways to look at it:
    text, tables        as lines, as plain values and data frames
    display             as HTML for a notebook
    nodes               category by category, to be browsed
    plots               as plots; needs matplotlib
    report, sections, markup    as a page, report.html, with the plots
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from textcat.catalogue import read_catalogue
from textcat.evaluation.comparison import compare
from textcat.evaluation.measuring import measure
from textcat.evaluation.result import Evaluation
from textcat.precision import PRECISIONS, read_precisions

if TYPE_CHECKING:
    from textcat.model import CategoryModel

__all__ = ["Evaluation", "evaluate"]


def evaluate(
    model: CategoryModel,
    rows: object,
    *,
    precision: float | Iterable[float] | None = None,
    goods: str | None = None,
    **reading: Any,
) -> Evaluation:
    """Measure a model on rows that it was not trained on.

    Parameters
    ----------
    model : CategoryModel
    rows : path, table or rows
        Whatever `textcat.read_catalogue` takes. Rows whose category is not in the model are
        counted and left out of the figures.
    precision : float or several, optional
        Levels that answers are asked at; 0.99, 0.98, 0.95, 0.90 and 0.80 if not given. A level
        that the model does not give is listed with the reason.
    goods : str, optional
        What the names are about, and so which certificate counts; see `CategoryModel.predict`.
    **reading
        Passed on to `textcat.read_catalogue`: `name=`, `category=`, `separator=`, ...

    Raises
    ------
    CatalogueError
        If there is no row to compare, or the model has no row's category.
    PrecisionError
        If a precision does not lie between 0 and 1, or there is no certificate for these goods.

    Examples
    --------
    >>> import textcat
    >>> rows = [("Чай зелёный", "Чай"), ("Кофе молотый", "Кофе"), ("Кофе в зёрнах", "Кофе")]
    >>> model = textcat.train(rows, n_jobs=1)
    >>> evaluation = evaluate(model, [("чай чёрный", "Чай"), ("какао", "Какао")])
    >>> evaluation.rows, evaluation.leaf_accuracy, evaluation.unknown_categories
    (1, 1.0, ('Какао',))
    """
    asked = read_precisions(PRECISIONS if precision is None else precision)
    levels = [level for level in asked if level is not None]
    return measure(compare(model, read_catalogue(rows, **reading), goods), levels)
