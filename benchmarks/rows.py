"""A catalogue file -> the rows to fit on and the rows to be judged on, the same for everyone."""

from __future__ import annotations

import csv
import gzip
import hashlib
import json
import lzma
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple, TextIO, cast

import numpy as np

TRAIN = "train"
TEST_SHARE = 0.2  # of every category's rows, where the catalogue brings no split of its own
_NOT_LETTERS = re.compile(r"[\W\d_]+")


class Rows(NamedTuple):
    """Names and their categories' paths, row by row."""

    names: tuple[str, ...]
    paths: tuple[str, ...]

    def digest(self) -> str:
        """Hash of the rows in their order: two runs with the same one had the same rows."""
        content = json.dumps([self.names, self.paths]).encode()
        return hashlib.blake2b(content, digest_size=6).hexdigest()


class Split(NamedTuple):
    """Rows to fit on, and test sets by name."""

    train: Rows
    tests: dict[str, Rows]
    incomplete: int  # rows of the file without a name, a path or a split: left out


def read_split(catalogue: Path, seed: int = 0, limit: int | None = None) -> Split:
    """Read a TSV or CSV file, also .xz or .gz, with columns name, path and optionally split.

    Every value of split other than `train` is a test set. Without that column, a fifth of every
    category is; near-duplicates always lie on one side. With `limit`, only so many training rows
    and the same share of every test set are kept, drawn by seed.
    """
    if not catalogue.is_file():
        raise SystemExit(f"{catalogue}: no such file")
    with _opened(catalogue) as file:
        rows = list(_rows(catalogue, file))
    complete = [row for row in rows if all(row)]
    parts: dict[str, list[tuple[str, str]]] = defaultdict(list)
    if complete and len(complete[0]) == 2:
        complete = _with_split(complete, seed)
    for name, path, part in complete:
        parts[part].append((name, path))
    if not parts[TRAIN] or len(parts) < 2:
        raise SystemExit(f"{catalogue.name}: needs rows of split 'train' and of another one")
    share = min(1.0, limit / len(parts[TRAIN])) if limit else 1.0
    kept = {part: _sample(pairs, share, seed) for part, pairs in parts.items()}
    return Split(kept.pop(TRAIN), dict(sorted(kept.items())), len(rows) - len(complete))


def read_rows(catalogue: Path, seed: int = 0, limit: int | None = None) -> Rows:
    """Read all rows of such a file, whatever their split; with `limit`, so many drawn by seed."""
    with _opened(catalogue) as file:
        pairs = [(row[0], row[1]) for row in _rows(catalogue, file) if all(row)]
    return _sample(pairs, min(1.0, limit / len(pairs)) if limit else 1.0, seed)


def read_paths(tree: Path) -> list[str]:
    """Read a file of paths, one a line, also .xz or .gz."""
    with _opened(tree) as lines:
        return [line.strip() for line in lines if line.strip()]


def _opened(path: Path) -> TextIO:
    openers: dict[str, Callable[..., Any]] = {".xz": lzma.open, ".gz": gzip.open}
    opener = openers.get(path.suffix, open)
    return cast(TextIO, opener(path, "rt", encoding="utf-8-sig", newline=""))


def _rows(catalogue: Path, file: TextIO) -> Iterator[tuple[str, ...]]:
    """Yield (name, path) or (name, path, split), without white space around."""
    if ".tsv" in catalogue.suffixes:  # inch marks are no quotes there
        reader = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
    else:
        reader = csv.DictReader(file)
    columns = (
        ["name", "path", "split"] if "split" in (reader.fieldnames or ()) else ["name", "path"]
    )
    missing = set(columns) - set(reader.fieldnames or ())
    if missing:
        raise SystemExit(f"{catalogue.name} has no column {sorted(missing)}: {reader.fieldnames}")
    for row in reader:
        yield tuple((row[column] or "").strip() for column in columns)


def _with_split(rows: list[tuple[str, ...]], seed: int) -> list[tuple[str, ...]]:
    """Add the split: whole groups of near-duplicates go to the test set, category by category."""
    test = set(_test_groups(rows, seed))
    return [
        (name, path, "test" if same_but_for_digits(name) in test else TRAIN) for name, path in rows
    ]


def _test_groups(rows: list[tuple[str, ...]], seed: int) -> Iterator[str]:
    """Choose groups at random while they bring a category nearer to its share."""
    groups: dict[str, list[str]] = defaultdict(list)  # a near-duplicate's key -> its paths
    for name, path in rows:
        groups[same_but_for_digits(name)].append(path)
    keys = sorted(groups)
    np.random.default_rng(seed).shuffle(keys)
    rows_of = _counts(path for _, path in rows)
    taken: dict[str, int] = defaultdict(int)
    for key in keys:
        path = groups[key][0]  # a group that lies in several categories counts for its first one
        if taken[path] + len(groups[key]) / 2 <= TEST_SHARE * rows_of[path]:
            taken[path] += len(groups[key])
            yield key


def same_but_for_digits(name: str) -> str:
    """Near-duplicates' common key: «Наволочка 50х70, беж.» -> 'наволочка х беж'."""
    return _NOT_LETTERS.sub(" ", name.casefold()).strip() or name


def _counts(values: Iterable[str]) -> dict[str, int]:
    counts: dict[str, int] = defaultdict(int)
    for value in values:
        counts[value] += 1
    return counts


def _sample(pairs: list[tuple[str, str]], share: float, seed: int) -> Rows:
    """Draw rows without replacement; they stay in the file's order."""
    count = max(1, round(share * len(pairs)))
    drawn = np.random.default_rng(seed).permutation(len(pairs))[:count]
    names, paths = zip(*(pairs[i] for i in np.sort(drawn)), strict=True)
    return Rows(names, paths)
