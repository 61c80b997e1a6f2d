"""Any text in one spelling, with the way back to the characters as typed.

Compatible characters become one (NFKC), typographic hyphens and apostrophes plain ones, accents of
Latin letters and stress marks go, and so does what cannot be seen: zero-width characters, soft
hyphens, direction marks, variation selectors.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from textcat.tokens.homoglyphs import repair

_PLAIN = re.compile(r"[\t\n\r -~Ѐ-џ«»№]*")  # nothing to normalize but the case
_REPLACED = {
    **dict.fromkeys(map(ord, "‐‑‒–—―−﹣"), "-"),
    **dict.fromkeys(map(ord, "‘’‛ʼʹ′´ˈ"), "'"),
    **dict.fromkeys(map(ord, "“”„‟″ʺ"), '"'),
    **dict.fromkeys(map(ord, "™®©℠℗"), " "),  # NFKC would glue «TM» to the word
    ord("⁄"): "/",  # of ½, that is 1⁄2
    ord("º"): "°",
    ord("˚"): "°",
}
_KEPT = {"№"}  # NFKC would write «No»
_DROPPED = {"Mn", "Mc", "Me", "Cf"}  # categories: marks that no letter takes up, invisible signs
_LATIN_WITH_MARKS = re.compile("[À-ɏḀ-ỿ]")
# Stream-Safe Text Process of UAX 15: more marks on one letter are no language, and sorting them
# takes quadratic time
_MOST_MARKS = 30


class Normalized(NamedTuple):
    """A text in one spelling and where each of its characters stood."""

    text: str  # lower case, look-alike letters repaired
    typed: str  # the same text in the case it was typed in, of the same length
    starts: Sequence[int]  # starts[i]:stops[i] is the place of text[i] in the original
    stops: Sequence[int]


def normalize(text: str) -> Normalized:
    r"""Write a text in one spelling.

    Examples
    --------
    >>> normalize("Мо\u00adлоко ５０％").text
    'молоко 50%'
    """
    if _PLAIN.fullmatch(text):
        places = range(len(text) + 1)
        return Normalized(*_repair(text.lower(), text), places, places[1:])
    lower: list[str] = []
    typed: list[str] = []
    starts: list[int] = []
    stops: list[int] = []
    for start, stop in _letters_with_marks(text):
        piece_lower, piece_typed = _normalize_letter(text[start : min(stop, start + _MOST_MARKS)])
        lower.append(piece_lower)
        typed.append(piece_typed)
        starts.extend([start] * len(piece_lower))
        stops.extend([stop] * len(piece_lower))
    return Normalized(*_repair("".join(lower), "".join(typed)), starts, stops)


def _repair(lower: str, typed: str) -> tuple[str, str]:
    """Repair look-alike letters in both spellings of a text."""
    repaired = repair(lower, typed)
    if repaired != lower:
        letters = zip(repaired, lower, typed, strict=True)
        typed = "".join(
            was if new == old else new.upper() if was.isupper() else new
            for new, old, was in letters
        )
    return repaired, typed


def _letters_with_marks(text: str) -> list[tuple[int, int]]:
    before = " " + text  # no mark joins white space, or a token would reach into it
    starts = [
        place
        for place, character in enumerate(text)
        if not _joins(character) or before[place].isspace()
    ]
    return list(zip(starts, [*starts[1:], len(text)], strict=True))


@lru_cache(maxsize=4096)
def _joins(character: str) -> bool:
    """Tell whether a character may become one with the letter before it."""
    if character <= "~":
        return False
    first = unicodedata.normalize("NFKD", character)[0]
    return unicodedata.category(first)[0] == "M" or "ᅠ" <= first <= "ᇿ"


@lru_cache(maxsize=4096)
def _normalize_letter(letter: str) -> tuple[str, str]:
    """Return a letter with its marks in lower case and as typed, of the same length."""
    typed = _compose(letter)
    lower = _compose(typed.lower())
    return lower, typed if len(typed) == len(lower) else lower


def _compose(letter: str) -> str:
    if letter in _KEPT:
        return letter
    composed = unicodedata.normalize("NFKC", letter.translate(_REPLACED)).translate(_REPLACED)
    plain = _LATIN_WITH_MARKS.sub(lambda marked: _without_marks(marked[0]), composed)
    return "".join(sign for sign in plain if unicodedata.category(sign) not in _DROPPED)


def _without_marks(letter: str) -> str:
    return unicodedata.normalize("NFD", letter)[0]
