"""What is in memory already -> a table: data frames, columns, pairs, mappings, names.

The packages that make data frames are not imported: their objects are told by what they can do.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain, islice
from typing import Any

from textcat.catalogue.columns import header_names
from textcat.catalogue.table import Options, Row, Table
from textcat.errors import CatalogueError

_ARROW_ROWS = 10_000  # that are made Python objects at a time


def has_columns(source: object) -> bool:
    """Tell whether something is a mapping of columns or a data frame.

    The type is asked, since polars warns when a frame that is not computed yet is asked itself.
    """
    columns = getattr(type(source), "columns", None)
    is_frame = columns is not None and not callable(columns)
    return is_frame or isinstance(source, Mapping) or _is_arrow(source)


def read_columns(source: Any) -> Table:
    """Make a table of a mapping of columns or of a data frame: pandas, polars, Arrow.

    Examples
    --------
    >>> table = read_columns({"Наименование": ["Чай"], "Группа": [["Еда", "Чай"]]})
    >>> next(table.rows([0, 1]))
    Row(number=1, values=('Чай', ['Еда', 'Чай']), missing=0, surplus=())
    """
    if _is_arrow(source):
        return arrow_table("the Arrow table", source.schema.names, partial(_batches, source))
    if hasattr(type(source), "collect_schema") and hasattr(type(source), "collect"):
        source = source.collect()  # polars, lazy
    keys = list(source if isinstance(source, Mapping) else source.columns)
    place = "the mapping" if isinstance(source, Mapping) else "the data frame"
    rows = partial(_column_rows, source, keys, place)
    return Table(place, header_names(keys), rows, has_header=not are_numbers(keys))


def are_numbers(keys: Iterable[object]) -> bool:
    """Tell whether columns were given no names, so that they got numbers.

    >>> are_numbers([0, 1]), are_numbers(["column_0", "column_1"]), are_numbers(["name", "1"])
    (True, True, False)
    """
    return all(re.fullmatch(r"(column_)?\d+", str(key)) for key in keys)


def _column_rows(
    source: Any, keys: Sequence[Any], place: str, columns: Sequence[int]
) -> Iterator[Row]:
    selected = [_column(source, keys, column) for column in columns]
    for column, values in zip(columns, selected, strict=True):
        if isinstance(values, str | bytes) or not hasattr(values, "__len__"):
            raise CatalogueError(f"{place}: column {keys[column]!r} is not a list of values.")
    names = [str(keys[column]) for column in columns]
    lengths = dict(zip(names, map(len, selected), strict=True))
    if len(set(lengths.values())) > 1:
        raise CatalogueError(f"{place} has columns of unequal lengths: {lengths}.")
    for number, row in enumerate(zip(*selected, strict=True), 1):
        yield Row(number, row)


def _column(source: Any, keys: Sequence[Any], column: int) -> Any:
    """Take a column, by its position where two may have one name."""
    return source.iloc[:, column] if hasattr(source, "iloc") else source[keys[column]]


def arrow_table(
    place: str, names: Sequence[str], batches: Callable[[Sequence[int]], Iterable[Any]]
) -> Table:
    """Make a table of Arrow's record batches: columns asked for -> batches of just these."""
    rows = partial(_batch_rows, place, batches)
    return Table(place, header_names(names), rows, has_header=not are_numbers(names))


def _batch_rows(
    place: str, batches: Callable[[Sequence[int]], Iterable[Any]], columns: Sequence[int]
) -> Iterator[Row]:
    for number, row in enumerate(_python_rows(place, batches(columns)), 1):
        yield Row(number, row)


def _python_rows(place: str, batches: Iterable[Any]) -> Iterator[tuple[object, ...]]:
    above = 0
    for batch in batches:
        for start in range(0, batch.num_rows, _ARROW_ROWS):
            part = batch.slice(start, _ARROW_ROWS)
            yield from zip(*_as_python(part, f"{place}, below row {above}"), strict=True)
            above += part.num_rows


def _as_python(batch: Any, place: str) -> list[list[Any]]:
    try:
        return [column.to_pylist() for column in batch.columns]
    except (ValueError, ArithmeticError, LookupError, NotImplementedError) as error:
        raise CatalogueError(f"{place}: a value is damaged: {error}.") from error


def _is_arrow(source: object) -> bool:
    """Tell Arrow's tables and data sets, its readers, its batches."""
    ways = ("to_batches", "read_next_batch", "to_struct_array")
    return hasattr(type(source), "schema") and any(hasattr(type(source), way) for way in ways)


def _batches(source: Any, columns: Sequence[int]) -> Iterator[Any]:
    if hasattr(source, "to_batches"):
        batches = source.to_batches()
    else:
        batches = source if hasattr(source, "read_next_batch") else [source]
    return (batch.select(list(columns)) for batch in batches)


def read_records(source: Iterable[Any], options: Options) -> Table:
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
