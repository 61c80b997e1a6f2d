"""From answers beside the truth to all figures at once."""

from __future__ import annotations

from collections.abc import Sequence

from textcat.evaluation.categories import by_top_level, worst_categories
from textcat.evaluation.comparison import Comparison
from textcat.evaluation.confusions import ConfusedPairs, most_confused
from textcat.evaluation.coverage import coverage_curve, leaf_coverage
from textcat.evaluation.levels import answers_at, ask
from textcat.evaluation.metrics import (
    accuracy_per_level,
    hierarchical_scores,
    leaf_accuracy,
)
from textcat.evaluation.nodes import NodeCounts
from textcat.evaluation.reliability import leaf_diagram, level_diagrams
from textcat.evaluation.result import Evaluation

# Categories that the model does not have are counted; this many are named.
NAMED = 5


def measure(comparison: Comparison, precisions: Sequence[float]) -> Evaluation:
    """Figures of a comparison, with the answers at every precision level asked."""
    tree, true, leaves = comparison.tree, comparison.true, comparison.leaves
    hierarchical = hierarchical_scores(true, leaves, tree)
    depth_of_true = tree.levels[true]
    levels = [ask(comparison, precision) for precision in precisions]
    reliability, pairs = leaf_diagram(comparison), ConfusedPairs.of(comparison)
    return Evaluation(
        place=comparison.report.place,
        goods=comparison.goods,
        rows=len(true),
        unknown_rows=sum(rows for _, rows in comparison.unknown),
        unknown_categories=tuple(category for category, _ in comparison.unknown[:NAMED]),
        dropped_rows=comparison.report.rows_dropped,
        unread_rows=int((comparison.ends == 0).sum()),
        leaf_accuracy=leaf_accuracy(true, leaves, tree),
        level_accuracies=tuple(accuracy_per_level(true, leaves, tree).tolist()),
        level_rows=tuple(int((depth_of_true >= level).sum()) for level in range(1, tree.depth + 1)),
        hierarchical_precision=hierarchical.precision,
        hierarchical_recall=hierarchical.recall,
        hierarchical_f1=hierarchical.f1,
        leaf_coverage=leaf_coverage(comparison),
        calibration_error=reliability.calibration_error,
        at=tuple(answers_at(comparison, level) for level in levels),
        coverage_curve=coverage_curve(comparison),
        reliability=reliability,
        level_reliability=level_diagrams(comparison),
        confused=most_confused(comparison, pairs),
        worst=worst_categories(comparison, pairs),
        by_top_level=by_top_level(comparison, levels),
        nodes=NodeCounts.of(comparison),
    )
