"""What vectors of names are worth: neighbours of the same category, and categories never seen.

    python benchmarks/embedding.py CATALOGUE
    python benchmarks/embedding.py CATALOGUE --small SMALL.tsv OTHER.tsv --vectors textcat,tfidf-svd

Everything learns from the training rows of CATALOGUE. Neighbours are by cosine:

recall@10   of a name's 10 nearest, those in exactly its category, divided by 10 or by the rows of
            the category if they are fewer; the mean over the names of a test set. "train": among
            the training rows. "itself": among the other names of the test set.
1-NN        share of names whose nearest training row is in their category

The small catalogues have trees of their own. Ten rows of each category are drawn, the others that
are not the same but for digits and signs are asked: their nearest row, and a logistic regression,
whose strength is chosen by cross-validation of the drawn rows. Means of several draws.

Speed is in processor seconds of one thread, for names that were never asked before and for the same
names once more.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from time import process_time
from typing import Any

import numpy as np
import numpy.typing as npt
from peers.vectors import VECTORS, Textcat, Vectors
from rows import Rows, Split, read_rows, read_split, same_but_for_digits
from scipy.sparse import issparse
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GridSearchCV, KFold
from threadpoolctl import threadpool_limits

NEIGHBOURS, AT_ONCE = 10, 256
STRENGTHS = {"C": [1, 10, 100]}
FOLDS = KFold(3, shuffle=True, random_state=0)  # a category may have a single row

Labels = npt.NDArray[np.intp]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("catalogue", type=Path)
    parser.add_argument("--small", type=Path, nargs="*", default=[], help="other catalogues")
    parser.add_argument("--vectors", default="textcat,tfidf-svd,fasttext,skipgram")
    parser.add_argument("--dim", type=int, default=128)
    parser.add_argument("--asked", type=int, default=5000, help="names of a test set, at most")
    parser.add_argument("--shots", type=int, default=10, help="rows a category")
    parser.add_argument("--draws", type=int, default=5)
    parser.add_argument("--limit", type=int, help="training rows, drawn by seed")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    split = read_split(options.catalogue, options.seed, options.limit)
    small = {path.stem: read_rows(path) for path in options.small}
    with threadpool_limits(1):
        for name in options.vectors.split(","):
            vectors = VECTORS[name]()
            started = process_time()
            vectors.fit(split.train, options.dim, options.seed)
            print(f"\n{name}: fitted in {process_time() - started:.0f} s", flush=True)
            _print_speed(vectors, split)
            _print_neighbours(vectors, split, options)
            for catalogue, rows in small.items():
                _print_few(vectors, catalogue, rows, options)


def _print_speed(vectors: Vectors, split: Split) -> None:
    asked = [name for rows in split.tests.values() for name in rows.names]
    rates = []
    for _ in range(2):
        started = process_time()
        vectors.encode(asked)
        rates.append(len(asked) / (process_time() - started))
    print(f"  names/s: new {rates[0]:,.0f}, again {rates[1]:,.0f}")


def _print_neighbours(vectors: Vectors, split: Split, options: argparse.Namespace) -> None:
    pool, categories = vectors.encode(split.train.names), np.array(split.train.paths)
    for part, rows in split.tests.items():
        whole, true = vectors.encode(rows.names), np.array(rows.paths)
        drawn = np.random.default_rng(options.seed).permutation(len(true))[: options.asked]
        recall, nearest = _neighbours(whole[drawn], true[drawn], pool, categories)
        alone, _ = _neighbours(whole[drawn], true[drawn], whole, true, themselves=drawn)
        line = f"recall@10 train {recall:.3f}, itself {alone:.3f}; 1-NN {nearest:.3f}"
        category = _nearest_category(vectors, whole[drawn], true[drawn])
        print(f"  {part:18}{line}{category}", flush=True)


def _neighbours(
    asked: Any, true: Any, pool: Any, categories: Any, themselves: Labels | None = None
) -> tuple[float, float]:
    """Recall among the nearest, and the share of names whose nearest one is of their category.

    `themselves` are the places of the names asked in the pool, if they are in it.
    """
    own, others = _numbered(true, categories)
    there = np.bincount(others, minlength=own.max() + 1)[own] - (themselves is not None)
    hits, right = [], []
    for start in range(0, asked.shape[0], AT_ONCE):
        cosines = _cosines(asked[start : start + AT_ONCE], pool)
        if themselves is not None:
            cosines[np.arange(len(cosines)), themselves[start : start + AT_ONCE]] = -np.inf
        same = own[start : start + AT_ONCE, None]
        nearest = np.argpartition(cosines, -NEIGHBOURS, axis=1)[:, -NEIGHBOURS:]
        hits.append((others[nearest] == same).sum(axis=1))
        right.append(others[cosines.argmax(axis=1)] == same[:, 0])
    found = there > 0
    recall = np.concatenate(hits)[found] / np.minimum(NEIGHBOURS, there[found])
    return float(recall.mean()), float(np.concatenate(right).mean())


def _nearest_category(vectors: Vectors, asked: Any, true: Any) -> str:
    """What comes of taking the category whose vector is nearest, where categories have vectors."""
    if not isinstance(vectors, Textcat):
        return ""
    tree, categories = vectors.model.tree, vectors.model.encode_categories()
    leaves = tree.leaves
    paths = np.array(tree.to_paths())[leaves]
    nearest = paths[(asked @ categories[leaves].T).argmax(axis=1)]
    return f"; nearest category right {(nearest == true).mean():.3f}"


def _print_few(vectors: Vectors, catalogue: str, rows: Rows, options: argparse.Namespace) -> None:
    X, labels = vectors.encode(rows.names), _numbered(np.array(rows.paths))[0]
    groups = np.unique([same_but_for_digits(name) for name in rows.names], return_inverse=True)[1]
    shares = []
    for draw in range(options.draws):
        drawn, asked = _drawn(labels, groups, options.shots, options.seed + draw)
        cosines = _cosines(X[asked], X[drawn])
        nearest = labels[drawn][cosines.argmax(axis=1)] == labels[asked]
        head = GridSearchCV(LogisticRegression(max_iter=1000), STRENGTHS, cv=FOLDS)
        shares.append(
            [nearest.mean(), head.fit(X[drawn], labels[drawn]).score(X[asked], labels[asked])]
        )
    one, logistic = np.mean(shares, axis=0)
    spread = np.std(shares, axis=0).max()
    print(
        f"  {catalogue:18}1-NN {one:.3f}, logistic {logistic:.3f} (± {spread:.3f} a draw)",
        flush=True,
    )


def _drawn(labels: Labels, groups: Labels, shots: int, seed: int) -> tuple[Labels, Labels]:
    """So many rows of every category, and those that resemble none of them."""
    order = np.random.default_rng(seed).permutation(len(labels))
    drawn = np.concatenate([order[labels[order] == label][:shots] for label in np.unique(labels)])
    return drawn, np.flatnonzero(~np.isin(groups, groups[drawn]))


def _cosines(one: Any, other: Any) -> npt.NDArray[np.float32]:
    product = one @ other.T
    table: npt.NDArray[np.float32] = product.toarray() if issparse(product) else product
    return table


def _numbered(*paths: Any) -> list[Labels]:
    """Numbers of categories, the same in every array of paths."""
    numbers = np.unique(np.concatenate(paths), return_inverse=True)[1]
    return np.split(numbers, np.cumsum([len(part) for part in paths])[:-1])


if __name__ == "__main__":
    main()
