"""What every kind of feature is worth: leaf accuracy with and without it.

    python benchmarks/ablation.py CATALOGUE
    python benchmarks/ablation.py CATALOGUE --only all prefixes titles --limit 20000

Only the rows of split `train` are used. Two parts of them are held out: names at random (groups of
near-duplicates stay together), and names with a brand-like word that no other row shows. So the
choice of features never sees a test row.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from brands import brand_like_words
from rich.console import Console
from rich.table import Table
from rows import Rows, read_split
from scipy import sparse

from textcat import CategoryTree, NameVectorizer
from textcat.descent.linear_tree import LinearTree
from textcat.evaluation.metrics import coverage_at_precision
from textcat.fitting.linear_trees import fit_linear_tree
from textcat.training.held_out import near_duplicate_key

SHARE = 0.08  # of the rows, in each part held out

# What is left out -> how the texts of its features begin; pairs are the ones with a space.
ABLATIONS = {
    "all": (),
    "words as written": ("w=",),
    "lemmas": ("l=",),
    "prefixes": ("p=",),
    "head word": ("h=",),
    "numbers": ("n=",),
    "units": ("u=",),
    "codes and sizes": ("c=", "s=", "r="),
    "pairs": (" ",),
    "pairs with any number": ("#",),
    "titles": (),
}


class Parts(NamedTuple):
    """Rows to fit on and the two kinds of held-out rows, as places in the catalogue."""

    fit: npt.NDArray[np.intp]
    familiar: npt.NDArray[np.intp]
    new: npt.NDArray[np.intp]


def main() -> None:
    options = _options()
    rows = read_split(options.catalogue, options.seed, options.limit).train
    parts = hold_out(rows.names, options.seed)
    tree = CategoryTree.from_paths(rows.paths)
    true = np.array([tree.index(path) for path in rows.paths], np.int32)
    vectorizer = NameVectorizer()
    titles = [tree.titles[node] for node in tree.leaves]
    fit_names = [rows.names[row] for row in parts.fit]
    X = vectorizer.fit_transform(fit_names + titles)
    texts = vectorizer.get_feature_names_out().tolist()
    table = Table("left out", "features", "familiar", "95% right", "new brands", "95% right")
    for name in options.only:
        kept = np.array([not _is_of(text, ABLATIONS[name]) for text in texts])
        rows_used = len(parts.fit) if name == "titles" else X.shape[0]
        nodes = np.r_[true[parts.fit], tree.leaves][:rows_used]
        linear_tree = fit_linear_tree(_only(X[:rows_used], kept), nodes, tree, n_jobs=-1)
        figures = [
            figure
            for part in (parts.familiar, parts.new)
            for figure in _figures(linear_tree, vectorizer, rows, true, part, kept)
        ]
        table.add_row(name, f"{kept.sum():,}", *figures)
    Console().print(table)


def hold_out(names: tuple[str, ...] | list[str], seed: int) -> Parts:
    """Draw groups of near-duplicates, and brand-like words with all the rows that have them."""
    random = np.random.default_rng(seed)
    keys, group = np.unique([near_duplicate_key(name) for name in names], return_inverse=True)
    familiar = random.random(len(keys))[group] < SHARE
    new = _with_held_out_brand(names, random)
    return Parts(
        np.flatnonzero(~familiar & ~new), np.flatnonzero(familiar & ~new), np.flatnonzero(new)
    )


def _with_held_out_brand(
    names: tuple[str, ...] | list[str], random: np.random.Generator
) -> npt.NDArray[np.bool_]:
    """Whether a name has one of the brand-like words drawn; the first one is taken for a brand."""
    words = brand_like_words(names)
    first = Counter(found[0] for found in words if found)
    brands = sorted(brand for brand, count in first.items() if count > 1)
    drawn: set[str] = set()
    rows = 0
    for place in random.permutation(len(brands)):
        if rows >= SHARE * len(names):
            break
        drawn.add(brands[place])
        rows += first[brands[place]]
    return np.array([not drawn.isdisjoint(found) for found in words])


def _is_of(text: str, beginnings: tuple[str, ...]) -> bool:
    if " " in text:
        return " " in beginnings or ("#" in beginnings and "#" in text)
    return text.startswith(beginnings) and not text.endswith("#") if beginnings else False


def _only(X: sparse.csr_matrix, kept: npt.NDArray[np.bool_]) -> sparse.csr_matrix:
    """Keep the values of some columns; rows get length 1 again."""
    X = X.multiply(kept).tocsr().astype(np.float32)
    X.eliminate_zeros()
    lengths = np.sqrt(np.asarray(X.multiply(X).sum(axis=1)).ravel())
    X.data /= np.repeat(lengths, np.diff(X.indptr)).astype(np.float32)
    return X


def _figures(
    linear_tree: LinearTree,
    vectorizer: NameVectorizer,
    rows: Rows,
    true: npt.NDArray[np.int32],
    part: npt.NDArray[np.intp],
    kept: npt.NDArray[np.bool_],
) -> list[str]:
    """Leaf accuracy of held-out rows, and the share answered at a leaf with 95 % right."""
    X = _only(vectorizer.transform([rows.names[row] for row in part]), kept)
    nodes, probabilities = linear_tree.best_leaves(X, 1)
    right = nodes[:, 0] == true[part]
    coverage = coverage_at_precision(probabilities[:, 0], right, 0.95).coverage
    return [f"{right.mean():.4f}", f"{coverage:.3f}"]


def _options() -> Namespace:
    parser = ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("catalogue", type=Path, help="TSV or CSV with columns name and path")
    parser.add_argument("--only", nargs="+", choices=list(ABLATIONS), default=list(ABLATIONS))
    parser.add_argument("--limit", type=int, help="rows to use")
    parser.add_argument("--seed", type=int, default=0)
    return parser.parse_args()


if __name__ == "__main__":
    main()
