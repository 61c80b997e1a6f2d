"""From the language of a leaf to names as sellers might write them.

Every word of the language is used about equally often, whole names are kept as they are, and the
same seed gives the same names: a leaf's names do not depend on the other leaves.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Generic, TypeVar

from textcat.starter.hands import Hand, Place
from textcat.starter.language import Language
from textcat.starter.slips import glue, misspell, shorten

Item = TypeVar("Item")

# One name in so many has a slip of the pen.
_MISSPELT = 40
# So many names of a leaf, and one more for each thing that was written about it.
_FEWEST_NAMES, _MOST_NAMES = 40, 120
_CHOICE = re.compile(r"\{([^{}]*)\}")
# How whole names are written once more: as a till would shorten them.
_SHORTENED_NAME = 0.3


class Deck(Generic[Item]):
    """Deals items in random order, each as often as any other.

    >>> deck = Deck(["чай", "кофе"], Random(0))
    >>> sorted([deck.deal(), deck.deal()])
    ['кофе', 'чай']
    """

    def __init__(self, items: Sequence[Item], random: Random) -> None:
        self.items = items
        self.random = random
        self.left: list[Item] = []

    def deal(self) -> Item:
        """The next item; when all have been dealt they are shuffled again."""
        if not self.left:
            self.left = self.random.sample(self.items, len(self.items))
        return self.left.pop()

    def __bool__(self) -> bool:
        return bool(self.items)


@dataclass(frozen=True)
class Writing:
    """How names are written, whatever their leaf.

    Attributes
    ----------
    hands : tuple of Hand
    lists : mapping of str to sequence of str
        What stands for `{colour}` and the like.
    seed : int
    """

    hands: tuple[Hand, ...]
    lists: Mapping[str, Sequence[str]]
    seed: int = 0

    def names(self, leaf: str, language: Language) -> list[str]:
        """Names of one leaf, the hand-written ones first; none of them twice.

        Examples
        --------
        >>> hand = Hand("till", 1, (Place("head", False, False),), "lower", 0, 0)
        >>> Writing((hand,), {}).names("tea", Language(("Чай", "Чаёк"), names=("Чай Майский",)))
        ['Чай Майский', 'чай майск.', 'чай', 'чаёк']
        """
        random = Random(f"{self.seed} {leaf}")
        desk = _Desk(language, self.lists, random)
        shortened = [shorten(name.lower(), _SHORTENED_NAME, random) for name in language.names]
        count = min(_FEWEST_NAMES + sum(1 for _ in language.entries()), _MOST_NAMES)
        hands = random.choices(self.hands, [hand.share for hand in self.hands], k=count)
        written = [_written(desk, hand, random) for hand in hands]
        return list(dict.fromkeys([*language.names, *shortened, *filter(None, written)]))


class _Desk:
    """The words of one leaf, dealt as a name needs them."""

    def __init__(
        self, language: Language, lists: Mapping[str, Sequence[str]], random: Random
    ) -> None:
        self.random = random
        self.lists = lists
        self.words = {
            "head": Deck(language.heads, random),
            "kind": Deck(language.kinds, random),
            "material": Deck(language.materials, random),
            "form": Deck(language.forms, random),
            "attribute": Deck(language.attributes, random),
            "sign": Deck(language.signs, random),
        }
        self.brands = Deck(
            [(brand.name, series) for brand in language.brands for series in brand.series or ("",)],
            random,
        )

    def fill(self, order: Sequence[Place]) -> str:
        """Words for some of the places, in their order."""
        brand, series = self.brands.deal() if self.brands else ("", "")
        words = []
        for place in order:
            if place.is_optional and self.random.random() < 0.5:
                continue
            text = {"brand": brand, "series": series}.get(place.part) or self._word(place.part)
            words.append(text + "," if place.has_comma and text else text)
        return " ".join(filter(None, words)).rstrip(",")

    def _word(self, part: str) -> str:
        deck = self.words.get(part)
        return _CHOICE.sub(self._choice, deck.deal()) if deck else ""

    def _choice(self, found: re.Match[str]) -> str:
        inside: str = found[1]
        return self.random.choice(self.lists.get(inside) or inside.split("|"))


def _written(desk: _Desk, hand: Hand, random: Random) -> str:
    name = glue(shorten(desk.fill(hand.order), hand.shortened, random), hand.glued, random)
    if random.randrange(_MISSPELT) == 0:
        name = misspell(name, random)
    return {"lower": name.lower(), "upper": name.upper()}.get(hand.case, name)
