"""Where a table can come from: one reader a kind of file, one a kind of object.

To read another kind of file, write a `Reader` and enter its suffixes in `READERS`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import Any, BinaryIO

from textcat.catalogue.columns import Row, Table, header_names
from textcat.catalogue.delimited import read_delimited
from textcat.catalogue.text import SUPPORTED, place_of, read_lines
from textcat.errors import CatalogueError


@dataclass(frozen=True)
class Options:
    """What the caller said about a source; None is to be found out."""

    wanted: tuple[str | int | None, ...] = ()  # the columns that will be asked for
    delimiter: str | None = None
    encoding: str | None = None
    names_only: bool = False  # rows are names, not (name, category) pairs


Reader = Callable[["str | os.PathLike[str] | BinaryIO", Options], Table]


def read_text_table(source: str | os.PathLike[str] | BinaryIO, options: Options) -> Table:
    """Read a file of lines: CSV, TSV or TXT, compressed or not."""
    lines, encoding = read_lines(source, options.encoding)
    place = place_of(source)
    table = read_delimited(
        lines,
        place=place,
        wanted=options.wanted,
        delimiter=options.delimiter,
        kind=_kind(place),
    )
    table.facts["encoding"] = encoding
    return table


READERS: dict[str, Reader] = {  # suffix -> reader
    ".csv": read_text_table,
    ".tsv": read_text_table,
    ".tab": read_text_table,
    ".txt": read_text_table,
}
_FOREIGN = {  # suffix of what is text but not a table -> what it is
    **dict.fromkeys((".json", ".jsonl", ".ndjson"), "JSON"),
    **dict.fromkeys((".xml", ".yml"), "XML"),
}
_COMPRESSED = frozenset({".gz", ".xz", ".bz2"})


def open_table(source: object, options: Options | None = None) -> Table:
    """Open whatever holds a table: a file, a stream, a data frame, columns, rows.

    Examples
    --------
    >>> table = open_table({"name": ["Чай"], "path": ["Еда"]})
    >>> table.columns, next(table.rows([1]))
    (('name', 'path'), Row(number=1, values=('Еда',), missing=0, surplus=()))
    """
    options = options or Options()
    if isinstance(source, str | os.PathLike):
        return _open_file(source, options)
    if callable(getattr(source, "read", None)):
        return _open_stream(source, options)
    if isinstance(source, Mapping) or hasattr(source, "columns"):
        return _of_columns(source)
    if isinstance(source, Iterable) and not isinstance(source, bytes | bytearray):
        return _of_rows(source, options)
    raise CatalogueError(
        f"a {type(source).__name__} is not a table; pass a path, a data frame or rows. "
        f"Files that can be read: {SUPPORTED}."
    )


def _open_file(source: str | os.PathLike[str], options: Options) -> Table:
    kind = _kind(os.fspath(source))
    if kind in _FOREIGN:
        raise CatalogueError(
            f"{place_of(source)} is {_FOREIGN[kind]}. What can be read: {SUPPORTED}. "
            "Save it as one of these, or pass a data frame."
        )
    return READERS.get(kind, read_text_table)(source, options)


def _open_stream(source: Any, options: Options) -> Table:
    """Read an open file; whoever opened it closes it."""
    if isinstance(source.read(0), bytes):
        return read_text_table(source, options)
    return read_delimited(
        (line.rstrip("\r\n") for line in source),
        place=place_of(source),
        wanted=options.wanted,
        delimiter=options.delimiter,
        kind=_kind(place_of(source)),
    )


def _of_columns(source: Any) -> Table:
    """Make a table of a mapping or of any data frame: something with columns."""
    keys = list(source if isinstance(source, Mapping) else source.columns)
    place = "the mapping" if isinstance(source, Mapping) else "the data frame"
    numbered = all(isinstance(key, int) for key in keys)  # a frame that was given no names
    return Table(
        place=place,
        columns=header_names(keys),
        rows=partial(_column_rows, source, keys, place),
        has_header=not numbered,
    )


def _column_rows(
    source: Any, keys: Sequence[Any], place: str, columns: Sequence[int]
) -> Iterator[Row]:
    selected = [source[keys[column]] for column in columns]
    for column, values in zip(columns, selected, strict=True):
        if isinstance(values, str | bytes) or not hasattr(values, "__len__"):
            raise CatalogueError(f"{place}: column {keys[column]!r} is not a list of values.")
    names = [str(keys[column]) for column in columns]
    lengths = dict(zip(names, map(len, selected), strict=True))
    if len(set(lengths.values())) > 1:
        raise CatalogueError(f"{place} has columns of unequal lengths: {lengths}.")
    for number, row in enumerate(zip(*selected, strict=True), 1):
        yield Row(number, row)


def _of_rows(source: Iterable[Any], options: Options) -> Table:
    """Make a table of (name, category) pairs, of names, or of mappings from column to value."""
    rows = iter(source)
    first = list(islice(rows, 1))
    if first and isinstance(first[0], Mapping):
        keys = list(first[0])
        records = partial(_record_rows, chain(first, rows), keys)
        return Table("the rows", header_names(keys), records)
    if options.names_only:
        return Table("the names", ("name",), partial(_single_rows, chain(first, rows)))
    return Table("the rows", ("name", "category"), partial(_pair_rows, chain(first, rows)))


def _single_rows(values: Iterable[Any], columns: Sequence[int]) -> Iterator[Row]:
    for number, value in enumerate(values, 1):
        yield Row(number, (value,) * len(columns))


def _record_rows(
    rows: Iterable[Mapping[Any, Any]], keys: Sequence[Any], columns: Sequence[int]
) -> Iterator[Row]:
    for number, row in enumerate(rows, 1):
        if not isinstance(row, Mapping):
            raise CatalogueError(f"row {number} is not a mapping as the others are: {row!r:.80}.")
        values = tuple([row.get(keys[column]) for column in columns])
        yield Row(number, values, missing=sum(keys[column] not in row for column in columns))


def _pair_rows(rows: Iterable[Any], columns: Sequence[int]) -> Iterator[Row]:
    for number, row in enumerate(rows, 1):
        if isinstance(row, str | bytes) or not hasattr(row, "__getitem__") or len(row) != 2:
            raise CatalogueError(f"row {number} is not a (name, category) pair: {row!r:.80}.")
        yield Row(number, tuple([row[column] for column in columns]))


def _kind(path: str) -> str:
    """Read off the suffix below that of a compression.

    >>> _kind("prices.CSV.gz")
    '.csv'
    """
    suffixes = [suffix.lower() for suffix in Path(path).suffixes]
    while suffixes and suffixes[-1] in _COMPRESSED:
        suffixes.pop()
    return suffixes[-1] if suffixes else ""
