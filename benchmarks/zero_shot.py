"""Categories without products, and with few of them.

    python benchmarks/zero_shot.py CATALOGUE
    python benchmarks/zero_shot.py CATALOGUE --every 5 --shots 1 3 10 --jobs 2

Without products: the training rows of every fifth leaf are taken away, and names of all categories
are asked with the whole tree competing. "seen only" is a model whose tree lacks those leaves: what
the others' names come to when nothing competes with them.

Few: every category is cut to so many rows, and the same rows go to one linear SVM a category
without any tree.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
from peers.features import WordTfidf
from rows import Rows, Split, read_split
from sklearn.svm import LinearSVC

import textcat
from textcat import CategoryTree

LEVEL = 0.95

Answers = Callable[[Sequence[str]], Sequence[str | None]]
Mask = npt.NDArray[np.bool_]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("catalogue", type=Path)
    parser.add_argument("--every", type=int, default=5, help="take every so many-th leaf's rows")
    parser.add_argument("--shots", type=int, nargs="*", default=[1, 3, 10], help="rows a category")
    parser.add_argument("--jobs", type=int, default=-1)
    arguments = parser.parse_args()
    split = read_split(arguments.catalogue)
    tree = CategoryTree.from_paths([*split.train.paths, *_all_paths(split)])
    _without_rows(split, tree, arguments.every, arguments.jobs)
    for shots in arguments.shots:
        _with_few(split, tree, shots, arguments.jobs)


def _without_rows(split: Split, tree: CategoryTree, every: int, jobs: int) -> None:
    taken = set(sorted(set(split.train.paths))[::every])
    rows = [pair for pair in zip(*split.train, strict=True) if pair[1] not in taken]
    seen = CategoryTree.from_paths([path for _, path in rows])
    whole = textcat.train(rows, tree=tree, n_jobs=jobs)
    closed = textcat.train(rows, tree=seen, n_jobs=jobs, calibration=None)
    print(f"{len(taken):,} of {len(set(split.train.paths)):,} categories without rows")
    print(f"{'test set':16}{'names':>8}{'without rows':>14}{'others':>9}{'seen only':>11}")
    for name, asked in split.tests.items():
        is_taken = np.array([path in taken for path in asked.paths])
        right, right_closed = _right(_leaf(whole), asked), _right(_leaf(closed), asked)
        print(
            f"{name:16}{len(asked.names):8,}{right[is_taken].mean():14.3f}"
            f"{right[~is_taken].mean():9.3f}{right_closed[~is_taken].mean():11.3f}"
        )
        _print_promise(whole, asked, is_taken)


def _print_promise(model: textcat.CategoryModel, asked: Rows, is_taken: Mask) -> None:
    """What a certified level is worth for names of categories that had no row to certify on."""
    answers = model.predict(asked.names, precision=LEVEL)
    paths = [" > ".join(answer.path or ()) for answer in answers]
    answered = np.array([bool(path) for path in paths])
    both = zip(paths, asked.paths, strict=True)
    right = np.array([(true + " > ").startswith(path + " > ") for path, true in both])
    for label, chosen in (("without rows", is_taken), ("others", ~is_taken)):
        print(
            f"    at {LEVEL}, {label}: answered {answered[chosen].mean():.3f}, "
            f"right of these {right[chosen & answered].mean():.3f}"
        )


def _with_few(split: Split, tree: CategoryTree, shots: int, jobs: int) -> None:
    rows = _cut(split.train, shots)
    model = textcat.train(rows, tree=tree, n_jobs=jobs, calibration=None)
    flat = _flat(rows)
    print(f"\n{shots} rows a category, {len(rows):,} in all")
    for name, asked in split.tests.items():
        ours, theirs = _right(_leaf(model), asked).mean(), _right(flat, asked).mean()
        print(f"{name:16} textcat {ours:.3f}   flat LinearSVC {theirs:.3f}")


def _cut(train: Rows, shots: int) -> list[tuple[str, str]]:
    """So many rows of every category, drawn at random."""
    order = np.random.default_rng(0).permutation(len(train.names))
    kept: dict[str, list[tuple[str, str]]] = {}
    for place in order.tolist():
        rows = kept.setdefault(train.paths[place], [])
        if len(rows) < shots:
            rows.append((train.names[place], train.paths[place]))
    return [row for rows in kept.values() for row in rows]


def _flat(rows: list[tuple[str, str]]) -> Answers:
    names, paths = zip(*rows, strict=True)
    features, svm = WordTfidf(), LinearSVC(random_state=0)
    svm.fit(features.fit_transform(list(names)), paths)

    def answers(asked: Sequence[str]) -> Sequence[str | None]:
        chunks = [asked[start : start + 4096] for start in range(0, len(asked), 4096)]
        return [str(path) for chunk in chunks for path in svm.predict(features.transform(chunk))]

    return answers


def _leaf(model: textcat.CategoryModel) -> Answers:
    def answers(asked: Sequence[str]) -> Sequence[str | None]:
        found = model.predict(asked, precision=None)
        return [" > ".join(answer.path or ()) for answer in found]

    return answers


def _right(answers: Answers, asked: Rows) -> Mask:
    found = answers(asked.names)
    return np.array([one == true for one, true in zip(found, asked.paths, strict=True)])


def _all_paths(split: Split) -> list[str]:
    return [path for rows in split.tests.values() for path in rows.paths]


if __name__ == "__main__":
    main()
