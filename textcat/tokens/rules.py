"""What a product name is made of: an ordered list of small rules, the first that matches wins.

Patterns see lower-case text and never cross white space. A word in capitals stands for the
expression of that name in `grammar`. What no rule matches (quotes, brackets, emoji) is no token.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from textcat.tokens.homoglyphs import repair, to_latin


class Rule(NamedTuple):
    """A name, the kind of its tokens, what they look like, and how their text is spelled."""

    name: str
    kind: str
    pattern: str
    spell: Callable[[str], str] = str


def _decimal_point(number: str) -> str:
    return number.replace(",", ".")


def _times_as_x(size: str) -> str:
    return _decimal_point(size).translate(dict.fromkeys(map(ord, "х×*"), "x"))


def _only_size(size: str) -> str:
    return re.sub(r"^\D*(?=\d)|^[рp]\W*(?=[xsml])", "", size).replace(",", ".")


def _with_hyphen(viscosity: str) -> str:
    return re.sub(r"w-?", "w-", viscosity)


def _digits(ordinal: str) -> str:
    return ordinal.partition("-")[0]


def _without_last_dot(abbreviation: str) -> str:
    return abbreviation.rstrip(".")


def _without_dots(initials: str) -> str:
    joined = initials.replace(".", "")
    return repair(joined, joined)


RULES = (
    # 265/60R18
    Rule("tyre", "size", r"\d{3}/\d{2}z?r\d{2}c?END"),
    # 4х75мм, 60x90, 31x13.4x4.5см
    Rule("dimensions", "size", r"NUMBER(?:TIMESNUMBER){1,4}END", _times_as_x),
    # М8х20
    Rule("thread", "size", r"[mм]\d{1,2}TIMESNUMBEREND", lambda size: _times_as_x("m" + size[1:])),
    # x109, as in «40x40 x109»; 22x, as in «22x 30см»
    Rule("dimension", "size", r"TIMESNUMBEREND|NUMBERTIMES(?!ALNUM)", _times_as_x),
    # р.42-44, р42, разм.38
    Rule("clothing size", "size", r"CLOTHES\d{2,3}(?:[.,]5)?(?:[-/]\d{2,3})*(?!ALNUM)", _only_size),
    # XL, 3XL, S/M, р.XXL
    Rule("letter size", "size", r"(?:р\.?)?(?:XL|SML(?=[-/]))(?:[-/](?:XL|SML))?END", _only_size),
    # S, M, L on their own
    Rule("single letter size", "size", r"(?<!\S)(?:р\.)?SML(?!\S)", _only_size),
    # 5W-40, 10w40
    Rule("viscosity", "code", r"\d{1,2}w-?\d{2,3}(?!ALNUM)", _with_hyphen),
    # 4K, 8К
    Rule("picture format", "code", r"[248][kк](?!ALNUM)", to_latin),
    # 2в1
    Rule("several in one", "code", r"\d{1,2}в\d{1,2}(?!ALNUM)"),
    # 2-х, 3-й
    Rule("ordinal", "number", r"\d+-(?:[йяехм]|го|ый|ая|ой|ти|ми)(?!ALNUM)", _digits),
    # 42-44, 2.5-3.5кг
    Rule("range", "number", r"SHORT-(?!0\d)SHORT(?![-.,/]\d)END", _decimal_point),
    # 815-0012, 12.05.2024
    Rule("article", "code", r"\d+(?:[-.]\d+){2,8}END|\d+-\d+END"),
    # 1/2, 400/2
    Rule("fraction", "number", r"\d+/\d+END"),
    # 500 of 500мл, 2,5 of 2,5%
    Rule("measured number", "number", r"NUMBER(?=UNIT)", _decimal_point),
    # мл of 500мл, гр/м2 of 100гр/м2
    Rule("unit", "unit", r"(?<=\d)UNIT"),
    # мл, шт. on their own
    Rule("unit on its own", "unit", r"(?<!-)STANDALONE(?!ALNUM|[-'/])"),
    # A54, E27, SM-A546E, 12w6, mb05-00710
    Rule("code", "code", r"CODESTART[a-z\d]*(?:-(?![a-z]{4})[a-z\d]+)*"),
    # USB-C, Type-C
    Rule("connector", "code", r"[a-z]{2,4}-[a-z](?![^\W_]|')"),
    # Б-52, ВД-40, Е27 with a Cyrillic Е, 12с882-08
    Rule("cyrillic code", "code", r"CYRILLICCODE(?:[-.]\d+)*(?!LETTER)", to_latin),
    # 7, 0,5
    Rule("number", "number", r"NUMBER", _decimal_point),
    # №3, #3
    Rule("number sign", "symbol", r"№|\#(?=\d)", lambda _: "№"),
    # д/ of «д/кошек», з/ of «з/паста»
    Rule("abbreviation before a word", "abbreviation", r"PREFIX(?=LETTER{3}|[a-z\d])"),
    # силик., х/б, ш-нь, from the table
    Rule("abbreviation", "abbreviation", r"ABBREVIATION", _without_last_dot),
    # ф/п, not in the table
    Rule("abbreviation with a slash", "abbreviation", r"CYR{1,2}/CYR{1,2}(?!CYR)"),
    # т-ца, not in the table: a part has no vowel
    Rule("abbreviation with a hyphen", "abbreviation", r"(?:CONS-CYR{1,3}|CYR{1,3}-CONS)(?!CYR|-)"),
    # игруш., not in the table: names are cut after a consonant
    Rule("abbreviation with a dot", "abbreviation", r"CYR{0,5}CUT\.", _without_last_dot),
    # H&M, M&M's
    Rule("ampersand", "word", r"LETTER{1,2}&LETTER{1,2}(?:'s)?(?!LETTER)", to_latin),
    # O.P.I
    Rule("initials", "word", r"(?:LETTER\.){2,8}(?:LETTER(?!LETTER))?(?!LETTER)", _without_dots),
    # шампунь, Xiaomi, l'oreal
    Rule("word", "word", r"LETTER+(?:'LETTER+)*"),
    # 16+8, Head & Shoulders, 50 %
    Rule("symbol", "symbol", r"[+&%]"),
)  # fmt: skip
