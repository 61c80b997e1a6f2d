"""A product name as tokens: words, numbers, units, sizes, codes, abbreviations, with their places.

Tokens never span white space, nor do they depend on what lies beyond it, so the tokens of a name
are those of its parts between spaces.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from textcat.tables import units
from textcat.tokens.grammar import compiled
from textcat.tokens.normalization import Normalized, normalize
from textcat.tokens.plain import plain_token
from textcat.tokens.rules import RULES

__all__ = ["RULES", "Token", "measure_of", "tokenize"]

# where one word ends and another begins: КормДля|Кошек, СокС|Мякотью, ТВ|Приставка, Шампунь|Pantene
_SEAM = re.compile(
    r"""(?<=[а-џ]{2})(?=[Ѐ-Я][Ѐ-џ])
      | (?<=[а-џ][Ѐ-Я])(?=[Ѐ-Я][а-џ])
      | (?<=[Ѐ-Я]{2})(?=[Ѐ-Я][а-џ]{3})
      | (?<=[Ѐ-џ])(?=[A-Za-z])
      | (?<=[A-Za-z])(?=[Ѐ-џ])
    """,
    re.VERBOSE,
)
_RULE_OF_GROUP = {f"r{place}": rule for place, rule in enumerate(RULES)}


class Token(NamedTuple):
    """A piece of a name.

    `text` is the piece in one spelling; as it was typed it is `name[start:stop]`.
    """

    text: str
    kind: str  # word, abbreviation, number, unit, size, code or symbol
    start: int
    stop: int
    rule: str  # the name of the rule that made it


def tokenize(text: str) -> list[Token]:
    """Cut a name into tokens.

    Parameters
    ----------
    text : str
        Any string at all.

    Returns
    -------
    list of Token
        In the order of the text, without overlaps.

    Examples
    --------
    >>> [(token.text, token.kind) for token in tokenize("КормДляКошек 2,5кг")]
    [('корм', 'word'), ('для', 'word'), ('кошек', 'word'), ('2.5', 'number'), ('кг', 'unit')]
    >>> tokenize("ш-нь")
    [Token(text='ш-нь', kind='abbreviation', start=0, stop=4, rule='abbreviation')]
    """
    if plain := plain_token(text):
        word, kind, start, stop = plain
        return [Token(word, kind, start, stop, kind)]
    return tokenize_by_rules(text)


def tokenize_by_rules(text: str) -> list[Token]:
    """`tokenize` without the short cut for plain words and numbers."""
    normal = normalize(text)
    glued = _SEAM.search(normal.typed) is not None
    tokens: list[Token] = []
    last = 0
    for found in compiled().finditer(normal.text):
        rule = _RULE_OF_GROUP[found.lastgroup]  # type: ignore[index]  # every branch is a group
        whole = found.span()
        for start, stop in _cut(normal, *whole) if glued and rule.kind == "word" else (whole,):
            first = normal.starts[start]
            if first >= last:  # else one sign holds two tokens: ℀
                last = normal.stops[stop - 1]
                name = rule.name if (start, stop) == whole else "glued words"
                spelled = rule.spell(normal.text[start:stop])
                tokens.append(Token(spelled, rule.kind, first, last, name))
    return tokens


def measure_of(unit: str) -> str | None:
    """Tell what a unit measures: volume, weight, length, ...; None for an unknown one.

    Examples
    --------
    >>> measure_of("гр"), measure_of("шампунь")
    ('weight', None)
    """
    known = units().get(unit)
    return known.measure if known else None


def _cut(normal: Normalized, start: int, stop: int) -> Iterator[tuple[int, int]]:
    """Cut words that are glued together where the case or the alphabet changes."""
    for seam in _SEAM.finditer(normal.typed, start, stop):
        if seam.start() > start:  # the letter before the word may be of a code: 0D|Ф
            yield start, seam.start()
            start = seam.start()
    yield start, stop
