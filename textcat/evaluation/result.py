"""What an evaluation found, and the ways to look at it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textcat.evaluation.categories import TopLevelFigures, WorstCategories
from textcat.evaluation.confusions import Confusion
from textcat.evaluation.coverage import CurvePoint
from textcat.evaluation.display import evaluation_html
from textcat.evaluation.levels import AnswersAt
from textcat.evaluation.nodes import NodeCounts
from textcat.evaluation.reliability import ReliabilityDiagram
from textcat.evaluation.tables import plain
from textcat.evaluation.text import as_text, left_out
from textcat.tree.browser import TreeBrowser, browse

if TYPE_CHECKING:
    import os

    import pandas
    from matplotlib.figure import Figure


@dataclass(frozen=True, repr=False)
class Evaluation:
    """Figures of a model on rows whose categories are known; all but counts are shares.

    `print` shows them as text, a notebook as tables; `plot` draws them, `save_report` writes all
    of it to one HTML file. A prediction's leaf is the end of its path: a leaf of the tree, or a
    category that has others below it and holds products itself.

    Attributes
    ----------
    place : str
        Where the rows come from.
    goods : str or None
        What the names were said to be about; see `CategoryModel.predict`.
    rows : int
        Rows that the figures are about.
    unknown_rows : int
        Rows left out of them: the model does not have their category.
    unknown_categories : tuple of str
        The first few of those categories.
    dropped_rows : int
        Rows left out of them: they have no name or no category.
    unread_rows : int
        Rows among `rows` in whose names nothing is known; they have no answer at any level.
    leaf_accuracy : float
        Share of the rows whose most probable leaf is the true category itself.
    level_accuracies : tuple of float
        The same at level 1, 2, …, among rows whose category lies so deep.
    level_rows : tuple of int
        How many rows those are.
    hierarchical_precision, hierarchical_recall, hierarchical_f1 : float
        See `textcat.evaluation.metrics.hierarchical_scores`.
    leaf_coverage : float
        Largest share of the rows that can be answered by a leaf with 95 % of them right, if
        the most probable come first.
    calibration_error : float
        Mean distance of a leaf's probability and the share that is right: see `reliability`.
    at : tuple of AnswersAt
        For every precision level asked.
    coverage_curve : tuple of CurvePoint
        Precision and coverage as the threshold of the answers falls.
    reliability : ReliabilityDiagram
        Probabilities of leaves against the share right.
    level_reliability : tuple of ReliabilityDiagram
        The same for the predicted paths' nodes at level 1, 2, ….
    confused : tuple of Confusion
        The 20 pairs of categories that are confused most.
    worst : WorstCategories
        Categories that are found badly.
    by_top_level : tuple of TopLevelFigures
        For every category of the first level, most rows first.
    nodes : NodeCounts
        For every category of the tree: what `browse` shows; not among the plain values.
    """

    place: str
    goods: str | None
    rows: int
    unknown_rows: int
    unknown_categories: tuple[str, ...]
    dropped_rows: int
    unread_rows: int
    leaf_accuracy: float
    level_accuracies: tuple[float, ...]
    level_rows: tuple[int, ...]
    hierarchical_precision: float
    hierarchical_recall: float
    hierarchical_f1: float
    leaf_coverage: float
    calibration_error: float
    at: tuple[AnswersAt, ...]
    coverage_curve: tuple[CurvePoint, ...]
    reliability: ReliabilityDiagram
    level_reliability: tuple[ReliabilityDiagram, ...]
    confused: tuple[Confusion, ...]
    worst: WorstCategories
    by_top_level: tuple[TopLevelFigures, ...]
    nodes: NodeCounts = field(compare=False)

    def to_dict(self) -> dict[str, Any]:
        """Plain values, ready for JSON; a share of nothing is None."""
        names = (each.name for each in fields(self) if each.name != "nodes")
        return {name: plain(getattr(self, name)) for name in names}

    def to_pandas(self) -> dict[str, pandas.DataFrame]:
        """Data frames by title: figures, accuracy, levels, depths, …; see `evaluation.tables`.

        Needs `pip install "textcat[pandas]"`.
        """
        from textcat.evaluation.tables import data_frames

        return data_frames(self)

    def plot(self) -> Figure:
        """Draw coverage, reliability, the answers of every precision level, and accuracy.

        Single panels are functions of `textcat.evaluation.plots`. Needs
        `pip install "textcat[plots]"`.
        """
        from textcat.evaluation.plots import plot

        return plot(self)

    def browse(self, root: str | Sequence[str] | None = None, **shown: int) -> TreeBrowser:
        """Open and close categories in a notebook, with their rows and how many were found.

        "found" is the share of a category's rows whose most probable path leads into it, "right
        category" that of those whose leaf is right as well. `root`, `depth` and `most` are as for
        `CategoryTree.browse`.
        """
        return browse(self.nodes.tree, self.nodes.figures, root, **shown)

    def to_html(self, title: str | None = None) -> str:
        """Everything as one HTML page, with the plots, that needs nothing else to be read.

        Needs `pip install "textcat[plots]"`.
        """
        from textcat.evaluation.report import page

        return page(self, title)

    def save_report(self, path: str | os.PathLike[str], title: str | None = None) -> None:
        """Write `to_html` to a file."""
        Path(path).write_text(self.to_html(title), "utf-8")

    def left_out(self) -> list[str]:
        """Sentences about the rows that the figures leave out."""
        return left_out(self)

    def __repr__(self) -> str:
        return f"<Evaluation on {self.rows:,} rows, {self.leaf_accuracy:.3f} in the right category>"

    def __str__(self) -> str:
        return as_text(self)

    def _repr_html_(self) -> str:
        return evaluation_html(self)
