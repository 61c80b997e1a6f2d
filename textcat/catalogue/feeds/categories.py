"""The categories of a feed -> a tree: what can be mended is, and is counted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from textcat.catalogue.feeds.formats import Category
from textcat.catalogue.report import Finding, count
from textcat.errors import CatalogueError, TreeError
from textcat.tree import CategoryTree


def make_tree(
    categories: Iterable[Category], place: str
) -> tuple[CategoryTree | None, dict[str, str]]:
    """Build the tree of a feed, whatever the order of its categories; None if it has none.

    A category whose parent does not exist is taken for the top level, one without a title is
    called by its id, and one that is given twice counts once; one without an id, which no offer
    can refer to, is left out.

    Parameters
    ----------
    categories : iterable of Category
    place : str
        What an error calls the feed.

    Returns
    -------
    tree : CategoryTree or None
    mended : dict of str
        What was mended -> how often, and where first.

    Raises
    ------
    CatalogueError
        If two categories have one id, or if categories stand in a cycle.

    Examples
    --------
    >>> given = [Category("2", "1", "Чай", 4), Category("1", "0", "Еда", 5)]
    >>> tree, mended = make_tree(given, "feed.xml")
    >>> print(tree)
    Еда
      Чай
    >>> mended
    {'categories without the parent they name': "1 (line 5: '0', '1' is taken for the top level)"}
    """
    maker = _TreeMaker(place)
    for category in categories:
        maker.add(category)
    tree = maker.tree()
    return tree, {what: _shown(finding) for what, finding in maker.mended.items()}


class _TreeMaker:
    """Gathers the categories of a feed, and counts what is wrong with them."""

    def __init__(self, place: str) -> None:
        self.mended: dict[str, Finding] = {}
        self._place = place
        self._by_id: dict[str, Category] = {}
        self._repeats: list[tuple[str, Category]] = []
        self._id_of: dict[int, str] = {}  # number of a record -> id of its category

    def add(self, category: Category) -> None:
        """Take the next category of the feed."""
        if category.id is None:
            self._mend("categories without an id", category, category.title or "", "left out")
            return
        if category.number is not None:
            self._id_of[category.number] = category.id
        if self._by_id.setdefault(category.id, category) is not category:
            self._repeats.append((category.id, category))

    def tree(self) -> CategoryTree | None:
        """Build the tree of all that were taken."""
        for id_, again in self._repeats:
            self._check_same(id_, self._by_id[id_], again)
        if not self._by_id:
            return None
        try:
            return CategoryTree.from_rows(self._rows())
        except TreeError as error:
            raise CatalogueError(f"{self._place}: {error}; mend the feed's categories.") from error

    def _check_same(self, id_: str, first: Category, again: Category) -> None:
        """Tell a category that is repeated from another with its id."""
        parents = (self._parent(first), self._parent(again))
        if first.title != again.title or parents[0] != parents[1]:
            raise CatalogueError(
                f"{self._place}, line {again.line:,}: two categories have the id {id_!r:.80}: "
                f"{first.title!r:.80} under {parents[0]!r:.80} (line {first.line:,}) and "
                f"{again.title!r:.80} under {parents[1]!r:.80}; give each an id of its own."
            )
        self._mend("categories given twice", again, id_, f"the same as in line {first.line:,}")

    def _rows(self) -> Iterator[tuple[str, str | None, str]]:
        for id_, category in self._by_id.items():
            parent = self._parent(category)
            if parent is not None and parent not in self._by_id:
                reason = f"{id_!r:.80} is taken for the top level"
                self._mend("categories without the parent they name", category, parent, reason)
                parent = None
            if not category.title:
                self._mend("categories without a title", category, id_, "called by the id")
            yield id_, parent, category.title or id_

    def _parent(self, category: Category) -> str | None:
        parent = category.parent
        return self._id_of.get(parent, "") if isinstance(parent, int) else parent

    def _mend(self, what: str, category: Category, value: str, reason: str) -> None:
        count(self.mended, what, category.line, value, reason)


def _shown(finding: Finding) -> str:
    first = finding.examples[0]
    return f"{finding.count:,} (line {first.row}: {first.value!r}, {first.reason})"
