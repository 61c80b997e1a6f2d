"""Which names look like goods of a new brand: said here on its own, without the library's help.

A word is brand-like if it is Latin or not in the dictionary, the first one of a name is taken for
its brand. How the library tells new goods, to certify itself, is its own affair.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt
from rows import same_but_for_digits

from textcat import Lemmatizer, tokenize

SHORTEST_BRAND = 3  # shorter words are sizes and initials
LARGEST_BRAND = 0.01  # of the rows held out; a larger one would speak for all of them


def brand_like_words(names: Iterable[str]) -> list[list[str]]:
    """Brand-like words of every name, in order.

    >>> brand_like_words(["Чай Ahmad зелёный", "Кефир Простоквашино", "Кофе"])
    [['ahmad'], ['простоквашино'], []]
    """
    lemmatizer = Lemmatizer()
    known: dict[str, bool] = {}
    found = []
    for name in names:
        words = [token.text for token in tokenize(name) if token.kind == "word"]
        for word in words:
            if word not in known:
                known[word] = len(word) < SHORTEST_BRAND or (
                    word[0] >= "а" and lemmatizer.is_known(word)
                )
        found.append([word for word in words if not known[word]])
    return found


def groups_of(names: Sequence[str], by_brand: bool) -> npt.NDArray[np.intp]:
    """What belongs together among names: near-duplicates, or what has one brand.

    Names without a brand-like word are grouped with their near-duplicates.

    >>> names = ["Чай Ahmad чёрный", "Кофе", "Чай Ahmad", "Кофе 100"]
    >>> groups_of(names, by_brand=True).tolist(), groups_of(names, by_brand=False).tolist()
    ([0, 1, 0, 1], [0, 1, 2, 1])
    """
    keys = [("", same_but_for_digits(name)) for name in names]
    if by_brand:
        words = brand_like_words(names)
        keys = [(found[0], "") if found else key for key, found in zip(keys, words, strict=True)]
    number: dict[tuple[str, str], int] = {}
    return np.array([number.setdefault(key, len(number)) for key in keys], np.intp)


def held_out_brands(
    names: Sequence[str], rows: int, random: np.random.Generator
) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """Draw brands with about so many rows in all, none with more than a share of these.

    Returns which names show one of them anywhere, and which have it for their brand.

    >>> names = ["Чай Ahmad", "Кофе", "Ahmad и Lipton", "Lipton или Ahmad"]
    >>> shown, brand = held_out_brands(names, 2, np.random.default_rng(0))
    >>> shown.tolist(), brand.tolist()
    ([True, False, True, True], [True, False, True, False])
    """
    words = brand_like_words(names)
    count = Counter(found[0] for found in words if found)
    largest = max(2, LARGEST_BRAND * rows)
    brands = sorted(word for word, times in count.items() if 1 < times <= largest)
    drawn: set[str] = set()
    while brands and sum(count[word] for word in drawn) < rows:
        drawn.add(brands.pop(random.integers(len(brands))))
    shown = np.array([not drawn.isdisjoint(found) for found in words], bool)
    return shown, np.array([bool(found) and found[0] in drawn for found in words], bool)
