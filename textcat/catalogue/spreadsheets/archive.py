"""Which format a workbook is in, and whether it can be opened at all: nothing is unpacked here."""

from __future__ import annotations

import os
from typing import BinaryIO
from zipfile import BadZipFile, ZipFile

from textcat.catalogue.spreadsheets.damage import SAVE_AGAIN, damage_told, password
from textcat.errors import CatalogueError

MOST_UNPACKED = 4 << 30  # bytes
MOST_SUSPICIOUS = 100 << 20  # bytes that may be unpacked, whatever they were packed into
MOST_PACKED = 200  # times smaller; repetitive sheets come to 20 or 50

_COMPOUND = b"\xd0\xcf\x11\xe0"  # a file of old Office, or any encrypted one
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_MARKS = {  # a file in the archive -> the format
    "xl/workbook.bin": "XLSB",
    "xl/workbook.xml": "XLSX",
    "content.xml": "ODS",
}
_OTHERS = {  # a beginning of files' names -> what has such files
    "word/": "a document of Word",
    "ppt/": "a presentation",
    "": "a zip archive without a workbook",
}


def find_format(stream: BinaryIO, place: str) -> str:
    """Tell XLSX, XLSB, ODS and XLS by what is in them.

    Raises
    ------
    CatalogueError
        If it is none of these, is damaged or encrypted, or would unpack to far too much.

    Examples
    --------
    >>> import io
    >>> find_format(io.BytesIO("Чай;Еда".encode()), "prices.xlsx")
    Traceback (most recent call last):
    ...
    textcat.errors.CatalogueError: prices.xlsx is no workbook, whatever its name says. If it is a \
table as text, rename it to .csv.
    """
    stream.seek(0)
    head = stream.read(8)
    if head.startswith(_COMPOUND):
        return _compound_format(stream, place)
    if not head.startswith(b"PK"):
        raise CatalogueError(
            f"{place} is no workbook, whatever its name says. "
            "If it is a table as text, rename it to .csv."
        )
    return _zip_format(stream, place)


def _compound_format(stream: BinaryIO, place: str) -> str:
    stream.seek(0)
    tail = b""
    while chunk := stream.read(1 << 20):
        if _ENCRYPTED in tail + chunk:
            raise CatalogueError(password(place))
        tail = chunk[-len(_ENCRYPTED) :]
    return "XLS"


def _zip_format(stream: BinaryIO, place: str) -> str:
    with damage_told(place):
        try:
            files = ZipFile(stream).infolist()
        except BadZipFile as error:
            raise CatalogueError(
                f"{place} is cut off or damaged: {error}. Copy it again from where it came from."
            ) from error
    _check_size(sum(file.file_size for file in files), stream.seek(0, os.SEEK_END), place)
    names = {file.filename for file in files}
    form = next((form for mark, form in _MARKS.items() if mark in names), None)
    if any(file.flag_bits & 1 for file in files):
        raise CatalogueError(password(place))
    if form:
        return form
    what = next(
        what
        for start, what in _OTHERS.items()
        if any(name.startswith(start) for name in [*names, ""])
    )
    raise CatalogueError(f"{place} is {what}. Unpack it or copy its table into a workbook.")


def _check_size(unpacked: int, packed: int, place: str) -> None:
    if unpacked > MOST_UNPACKED or (unpacked > MOST_SUSPICIOUS and unpacked > MOST_PACKED * packed):
        raise CatalogueError(
            f"{place} has {packed:,} bytes and would unpack to {unpacked:,}: it may be an attack, "
            f"or have millions of formatted empty cells. {SAVE_AGAIN}"
        )
