"""Where in a feed its records stand, and which of their elements are read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field


@dataclass(slots=True)
class Record:
    """One element that is read as a whole: an offer, a category.

    Attributes
    ----------
    kind : str
        What its shape calls it.
    line : int
        Where it begins.
    number : int
        Counts the records of the feed as they begin.
    inside : int, optional
        Number of the record that this one stands in.
    attributes : dict of str
        Without prefixes, in lower case.
    texts : dict of list of str
        Path of an element below the record -> what is written there, "" being the record itself.
    """

    kind: str
    line: int
    number: int = 0
    inside: int | None = None
    attributes: dict[str, str] = field(default_factory=dict)
    texts: dict[str, list[str]] = field(default_factory=dict)
    size: int = field(default=0, compare=False)  # of what is kept, in bytes, roughly

    def all(self, path: str) -> list[str]:
        """Every text of an element that is not blank."""
        return [text for text in map(str.strip, self.texts.get(path, ())) if text]

    def first(self, *paths: str) -> str | None:
        """The first text that is not blank, the paths taken by turns.

        >>> record = Record("offer", 7, texts={"name": [" "], "title": ["Чай "]})
        >>> record.first("name", "title")
        'Чай'
        """
        return next((text for path in paths for text in self.all(path)), None)


class Shape:
    """What of a kind of feed is read; prefixes and the case of names do not count.

    Parameters
    ----------
    name : str
        Of the format.
    records : mapping of str
        Path from the root, or from a record that such records are nested in -> kind of record.
    fields : iterable of str
        Paths from a record, beginning with its kind, of the elements whose text is kept.

    Examples
    --------
    >>> shape = Shape("YML", {"yml_catalog/shop/offers/offer": "offer"}, ["offer/categoryId"])
    >>> shape.steps["yml_catalog/shop/offers", "offer"], shape.steps["offer", "categoryid"]
    ('offer', 'offer/categoryId')
    """

    def __init__(self, name: str, records: Mapping[str, str], fields: Iterable[str]) -> None:
        self.name = name
        self.records = dict(records)
        self.kinds = frozenset(records.values())
        self.fields = {path: path.partition("/")[2] for path in fields}
        # (place, name of an element there) -> place; what is not here is passed over
        self.steps = {
            (place, element.casefold()): records.get(path, path)
            for whole in (*records, *self.fields)
            for place, element, path in _steps(whole, self.kinds)
        }

    def only(self, kind: str) -> Shape:
        """The shape of no other records."""
        return self._with({path: each for path, each in self.records.items() if each == kind})

    def without(self, kind: str) -> Shape:
        """The shape of all other records."""
        return self._with({path: each for path, each in self.records.items() if each != kind})

    def _with(self, records: Mapping[str, str]) -> Shape:
        kinds = records.values()
        return Shape(
            self.name, records, [path for path in self.fields if path.split("/")[0] in kinds]
        )


def _steps(path: str, kinds: frozenset[str]) -> Iterator[tuple[str, str, str]]:
    """Cut a path into (place, element, path so far); that of a record begins with its kind."""
    first, *others = path.split("/")
    if first not in kinds:
        yield "", first, first
    for element in others:
        yield first, element, f"{first}/{element}"
        first = f"{first}/{element}"
