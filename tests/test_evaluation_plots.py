"""Plots show the figures of an evaluation, and draw what little evaluations leave of them."""

from __future__ import annotations

import subprocess
import sys

import matplotlib
import pytest
from hand_made_comparisons import ALL_KINDS, BOOKS, compared
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from textcat.display.canvas import ShownFigure, as_svg
from textcat.errors import MissingExtraError
from textcat.evaluation import Evaluation, plots
from textcat.evaluation.measuring import measure
from textcat.tree import CategoryTree


@pytest.fixture
def evaluation() -> Evaluation:
    return measure(compared(ALL_KINDS, highest=0.98), [0.99, 0.95, 0.5])


def _titles(figure: Figure) -> list[str]:
    return [ax.get_title(loc="left") for ax in figure.axes]


def _texts(ax: Axes) -> list[str]:
    return [text.get_text() for text in ax.texts]


def test_figure_has_a_panel_for_everything_a_tree_has(evaluation: Evaluation) -> None:
    assert _titles(evaluation.plot()) == [
        "Coverage against precision",
        "Reliability",
        "Answers at every precision level",
        "Right at every level",
    ]


def test_flat_tree_has_no_accuracy_by_level() -> None:
    tree = CategoryTree.from_labels(["Чай", "Кофе"])
    flat = measure(compared([("Чай", "Чай", (0.9,))], tree=tree), [0.8])
    assert "Right at every level" not in _titles(flat.plot())


def test_coverage_has_the_curve_at_any_level_and_at_a_leaf(evaluation: Evaluation) -> None:
    ax = plots.coverage_against_precision(evaluation)
    answered, at_leaf = (line for line in ax.lines if line.get_linestyle() == "-")
    assert list(answered.get_xdata()) == [point.answered for point in evaluation.coverage_curve]
    assert list(at_leaf.get_xdata()) == [point.at_leaf for point in evaluation.coverage_curve]
    assert _texts(ax) == ["0.95", "0.50"]  # 0.99 is not given


def test_reliability_has_the_bins_and_their_rows(evaluation: Evaluation) -> None:
    ax = plots.reliability_diagram(evaluation)
    stated = [bin_.probability for bin_ in evaluation.reliability.bins]
    assert list(ax.lines[1].get_xdata()) == stated
    assert _texts(ax).count("1") == len(stated)
    second = plots.reliability_diagram(evaluation, level=2)
    assert second.get_xlabel() == "stated probability at level 2"


def test_answers_lie_beside_each_other_and_what_is_not_given_is_said(
    evaluation: Evaluation,
) -> None:
    ax = plots.answers_by_depth(evaluation)
    assert [label.get_text() for label in ax.get_yticklabels()] == ["0.99", "0.95", "0.50"]
    widths = [[bar.get_width() for bar in bars] for bars in ax.containers]
    assert [sum(shares) for shares in zip(*widths, strict=True)] == pytest.approx([0, 1, 1])
    assert "not certified" in _texts(ax)


def test_accuracy_has_a_bar_a_level_and_one_for_the_category(evaluation: Evaluation) -> None:
    assert _texts(plots.accuracy_by_level(evaluation)) == ["0.600", "1.000", "0.500", "0.400"]


def test_panel_draws_on_the_axes_it_is_given(evaluation: Evaluation) -> None:
    ax = Figure().subplots()
    for panel in plots.panels_of(evaluation):
        assert panel(evaluation, ax) is ax


def test_notebook_shows_the_figure_without_pyplot(evaluation: Evaluation) -> None:
    figure = plots.plot(evaluation)
    assert isinstance(figure, ShownFigure)
    png = figure._repr_png_()
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = (int.from_bytes(png[start : start + 4], "big") for start in (16, 20))
    assert (width, height) == (946, 700)  # it fits a cell


def test_equal_evaluations_give_the_same_drawing(evaluation: Evaluation) -> None:
    one, other = (as_svg(evaluation.plot()) for _ in range(2))
    assert one == other  # without a date or random ids


def test_nothing_answered_and_nothing_deep_can_be_drawn() -> None:
    bare = measure(compared([(BOOKS, "", ())]), [0.9])
    assert len(bare.plot().axes) == 4
    assert "–" in _texts(plots.accuracy_by_level(bare))  # no row lies at level 2
    assert plots.answers_by_depth(measure(compared([(BOOKS, "", ())]), [])).get_title(loc="left")


def test_settings_of_the_process_stay_as_they_are(evaluation: Evaluation) -> None:
    before = dict(matplotlib.rcParams)
    as_svg(evaluation.plot())
    assert dict(matplotlib.rcParams) == before


def test_evaluation_is_imported_without_matplotlib_and_pandas() -> None:
    code = "import sys, textcat.evaluation\nassert not {'matplotlib', 'pandas'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.parametrize("action", ["plot", "to_html"])
def test_without_matplotlib_the_error_says_what_to_install(
    evaluation: Evaluation, monkeypatch: pytest.MonkeyPatch, action: str
) -> None:
    for module in ("display.canvas", "evaluation.plots", "evaluation.report"):
        monkeypatch.delitem(sys.modules, f"textcat.{module}", raising=False)
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(MissingExtraError, match=r'pip install "textcat\[plots\]"'):
        getattr(evaluation, action)()


def test_without_pandas_the_error_says_what_to_install(
    evaluation: Evaluation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(MissingExtraError, match=r'pip install "textcat\[pandas\]"'):
        evaluation.to_pandas()
