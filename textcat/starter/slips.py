"""What happens to words under the hands of people: abbreviations, glued units, slips of the pen."""

from __future__ import annotations

import re
from random import Random

_VOWELS = "аеёиоуыэюяьъй"
_SHORTEST_WORD = 6
_SHORTEST_STUB, _LONGEST_STUB = 3, 6
# One abbreviation in so many is by hyphen: «ш-нь» and not «шамп.».
_HYPHENATED = 8
_RUSSIAN_WORD = re.compile(r"[А-Яа-яЁё]+")
_NUMBER_AND_UNIT = re.compile(r"(?<=\d) (?=[А-Яа-яЁёA-Za-z]{1,3}\b)")


def shorten(name: str, share: float, random: Random) -> str:
    """Abbreviate a share of the long Russian words, as tills do.

    >>> shorten("шампунь крапивный", 1, Random(2))
    'ш-нь крап.'
    """

    def shortened(found: re.Match[str]) -> str:
        word = found[0]
        if len(word) < _SHORTEST_WORD or random.random() >= share:
            return word
        if random.randrange(_HYPHENATED) == 0:
            return f"{word[0]}-{word[-2:]}"
        return _stub(word, random)

    return re.sub(r"\.(?=\.)", "", _RUSSIAN_WORD.sub(shortened, name))


def _stub(word: str, random: Random) -> str:
    """A word's beginning up to a consonant before a vowel or another consonant, and a dot."""
    stops = [
        stop
        for stop in range(_SHORTEST_STUB, min(_LONGEST_STUB, len(word) - 2) + 1)
        if word[stop - 1].lower() not in _VOWELS
    ]
    return f"{word[: random.choice(stops)]}." if stops else word


def glue(name: str, share: float, random: Random) -> str:
    """Join units to their numbers.

    >>> glue("молоко 2,5% 930 мл", 1, Random(0))
    'молоко 2,5% 930мл'
    """
    return _NUMBER_AND_UNIT.sub(lambda _: "" if random.random() < share else " ", name)


def misspell(name: str, random: Random) -> str:
    """Drop, double or swap letters in one place of a long word.

    >>> misspell("шампунь", Random(1))
    'шаампунь'
    """
    words = [found for found in _RUSSIAN_WORD.finditer(name) if len(found[0]) >= _SHORTEST_WORD]
    if not words:
        return name
    word = random.choice(words)
    place = random.randrange(word.start() + 1, word.end() - 2)
    first, second = name[place], name[place + 1]
    slip = random.choice((first, first + first + second, second + first))
    return name[:place] + slip + name[place + 2 :]
