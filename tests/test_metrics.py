"""Metrics along the tree, on examples worked out by hand and beside hiclass."""

from __future__ import annotations

import numpy as np
import pytest
from hand_made_trees import category_trees
from hypothesis import assume, given
from hypothesis import strategies as st

from textcat.errors import TextcatError, TreeError
from textcat.evaluation import metrics
from textcat.tree import CategoryTree

# Одежда (0) ── Платья (1) ── Вечерние (2)      depths 3, 2, 1 and 2
#            └─ Чехлы (3)
# Книги (4)
# Электроника (5) ── Чехлы (6)
TREE = CategoryTree.from_paths(
    ["Одежда > Платья > Вечерние", "Одежда > Чехлы", "Книги", "Электроника > Чехлы"]
)

#             exact  above  beside  astray  none  too deep
TRUE = [2, 2, 3, 6, 4, 1]
PREDICTED = [2, 1, 1, 3, -1, 2]


def test_an_answer_is_right_if_it_is_the_true_category_or_an_ancestor_of_it() -> None:
    right = metrics.is_right(TRUE, PREDICTED, TREE)
    assert right.tolist() == [True, True, False, False, False, False]
    assert right.dtype == bool


def test_precision_of_answers_leaves_out_rows_without_an_answer() -> None:
    assert metrics.answer_precision(TRUE, PREDICTED, TREE) == 2 / 5


def test_leaf_accuracy_wants_the_true_category_itself() -> None:
    assert metrics.leaf_accuracy(TRUE, PREDICTED, TREE) == 1 / 6


def test_accuracy_per_level_counts_the_rows_whose_truth_is_so_deep() -> None:
    # level 1, all 6 rows: Одежда, Одежда, Одежда right; Одежда for Электроника, none: wrong;
    #   Одежда right -> 4/6
    # level 2, 5 rows (not Книги): Платья, Платья right; Платья for Чехлы, Чехлы for the other
    #   Чехлы: wrong; Платья right -> 3/5
    # level 3, the first 2 rows: Вечерние right, an answer that ends at level 2 wrong -> 1/2
    accuracy = metrics.accuracy_per_level(TRUE, PREDICTED, TREE)
    assert accuracy.tolist() == [4 / 6, 3 / 5, 1 / 2]


def test_a_level_that_no_true_category_reaches_has_no_accuracy() -> None:
    accuracy = metrics.accuracy_per_level([4, 3], [4, 0], TREE)
    np.testing.assert_array_equal(accuracy, [1, 0, np.nan])


def test_hierarchical_scores_compare_sets_of_ancestors() -> None:
    # row        true set   predicted set   shared
    # exact      {0, 1, 2}  {0, 1, 2}       3
    # above      {0, 1, 2}  {0, 1}          2
    # beside     {0, 3}     {0, 1}          1
    # astray     {5, 6}     {0, 3}          0
    # none       {4}        {}              0
    # too deep   {0, 1}     {0, 1, 2}       2
    # sizes      13         12              8
    scores = metrics.hierarchical_scores(TRUE, PREDICTED, TREE)
    assert scores == pytest.approx((8 / 12, 8 / 13, 2 * 8 / (12 + 13)))
    harmonic = 2 * scores.precision * scores.recall / (scores.precision + scores.recall)
    assert scores.f1 == pytest.approx(harmonic)


def test_coverage_counts_answers_by_depth() -> None:
    # answers: 2 (leaf, level 3), 1 (level 2), 1, 3 (leaf, level 2), none, 2
    answered, at_leaf, at_level = metrics.coverage(PREDICTED, TREE)
    assert (answered, at_leaf) == (5 / 6, 3 / 6)
    assert at_level.tolist() == [5 / 6, 5 / 6, 2 / 6]


def test_without_any_answer_recall_is_nothing_and_precision_undefined() -> None:
    precision, recall, f1 = metrics.hierarchical_scores([2, 4], [-1, -1], TREE)
    assert np.isnan(precision)
    assert (recall, f1) == (0, 0)
    assert np.isnan(metrics.answer_precision([2, 4], [-1, -1], TREE))
    assert metrics.coverage([-1, -1], TREE).at_level.tolist() == [0, 0, 0]


@pytest.mark.parametrize(
    ("true", "predicted", "error", "message"),
    [
        ([1, 2], [1], TextcatError, "true has 2 rows but predicted 1"),
        ([1, -1], [1, 1], TreeError, "true has no node of the tree in row 2: -1 is not in 0..6"),
        ([1, 2], [1, 7], TreeError, "predicted has no node .* in row 2: 7 is not in -1..6"),
        ([1, 2], [1, -2], TreeError, "row 2: -2 is not in -1..6"),
        ([1.0, 2.0], [1, 1], TextcatError, "true must hold node numbers .* not float64"),
        ([1], ["Книги"], TextcatError, "predicted must hold node numbers"),
        ([[1]], [[1]], TextcatError, r"one node for each of n > 0 rows, got shape \(1, 1\)"),
        ([], [], TextcatError, r"got shape \(0,\)"),
    ],
)
def test_arrays_that_are_no_nodes_are_refused(
    true: list[int], predicted: list[int], error: type[Exception], message: str
) -> None:
    for metric in (
        metrics.is_right,
        metrics.answer_precision,
        metrics.leaf_accuracy,
        metrics.accuracy_per_level,
        metrics.hierarchical_scores,
    ):
        with pytest.raises(error, match=message):
            metric(true, predicted, TREE)


nodes = st.integers(0, len(TREE) - 1)
answers = st.integers(-1, len(TREE) - 1)


@given(st.lists(st.tuples(nodes, answers), min_size=1))
def test_scores_agree_with_sets_written_out(rows: list[tuple[int, int]]) -> None:
    true, predicted = (list(column) for column in zip(*rows, strict=True))
    pairs = [(set(TREE.ancestors(a)), set(TREE.ancestors(b))) for a, b in rows]
    shared = sum(len(a & b) for a, b in pairs)
    scores = metrics.hierarchical_scores(true, predicted, TREE)
    assert scores.recall == pytest.approx(shared / sum(len(a) for a, _ in pairs))
    size = sum(len(b) for _, b in pairs)
    assert scores.precision == pytest.approx(shared / size if size else np.nan, nan_ok=True)
    right = [b >= 0 and b in TREE.ancestors(a) for a, b in rows]
    assert metrics.is_right(true, predicted, TREE).tolist() == right


@given(st.lists(nodes, min_size=1))
def test_the_truth_itself_scores_one_everywhere(true: list[int]) -> None:
    assert metrics.hierarchical_scores(true, true, TREE) == (1, 1, 1)
    assert metrics.leaf_accuracy(true, true, TREE) == 1
    accuracy = metrics.accuracy_per_level(true, true, TREE)
    assert (accuracy[: TREE.levels[true].max()] == 1).all()


def test_hierarchical_scores_are_about_nodes_on_the_way_not_about_the_tree_around() -> None:
    # true {0, 1, 2}, predicted {0, 3}: one of two, one of three, wherever other leaves lie
    paths = ["Еда > Чай > Зелёный", "Еда > Кофе"]
    small = CategoryTree.from_paths(paths)
    large = CategoryTree.from_paths([*paths, "Еда > Кофе > Молотый", "Книги > Детям > Сказки"])
    for tree in (small, large):
        true, predicted = (tree.index(path) for path in paths)
        scores = metrics.hierarchical_scores([true], [predicted], tree)
        assert scores == pytest.approx((1 / 2, 1 / 3, 2 / 5))


@given(category_trees(), st.data())
def test_hiclass_gives_the_same_scores_on_any_tree(
    drawn: tuple[CategoryTree, list[int]], data: st.DataObject
) -> None:
    hiclass_metrics = pytest.importorskip("hiclass.metrics")
    tree, _ = drawn
    nodes, answers = st.integers(0, len(tree) - 1), st.integers(-1, len(tree) - 1)
    rows = data.draw(st.lists(st.tuples(nodes, answers), min_size=1, max_size=20))
    true, predicted = (list(column) for column in zip(*rows, strict=True))
    scores = metrics.hierarchical_scores(true, predicted, tree)
    assume(scores.f1 > 0)  # hiclass divides by zero where nothing is shared

    def labels(column: list[int]) -> np.ndarray:
        ways = [[str(above) for above in tree.ancestors(node)] for node in column]
        return np.array([way + [""] * (tree.depth - len(way)) for way in ways])

    for figure, theirs in zip(scores, ("precision", "recall", "f1"), strict=True):
        score = getattr(hiclass_metrics, theirs)
        assert figure == pytest.approx(score(labels(true), labels(predicted), average="micro"))
