"""Feeds in XML: what a shop sends to a marketplace, or an accounting system to a shop.

What is read goes through these files::

    shapes      where the records of a feed stand
    xml         bytes -> records, streaming, and what is refused
    troubles    what goes wrong with XML, in words
    formats     what a format has to say
    yml         YML of Yandex Market
    commerceml  CommerceML 2 of 1С
    merchant    Google Merchant, RSS and Atom
    categories  categories of a feed -> tree

Offers refer to categories that may stand below them, so a feed is read twice: a file as it is, a
stream or what is compressed from a temporary copy.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import ExitStack
from functools import partial
from typing import BinaryIO

from textcat.catalogue.feeds.categories import make_tree
from textcat.catalogue.feeds.commerceml import COMMERCEML
from textcat.catalogue.feeds.formats import CATEGORY, Format, Offer
from textcat.catalogue.feeds.merchant import MERCHANT
from textcat.catalogue.feeds.shapes import Record, Shape
from textcat.catalogue.feeds.xml import read_records
from textcat.catalogue.feeds.yml import YML
from textcat.catalogue.files import Source, chunks_of
from textcat.catalogue.report import Finding, count
from textcat.catalogue.table import Options, Row, Table
from textcat.tree import CategoryTree

FORMATS = {  # name of the root, in lower case -> format
    "yml_catalog": YML,
    "коммерческаяинформация": COMMERCEML,
    "rss": MERCHANT,
    "feed": MERCHANT,
}
_CATEGORY_COLUMN = 1
_OFFERS = {root: format_.shape.without(CATEGORY) for root, format_ in FORMATS.items()}
_CATEGORIES = {root: format_.shape.only(CATEGORY) for root, format_ in FORMATS.items()}


def read_feed(source: Source, options: Options) -> Table:
    """Read a feed; its format is told by its root.

    The columns are `name`, `category` and the format's own. A category is an id in `table.tree`,
    or a path if the feed has no tree. An offer of several categories gives a row for each of them,
    with the same number, if the categories are asked for.

    Examples
    --------
    >>> import io
    >>> feed = '''<yml_catalog><shop>
    ... <offers><offer id="7"><name>Чай зелёный</name><categoryId>2</categoryId></offer></offers>
    ... <categories><category id="2" parentId="1">Чай</category>
    ... <category id="1">Еда</category></categories></shop></yml_catalog>'''
    >>> table = read_feed(Source(io.BytesIO(feed.encode())), Options())
    >>> print(table.tree)
    Еда
      Чай
    >>> list(table.rows([0, 1]))
    [Row(number=2, values=('Чай зелёный', '2'), missing=0, surplus=())]
    """
    with ExitStack() as opened:
        file = opened.enter_context(source.seekable())
        reading = partial(_reading, file, source.place, options.encoding)
        format_, tree, facts = _known_before(source.place, reading(_CATEGORIES))
        offers = _closing(opened.pop_all(), reading(_OFFERS))
    left_out: dict[str, Finding] = {}
    return Table(
        place=source.place,
        columns=("name", "category", *format_.columns),
        rows=partial(_rows, offers, format_, frozenset(tree.ids if tree else ()), left_out),
        unit="line",
        facts=facts,
        tree=tree,
        left_out=left_out,
    )


def _reading(
    file: BinaryIO, place: str, encoding: str | None, shapes: Mapping[str, Shape]
) -> Iterator[Record]:
    """Read a feed once more, beginning with its root."""
    file.seek(0)
    yield from read_records(chunks_of(file), place, shapes, encoding)


def _closing(opened: ExitStack, records: Iterator[Record]) -> Iterator[Record]:
    with opened:
        yield from records


def _known_before(
    place: str, records: Iterator[Record]
) -> tuple[Format, CategoryTree | None, dict[str, str]]:
    """Find out the format, the tree, and how they were read."""
    format_ = FORMATS[next(records).kind]
    facts = {"format": format_.shape.name}
    if format_.read_category is None:
        return format_, None, facts
    tree, mended = make_tree(map(format_.read_category, records), place)
    return format_, tree, facts | mended


def _rows(
    records: Iterator[Record],
    format_: Format,
    ids: Collection[str],
    left_out: dict[str, Finding],
    columns: Sequence[int],
) -> Iterator[Row]:
    next(records)  # the root
    for record in records:
        offer = format_.read_offer(record)
        if offer.left_out:
            kind, reason = offer.left_out
            count(left_out, kind, record.line, offer.name or "", reason)
            continue
        listed = _categories(offer, ids) or [None]
        for category in listed if _CATEGORY_COLUMN in columns else listed[:1]:
            values = (offer.name, category, *offer.others)
            yield Row(record.line, tuple([values[column] for column in columns]))


def _categories(offer: Offer, ids: Collection[str]) -> Sequence[str | None]:
    """The categories of an offer, each once, those that exist first; the others are told later."""
    categories = list(dict.fromkeys(offer.categories))
    if len(categories) > 1 and ids:
        categories.sort(key=lambda id_: id_ not in ids)
    return categories
