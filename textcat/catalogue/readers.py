"""Where a table can come from: one reader a kind of file, one a kind of object.

To read another kind of file, write a reader in a module of its own and enter it in `kinds`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from importlib import import_module
from typing import Any, cast

from textcat.catalogue.delimited import read_delimited
from textcat.catalogue.files import Source, place_of, suffix_of
from textcat.catalogue.in_memory import has_columns, read_columns, read_records
from textcat.catalogue.kinds import find_kind, readable
from textcat.catalogue.sql import is_database, read_sql
from textcat.catalogue.table import Options, Table
from textcat.catalogue.text import read_lines
from textcat.errors import CatalogueError


def read_text_table(source: Source, options: Options) -> Table:
    """Read a file of lines: CSV, TSV or TXT."""
    lines, encoding = read_lines(source, options.encoding)
    table = read_delimited(
        lines,
        place=source.place,
        wanted=options.wanted,
        delimiter=options.delimiter,
        kind=source.suffix,
    )
    table.facts["encoding"] = encoding
    return table


def open_table(source: object, options: Options | None = None) -> Table:
    """Open whatever holds a table: a file, a stream, a database, a data frame, columns, rows.

    Examples
    --------
    >>> table = open_table({"name": ["Чай"], "path": ["Еда"]})
    >>> table.columns, next(table.rows([1]))
    (('name', 'path'), Row(number=1, values=('Еда',), missing=0, surplus=()))
    """
    options = options or Options()
    if options.query is not None or is_database(source):
        return read_sql(source, options)
    if isinstance(source, str | os.PathLike):
        return _open_file(Source(source), options)
    if callable(getattr(source, "read", None)):
        return _open_stream(source, options)
    if has_columns(source):
        return read_columns(source)
    if isinstance(source, Iterable) and not isinstance(source, bytes | bytearray):
        return read_records(source, options)
    raise CatalogueError(
        f"a {type(source).__name__} is not a table; pass a path, a data frame or rows. "
        f"Files that can be read: {readable()}."
    )


def _open_file(source: Source, options: Options) -> Table:
    return reader_of(source)(source, options)


def _open_stream(stream: Any, options: Options) -> Table:
    """Read an open file; whoever opened it closes it."""
    if isinstance(stream.read(0), bytes):
        return _open_file(Source(stream), options)
    place = place_of(stream)
    return read_delimited(
        (line.rstrip("\r\n") for line in stream),
        place=place,
        wanted=options.wanted,
        delimiter=options.delimiter,
        kind=suffix_of(place),
    )


def reader_of(source: Source) -> Callable[[Source, Options], Table]:
    """The function that reads such a file; its module is imported here and not before."""
    module, function = find_kind(source).reader.split(":")
    return cast(Callable[[Source, Options], Table], getattr(import_module(module), function))
