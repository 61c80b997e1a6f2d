"""The XML of a sheet, element by element, and what else than cells it says.

Merged cells stand below the rows in the file, so that it is read twice; neither time is it held.
"""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterator
from typing import IO, Any, cast
from xml.etree.ElementTree import Element, XMLPullParser
from xml.parsers import expat

from defusedxml.common import DTDForbidden

from textcat.catalogue.files import CHUNK
from textcat.catalogue.spreadsheets.merged import parse_range

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
ROW, CELL, FORMULA, VALUE = f"{_MAIN}row", f"{_MAIN}c", f"{_MAIN}f", f"{_MAIN}v"
_MERGED = f"{_MAIN}mergeCell"


def elements(stream: IO[bytes], tags: Collection[str]) -> Iterator[tuple[Element, list[Element]]]:
    """Read the elements with some tags, each whole and with those around it, and forget it.

    Examples
    --------
    >>> import io
    >>> xml = io.BytesIO(b"<sheet><row><c/></row><row/></sheet>")
    >>> [(len(row), [around.tag for around in above]) for row, above in elements(xml, ["row"])]
    [(1, ['sheet']), (0, ['sheet'])]
    """
    above: list[Element] = []
    whole = 0  # how many of those around are to be kept until they are whole
    for event, element in _events(stream):
        if event == "start":
            above.append(element)
            whole += element.tag in tags
            continue
        above.pop()
        if element.tag in tags:
            whole -= 1
            yield element, above
        if above and not whole:
            del above[-1][:]


def _events(stream: IO[bytes]) -> Iterator[tuple[str, Element]]:
    """Read XML, and refuse a document type, with which all entities come.

    It can only stand above the first element, so that all the rest is read by the fast parser,
    which cannot be told to refuse it.
    """
    parser: XMLPullParser[Any] = XMLPullParser(("start", "end"))
    prolog = _Prolog()
    while chunk := stream.read(CHUNK):
        prolog.check(chunk)
        parser.feed(chunk)
        yield from cast(Iterator[tuple[str, Element]], parser.read_events())
    parser.close()


class _Prolog:
    """What stands above the first element."""

    def __init__(self) -> None:
        self._is_over = False
        self._parser = expat.ParserCreate()
        self._parser.StartDoctypeDeclHandler = self._refuse
        self._parser.StartElementHandler = self._end

    def check(self, chunk: bytes) -> None:
        if not self._is_over:
            self._parser.Parse(chunk, False)

    def _refuse(self, name: str, system: str | None, public: str | None, _: object) -> None:
        raise DTDForbidden(name, system, public)

    def _end(self, *_: object) -> None:
        self._is_over = True


def read_merged(stream: IO[bytes]) -> array[int]:
    """Find the merged cells of a sheet, one `Range` after the other.

    Examples
    --------
    >>> import io
    >>> xml = '''<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">
    ...     <sheetData><row r="1"/></sheetData>
    ...     <mergeCells><mergeCell ref="A1:C1"/></mergeCells></worksheet>'''
    >>> read_merged(io.BytesIO(xml.encode()))
    array('i', [1, 0, 1, 2])
    """
    merged = array("i")
    for element, _ in elements(stream, (ROW, _MERGED)):
        merged.extend(parse_range(element.get("ref", "")) or ())
    return merged


def outline_level(row: Element) -> int:
    """How deep a row is in the outline; 0 if it cannot be folded away."""
    level = row.get("outlineLevel", "0")
    return int(level) if level.isdecimal() else 0
