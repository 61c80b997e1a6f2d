"""Where the command line takes rows from: a file, standard input, or its own arguments."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import BinaryIO, TypeVar

from textcat.catalogue import Catalogue, NameRows, read_catalogue, read_names
from textcat.catalogue.files import COMPRESSED, COMPRESSED_SUFFIXES, Source
from textcat.catalogue.kinds import KINDS, find_kind
from textcat.catalogue.report import FEW
from textcat.errors import CatalogueError

STANDARD_INPUT = "-"
# What ends like one of these was meant as a file, even if there is none.
_FILE_SUFFIXES = COMPRESSED_SUFFIXES.union(*(kind.suffixes for kind in KINDS))
_LINE_READERS = (":read_text_table", ":read_json_lines")  # of files with a line a row
_SAMPLE = 1 << 25  # bytes; counted in 10 ms

Item = TypeVar("Item")


def is_source(arguments: Sequence[str]) -> bool:
    """Tell whether the arguments are a file or standard input, and not names.

    A single argument is a file if there is such a file, or if it ends as files do.

    >>> is_source([]), is_source(["-"]), is_source(["прайс.csv"])
    (True, True, True)
    >>> is_source(["чай"]), is_source(["чай", "прайс.csv"])
    (False, False)
    """
    if len(arguments) > 1:
        return False
    return not arguments or arguments[0] == STANDARD_INPUT or _is_file(arguments[0])


def open_names(
    arguments: Sequence[str],
    *,
    name: str | None = None,
    delimiter: str | None = None,
    encoding: str | None = None,
) -> NameRows:
    """Open the names that the arguments are, or that they lead to."""
    if not is_source(arguments):
        return read_names(list(arguments))
    return read_names(
        _source(arguments[0] if arguments else STANDARD_INPUT),
        name=as_column(name),
        delimiter=as_delimiter(delimiter),
        encoding=encoding,
    )


def read_rows(
    path: str,
    *,
    name: str | None = None,
    category: Sequence[str] | None = None,
    separator: str | None = None,
    tree: str | None = None,
    delimiter: str | None = None,
    encoding: str | None = None,
    few: int = FEW,
    cross_listed: bool = False,
) -> Catalogue:
    """Read names with categories from a file, or from standard input for a dash."""
    return read_catalogue(
        _source(path),
        name=as_column(name),
        category=as_columns(category),
        separator=separator,
        tree=tree,
        delimiter=as_delimiter(delimiter),
        encoding=encoding,
        few=few,
        cross_listed=cross_listed,
    )


def as_column(column: str | None) -> str | int | None:
    """Read a column as it is given on the command line: its name, or its 0-based index.

    >>> as_column("Наименование"), as_column("2")
    ('Наименование', 2)
    """
    return int(column) if column is not None and column.isdecimal() else column


def as_columns(columns: Sequence[str] | None) -> str | int | list[str | int] | None:
    """Read columns that are given one by one: several hold a level of the path each.

    >>> as_columns([]), as_columns(["Группа"]), as_columns(["Группа", "3"])
    (None, 'Группа', ['Группа', 3])
    """
    if not columns:
        return None
    read = [int(column) if column.isdecimal() else column for column in columns]
    return read[0] if len(read) == 1 else list(read)


def as_delimiter(delimiter: str | None) -> str | None:
    r"""Read a delimiter; a tab is hard to type.

    >>> as_delimiter(r"\t"), as_delimiter("tab"), as_delimiter(";")
    ('\t', '\t', ';')
    """
    return "\t" if delimiter in ("\\t", "tab") else delimiter


def batches(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    """Cut what comes one by one into lists of `size` or, at the end, fewer.

    >>> list(batches("абв", 2))
    [['а', 'б'], ['в']]
    """
    rest = iter(items)
    while batch := list(islice(rest, size)):
        yield batch


def rows_to_come(arguments: Sequence[str]) -> int | None:
    """About how many rows a source has, for a progress bar; None if that takes reading it all.

    Lines at the beginning of a file are counted; the rest has as many to a byte.
    """
    path = Path(arguments[0]) if arguments else Path(STANDARD_INPUT)
    if not path.is_file():
        return None
    size = path.stat().st_size
    with path.open("rb") as file:
        sample = file.read(_SAMPLE)
    if not size or sample.startswith(tuple(COMPRESSED)):
        return None
    if not find_kind(Source(path)).reader.endswith(_LINE_READERS):
        return None
    return max(1, round(sample.count(b"\n") * size / len(sample)))


def _source(path: str) -> str | BinaryIO:
    if path != STANDARD_INPUT:
        return path
    if sys.stdin.isatty():
        sys.stderr.write("Reading from the terminal, one a line; Ctrl-D ends.\n")
    return sys.stdin.buffer


def _is_file(argument: str) -> bool:
    if not argument:  # as a path it would be the working directory
        return False
    try:
        path = Path(argument)
        is_directory, exists = path.is_dir(), path.exists()
    except (OSError, ValueError):  # too long for a path, or a NUL in it
        return False
    if is_directory:
        raise CatalogueError(
            f"{argument} is a directory; name one of its files. If it is a product's name, "
            f"pass it on standard input: echo {argument} | textcat predict …"
        )
    return exists or path.suffix.lower() in _FILE_SUFFIXES
