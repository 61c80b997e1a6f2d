"""The kinds of files that can be read: how each is told, and by which function it is read."""

from __future__ import annotations

from typing import NamedTuple

from textcat.catalogue.files import Source


class Kind(NamedTuple):
    """A kind of file that can be read.

    Attributes
    ----------
    what : str
        What a message calls it.
    suffixes : tuple of str
    beginnings : tuple of bytes
        First bytes that no other kind has. They count more than the suffix, since names lie.
    reader : str
        "module:function", a `Reader`; imported when such a file comes.
    """

    what: str
    suffixes: tuple[str, ...]
    beginnings: tuple[bytes, ...]
    reader: str


HERE = "textcat.catalogue"
COMMERCE_ML = "<КоммерческаяИнформация".encode()
KINDS = (
    Kind(
        what="CSV, TSV, TXT",
        suffixes=(".csv", ".tsv", ".tab", ".txt"),
        beginnings=(),
        reader=f"{HERE}.readers:read_text_table",
    ),
    Kind(
        what="Excel and OpenDocument workbooks",
        suffixes=(".xlsx", ".xlsm", ".xls", ".xlsb", ".ods"),
        beginnings=(b"PK\x03\x04", b"\xd0\xcf\x11\xe0"),
        reader=f"{HERE}.spreadsheets:read_workbook",
    ),
    Kind(
        what="feeds in YML, CommerceML and Google Merchant's format",
        suffixes=(".xml", ".yml"),
        beginnings=tuple(
            mark + tag
            for mark in (b"", b"\xef\xbb\xbf")
            for tag in (b"<?xml", b"<!DOCTYPE", b"<yml_catalog", b"<rss", b"<feed", COMMERCE_ML)
        ),
        reader=f"{HERE}.feeds:read_feed",
    ),
    Kind(
        what="JSON",
        suffixes=(".json",),
        beginnings=(),
        reader=f"{HERE}.json_rows:read_json",
    ),
    Kind(
        what="JSON lines",
        suffixes=(".jsonl", ".ndjson"),
        beginnings=(),
        reader=f"{HERE}.json_rows:read_json_lines",
    ),
    Kind(
        what="Parquet",
        suffixes=(".parquet",),
        beginnings=(b"PAR1",),
        reader=f"{HERE}.columnar:read_parquet",
    ),
    Kind(
        what="Arrow",
        suffixes=(".arrow", ".arrows", ".feather", ".ipc"),
        beginnings=(b"ARROW1", b"\xff\xff\xff\xff"),
        reader=f"{HERE}.columnar:read_arrow",
    ),
)


def readable() -> str:
    """The kinds of files that can be read, for a message."""
    return "; ".join(kind.what for kind in KINDS) + "; also as .gz, .xz, .bz2 or .zst"


def find_kind(source: Source) -> Kind:
    """The kind of a file: by what it begins with, else by its suffix, else text."""
    by_beginning = (kind for kind in KINDS if source.head.startswith(kind.beginnings))
    by_suffix = (kind for kind in KINDS if source.suffix in kind.suffixes)
    return next(by_beginning, None) or next(by_suffix, KINDS[0])
