"""The plot of an explanation: a panel a level, a bar a word."""

from __future__ import annotations

import subprocess
import sys

import matplotlib
import pytest
from matplotlib.figure import Figure

from textcat.display.canvas import as_svg
from textcat.errors import MissingExtraError
from textcat.model import CategoryModel
from textcat.prediction.explanation import Explanation, LevelExplanation, Weight
from textcat.prediction.explanation_display import WORDS

CHAI = LevelExplanation(1, "Чай", "Кофе", (Weight("чай", 1.5), Weight("$x_1$", -0.25)), ())


def words_of(figure: Figure) -> list[list[str]]:
    return [[label.get_text() for label in ax.get_yticklabels()] for ax in figure.axes]


def test_every_level_has_its_words_strongest_first_and_both_titles() -> None:
    below = LevelExplanation(2, "Зелёный", "Чёрный", (Weight("зелёный", 2.0),), ())
    figure = Explanation("чай", (CHAI, below), ()).plot()
    assert words_of(figure) == [["чай", "$x_1$"], ["зелёный"]]
    assert [ax.get_title(loc="left") for ax in figure.axes] == ["1. Чай", "2. Зелёный"]
    assert "rather than Кофе" in [text.get_text() for text in figure.axes[0].texts]
    widths = [[bar.get_width() for bar in ax.patches] for ax in figure.axes]
    assert widths == [[1.5, -0.25], [2.0]]


def test_all_levels_have_the_same_scale() -> None:
    below = LevelExplanation(2, "Зелёный", "Чёрный", (Weight("зелёный", 4.0),), ())
    figure = Explanation("чай", (CHAI, below), ()).plot()
    assert len({ax.get_xlim() for ax in figure.axes}) == 1


def test_signs_and_glyphs_of_any_kind_can_be_drawn() -> None:
    words = (Weight("$\\frac{", 1.0), Weight("чай\x00🍵", 0.5), Weight("茶" * 100, -1.0))
    level = LevelExplanation(1, "$" * 3 + "<b>", "^_{\ud800", words, ())
    assert "<svg" in as_svg(Explanation("$\\чай$\n🍵", (level,), ()).plot())


def test_many_words_are_cut_to_the_strongest() -> None:
    words = tuple(Weight(f"слово{number}", 50.0 - number) for number in range(40))
    (shown,) = words_of(Explanation("", (LevelExplanation(1, "а", "б", words, ()),), ()).plot())
    assert shown == [f"слово{number}" for number in range(WORDS)]


def test_nothing_to_decide_is_said(model: CategoryModel) -> None:
    figure = model.explain("Ъъыщ").plot()
    assert "Nothing in this name is known" in figure.axes[0].texts[0].get_text()
    assert figure._repr_png_().startswith(b"\x89PNG")


def test_a_model_explains_as_a_plot_that_is_the_same_every_time(model: CategoryModel) -> None:
    one, other = (as_svg(model.explain("ШАМПУНЬ для волос").plot()) for _ in range(2))
    assert one == other


def test_settings_of_the_process_and_pyplot_are_left_alone(model: CategoryModel) -> None:
    before = dict(matplotlib.rcParams)
    model.explain("чай").plot()._repr_png_()
    assert dict(matplotlib.rcParams) == before


def test_explaining_needs_no_matplotlib() -> None:
    code = (
        "import sys, textcat.model, textcat.model.display\nassert 'matplotlib' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_without_matplotlib_the_error_says_what_to_install(
    model: CategoryModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("display.canvas", "prediction.explanation_plot", "model.embedding_map"):
        monkeypatch.delitem(sys.modules, f"textcat.{module}", raising=False)
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(MissingExtraError, match=r'pip install "textcat\[plots\]"'):
        model.explain("чай").plot()
    with pytest.raises(MissingExtraError, match=r'pip install "textcat\[plots\]"'):
        model.map()
