"""Names or categories as points in the plane, near each other where a model takes them for alike.

The vectors are `CategoryModel.encode`'s. Up to `CLOSE_UP` points are laid out by t-SNE, which shows
who is whose neighbour; more of them, or very few, by their two principal components, which show
the large directions. Distances far across a t-SNE mean nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt

from textcat.catalogue import Catalogue
from textcat.display.canvas import GREY, figure_of, head, label
from textcat.errors import TextcatError
from textcat.model.display import MOST_POINTS
from textcat.names import read_names
from textcat.tree import NO_NODE

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from textcat.model import CategoryModel

FEWEST = 3
CLOSE_UP, SPARSE = 5000, 30  # points that t-SNE is good for
COMPONENTS = 50  # that t-SNE starts from, as its authors advise
WIDTH, HEIGHT, ENTRY = 9.4, 5.4, 0.175  # inches: the figure, and a line of its legend
# Of groups; the rest is grey. Color and shape together tell them apart, and so does their number.
GROUPS = 40
COLORS = (
    "#1f77b4", "#d95f02", "#2ca02c", "#c2334d", "#8c5fbf", "#8c564b", "#d65aa8", "#7f7f1f",
    "#0f9fae", "#4c4c4c",
)  # fmt: skip
SHAPES = "os^D"
OTHERS = "others"
PLATE = {"boxstyle": "round,pad=0.1", "facecolor": "white", "alpha": 0.8, "linewidth": 0}

Points = npt.NDArray[np.float64]


class Vectors(NamedTuple):
    """What is laid out: a vector and a top-level category for each."""

    of: str
    values: npt.NDArray[np.float32]
    groups: list[str]


def embedding_map(
    model: CategoryModel,
    names: Iterable[object] | None = None,
    *,
    most: int = MOST_POINTS,
    random_state: int = 0,
) -> Figure:
    """Draw names, a catalogue or all categories; see `CategoryModel.map`."""
    if most < FEWEST:
        raise ValueError(f"most must be {FEWEST} or more points, but is {most!r}")
    found = _vectors(model, names)
    known = np.flatnonzero(found.values.any(axis=1))
    if len(known) < FEWEST:
        raise TextcatError(
            f"a map needs {FEWEST} or more points, but of these {found.of} {len(known)} are known "
            "to the model"
        )
    chosen = _drawn(known, most, random_state)
    points, method = lay_out(found.values[chosen], random_state)
    groups = [found.groups[row] for row in chosen.tolist()]
    height = max(HEIGHT, 1 + ENTRY * min(len(set(groups)), GROUPS + 1))
    figure, (ax,) = figure_of(1, 1, (WIDTH, height))
    draw(points, groups, ax)
    of_more = f" of {len(known):,}" if len(chosen) < len(known) else ""
    head(ax, f"{len(chosen):,}{of_more} {found.of}, by {method}")
    unknown = len(found.groups) - len(known)
    left_out = f", {unknown:,} more in which nothing is known" if unknown else ""
    ax.set_xlabel(f"neighbours are taken for alike{left_out}", color=GREY, fontsize=10)
    return figure


def lay_out(vectors: npt.NDArray[np.float32], random_state: int = 0) -> tuple[Points, str]:
    """Points in the plane, (n, 2), and how they were found; the same for the same vectors.

    >>> points, method = lay_out(np.eye(4, dtype=np.float32))
    >>> points.shape, method
    ((4, 2), 'principal components')
    """
    from sklearn.decomposition import PCA
    from sklearn.manifold import TSNE
    from threadpoolctl import threadpool_limits

    with np.errstate(invalid="ignore"):  # of equal vectors nothing explains a share of nothing
        main = PCA(min(COMPONENTS, *vectors.shape), svd_solver="full").fit_transform(vectors)
    plane, spread = np.asarray(main[:, :2], np.float64), main[:, 0].std()
    if not SPARSE <= len(vectors) <= CLOSE_UP or not spread:
        return plane, "principal components"
    layout = TSNE(
        perplexity=min(30, len(vectors) / 4), init=(plane / spread * 1e-4).astype(np.float32),
        max_iter=500, random_state=random_state,
    )  # fmt: skip
    with threadpool_limits(1):  # several threads, of which one waits for a processor, take ages
        return np.asarray(layout.fit_transform(main), np.float64), "t-SNE"


def draw(points: Points, groups: Sequence[str], ax: Axes) -> Axes:
    """A point for each, and a number in the middle of every group, largest first."""
    ranked = [group for group, _ in Counter(groups).most_common(GROUPS)]
    number_of = {group: number for number, group in enumerate(ranked)}
    numbers = np.array([number_of.get(group, GROUPS) for group in groups])
    size = float(np.clip(9000 / len(points), 6, 40))
    for number, group in enumerate([*ranked, OTHERS]):
        own = points[numbers == number]
        if len(own):
            color, shape = _look(number)
            ax.scatter(
                own[:, 0], own[:, 1], size, color=color, marker=shape, alpha=0.7, linewidths=0,
                label=_entry(number, group),
            )  # fmt: skip
    for number in range(len(ranked)):
        _write_number(ax, points[numbers == number], number)
    ax.set(xticks=[], yticks=[])
    ax.grid(False)
    _legend(ax)
    return ax


def _vectors(model: CategoryModel, names: Iterable[object] | None) -> Vectors:
    """Of a catalogue its rows with their own categories; of names the ones they are answered."""
    tree = model.tree
    if names is None:
        tops = tree.ancestors_at(1).tolist()
        return Vectors("categories", model.encode_categories(), [tree.titles[top] for top in tops])
    if isinstance(names, Catalogue):
        return Vectors("rows", model.encode(names.names), [path[0] for path in names.paths])
    texts = read_names(names)
    tops = model.predict(texts, precision=None).nodes[:, 0].tolist()
    groups = ["" if top == NO_NODE else tree.titles[top] for top in tops]
    return Vectors("names", model.encode(texts), groups)


def _drawn(known: npt.NDArray[np.intp], most: int, random_state: int) -> npt.NDArray[np.intp]:
    """So many of them, drawn at random, in their order."""
    if len(known) <= most:
        return known
    return np.sort(np.random.default_rng(random_state).choice(known, most, replace=False))


def _look(number: int) -> tuple[str, str]:
    """Color and shape of a group."""
    if number >= GROUPS:
        return "#c8c8c8", "."
    return COLORS[number % len(COLORS)], SHAPES[number // len(COLORS)]


def _entry(number: int, group: str) -> str:
    return OTHERS if number >= GROUPS else label(f"{number + 1}  {group}", 32)


def _write_number(ax: Axes, own: Points, number: int) -> None:
    """At the point that is nearest to the group's middle, so that it stands among its own."""
    middle = np.median(own, axis=0)
    x, y = own[np.argmin(((own - middle) ** 2).sum(axis=1))]
    ax.text(
        x, y, str(number + 1), ha="center", va="center", fontsize=9.5, fontweight="bold",
        color=_look(number)[0], bbox=PLATE,
    )  # fmt: skip


def _legend(ax: Axes) -> None:
    legend = ax.legend(
        loc="upper left", bbox_to_anchor=(1.01, 1), frameon=False, fontsize=8.5,
        handletextpad=0.3, borderaxespad=0, labelspacing=0.35, markerscale=1.6,
    )  # fmt: skip
    for entry in legend.get_texts():
        entry.set_parse_math(False)
