"""How a model follows a tree of categories that changes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias, cast

from textcat.tree import NO_NODE, CategoryTree

if TYPE_CHECKING:
    from textcat.model import CategoryModel
    from textcat.tree.changes import Change

Category: TypeAlias = "str | Sequence[str]"
"""An id, a full path as one text, or a full path as titles; see `CategoryTree.index`."""


class Editing:
    """Changes of a model's tree; each gives another model and leaves this one as it is.

    A new category leaves the answers of the others alone. Around one that was moved, merged or
    retired a few names are answered otherwise, too. What was certified was so before:
    `facts["changed_since_certified"]` says what has changed since then.
    """

    tree: CategoryTree
    facts: dict[str, Any]

    def add_category(
        self,
        path: Category,
        id: str | None = None,  # noqa: A002
        like: str | Iterable[str] = (),
    ) -> CategoryModel:
        """Add a category that nothing is known of but its title and texts that are `like` it.

        Parameters
        ----------
        path : str or sequence of str
            Categories above it that are missing are added, too.
        id : str, optional
            If the tree has ids of its own.
        like : str or iterable of str
            Synonyms of the title, or names of goods.

        Examples
        --------
        >>> import textcat
        >>> model = textcat.train([("Чай чёрный", "Чай"), ("Кофе молотый", "Кофе")], n_jobs=1)
        >>> model.add_category("Какао").predict("какао-порошок", precision=None).path
        ('Какао',)
        """
        from textcat.tree.changes import added

        change = added(self.tree, path, id)
        new = next(node for node in change.tree.leaves[::-1].tolist() if _is_new(node, change))
        return self._changed(change, {new: (like,) if isinstance(like, str) else tuple(like)})

    def rename(self, category: Category, title: str) -> CategoryModel:
        """Give a category another title; nothing is answered otherwise."""
        from textcat.tree.changes import renamed

        return self._changed(renamed(self.tree, self.tree.index(category), title))

    def move(self, category: Category, parent: Category | None) -> CategoryModel:
        """Move a category with all below it to another parent, or to the top level for None."""
        from textcat.tree.changes import moved

        above = NO_NODE if parent is None else self.tree.index(parent)
        return self._changed(moved(self.tree, self.tree.index(category), above))

    def merge(self, categories: Iterable[Category], into: Category) -> CategoryModel:
        """Merge categories into one; their children of the same title become one, too."""
        from textcat.tree.changes import merged

        nodes = [self.tree.index(category) for category in categories]
        return self._changed(merged(self.tree, nodes, self.tree.index(into)))

    def retire(self, category: Category) -> CategoryModel:
        """Take a category out with all below it; its goods are answered with what is closest."""
        from textcat.tree.changes import retired

        return self._changed(retired(self.tree, self.tree.index(category)))

    def remap(self, new_tree: CategoryTree, rows: object = None, **reading: Any) -> CategoryModel:
        """Carry the model over to another version of its tree.

        What came of it is in `facts["remapped"]`: how many categories were kept, renamed, moved,
        merged, added and retired, and which. See `CategoryTree.diff` for how they are found again.

        Parameters
        ----------
        new_tree : CategoryTree
        rows : path, table or rows, optional
            Goods with their categories in the new tree, as `textcat.read_catalogue` takes them.
            Where the model puts them now tells which categories were renamed or merged.
        **reading
            Passed on to `textcat.read_catalogue`.

        Examples
        --------
        >>> import textcat
        >>> model = textcat.train([("Чай чёрный", "Чай"), ("Кофе молотый", "Кофе")], n_jobs=1)
        >>> tree = textcat.CategoryTree.from_paths(["Напитки > Чай", "Напитки > Кофе"])
        >>> model.remap(tree).predict("кофе", precision=None).path
        ('Напитки', 'Кофе')
        """
        from textcat.remapping.remapped import diff_of, remapped

        model = cast("CategoryModel", self)
        return remapped(model, diff_of(model, new_tree, rows, reading))[0]

    def _changed(
        self, change: Change, synonyms: Mapping[int, Iterable[str]] | None = None
    ) -> CategoryModel:
        from textcat.remapping.remapped import remapped
        from textcat.tree.diff import TreeDiff

        diff = TreeDiff(self.tree, change.tree, change.node_of)
        return remapped(cast("CategoryModel", self), diff, synonyms)[0]


def _is_new(node: int, change: Change) -> bool:
    return node not in change.node_of
