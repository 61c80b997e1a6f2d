"""How large the sheets of an XLSB file are: its records say of each cell where it stands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO

_ROW, _LAST_CELL = 0, 11  # kinds of records; those between are cells


def read_extent(sheet: IO[bytes]) -> int:
    r"""Measure a sheet: the cells of the rectangle from its first row and column to its last.

    Examples
    --------
    >>> import io
    >>> row, cell = b"\x00\x04\x09\x00\x00\x00", b"\x01\x04\x02\x00\x00\x00"  # the tenth, the third
    >>> read_extent(io.BytesIO(row + cell))
    30
    """
    row = rows = columns = 0
    for kind, content in _records(sheet):
        number = int.from_bytes(content[:4], "little")
        if kind == _ROW:
            row = number + 1
        elif kind <= _LAST_CELL:
            rows, columns = max(rows, row), max(columns, number + 1)
    return rows * columns


def _records(sheet: IO[bytes]) -> Iterator[tuple[int, bytes]]:
    while first := sheet.read(1):
        kind = first[0]
        if kind & 0x80:
            kind += sheet.read(1)[0] << 8
        yield kind, sheet.read(_size(sheet))


def _size(sheet: IO[bytes]) -> int:
    """Read a number of seven bits a byte, the lowest first."""
    size = 0
    for place in range(4):
        byte = sheet.read(1)[0]
        size |= (byte & 0x7F) << 7 * place
        if byte < 0x80:
            break
    return size
