"""How a model looks in a notebook: what it knows, what is certified, and a map of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, cast

from textcat.display.markup import card, figures, note, sentence, text
from textcat.precision.certificate import GOODS
from textcat.precision.display import levels_table

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from textcat.model import CategoryModel

TOPS = 40  # top-level categories that are named
MOST_POINTS = 2000  # of a map, unless more are asked for: they take some seconds


class Displaying:
    """What a notebook shows of a model."""

    def map(
        self,
        names: Iterable[object] | None = None,
        *,
        most: int = MOST_POINTS,
        random_state: int = 0,
    ) -> Figure:
        """Draw names as points: what the model takes for alike is near, top levels have colors.

        Needs `pip install "textcat[plots]"`.

        Parameters
        ----------
        names : iterable of names, or Catalogue, optional
            Names have the color of the category that they are answered, the rows of a catalogue
            that of their own. Without any it is the categories of the model that are drawn.
        most : int
            How many points are drawn; of more names so many are chosen at random.
        random_state : int
            The same model, names and state give the same map.

        Returns
        -------
        matplotlib.figure.Figure

        Raises
        ------
        TextcatError
            If fewer than three points are known to the model, or it was trained without vectors.
        """
        from textcat.model.embedding_map import embedding_map

        model = cast("CategoryModel", self)
        return embedding_map(model, names, most=most, random_state=random_state)

    def _repr_html_(self) -> str:
        return model_html(cast("CategoryModel", self))


def model_html(model: CategoryModel) -> str:
    """Its size, where it comes from, its precision levels, and what lies at the top of its tree."""
    tree = model.tree
    key = {
        "categories": f"{len(tree):,}",
        "of them leaves": f"{len(tree.leaves):,}",
        "levels": str(tree.depth),
        "features": f"{len(model.reader.vocabulary):,}",
        "weights": f"{_weights(model):,}",
        "corrections": f"{len(model.corrections):,}",
    }
    return card(
        "Model",
        figures(key),
        levels_table(model.precision_levels) if model.precision_levels else "",
        *(note(sentence(remark)) for remark in _remarks(model)),
        note(f"At the top: {_top_titles(model)}."),
        beside=text(_origin(model)),
    )


def _top_titles(model: CategoryModel) -> str:
    titles = [model.tree.titles[node] for node in model.tree.children(-1).tolist()]
    left_out = [f"… {len(titles) - TOPS:,} more"] if len(titles) > TOPS else []
    return ", ".join(map(text, [*titles[:TOPS], *left_out]))


def _origin(model: CategoryModel) -> str:
    """What it was trained on."""
    rows, place = model.facts.get("rows"), model.facts.get("catalogue", {}).get("place")
    return f"trained on {rows:,} rows of {place}" if rows and place else ""


def _remarks(model: CategoryModel) -> Iterator[str]:
    """What to know of the levels: on how many rows, on which, and what has changed since."""
    certificates = model.certificates
    if not certificates:
        yield f"No precision level is certified: {certificates.reason}."
    for kind, each in certificates.items():
        rows = len(each.outcomes)
        yield f"“{kind}”: {GOODS[kind]}, certified on {rows:,} rows that it was not trained on."
    if certified_on := model.facts.get("certified_on"):
        yield f"The rows are {certified_on}."
    if certificates.note:
        yield f"The levels were {certificates.note}: call model.certify(rows)."


def _weights(model: CategoryModel) -> int:
    return sum(branch.weights.data.size for branch in model.linear_tree.branches.values())
