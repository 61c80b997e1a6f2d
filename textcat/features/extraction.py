"""Which features a name has: the readable definition.

A name is read chunk by chunk, a chunk being what stands between white space. Most features
need only their chunk, so they are made once per distinct chunk, not once per name; the two
kinds that look further, pairs of neighbouring lemmas and the head word, are put together from
what the chunks give. `vocabulary` does the same for a whole batch with arrays.

    Шампунь Clear 400мл

    w=шампунь  p=шам p=шамп p=шампу p=шампун    word as written, its first 3 to 6 letters
    l=шампунь                                   lemma
    h=шампунь                                   head: lemma of the first Cyrillic word
    w=clear p=cle p=clea l=clear                Latin word
    n=400 n=#  u=мл                             number, any number; unit
    шампунь clear,  clear #,  # мл              pairs of neighbouring lemmas, any number being #

A code or a size also gives its parts: SM-A546 has l=sm, l=a, n=546.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

from textcat.lemmas import Lemmatizer
from textcat.tokens import Token, tokenize

# Prefixes stand in for the abbreviations that names are full of: «пласт», «дет», «муз».
PREFIX_LENGTHS = range(3, 7)
# Shorter words are prepositions and initials and no heads.
SHORTEST_HEAD = 3
LETTERS = re.compile(r"[^\W\d_]+")
DIGITS = re.compile(r"\d+")

# How much kinds of features count, measured on 1,442 categories: a stronger head ranks right
# from wrong better on brands never seen, weaker prefixes gain a little everywhere.
KIND_WEIGHTS = {"h": 1.5, "p": 0.7}


class TokenFeatures(NamedTuple):
    """What one token gives to its name.

    Attributes
    ----------
    alone : list of str
        Features that need nothing but the token.
    link : str
        The one among them that takes part in pairs of neighbours.
    head : str or None
        The feature of the head word, if the token is the first one in its name to have any.
    """

    alone: list[str]
    link: str
    head: str | None


class ChunkFeatures(NamedTuple):
    """What one chunk gives to every name it stands in: as `TokenFeatures`, of all its tokens."""

    alone: list[str]
    links: list[str]
    head: str | None


class Feature(NamedTuple):
    """One feature of a name and the part of the name that it comes from."""

    text: str
    start: int
    stop: int


def chunk_features(chunk: str, lemmatizer: Lemmatizer) -> ChunkFeatures:
    """Features of one chunk.

    >>> chunk_features("400мл", Lemmatizer())
    ChunkFeatures(alone=['n=400', 'n=#', 'u=мл'], links=['n=#', 'u=мл'], head=None)
    """
    return _features_of_tokens(tokenize(chunk), lemmatizer)


def features_of_chunks(chunks: Iterable[str], lemmatizer: Lemmatizer) -> list[ChunkFeatures]:
    """`chunk_features` of several chunks, whose words are looked up all at once."""
    cut = [tokenize(chunk) for chunk in chunks]
    lemmatizer.prepare(token.text for tokens in cut for token in tokens if token.kind == "word")
    return [_features_of_tokens(tokens, lemmatizer) for tokens in cut]


def _features_of_tokens(tokens: Iterable[Token], lemmatizer: Lemmatizer) -> ChunkFeatures:
    alone: list[str] = []
    links: list[str] = []
    first_head = None
    for token in tokens:
        own, link, head = token_features(token, lemmatizer)
        alone += own
        links.append(link)
        first_head = first_head or head
    return ChunkFeatures(alone, links, first_head)


def name_features(name: str, lemmatizer: Lemmatizer) -> list[Feature]:
    """All features of one name with the places they come from, repeated where they repeat."""
    tokens = tokenize(name)
    found = [token_features(token, lemmatizer) for token in tokens]
    placed = list(zip(tokens, found, strict=True))
    alone = [Feature(text, token.start, token.stop) for token, own in placed for text in own.alone]
    pairs = [
        Feature(pair_text(left.link, right.link), first.start, second.stop)
        for (first, left), (second, right) in pairwise(placed)
    ]
    heads = [Feature(own.head, token.start, token.stop) for token, own in placed if own.head]
    return [*alone, *pairs, *heads[:1]]


def token_features(token: Token, lemmatizer: Lemmatizer) -> TokenFeatures:
    """Features of one token."""
    lemma = lemma_feature(token, lemmatizer)
    link = ANY.get(token.kind, lemma)
    alone = [*surface_features(token), lemma]
    if "_" in lemma:
        alone += expansion_features(lemma)
    if token.kind in PARTED:
        alone += part_features(token)
    if token.kind != "word" or "_" in lemma:  # else all are different, and the link is the lemma
        alone = list(dict.fromkeys([*alone, link]))
    return TokenFeatures(alone, link, f"h{lemma[1:]}" if is_head(token) else None)


# Words and abbreviations share a kind; what has no lemma stands as it is.
LEMMA_KINDS = {
    "word": "l",
    "abbreviation": "l",
    "number": "n",
    "unit": "u",
    "size": "s",
    "code": "c",
    "symbol": "n",
}

# Surfaces of these are features, too, and those of the others are in their lemmas.
WRITTEN = {"word", "abbreviation"}
# These have letters and numbers in them that tell something of their own.
PARTED = {"code", "size"}

# Neighbours pair with any number, not with this one: leaf accuracy 0.864 -> 0.869.
ANY = {"number": "n=#", "size": "s=#", "code": "c=#"}


def lemma_feature(token: Token, lemmatizer: Lemmatizer) -> str:
    """Kind and lemma of a token, `l=чай`; as it is written where it has no lemma, `n=400`.

    Only pairs have a space in them: the words of an abbreviation are joined by `_`.
    """
    lemma = lemmatizer.lemma_of_token(token) or token.text
    return f"{LEMMA_KINDS[token.kind]}={lemma.replace(' ', '_')}"


def expansion_features(lemma: str) -> list[str]:
    """Words of an abbreviation that stands for several: «девоч.» is «для девочки».

    >>> expansion_features("l=для_девочка")
    ['l=для', 'l=девочка']
    """
    return [f"l={word}" for word in lemma[2:].split("_")]


def part_features(token: Token) -> list[str]:
    """Letters and numbers inside a code or a size, and which kind of size it is.

    >>> [text for token in tokenize("20x30") for text in part_features(token)]
    ['r=dimensions', 'l=x', 'n=20', 'n=30']
    """
    kind = [f"r={token.rule.replace(' ', '_')}"] if token.kind == "size" else []
    letters = [f"l={letters}" for letters in LETTERS.findall(token.text)]
    return [*kind, *letters, *(f"n={digits}" for digits in DIGITS.findall(token.text))]


def surface_features(token: Token) -> list[str]:
    """The word as written and its prefixes; nothing for numbers and units."""
    if token.kind not in WRITTEN:
        return []
    text = token.text
    return [f"w={text}", *[f"p={text[:n]}" for n in PREFIX_LENGTHS if n < len(text)]]


def is_head(token: Token) -> bool:
    """Whether a token may be the head word: the product type is usually the first Cyrillic one."""
    return (
        token.kind in WRITTEN and len(token.text) >= SHORTEST_HEAD and "а" <= token.text[0] <= "ё"
    )


def pair_text(left: str, right: str) -> str:
    """Feature of two neighbouring lemmas.

    >>> pair_text("l=чай", "l=зелёный")
    'l=чай l=зелёный'
    """
    return f"{left} {right}"
