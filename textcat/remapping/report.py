"""What came of carrying a model over to a changed tree, for people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from textcat.display.markup import note, sentence
from textcat.tree.diff import Category, TreeDiff


@dataclass(frozen=True)
class RemapReport:
    """What became of the categories of a model.

    Attributes
    ----------
    diff : TreeDiff
    untold : tuple of str
        Paths of new categories whose titles and synonyms have nothing of their own.
    """

    diff: TreeDiff
    untold: tuple[str, ...] = ()

    @property
    def moved(self) -> tuple[str, ...]:
        """New paths of categories that were carried over approximately."""
        return _paths(self.diff.moved, "new_path")

    @property
    def retired(self) -> tuple[str, ...]:
        """Paths of categories whose goods have no category of their own any more."""
        return _paths(self.diff.retired, "old_path")

    @property
    def changes(self) -> str:
        """What may be answered otherwise now, in a line; nothing after new titles and ids alone."""
        counts = {**self.diff.counts, "kept": 0, "renamed": 0}
        return ", ".join(f"{count:,} {kind}" for kind, count in counts.items() if count)

    def to_dict(self) -> dict[str, Any]:
        """Plain values: `counts`, and lists of paths."""
        return {
            "counts": self.diff.counts,
            "moved": list(self.moved),
            "merged": [str(each) for each in self.diff.merged],
            "added": list(_paths(self.diff.added, "new_path")),
            "retired": list(self.retired),
            "untold": list(self.untold),
        }

    def __str__(self) -> str:
        return "\n".join([str(self.diff), *self._advice()])

    def _repr_html_(self) -> str:
        advice = "".join(note(sentence(line)) for line in self._advice())
        return f"{self.diff._repr_html_()}{advice}"

    def _advice(self) -> list[str]:
        lines = []
        if self.diff.moved or self.diff.merged:
            lines.append(
                "Moved and merged categories are carried over approximately: learn rows of them, "
                "or train again."
            )
        if self.diff.added:
            lines.append("New categories are known by their titles alone: learn rows of them.")
        if self.untold:
            shown = "; ".join(self.untold[:5]) + ("; …" if len(self.untold) > 5 else "")
            lines.append(f"Not told from others by their titles, and so hardly answered: {shown}")
        if self.diff.retired:
            lines.append("Goods of retired categories are answered with what is closest to them.")
        return lines


def _paths(categories: Sequence[Category], side: str) -> tuple[str, ...]:
    return tuple(getattr(category, side) for category in categories)
