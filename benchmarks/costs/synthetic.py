"""Names for a category tree that comes without any: words of the titles on the way."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from rows import Rows, Split

_WORD = re.compile(r"[^\W\d_]{3,}")
_SEPARATOR = " > "


def draw_split(paths: Sequence[str], names_each: int, seed: int) -> Split:
    """Rows to fit on, so many for every node, and a test set of one name for every node."""
    fit, test = (draw_rows(paths, count, [seed, count]) for count in (names_each, 1))
    return Split(fit, {"test": test}, 0)


def draw_rows(paths: Sequence[str], names_each: int, seed: Sequence[int]) -> Rows:
    """Two or three words a name: one or two of the title, one of the titles above, any order.

    >>> draw_rows(["Обувь > Сапоги зимние женские"], 3, [0]).names
    ('обувь сапоги женские', 'обувь сапоги', 'сапоги обувь женские')
    """
    random = np.random.default_rng(list(seed))
    drawn = [
        (_name(path, random), path) for path in paths for _ in range(names_each) if _words(path)
    ]
    names, where = zip(*drawn, strict=True)
    return Rows(names, where)


def _name(path: str, random: np.random.Generator) -> str:
    above, _, title = path.rpartition(_SEPARATOR)
    own, others = _words(title), _words(above)
    chosen = _some(own, int(random.integers(1, 3)), random) + _some(others, 1, random)
    return " ".join(_some(chosen, len(chosen), random))


def _some(words: list[str], count: int, random: np.random.Generator) -> list[str]:
    return [words[place] for place in random.permutation(len(words))[:count]]


def _words(text: str) -> list[str]:
    return list(dict.fromkeys(_WORD.findall(text.lower())))
