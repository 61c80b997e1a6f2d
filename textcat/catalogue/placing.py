"""Categories as written -> their paths, and their nodes if there is a tree."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from textcat.catalogue.paths import is_no_category, split_path
from textcat.errors import TreeError
from textcat.tree import NO_NODE, CategoryTree
from textcat.values import as_text

MOST_COMPARED = 50_000  # categories; it takes a second to find the closest of 100,000
_NOT_TITLES = (str, bytes, bytearray, memoryview, Mapping, AbstractSet)  # though iterable
TitlePath = tuple[str, ...]
Written = str | TitlePath  # a category as it stands in the table: one string, or its titles


class Place(NamedTuple):
    """Where a category stands."""

    path: TitlePath
    node: int = NO_NODE  # in the last tree; stays so if a tree does not have the category


def as_written(cells: Sequence[object]) -> Written | None:
    """Read a category's cell, or the cells of its levels; None if there is none.

    Examples
    --------
    >>> as_written(["Еда > Чай"]), as_written([["Еда", "Чай"]]), as_written(["Еда", None])
    ('Еда > Чай', ('Еда', 'Чай'), ('Еда', ''))
    """
    if len(cells) > 1:
        titles = [as_text(cell) or "" for cell in cells]
        levels = tuple(["" if is_no_category(title) else title for title in titles])
        return levels if any(levels) else None
    if not isinstance(cells[0], _NOT_TITLES) and isinstance(cells[0], Iterable):
        return tuple([as_text(title) or "" for title in cells[0]])
    text = as_text(cells[0])
    return None if text is None or is_no_category(text) else text


def place_categories(
    categories: Collection[Written],
    separator: str | None = None,
    trees: Sequence[CategoryTree] = (),
) -> dict[Written, Place]:
    """Find where each category stands; one with an empty title inside is left out.

    Parameters
    ----------
    categories : collection of str or of tuple of str
        Paths, or ids in the first tree. Each is cut and looked up once.
    separator : str, optional
        Between the titles of a path.
    trees : sequence of CategoryTree
        With several, what the first has is looked up by its path in the next: ids of a shop's feed
        mean nothing in a marketplace's tree.

    Examples
    --------
    >>> place_categories(["Еда/Чай", "Еда//Чай"], "/")
    {'Еда/Чай': Place(path=('Еда', 'Чай'), node=-1)}
    >>> tree = CategoryTree.from_rows([(7, None, "Еда"), (8, 7, "Чай")])
    >>> place_categories(["8"], None, [tree])
    {'8': Place(path=('Еда', 'Чай'), node=1)}
    """
    places: dict[Written, Place] = {}
    same: dict[TitlePath, TitlePath] = {}  # equal paths are one object
    for category in categories:
        try:
            path = split_path(category, separator)
        except ValueError:
            continue
        place = _in_trees(category, path, trees)
        places[category] = place._replace(path=same.setdefault(place.path, place.path))
    return places


def why_unknown(path: TitlePath, tree: CategoryTree) -> str:
    """Say why no node could be found for a path, and which categories are the closest."""
    if len(tree) > MOST_COMPARED and path not in tree:
        return f"no category {path!r:.160} in the tree"
    try:
        tree.index(path[0] if len(path) == 1 else path)
    except TreeError as error:
        return str(error)
    return f"no category {path!r:.160} in the tree that came along"  # only in the other


def _in_trees(category: Written, path: TitlePath, trees: Sequence[CategoryTree]) -> Place:
    place, ways = Place(path), [category, path]
    for tree in trees if path else ():
        node = next((tree.index(way) for way in ways if _is_one(way, tree)), NO_NODE)
        if node == NO_NODE:
            return Place(place.path)
        place = Place(tree.path(node), node)
        ways = [place.path]
    return place


def _is_one(category: Written, tree: CategoryTree) -> bool:
    """Tell whether a tree has a category, once: its path may be that of several."""
    try:
        return category in tree and tree.index(category) != NO_NODE
    except TreeError:
        return False
