"""The rules as one regular expression.

Rules name what they share by words in capitals: digits, letters, the units and abbreviations of
the tables. Repetitions are bounded wherever a match may still fail after them, so that reading
takes time that grows with the length of the text and no faster.
"""

from __future__ import annotations

import re
from functools import cache

from textcat.tables import abbreviations, one_of, units
from textcat.tokens.rules import RULES

SHAPES = {
    "LETTER": r"[^\W\d_]",
    "ALNUM": r"[^\W_]",
    "CYR": "[Ѐ-џ]",
    "CONS": "[бвгджзйклмнпрстфхцчшщьъ]{1,3}",
    "CUT": "[бвгджзклмнпрстфхцчшщ]",  # what a word is cut after, before a dot
    "NUMBER": r"\d+(?:[.,]\d+)?",
    "SHORT": r"\d{1,3}(?:[.,]\d+)?",
    "END": "(?:(?!ALNUM)|(?=UNIT))",
    "TIMES": "[xх×*]",
    "SML": "[sml]",
    "XL": r"(?:\d{1,2}x|x{1,4})[sl]",
    "CLOTHES": r"(?:p\.|р(?:-р|азм(?:ер)?)?[.-]?)",
    "MEASURED": "NUMBER(?:RATIO|POWER|MANYLETTERS)",
    # a54, wd-40, sm-a546e, 12w6; but not «tea50мл»
    "CODESTART": (
        r"(?:[a-z]{1,3}(?=\d)(?!MEASURED)|[a-z]{1,4}-(?:[a-z]{1,3}-?)?(?=\d)(?!MEASURED)"
        r"|\d{1,9}-?[a-z]{1,4}(?![a-z]))"
    ),
    # б-52, пф-115; 12с882; 1с; but not «сок1л»
    "CYRILLICCODE": (
        r"(?:(?:CYR{1,2}-?(?!MEASURED)|CYR{3}-?(?!NUMBERUNIT))\d+(?:CYR{1,3}(?!CYR))?"
        r"|\d{1,9}CYR{1,3}\d+|\d{1,9}CYR(?!CYR))"
    ),
}


@cache
def compiled() -> re.Pattern[str]:
    """Return all rules as one expression; the empty group r5 ends a match of the rule RULES[5].

    A group around the rule would keep `re` from skipping it by its first letter: with the group at
    its end a name is matched in half the time.
    """
    return re.compile(
        "|".join(f"(?:{_expand(rule.pattern)})(?P<r{place}>)" for place, rule in enumerate(RULES))
    )


def _expand(pattern: str) -> str:
    """Replace words in capitals by what they stand for, until there are none."""
    grammar = SHAPES | _units() | _abbreviations()
    names = re.compile("|".join(sorted(grammar, key=len, reverse=True)))
    while names.search(pattern):
        pattern = names.sub(lambda name: grammar[name[0]], pattern)
    return pattern


@cache
def _units() -> dict[str, str]:
    """Units by what may follow: мл is one in 5мл2шт, but м is none in 5м3, nor г in 12г-01."""
    forms = units()
    ratios = [form for form in forms if "/" in form]
    powers = [form for form in forms if form[-1].isdigit()]
    words = [form for form in forms if len(form) > 1 and form[-1].isalpha()]
    signs = [form for form in forms if not form[-1].isalnum()]
    letters = [form for form in forms if len(form) == 1 and form.isalpha()]
    return {
        "UNIT": "(?:RATIO|POWER|MANYLETTERS|ONELETTER|SIGN)",
        "RATIO": rf"{one_of(ratios)}(?!ALNUM)",
        "POWER": rf"{one_of(powers)}(?:(?!ALNUM)|(?=TIMES\d))",
        "MANYLETTERS": rf"{one_of(words)}(?:(?!LETTER)|(?=TIMES\d))",
        "ONELETTER": rf"{one_of(letters)}(?:(?!ALNUM|-\d)|(?=TIMES\d))",
        "SIGN": one_of(signs),
        "STANDALONE": one_of(form for form, unit in forms.items() if unit.alone),
    }


@cache
def _abbreviations() -> dict[str, str]:
    """Abbreviations by how they end: in a slash, in a dot, or in either way or neither."""
    forms = abbreviations()
    prefixes = [form for form in forms if form.endswith("/")]
    dotted = [form for form in forms if form.endswith(".")]
    plain = [form for form in forms if not form.endswith(("/", "."))]
    return {
        "PREFIX": rf"(?!SLASHED){one_of(prefixes)}",
        "SLASHED": rf"{one_of(form for form in plain if '/' in form)}(?!ALNUM)",
        "ABBREVIATION": rf"(?:{one_of(dotted)}|{one_of(plain)}(?!ALNUM|-LETTER)\.?)",
    }
