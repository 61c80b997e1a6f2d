"""From bytes to lines of text: finding out the encoding, counting lines.

What stands in a line is not known here.
"""

from __future__ import annotations

import codecs
import io
import os
import re
from collections.abc import Iterator
from itertools import chain
from typing import BinaryIO, NamedTuple

from textcat.catalogue.files import Source
from textcat.catalogue.kinds import readable
from textcat.errors import CatalogueError

_FOREIGN = {  # first bytes of a file -> what it is
    b"%PDF": "a PDF document",
    b"7z\xbc\xaf": "a 7-Zip archive",
    b"Rar!": "a RAR archive",
    b"SQLite format 3": "an SQLite database",
}
_BYTE_ORDER_MARKS = {
    b"\xef\xbb\xbf": "utf-8-sig",
    b"\xff\xfe": "utf-16",
    b"\xfe\xff": "utf-16",
}
_SAMPLE = 1 << 16  # bytes that the encoding is found out from
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1f\x7f]")
_LONGEST_LINE = 1 << 24  # characters; what has longer ones is no table
_MOST_CONTROL = 0.02  # of the bytes; text, even with stray NULs, has fewer
_MOST_BROKEN = 0.05  # of the letters beyond ASCII; a text in cp1251 read as UTF-8 breaks nearly all


class Lines(NamedTuple):
    """The lines of a text file and how they were read."""

    lines: Iterator[str]  # without line ends
    encoding: str


class Text(NamedTuple):
    """A text, piece by piece wherever it is cut, and how it was read."""

    pieces: Iterator[str]  # with every line end as a line feed
    encoding: str


def read_lines(
    source: Source | str | os.PathLike[str] | BinaryIO, encoding: str | None = None
) -> Lines:
    r"""Open a text file, compressed or not, and find out its encoding.

    Parameters
    ----------
    source : path or binary stream
    encoding : str, optional
        Any name that Python knows. Found out among UTF-8, UTF-16 (with its mark) and cp1251.

    Raises
    ------
    CatalogueError
        If there is no such file, it is not text, or a line cannot be decoded.

    Examples
    --------
    >>> lines, encoding = read_lines(io.BytesIO("Чай\r\nКофе".encode("cp1251")))
    >>> list(lines), encoding
    (['Чай', 'Кофе'], 'cp1251')
    """
    source = source if isinstance(source, Source) else Source(source)
    pieces, encoding = read_text(source.chunks(), source.place, encoding)
    return Lines(_lines(pieces, source.place), encoding)


def read_text(chunks: Iterator[bytes], place: str, encoding: str | None = None) -> Text:
    r"""Decode bytes that come in chunks; how a text is cut into lines does not matter.

    Examples
    --------
    >>> pieces, encoding = read_text(iter(["Чай и ко".encode("cp1251"), b"\xf4\xe5"]), "the text")
    >>> list(pieces), encoding
    (['Чай и кофе', ''], 'cp1251')
    """
    sample = _sample(chunks)
    encoding = _known(encoding) if encoding else _found_encoding(sample, place)
    return Text(_pieces(chain([sample], chunks), encoding, place), encoding)


def _sample(chunks: Iterator[bytes]) -> bytes:
    """The first bytes: a pipe gives them as they are written, maybe a line at a time."""
    sample = b""
    for chunk in chunks:
        sample += chunk
        if len(sample) >= _SAMPLE:
            break
    return sample


def _known(encoding: str) -> str:
    try:
        b"a".decode(encoding, "ignore")  # some codecs make no text
        return codecs.lookup(encoding).name
    except (LookupError, UnicodeError) as error:
        raise CatalogueError(
            f"there is no encoding {encoding!r}; the usual ones are utf-8, cp1251 and utf-16."
        ) from error


def _found_encoding(sample: bytes, place: str) -> str:
    for magic, kind in _FOREIGN.items():
        if sample.startswith(magic):
            raise CatalogueError(
                f"{place} is {kind}. What can be read: {readable()}. Save it as one of these."
            )
    for mark, encoding in _BYTE_ORDER_MARKS.items():
        if sample.startswith(mark):
            return encoding
    if len(_CONTROL.findall(sample)) > _MOST_CONTROL * len(sample):
        raise CatalogueError(
            f"{place} is not text. What can be read: {readable()}. If it is text in UTF-16, "
            'pass encoding="utf-16-le".'
        )
    return "utf-8" if _looks_like_utf8(sample) else "cp1251"


def _looks_like_utf8(sample: bytes) -> bool:
    """Tell UTF-8, even with a few broken bytes, from an encoding with one byte a letter."""
    text = codecs.getincrementaldecoder("utf-8")("replace").decode(sample)
    beyond_ascii = sum(map(len, re.findall(r"[^\x00-\x7f]+", text)))
    return text.count("\ufffd") <= _MOST_BROKEN * beyond_ascii


def _lines(pieces: Iterator[str], place: str) -> Iterator[str]:
    line_number, rest = 1, ""
    for piece in pieces:
        *lines, rest = (rest + piece).split("\n")
        yield from lines
        line_number += len(lines)
        if len(rest) > _LONGEST_LINE:
            raise CatalogueError(f"{place}, line {line_number} is too long for a table's row.")
    if rest:
        yield rest


def _pieces(chunks: Iterator[bytes], encoding: str, place: str) -> Iterator[str]:
    """Decode chunk by chunk; the place of a bad byte is told."""
    line_number = 1
    try:
        for piece in _decoded(chunks, encoding):
            line_number += piece.count("\n")
            yield piece
    except UnicodeDecodeError as error:
        line_number += error.object[: error.start].decode(encoding, "replace").count("\n")
        raise CatalogueError(
            f"{place}, line {line_number}: {error.object[error.start : error.end]!r} is not "
            f"{encoding}. Pass the file's encoding, for example encoding="
            f'"{"cp1251" if encoding.startswith("utf") else "utf-8"}", or correct that line.'
        ) from error


def _decoded(chunks: Iterator[bytes], encoding: str) -> Iterator[str]:
    """Decode chunk by chunk, with every line end as a line feed."""
    decoder = io.IncrementalNewlineDecoder(codecs.getincrementaldecoder(encoding)(), translate=True)
    yield decoder.decode(next(chunks, b"")).removeprefix("\ufeff")  # if the encoding was given
    for chunk in chunks:
        yield decoder.decode(chunk)
    yield decoder.decode(b"", final=True)
