"""The starter model on real names: how often it is right where its tree and a store's agree.

    python benchmarks/starter.py STORE=CATALOGUE ...
    python benchmarks/starter.py general=general.tsv.xz vkusvill=vkusvill.tsv --split test

For every store there is a map, `starter_maps/STORE.tsv`, written by hand: a category of the store,
or the beginning of its path, and the nodes of the starter's tree that its goods belong to.
"""

from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table
from sklearn.feature_extraction.text import TfidfVectorizer
from starter_rows import Nodes, StoreRows, read_store

import textcat
from textcat.starter.building import build
from textcat.starter.sources import read_sources
from textcat.tree import CategoryTree

PRECISIONS = (0.9, 0.8)
BATCH = 4096


def main() -> None:
    options = _options()
    model = textcat.load(options.model) if options.model else build(read_sources(), progress=True)
    figures = []
    for store, path in options.stores:
        rows = read_store(Path(path), store, options.split, model.tree)
        figures.append(of_model(store, model, rows))
        figures.append(of_titles(store, model.tree, rows))
    console = Console()
    console = console if console.is_terminal else Console(width=120)
    console.print(as_table(figures))
    if options.json:
        text = json.dumps([asdict(each) for each in figures], ensure_ascii=False, indent=2)
        options.json.write_text(text, "utf-8")


@dataclass(frozen=True)
class Figures:
    """One line of the table: shares of the rows, and of the answers those that are right."""

    store: str
    system: str
    rows: int
    level_1: float
    mapped_level: float
    answered: tuple[float, ...] = ()
    right: tuple[float, ...] = ()

    def cells(self) -> list[str]:
        """As texts."""
        shares = [f"{share:.3f}" for share in (self.level_1, self.mapped_level)]
        pairs = zip(self.answered, self.right, strict=True)
        levels = [f"{answered:.3f} / {right:.3f}" for answered, right in pairs]
        return [self.store, f"{self.rows:,}", self.system, *shares, *levels]


def as_table(figures: list[Figures]) -> Table:
    table = Table("store", "rows", "system", "level 1", "mapped level")
    for precision in PRECISIONS:
        table.add_column(f"answered / right at {precision:g}")
    for each in figures:
        table.add_row(*each.cells(), end_section=each.system != "textcat")
    return table


def of_model(store: str, model: textcat.CategoryModel, rows: StoreRows) -> Figures:
    """The most probable leaf, and the answers at precision levels."""
    answers = model.predict(rows.names, precision=(None, *PRECISIONS))
    answered, right = [], []
    for precision in PRECISIONS:
        nodes = answers.answered_nodes(precision)
        answered.append(float((nodes >= 0).mean()))
        right.append(float(rows.agree(nodes)[nodes >= 0].mean()))
    level_1 = rows.agree(answers.nodes[:, 0]).mean()
    mapped = rows.within(answers.answered_nodes(None)).mean()
    counts = (store, "textcat", len(rows.names))
    return Figures(*counts, float(level_1), float(mapped), tuple(answered), tuple(right))


def of_titles(store: str, tree: CategoryTree, rows: StoreRows) -> Figures:
    """The leaf whose path looks most like the name, by parts of words: nothing is trained."""
    parts = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True)
    titles = parts.fit_transform([tree.path_text(leaf) for leaf in tree.leaves])
    best = [
        (parts.transform(rows.names[start : start + BATCH]) @ titles.T).toarray().argmax(axis=1)
        for start in range(0, len(rows.names), BATCH)
    ]
    leaves: Nodes = tree.leaves[np.concatenate(best)]
    tops = np.array([tree.ancestors(leaf)[0] for leaf in leaves.tolist()])
    level_1, mapped = rows.agree(tops).mean(), rows.within(leaves).mean()
    return Figures(store, "titles alone", len(rows.names), float(level_1), float(mapped))


def _options() -> Namespace:
    parser = ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "stores",
        nargs="+",
        type=lambda text: text.partition("=")[::2],
        metavar="STORE=CATALOGUE",
        help="a map in starter_maps and a file with columns name, path and maybe split",
    )
    parser.add_argument("--split", help="only rows of this split, where a file has any")
    parser.add_argument("--model", help="a starter model built before, a directory")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there too")
    return parser.parse_args()


if __name__ == "__main__":
    main()
