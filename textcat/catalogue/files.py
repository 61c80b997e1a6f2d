"""Files and streams as bytes: opening, decompressing, and what goes wrong with that.

Everything streams: a compressed file is never in memory whole, however much it unpacks to.
"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import os
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property, partial
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any, BinaryIO, cast

from textcat.catalogue.zstandard_files import open_zstandard
from textcat.errors import CatalogueError

LARGEST_COPY = 1 << 33  # bytes of a temporary copy; a small file that unpacks to more is a bomb
CHUNK = 1 << 18  # bytes that are read at a time
HEAD = 64  # bytes that are enough to tell a kind of file

COMPRESSED: dict[bytes, Callable[..., Any]] = {  # first bytes of a file -> what opens it
    b"\x1f\x8b": gzip.open,
    b"\xfd7zXZ\x00": lzma.open,
    b"BZh": bz2.open,
    b"\x28\xb5\x2f\xfd": open_zstandard,
}
COMPRESSED_SUFFIXES = frozenset({".gz", ".xz", ".bz2", ".zst"})
_DAMAGED = (EOFError, zlib.error, lzma.LZMAError)  # beside an OSError of no number


class Source:
    """A file, or a stream that somebody else opened and will close; its bytes, decompressed.

    Parameters
    ----------
    file : path or binary stream

    Attributes
    ----------
    place : str
        What an error calls it.
    suffix : str
        In lower case, below that of a compression: ".csv" of "prices.CSV.gz".

    Examples
    --------
    >>> source = Source(io.BytesIO(gzip.compress("Чай".encode())))
    >>> source.head.decode(), b"".join(source.chunks()).decode()
    ('Чай', 'Чай')
    """

    def __init__(self, file: str | os.PathLike[str] | BinaryIO) -> None:
        self._file = file
        self.place = place_of(file)
        self.suffix = suffix_of(self.place)

    @cached_property
    def head(self) -> bytes:
        """The first bytes; a stream is not used up by asking for them."""
        with self._opened() as stream:
            return stream.peek(HEAD)[:HEAD]

    def chunks(self) -> Iterator[bytes]:
        """All bytes as they come; a file is open only while they are read."""
        with self._opened() as stream:
            yield from iter(partial(stream.read1, CHUNK), b"")

    @contextmanager
    def seekable(self) -> Iterator[BinaryIO]:
        """All bytes as a file to jump about in: the file itself, or else a temporary copy."""
        with self._opened() as stream:
            if isinstance(stream.raw, io.FileIO):
                yield cast(BinaryIO, stream)
                return
            with TemporaryFile() as copy:
                for chunk in chunks_of(stream):
                    copy.write(chunk)
                    if copy.tell() > LARGEST_COPY:
                        raise CatalogueError(
                            f"{self.place} unpacks to more than {LARGEST_COPY >> 30} GB. If that "
                            "is what it should be, unpack it to a file and name that"
                        )
                copy.seek(0)
                yield cast(BinaryIO, copy)

    @contextmanager
    def _opened(self) -> Iterator[io.BufferedReader]:
        with _damage_told(self.place):
            if not isinstance(self._file, str | os.PathLike):
                yield self._stream
                return
            with _open(self._file) as file, _decompressed(file) as stream:
                yield stream

    @cached_property
    def _stream(self) -> io.BufferedReader:
        """The stream as far as it was read: it can be read once only."""
        return _decompressed(io.BufferedReader(_Borrowed(cast(BinaryIO, self._file)), CHUNK))


def chunks_of(file: BinaryIO | io.BufferedReader) -> Iterator[bytes]:
    """The rest of an open file, chunk by chunk."""
    return iter(partial(file.read, CHUNK), b"")


def place_of(source: object) -> str:
    """Name a source as an error message does."""
    if isinstance(source, str | os.PathLike):
        return os.fspath(cast(str, source))
    return str(getattr(source, "name", None) or "the stream")


def suffix_of(path: str) -> str:
    """Read off the suffix below that of a compression.

    >>> suffix_of("prices.CSV.gz")
    '.csv'
    """
    suffixes = [suffix.lower() for suffix in Path(path).suffixes]
    while suffixes and suffixes[-1] in COMPRESSED_SUFFIXES:
        suffixes.pop()
    return suffixes[-1] if suffixes else ""


def _open(path: str | os.PathLike[str]) -> io.BufferedReader:
    try:
        return io.BufferedReader(Path(path).open("rb", buffering=0), CHUNK)
    except FileNotFoundError as error:
        raise CatalogueError(f"{path} does not exist; check the path.") from error
    except IsADirectoryError as error:
        raise CatalogueError(f"{path} is a directory; name one of its files.") from error
    except (OSError, ValueError) as error:  # a NUL in a path is a ValueError
        raise CatalogueError(f"{os.fspath(path)!r} cannot be read: {error}.") from error


def _decompressed(stream: io.BufferedReader) -> io.BufferedReader:
    """Open by what a stream begins with."""
    head = stream.peek(HEAD)
    for magic, opener in COMPRESSED.items():
        if head.startswith(magic):
            return io.BufferedReader(opener(stream), CHUNK)
    return stream


@contextmanager
def _damage_told(place: str) -> Iterator[None]:
    """Say in words for people what goes wrong while a file is read."""
    try:
        yield
    except (OSError, *_DAMAGED) as error:
        if isinstance(error, OSError) and error.errno is not None:  # told by the system
            raise CatalogueError(f"{place} cannot be read: {error}.") from error
        raise CatalogueError(
            f"{place} is cut off or damaged: {error}. Copy it again from where it came from."
        ) from error


class _Borrowed(io.RawIOBase):
    """A stream of somebody else's, which is never closed here."""

    def __init__(self, stream: BinaryIO) -> None:
        super().__init__()
        self._read: Callable[[int], bytes] = getattr(stream, "read1", stream.read)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        content = self._read(len(buffer))
        buffer[: len(content)] = content
        return len(content)
