"""Categories by what people type: the words of a path, in any case and form."""

from __future__ import annotations

from textcat.tree import CategoryTree
from textcat.values import normalize_name


class CategorySearch:
    """Finds the categories of a tree.

    Examples
    --------
    >>> tree = CategoryTree.from_paths(["Одежда > Чехлы", "Чехлы", "Телефоны > Чехлы, бамперы"])
    >>> [tree.path_text(node) for node in CategorySearch(tree).find("чехлы")]
    ['Чехлы', 'Одежда > Чехлы', 'Телефоны > Чехлы, бамперы']
    """

    def __init__(self, tree: CategoryTree) -> None:
        self._titles = [normalize_name(title) for title in tree.titles]
        self._paths = [normalize_name(path) for path in tree.to_paths()]
        self._levels = tree.levels.tolist()

    def find(self, text: str) -> list[int]:
        """Nodes with all the words of a text in their paths; the closest first."""
        wanted = normalize_name(text)
        words = wanted.split()
        found = (
            node for node, path in enumerate(self._paths) if all(word in path for word in words)
        )
        return sorted(found, key=lambda node: self._distance(node, wanted))

    def _distance(self, node: int, wanted: str) -> tuple[bool, bool, bool, int]:
        """How far a title is from what is wanted; of equals the one higher up is closer."""
        title = self._titles[node]
        is_farther = title != wanted, not title.startswith(wanted), wanted not in title
        return *is_farther, self._levels[node]
