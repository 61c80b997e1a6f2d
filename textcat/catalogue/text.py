"""From bytes on disk to lines of text: decompressing, finding out the encoding, counting lines.

What stands in a line is not known here.
"""

from __future__ import annotations

import bz2
import codecs
import gzip
import io
import lzma
import os
import re
import zlib
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path
from typing import IO, Any, BinaryIO, NamedTuple, cast

from textcat.errors import CatalogueError

SUPPORTED = "CSV, TSV and TXT files, also as .gz, .xz or .bz2"

_COMPRESSED: dict[bytes, Callable[..., Any]] = {  # first bytes of a file -> what opens it
    b"\x1f\x8b": gzip.open,
    b"\xfd7zXZ\x00": lzma.open,
    b"BZh": bz2.open,
}
_FOREIGN = {  # first bytes of a file -> what it is
    b"PK\x03\x04": "a ZIP archive or an Excel workbook (.xlsx)",
    b"\xd0\xcf\x11\xe0": "an old Excel workbook (.xls)",
    b"PAR1": "a Parquet file",
    b"%PDF": "a PDF document",
    b"\x28\xb5\x2f\xfd": "a file compressed with Zstandard",
    b"7z\xbc\xaf": "a 7-Zip archive",
    b"Rar!": "a RAR archive",
    b"SQLite format 3": "an SQLite database",
    b"<?xml": "an XML file",
    **dict.fromkeys(_COMPRESSED, "compressed, and not a file with a path"),
}
_BYTE_ORDER_MARKS = {
    b"\xef\xbb\xbf": "utf-8-sig",
    b"\xff\xfe": "utf-16",
    b"\xfe\xff": "utf-16",
}
_CHUNK = 1 << 18  # bytes; also how much of a file the encoding is found out from
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1f\x7f]")
_LONGEST_LINE = 1 << 24  # characters; what has longer ones is no table
_MOST_CONTROL = 0.02  # of the bytes; text, even with stray NULs, has fewer
_MOST_BROKEN = 0.05  # of the letters beyond ASCII; a text in cp1251 read as UTF-8 breaks nearly all


class Lines(NamedTuple):
    """The lines of a text file and how they were read."""

    lines: Iterator[str]  # without line ends
    encoding: str


def read_lines(source: str | os.PathLike[str] | BinaryIO, encoding: str | None = None) -> Lines:
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
    place = place_of(source)
    chunks = _chunks(source, place)
    sample = next(chunks, b"")
    encoding = _known(encoding) if encoding else _found_encoding(sample, place)
    return Lines(_decoded(chain([sample], chunks), encoding, place), encoding)


def place_of(source: object) -> str:
    """Name a source as an error message does."""
    if isinstance(source, str | os.PathLike):
        return os.fspath(cast(str, source))
    return str(getattr(source, "name", None) or "the stream")


def _chunks(source: str | os.PathLike[str] | BinaryIO, place: str) -> Iterator[bytes]:
    """Yield the decompressed bytes; a file is open only while they are read."""
    try:
        if not isinstance(source, str | os.PathLike):
            yield from iter(lambda: source.read(_CHUNK), b"")  # whoever opened it closes it
            return
        with _opened(Path(source)) as stream:
            yield from iter(lambda: stream.read(_CHUNK), b"")
    except FileNotFoundError as error:
        raise CatalogueError(f"{place} does not exist; check the path.") from error
    except IsADirectoryError as error:
        raise CatalogueError(f"{place} is a directory; name one of its files.") from error
    except (EOFError, zlib.error, lzma.LZMAError, gzip.BadGzipFile) as error:
        raise CatalogueError(
            f"{place} is cut off or damaged: {error}. Copy it again from where it came from."
        ) from error
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        raise CatalogueError(f"{place!r} cannot be read: {error}.") from error


def _opened(path: Path) -> IO[bytes]:
    """Open by what a file begins with, since names lie."""
    with path.open("rb") as file:
        head = file.read(8)
    for magic, opener in _COMPRESSED.items():
        if head.startswith(magic):
            return cast(IO[bytes], opener(path))
    return path.open("rb")


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
                f"{place} is {kind}. What can be read: {SUPPORTED}. Save it as one of these."
            )
    for mark, encoding in _BYTE_ORDER_MARKS.items():
        if sample.startswith(mark):
            return encoding
    if len(_CONTROL.findall(sample)) > _MOST_CONTROL * len(sample):
        raise CatalogueError(
            f"{place} is not text. What can be read: {SUPPORTED}. If it is text in UTF-16, "
            'pass encoding="utf-16-le".'
        )
    return "utf-8" if _looks_like_utf8(sample) else "cp1251"


def _looks_like_utf8(sample: bytes) -> bool:
    """Tell UTF-8, even with a few broken bytes, from an encoding with one byte a letter."""
    text = codecs.getincrementaldecoder("utf-8")("replace").decode(sample)
    beyond_ascii = sum(map(len, re.findall(r"[^\x00-\x7f]+", text)))
    return text.count("\ufffd") <= _MOST_BROKEN * beyond_ascii


def _decoded(chunks: Iterator[bytes], encoding: str, place: str) -> Iterator[str]:
    """Decode and split into lines, whatever their ends; the place of a bad byte is told."""
    line_number, rest = 1, ""
    try:
        for piece in _pieces(chunks, encoding):
            *lines, rest = (rest + piece).split("\n")
            yield from lines
            line_number += len(lines)
            if len(rest) > _LONGEST_LINE:
                raise CatalogueError(f"{place}, line {line_number} is too long for a table's row.")
    except UnicodeDecodeError as error:
        line_number += error.object[: error.start].decode(encoding, "replace").count("\n")
        raise CatalogueError(
            f"{place}, line {line_number}: {error.object[error.start : error.end]!r} is not "
            f"{encoding}. Pass the file's encoding, for example encoding="
            f'"{"cp1251" if encoding.startswith("utf") else "utf-8"}", or correct that line.'
        ) from error
    if rest:
        yield rest


def _pieces(chunks: Iterator[bytes], encoding: str) -> Iterator[str]:
    """Decode chunk by chunk, with every line end as a line feed."""
    decoder = io.IncrementalNewlineDecoder(codecs.getincrementaldecoder(encoding)(), translate=True)
    yield decoder.decode(next(chunks, b"")).removeprefix("\ufeff")  # if the encoding was given
    for chunk in chunks:
        yield decoder.decode(chunk)
    yield decoder.decode(b"", final=True)
