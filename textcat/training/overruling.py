"""A catalogue in which corrections have the last word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from textcat.catalogue import Catalogue, read_catalogue
from textcat.learning.corrections import Corrections, corrections_of
from textcat.training.rows import categories_of_rows
from textcat.tree import CategoryTree
from textcat.values import normalize_name

Value = TypeVar("Value")


def read_corrections(source: object) -> Catalogue | None:
    """Rows that overrule others; None if there are none, as of a model that learned nothing."""
    is_empty = source is None or (isinstance(source, list | tuple) and not source)
    return None if is_empty else read_catalogue(source)


def kept_corrections(corrections: Catalogue | None, tree: CategoryTree) -> Corrections:
    """What a model keeps of them."""
    if corrections is None:
        return ()
    return corrections_of(corrections.names, categories_of_rows(corrections, tree), tree)


def overruled(catalogue: Catalogue, corrections: Catalogue | None) -> Catalogue:
    """A catalogue whose rows are as the corrections of their names say.

    Names are the same if `normalize_name` makes them so; of several corrections of a name the last
    one counts. Names that the catalogue does not have are added to its end.

    >>> catalogue = read_catalogue([("Чай", "Кофе"), ("Кофе", "Кофе")])
    >>> corrected = overruled(catalogue, read_catalogue([("ЧАЙ", "Чай"), ("Улун", "Чай")]))
    >>> list(zip(corrected.names, corrected.paths))
    [('Чай', ('Чай',)), ('Кофе', ('Кофе',)), ('Улун', ('Чай',))]
    """
    if corrections is None:
        return catalogue
    last = {normalize_name(name): row for row, name in enumerate(corrections.names)}
    by_row = [last.get(normalize_name(name), -1) for name in catalogue.names]
    new = sorted(set(last.values()) - set(by_row))

    def overrule(values: Sequence[Value], corrected: Sequence[Value]) -> list[Value]:
        pairs = zip(values, by_row, strict=True)
        own = [value if row < 0 else corrected[row] for value, row in pairs]
        return own + [corrected[row] for row in new]

    after = max(catalogue.rows) + 1  # rows of one number are one product
    nodes = catalogue.nodes
    if nodes is not None and catalogue.tree is not None:
        nodes = overrule(nodes, categories_of_rows(corrections, catalogue.tree).tolist())
    return replace(
        catalogue,
        names=catalogue.names + [corrections.names[row] for row in new],
        paths=overrule(catalogue.paths, corrections.paths),
        rows=[*catalogue.rows, *range(after, after + len(new))],
        nodes=nodes,
    )
