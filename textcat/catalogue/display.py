"""How a catalogue looks in a notebook: what was read and dropped, and its categories."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from textcat.display.markup import card, faint, figures, note, sentence, table, text
from textcat.tree import CategoryTree
from textcat.tree.browser import TreeBrowser, browse, subtree_sums

if TYPE_CHECKING:
    from textcat.catalogue.labelled import Catalogue
    from textcat.catalogue.report import CatalogueReport


def report_html(report: CatalogueReport) -> str:
    """Counts, how it was read, and everything that was found with an example."""
    key = {
        "rows read": f"{report.rows_read:,}",
        "kept": f"{report.rows_kept:,}",
        "dropped": f"{report.rows_dropped:,}",
        "categories": f"{report.categories:,}",
        "levels": str(report.depth),
    }
    found = [
        (faint(heading), sentence(what), f"{each.count:,}", text(report.shown(each.examples[0])))
        for heading, what, each in report.findings()
    ]
    facts = ", ".join(f"{name}: {fact}" for name, fact in report.facts.items())
    return card(
        "Catalogue",
        figures(key),
        note(sentence(facts)) if facts else "",
        table(("", "what was found", "rows", "such as"), found, "llrl") if found else "",
        beside=text(report.place),
    )


def browser(
    catalogue: Catalogue, root: str | Sequence[str] | None = None, **shown: int
) -> TreeBrowser:
    """The tree of a catalogue with the rows of every category.

    >>> from textcat.catalogue import read_catalogue
    >>> print(browser(read_catalogue([("Чай", "Еда > Чай"), ("Хлеб", "Еда"), ("Роман", "Книги")])))
    3 categories, 2 of them leaves (rows)
    Еда  2
      Чай  1
    Книги  1
    """
    tree = catalogue.tree or CategoryTree.from_paths(catalogue.paths)
    nodes = catalogue.nodes
    if nodes is None:
        node_of = {path: tree.index(path) for path in dict.fromkeys(catalogue.paths)}
        nodes = [node_of[path] for path in catalogue.paths]
    rows = np.bincount(nodes, minlength=len(tree))
    return browse(tree, {"rows": subtree_sums(tree, rows)}, root, **shown)
