"""Bytes of XML -> the records of a feed, one by one; nothing else is kept.

A feed comes from somebody else, so what XML allows and no feed needs is refused: entities of its
own, elements a thousand deep, texts and tags without end. No other file is ever opened: a line
such as `<!DOCTYPE yml_catalog SYSTEM "shops.dtd">` is passed over.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from html.entities import html5
from itertools import chain
from typing import NoReturn
from xml.parsers.expat import XML_PARAM_ENTITY_PARSING_NEVER
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import AttributesImpl

from defusedxml.common import DefusedXmlException
from defusedxml.expatreader import DefusedExpatParser

from textcat.catalogue.feeds.shapes import Record, Shape
from textcat.catalogue.feeds.troubles import READER_ERRORS, explained, place_in
from textcat.catalogue.text import read_text
from textcat.errors import CatalogueError

DEEPEST = 1_000  # elements within each other
LARGEST = 1 << 24  # bytes of one record, and of one tag or comment
_PIECE = 64  # bytes that Python needs for a string, whatever its length


def read_records(
    pieces: Iterable[bytes],
    place: str,
    shapes: Mapping[str, Shape],
    encoding: str | None = None,
) -> Iterator[Record]:
    """Read a feed, streaming: its root, as a record of that name, and then its records.

    Parameters
    ----------
    pieces : iterable of bytes
        The file, cut anywhere.
    place : str
        What an error calls it.
    shapes : mapping of Shape
        Name of the root, in lower case -> what is read below it.
    encoding : str, optional
        If it is not the one that the file declares.

    Raises
    ------
    CatalogueError
        With line and column, if this is no XML, is cut off, has another root, or is refused.

    Examples
    --------
    >>> shape = Shape("list", {"list/item": "item"}, ["item"])
    >>> pieces = [b"<list><item>Tea</item><it", b"em>&nbsp;Coffee</item></list>"]
    >>> root, *items = read_records(pieces, "list.xml", {"list": shape})
    >>> root.kind, [item.first("") for item in items]
    ('list', ['Tea', 'Coffee'])
    """
    handler = _Handler(place, shapes)
    given: Iterator[str] | Iterator[bytes] = iter(pieces)
    if encoding:
        given = read_text(iter(pieces), place, encoding).pieces
    # An empty file is parsed, too; text from the first piece on does away with what it declares.
    whole: Iterator[str | bytes] = chain(["" if encoding else b""], given)
    for piece in whole:
        handler.feed(piece)
        yield from handler.finished()
    handler.feed(None)
    yield from handler.finished()


class _Parser(DefusedExpatParser):  # type: ignore[misc]  # it ships no types
    """Passes over the DTD, and reports entities that it might have declared, such as HTML's."""

    def reset(self) -> None:
        super().reset()
        self._parser.SetParamEntityParsing(XML_PARAM_ENTITY_PARSING_NEVER)
        self._parser.UseForeignDTD(True)  # as if there were one in any case


class _Handler(ContentHandler):
    """Gathers records from the tags and texts of a file."""

    def __init__(self, place: str, shapes: Mapping[str, Shape]) -> None:
        super().__init__()
        self._place, self._shapes = place, shapes
        self._parser = _Parser()
        self._parser.setContentHandler(self)
        self._shape = Shape("", {}, ())
        self._places: list[str | None] = [""]  # of the open elements, None if passed over
        self._records: list[Record] = []  # open
        self._finished: list[Record] = []
        self._begun = 0
        self._text: list[str] | None = None  # of the open field
        self._kept = 0
        self._position, self._waiting = (0, 0), 0  # the parser's, and what it could not use yet

    def feed(self, piece: str | bytes | None) -> None:
        """Take another piece of the file; None is its end."""
        try:
            self._parser.close() if piece is None else self._parser.feed(piece)
        except CatalogueError:
            raise
        except DefusedXmlException as error:
            name = getattr(error, "name", "")
            self._refuse(f"it declares the entity {name!r:.80}, which no feed needs", error)
        except READER_ERRORS as error:
            raise CatalogueError(explained(error, self._where())) from error
        if piece:
            self._watch(len(piece))

    def finished(self) -> Iterator[Record]:
        """Hand over the records that have been read since the last time."""
        records, self._finished = self._finished, []
        yield from records

    def _where(self) -> str:
        """The place in the file, for a message."""
        line, column = self._parser.getLineNumber(), self._parser.getColumnNumber()
        return place_in(self._place, line, column)

    def startElement(self, name: str, attrs: AttributesImpl) -> None:  # noqa: N802
        """Note where we are, and open a record or a field if it is one."""
        if len(self._places) > DEEPEST:
            self._refuse(f"elements stand more than {DEEPEST:,} deep in each other")
        if len(self._places) == 1:
            self._begin_feed(name)
        here = self._places[-1]
        there = None if here is None else self._shape.steps.get((here, _plain(name)))
        self._places.append(there)
        if there in self._shape.kinds:
            self._begin_record(there, attrs)
        if there in self._shape.fields:
            self._text = []

    def endElement(self, name: str) -> None:  # noqa: ARG002, N802
        """Close the field or record that ends here."""
        there = self._places.pop()
        if there in self._shape.fields:
            texts = self._records[-1].texts
            texts.setdefault(self._shape.fields[there], []).append("".join(self._text or ()))
            self._text = None
            self._keep(_PIECE)
        if there in self._shape.kinds:
            self._finished.append(self._records.pop())
            self._kept -= self._finished[-1].size

    def characters(self, content: str) -> None:
        """Keep the text of a field, markup within it or not."""
        if self._text is not None:
            self._text.append(content)
            self._keep(len(content) + _PIECE)

    def skippedEntity(self, name: str) -> None:  # noqa: N802
        """Resolve an entity of HTML's, which feeds have though XML does not."""
        text = html5.get(f"{name};")
        if text is None and not name.startswith("%"):  # that is one of the DTD that is not read
            self._refuse(f"there is no entity &{name}; in XML or HTML", way_out="write &amp; for &")
        self.characters(text or "")

    def _begin_feed(self, root: str) -> None:
        kind = _plain(root)
        if kind not in self._shapes:
            known = ", ".join(f"<{name}> ({shape.name})" for name, shape in self._shapes.items())
            self._refuse(f"the root element is <{root:.80}>", way_out=f"feeds begin with {known}")
        self._shape = self._shapes[kind]
        self._finished.append(Record(kind, self._parser.getLineNumber()))

    def _begin_record(self, kind: str, attrs: AttributesImpl) -> None:
        self._begun += 1
        inside = self._records[-1].number if self._records else None
        attributes = {_plain(name): value for name, value in attrs.items()}
        line = self._parser.getLineNumber()
        self._records.append(Record(kind, line, self._begun, inside, attributes))
        self._keep(sum(map(len, attributes.values())))

    def _keep(self, size: int) -> None:
        """Count what is kept until the open records end."""
        self._records[-1].size += size
        self._kept += size
        if self._kept > LARGEST:
            begun = f"the {self._records[-1].kind} of line {self._records[-1].line:,}"
            self._refuse(f"{begun} is larger than {LARGEST >> 20} MB")

    def _watch(self, size: int) -> None:
        """See that the parser gets on: it holds a whole tag, comment or declaration in memory."""
        position = (self._parser.getLineNumber(), self._parser.getColumnNumber())
        self._waiting = self._waiting + size if position == self._position else 0
        self._position = position
        if self._waiting > LARGEST:
            self._refuse(f"what begins here does not end within {LARGEST >> 20} MB")

    def _refuse(
        self,
        trouble: str,
        error: Exception | None = None,
        way_out: str = "check where the file comes from; this is not read, for safety",
    ) -> NoReturn:
        raise CatalogueError(f"{self._where()}: {trouble}; {way_out}.") from error


def _plain(name: str) -> str:
    """Name of an element or attribute without its prefix, in lower case."""
    return name.rpartition(":")[2].casefold()
