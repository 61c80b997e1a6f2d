"""The embedding map: like beside like, the same every time, readable with many groups."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

import numpy as np
import numpy.typing as npt
import pytest
from matplotlib.figure import Figure

import textcat
from textcat.display.canvas import as_svg, figure_of
from textcat.errors import TextcatError
from textcat.model import CategoryModel
from textcat.model.embedding_map import COLORS, GROUPS, SHAPES, draw, embedding_map, lay_out
from textcat.prediction.answers import Answers

Vectors = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Encoding:
    """A model whose vectors are known: a direction for every top-level category, and some noise."""

    model: CategoryModel

    @property
    def tree(self) -> textcat.CategoryTree:
        """The tree of the model."""
        return self.model.tree

    def predict(self, names: list[str], precision: None) -> Answers:
        """As the model does."""
        return self.model.predict(names, precision)

    def encode(self, names: list[str]) -> Vectors:
        """A direction for each top-level category, a zero row if nothing in a name is known."""
        return self._vectors(self.predict(names, None).nodes[:, 0])

    def encode_categories(self) -> Vectors:
        """The same for all categories."""
        return self._vectors(self.tree.ancestors_at(1))

    def _vectors(self, tops: npt.NDArray[np.int32]) -> Vectors:
        noise = np.random.default_rng(0).normal(scale=0.05, size=(len(tops), len(self.tree)))
        vectors = np.eye(len(self.tree))[tops] + noise
        vectors[tops < 0] = 0
        return cast(Vectors, vectors.astype(np.float32))


@pytest.fixture(scope="module")
def encoding(model: CategoryModel) -> Any:
    return Encoding(model)


def groups_of(figure: Figure) -> list[str]:
    legend = figure.axes[0].get_legend()
    assert legend is not None
    return [text.get_text().partition("  ")[2] for text in legend.get_texts()]


def points_of(figure: Figure) -> int:
    return sum(len(cast(Any, points).get_offsets()) for points in figure.axes[0].collections)


def test_names_have_the_color_of_their_answers_most_frequent_first(encoding: Any) -> None:
    figure = embedding_map(encoding, ["чай", "чай зелёный", "чай чёрный", "лопата", "Ъъыщ"])
    assert groups_of(figure) == ["Еда", "Дом"]
    assert points_of(figure) == 4
    assert "1 more in which nothing is known" in figure.axes[0].get_xlabel()


def test_rows_of_a_catalogue_have_the_color_of_their_own_category(encoding: Any) -> None:
    rows = [("чай", "Книги"), ("чай зелёный", "Книги"), ("лопата", "Сад > Лопаты")]
    assert groups_of(embedding_map(encoding, textcat.read_catalogue(rows))) == ["Книги", "Сад"]


def test_without_names_the_categories_are_drawn(encoding: Any) -> None:
    figure = embedding_map(encoding)
    assert points_of(figure) == len(encoding.tree)
    assert figure.axes[0].get_title(loc="left").startswith(f"{len(encoding.tree)} categories")


def test_of_many_names_some_are_drawn_and_that_is_said(encoding: Any, names: list[str]) -> None:
    figure = embedding_map(encoding, names * 3, most=40)
    assert points_of(figure) == 40
    assert figure.axes[0].get_title(loc="left").startswith(f"40 of {3 * len(names)} names")


def test_the_same_names_give_the_same_map(encoding: Any, names: list[str]) -> None:
    one, other = (as_svg(embedding_map(encoding, names)) for _ in range(2))
    assert one == other


@pytest.mark.parametrize("count", [10, 60])
def test_like_lies_beside_like(count: int) -> None:
    groups = np.arange(count) % 2
    noise = np.random.default_rng(0).normal(scale=0.1, size=(count, 8))
    points, _ = lay_out((np.eye(8)[groups] + noise).astype(np.float32))
    distances = np.linalg.norm(points[:, None] - points, axis=2) + np.eye(count) * 1e9
    assert (groups[distances.argmin(axis=1)] == groups).all()


@pytest.mark.parametrize(("count", "method"), [(29, "principal"), (30, "t-SNE"), (5001, "princ")])
def test_few_and_very_many_points_are_laid_out_by_their_components(count: int, method: str) -> None:
    vectors = np.random.default_rng(0).normal(size=(count, 4)).astype(np.float32)
    assert lay_out(vectors)[1].startswith(method)


def test_equal_vectors_are_no_problem() -> None:
    assert np.isfinite(lay_out(np.ones((5, 3), np.float32))[0]).all()


def test_thirty_groups_are_told_apart_by_color_shape_and_number() -> None:
    assert len(COLORS) * len(SHAPES) >= GROUPS
    groups = [f"$отдел_{number}$" for number in range(30) for _ in range(3)]
    ax = draw(np.random.default_rng(0).normal(size=(90, 2)), groups, figure_of(1, 1)[1][0])
    legend = ax.get_legend()
    assert legend is not None
    entries = [text.get_text() for text in legend.get_texts()]
    assert len(set(entries)) == 30
    assert sorted(text.get_text() for text in ax.texts) == sorted(str(n) for n in range(1, 31))


def test_more_groups_than_can_be_told_apart_are_grey_together() -> None:
    groups = [str(number) for number in range(GROUPS + 10)]
    ax = draw(np.random.default_rng(0).normal(size=(len(groups), 2)), groups, figure_of(1, 1)[1][0])
    legend = ax.get_legend()
    assert legend is not None
    assert [text.get_text() for text in legend.get_texts()][GROUPS:] == ["others"]


def test_too_few_points_are_an_error(encoding: Any) -> None:
    with pytest.raises(TextcatError, match="3 or more points, but of these names 1 are known"):
        embedding_map(encoding, ["чай", "Ъъыщ"])
    with pytest.raises(ValueError, match="most must be 3 or more"):
        embedding_map(encoding, most=2)
