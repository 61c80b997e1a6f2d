"""Letters of the other alphabet that look right: «cиликон» typed with a Latin c.

A word is repaired when all its letters of one alphabet have a twin in the other; letter for letter,
so that offsets stay. It is not repaired when it looks like two words glued («КремCare»).
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from textcat.tables import look_alikes

_MIXED = re.compile(r"[a-z][Ѐ-џ]|[Ѐ-џ][a-z]")
_WORD = re.compile(r"[a-zЀ-џ]+")
_RUN = re.compile(r"[a-z]+|[Ѐ-џ]+")
# «x/б», «c/к»: too short to be a Latin word and a Cyrillic one
_SLASHED = re.compile(r"(?<![a-zЀ-џ])(?:[a-z]/[Ѐ-џ]{1,2}|[Ѐ-џ]{1,2}/[a-z])(?![a-zЀ-џ])")
_LONGEST_TYPO = 2  # look-alikes in a row; more of them are a word of their own


class _Alphabets(NamedTuple):
    latin: dict[int, int]  # Cyrillic look-alikes to Latin, for str.translate
    cyrillic: dict[int, int]


@cache
def _alphabets() -> _Alphabets:
    pairs = [(ord(latin), ord(cyrillic)) for latin, cyrillic in look_alikes().items()]
    return _Alphabets({cyrillic: latin for latin, cyrillic in pairs}, dict(pairs))


def repair(text: str, typed: str) -> str:
    """Replace look-alike letters in the words of a lower-case text.

    Parameters
    ----------
    text : str
        The text in lower case.
    typed : str
        The same text in the case it was typed in, of the same length.

    Examples
    --------
    >>> repair("cиликон", "Cиликон") == "силикон"  # the first c is Latin
    True
    >>> repair("кремcare", "КремCARE")
    'кремcare'
    """
    if _MIXED.search(text):
        text = _WORD.sub(lambda word: _repair_word(word[0], typed[word.start() : word.end()]), text)
    if "/" in text:
        text = _SLASHED.sub(lambda short: to_cyrillic(short[0]), text)
    return text


def to_latin(text: str) -> str:
    """Write a lower-case word or code in Latin if it has no letter that is only Cyrillic.

    Examples
    --------
    >>> to_latin("а54").isascii(), to_latin("б-52")
    (True, 'б-52')
    """
    latin = text.translate(_alphabets().latin)
    return latin if latin.isascii() else text


def to_cyrillic(text: str) -> str:
    """Write a lower-case word in Cyrillic if it has no letter that is only Latin.

    Examples
    --------
    >>> to_cyrillic("cок") == "сок", to_cyrillic("lego")
    (True, 'lego')
    """
    cyrillic = text.translate(_alphabets().cyrillic)
    return text if re.search("[a-z]", cyrillic) else cyrillic


def _repair_word(word: str, typed: str) -> str:
    runs = _RUN.findall(word)
    if len(runs) == 1 or _is_glued(runs, typed):
        return word
    latin, cyrillic = to_latin(word), to_cyrillic(word)
    if latin == word or cyrillic == word:  # one way at most
        return cyrillic if latin == word else latin
    mostly_latin = sum(map(len, filter(str.isascii, runs))) * 2 > len(word)
    return latin if mostly_latin else cyrillic


def _is_glued(runs: list[str], typed: str) -> bool:
    """Tell «КремCare», two words, from a word with letters of the other alphabet."""
    if len(runs) > 2:
        return False
    shorter, left = min(map(len, runs)), len(runs[0])
    changes_case = typed[left - 1].isupper() != typed[left].isupper()
    return shorter > _LONGEST_TYPO or (shorter == _LONGEST_TYPO and changes_case)
