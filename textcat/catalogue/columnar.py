"""Parquet and Arrow files -> a table: batch by batch, only the columns that are asked for.

Arrow's file format (also known as Feather 2) and its stream format are read by one function.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from typing import Any, BinaryIO

from textcat.catalogue.files import Source
from textcat.catalogue.in_memory import arrow_table
from textcat.catalogue.table import Options, Table
from textcat.errors import CatalogueError, MissingExtraError

_ROWS = 10_000  # of Parquet that are read at a time
Batches = Callable[[Sequence[int]], Iterator[Any]]


def read_parquet(source: Source, options: Options) -> Table:  # noqa: ARG001
    """Read a Parquet file.

    Raises
    ------
    CatalogueError
        If it is damaged; what is damaged far inside is told when it is come to.
    MissingExtraError
        If pyarrow is not installed.

    Examples
    --------
    >>> import io, pyarrow, pyarrow.parquet
    >>> file = io.BytesIO()
    >>> table = pyarrow.table({"name": ["Чай"], "path": [["Еда", "Чай"]], "price": [99]})
    >>> pyarrow.parquet.write_table(table, file)
    >>> next(read_parquet(Source(io.BytesIO(file.getvalue())), Options()).rows([0, 1]))
    Row(number=1, values=('Чай', ['Еда', 'Чай']), missing=0, surplus=())
    """
    return _table(source, _parquet_batches)


def read_arrow(source: Source, options: Options) -> Table:  # noqa: ARG001
    """Read an Arrow file or stream; errors are as those of `read_parquet`."""
    if source.head.startswith(b"FEA1"):
        raise CatalogueError(
            f"{source.place} is Feather of version 1; save it as version 2, which Arrow files are."
        )
    return _table(source, _arrow_batches)


def _table(
    source: Source, batches_of: Callable[[BinaryIO], tuple[Sequence[str], Batches]]
) -> Table:
    with ExitStack() as opened:
        file = opened.enter_context(source.seekable())
        with _damage_told(source.place):
            names, batches = batches_of(file)
        reading = partial(_read, opened.pop_all(), batches, source.place)
    return arrow_table(source.place, names, reading)


def _read(opened: ExitStack, batches: Batches, place: str, columns: Sequence[int]) -> Iterator[Any]:
    with opened, _damage_told(place):
        yield from batches(columns)


def _parquet_batches(file: BinaryIO) -> tuple[Sequence[str], Batches]:
    _imported()
    from pyarrow.parquet import ParquetFile

    parquet = ParquetFile(file)
    names = parquet.schema_arrow.names

    is_telling = len(set(names)) == len(names)  # only columns of one name each can be asked for

    def batches(columns: Sequence[int]) -> Iterator[Any]:
        asked = [names[column] if is_telling else column for column in columns]
        read = asked if is_telling else None
        for batch in parquet.iter_batches(_ROWS, columns=read, use_threads=False):
            yield batch.select(asked)

    return names, batches


def _arrow_batches(file: BinaryIO) -> tuple[Sequence[str], Batches]:
    ipc = _imported().ipc
    is_file = file.read(6) == b"ARROW1"

    def opened(**options: Any) -> Any:
        file.seek(0)
        reading = ipc.IpcReadOptions(use_threads=False, **options)
        return (ipc.open_file if is_file else ipc.open_stream)(file, options=reading)

    def batches(columns: Sequence[int]) -> Iterator[Any]:
        stored = sorted(set(columns))
        reader = opened(included_fields=stored)
        numbers = range(reader.num_record_batches) if is_file else ()
        for batch in map(reader.get_batch, numbers) if is_file else reader:
            batch.validate(full=True)  # what is damaged could be read beyond its end
            yield batch.select([stored.index(column) for column in columns])

    return opened().schema.names, batches


def _imported() -> Any:
    try:
        import pyarrow
    except ImportError as error:
        raise MissingExtraError(
            'Parquet and Arrow files need pyarrow: pip install "textcat[arrow]"'
        ) from error
    return pyarrow


@contextmanager
def _damage_told(place: str) -> Iterator[None]:
    try:
        yield
    except (CatalogueError, MissingExtraError):
        raise
    except Exception as error:  # pyarrow's own errors, and Python's own of many kinds
        raise CatalogueError(f"{place} is cut off or damaged: {error}.") from error
