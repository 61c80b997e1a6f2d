"""How cost grows with rows and with categories."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from rows import Rows, Split

from costs.point import Measuring, measure_point
from costs.synthetic import draw_split

CATEGORIES = 1000  # that rows are drawn from, however many rows
TEST_ROWS = 10_000


def by_rows(
    rows: Rows, sizes: Sequence[int], systems: Sequence[str], how: Measuring
) -> list[dict[str, Any]]:
    """Measure samples of the largest categories of a catalogue."""
    points = list(_samples(rows, sizes, how.seed))
    return [measure_point(system, split, how) for split in points for system in systems]


def by_categories(
    paths: Sequence[str], sizes: Sequence[int], total: int, systems: Sequence[str], how: Measuring
) -> list[dict[str, Any]]:
    """Measure the first nodes of a tree, with the same total of synthetic names to fit on."""
    counts = [min(size, len(paths)) for size in sizes]
    splits = [draw_split(paths[:n], max(1, round(total / n)), how.seed) for n in counts]
    return [measure_point(system, split, how) for split in splits for system in systems]


def _samples(rows: Rows, sizes: Sequence[int], seed: int) -> Iterator[Split]:
    """Draw training rows and a test set that no sample has a row of; larger samples hold smaller.

    A size beyond what there is gives all that there is.
    """
    largest = {path for path, _ in Counter(rows.paths).most_common(CATEGORIES)}
    places = [place for place, path in enumerate(rows.paths) if path in largest]
    order = np.random.default_rng(seed).permutation(np.array(places))
    held_out = min(TEST_ROWS, len(order) // 10)
    test = _part(rows, order[:held_out])
    for size in sizes:
        yield Split(_part(rows, order[held_out : held_out + size]), {"test": test}, 0)


def _part(rows: Rows, places: np.ndarray[Any, np.dtype[np.int64]]) -> Rows:
    chosen = np.sort(places).tolist()
    return Rows(*(tuple(column[place] for place in chosen) for column in rows))
