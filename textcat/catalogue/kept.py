"""The rows that are kept, and what is worth a look in them: repeats, and sizes of categories."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field, replace
from heapq import nlargest, nsmallest
from operator import attrgetter

from textcat.catalogue.placing import Place, TitlePath
from textcat.catalogue.report import EXAMPLES, CatalogueReport, CategorySize
from textcat.tree import PATH_SEPARATOR, CategoryTree
from textcat.values import normalize_name


@dataclass
class Kept:
    """The rows that can be learned from, as columns."""

    names: list[str] = field(default_factory=list)
    paths: list[TitlePath] = field(default_factory=list)  # equal paths are one object
    numbers: list[int] = field(default_factory=list)  # of rows or lines
    nodes: list[int] = field(default_factory=list)  # of the tree, if there is one
    tree: CategoryTree | None = None

    def add(self, number: int, name: str, place: Place) -> None:
        """Keep a row."""
        self.names.append(name)
        self.paths.append(place.path)
        self.numbers.append(number)
        if self.tree is not None:
            self.nodes.append(place.node)

    @property
    def categories(self) -> Sequence[Hashable]:
        """What tells the rows' categories apart: nodes, since paths may repeat in a tree."""
        return self.paths if self.tree is None else self.nodes


def note_sizes(kept: Kept, report: CatalogueReport) -> CatalogueReport:
    """Count categories and their rows, note those with few rows and those without.

    Examples
    --------
    >>> kept = Kept()
    >>> for number, title in enumerate(["Чай", "Сыр", "Сыр"], 1):
    ...     kept.add(number, title, Place(("Еда", title)))
    >>> report = note_sizes(kept, CatalogueReport("the rows", "row", {}, few=2))
    >>> report.largest[0], report.small_categories.count
    (CategorySize(category='Еда > Сыр', rows=2), 1)
    """
    rows = Counter(kept.categories)
    first: dict[Hashable, int] = {}
    for index, category in enumerate(kept.categories):
        first.setdefault(category, index)
    small = sorted((count, first[each]) for each, count in rows.items() if count < report.few)
    for count, index in small:
        reason = "the only row" if count == 1 else f"the first of its {count} rows"
        report.small_categories.add(kept.numbers[index], _path_text(kept, index), reason)
    _note_empty(kept, report)
    sizes = [CategorySize(_path_text(kept, first[each]), count) for each, count in rows.items()]
    return replace(
        report,
        categories=len(rows),
        depth=max(map(len, kept.paths), default=0),
        rows_by_depth=dict(sorted(Counter(map(len, kept.paths)).items())),
        largest=tuple(nlargest(EXAMPLES, sizes, key=attrgetter("rows"))),
        smallest=tuple(nsmallest(EXAMPLES, sizes, key=attrgetter("rows"))),
    )


def _note_empty(kept: Kept, report: CatalogueReport) -> None:
    """Note leaves of the tree that no row is in."""
    if kept.tree is None:
        return
    filled = set(kept.nodes)
    for leaf in kept.tree.leaves.tolist():
        if leaf not in filled:
            text = "" if report.empty_categories.is_full else kept.tree.path_text(leaf)
            report.empty_categories.add(None, text, "a leaf of the tree")


def _path_text(kept: Kept, index: int) -> str:
    return PATH_SEPARATOR.join(kept.paths[index])


def note_repeats(kept: Kept, report: CatalogueReport) -> None:
    """Count rows that repeat another, and names that stand in several categories."""
    first: dict[str, int] = {}
    later: dict[str, list[int]] = {}  # few names come again: one dict of lists would be far larger
    for index, name in enumerate(map(normalize_name, kept.names)):
        if first.setdefault(name, index) != index:
            later.setdefault(name, []).append(index)
    for name, others in later.items():
        _note_repeat([first[name], *others], kept, report)


def _note_repeat(indices: Sequence[int], kept: Kept, report: CatalogueReport) -> None:
    """Judge the rows of one name."""
    places: dict[Hashable, int] = {}  # category -> its first row here
    seen: dict[tuple[str, Hashable], int] = {}
    for index in indices:
        number, name, category = kept.numbers[index], kept.names[index], kept.categories[index]
        places.setdefault(category, index)
        earlier = seen.setdefault((name, category), number)
        if earlier != number:
            report.duplicates.add(number, name, f"the same as {report.unit} {earlier}")
    if len(places) > 1:
        listed = [f"{_path_text(kept, index)} ({kept.numbers[index]})" for index in places.values()]
        report.conflicts.add(kept.numbers[indices[0]], kept.names[indices[0]], "; ".join(listed))
