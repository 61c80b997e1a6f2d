"""Zstandard as Python reads gzip: frame after frame, in little memory, and a cut-off is an error.

zstandard's own file objects take a file that is cut off for one that ends there.
"""

from __future__ import annotations

import io
from typing import IO, Any, cast

from textcat.errors import MissingExtraError

# Bytes that are decompressed at a time. A byte makes 32 KB at most (a block of 128 KB takes four),
# so that a decompression bomb makes 16 MB at a time; reading more at once is hardly any faster.
_STEP = 512


def open_zstandard(stream: IO[bytes]) -> IO[bytes]:
    """Open what is compressed by Zstandard.

    Parameters
    ----------
    stream : binary stream
        Left open when what this returns is closed.

    Examples
    --------
    >>> import zstandard
    >>> content = zstandard.compress("Чай".encode())
    >>> open_zstandard(io.BytesIO(content)).read().decode()
    'Чай'
    >>> open_zstandard(io.BytesIO(content[:-1])).read()
    Traceback (most recent call last):
    ...
    EOFError: the end is missing
    """
    try:
        import zstandard
    except ImportError as error:
        raise MissingExtraError(
            'files compressed by Zstandard need zstandard: pip install "textcat[zstd]"'
        ) from error
    return cast(IO[bytes], _Decompressed(stream, zstandard))


class _Decompressed(io.RawIOBase):
    def __init__(self, stream: IO[bytes], zstandard: Any) -> None:
        super().__init__()
        self._stream = stream
        self._frames = zstandard.ZstdDecompressor()
        self._frame = self._frames.decompressobj()
        self._error: type[Exception] = zstandard.ZstdError
        self._ready = memoryview(b"")  # decompressed, and not taken yet

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._ready:
            compressed = self._rest() or self._stream.read(_STEP)
            if not compressed:
                return self._end()
            self._ready = memoryview(self._decompressed(compressed))
        count = min(len(buffer), len(self._ready))
        buffer[:count], self._ready = self._ready[:count], self._ready[count:]
        return count

    def _rest(self) -> bytes:
        """What follows a frame that has ended: the next one."""
        return bytes(self._frame.unused_data) if self._frame.eof else b""

    def _decompressed(self, compressed: bytes) -> bytes:
        if self._frame.eof:
            self._frame = self._frames.decompressobj()
        try:
            return cast(bytes, self._frame.decompress(compressed))
        except self._error as error:
            raise EOFError(error) from error

    def _end(self) -> int:
        if not self._frame.eof:
            raise EOFError("the end is missing")
        return 0
