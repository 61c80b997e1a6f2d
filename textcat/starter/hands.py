"""The hands that write names: in which order, how short, in which letters.

They are a table, `data/hands.tsv`, one hand a row with an example.
"""

from __future__ import annotations

import csv
from typing import NamedTuple

from textcat.errors import CatalogueError

PLACES = ("head", "kind", "material", "form", "attribute", "sign", "brand", "series")
CASES = ("written", "lower", "upper")
_COLUMNS = ("hand", "share", "order", "case", "shortened", "glued", "example")


class Place(NamedTuple):
    """One place in a name, as in `kind?` or `kind,`."""

    part: str
    is_optional: bool
    has_comma: bool


class Hand(NamedTuple):
    """One way to write names.

    Attributes
    ----------
    share : float
        Of all names, in relation to the other hands.
    order : tuple of Place
        What a name consists of; what is optional is there half of the time.
    case : {"written", "lower", "upper"}
    shortened, glued : float
        Share of the words that are abbreviated, and of the numbers whose unit is joined to them.
    """

    name: str
    share: float
    order: tuple[Place, ...]
    case: str
    shortened: float
    glued: float


def read_hands(text: str, place: str) -> tuple[Hand, ...]:
    r"""Read the table of hands.

    Raises
    ------
    CatalogueError
        If a column is missing or a value is none that can be used; it names the row.

    Examples
    --------
    >>> header = "hand\tshare\torder\tcase\tshortened\tglued\texample"
    >>> row = "till\t14\thead kind?\tlower\t0.3\t0.6\tчех. силик."
    >>> (till,) = read_hands(f"{header}\n{row}", "hands.tsv")
    >>> till.order[1]
    Place(part='kind', is_optional=True, has_comma=False)
    """
    rows = csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    if tuple(rows.fieldnames or ()) != _COLUMNS:
        raise CatalogueError(f"{place}: the columns must be {', '.join(_COLUMNS)}")
    return tuple(_hand(row, f"{place}, row {number}") for number, row in enumerate(rows, start=2))


def _hand(row: dict[str, str], place: str) -> Hand:
    if row["case"] not in CASES:
        raise CatalogueError(f"{place}: case {row['case']!r} is none of {', '.join(CASES)}")
    order = tuple(_place(word, place) for word in row["order"].split())
    try:
        share, shortened, glued = (float(row[key]) for key in ("share", "shortened", "glued"))
    except ValueError as error:
        raise CatalogueError(f"{place}: {error}") from None
    return Hand(row["hand"], share, order, row["case"], shortened, glued)


def _place(word: str, place: str) -> Place:
    part = word.rstrip("?,")
    if part not in PLACES:
        raise CatalogueError(f"{place}: {part!r} is none of {', '.join(PLACES)}")
    return Place(part, "?" in word, "," in word)
