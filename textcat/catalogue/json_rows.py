"""JSON and JSON lines -> a table: objects by their keys, arrays by position.

An object in an object gives columns of its own, "category.name"; an array of strings is a path.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from functools import partial
from itertools import chain, islice
from typing import Any, BinaryIO

from textcat.catalogue.columns import header_names, is_column_name
from textcat.catalogue.files import Source, chunks_of
from textcat.catalogue.in_memory import are_numbers
from textcat.catalogue.json_stream import Collector, Finder, Parser, Where, find_rows, iterate_rows
from textcat.catalogue.table import Options, Row, Table
from textcat.catalogue.text import Text, read_lines, read_text
from textcat.errors import CatalogueError

_SAMPLE = 200  # rows that the columns are found out from

Values = Iterator[tuple[int, Any]]  # the number of a row or line, what stands there


def read_json(source: Source, options: Options) -> Table:
    """Read a JSON document: an array of objects, wherever it is, or objects one after another.

    Of several arrays the one with most objects counts, and the others are told as left out. The
    document is read twice for that, unless it is an array itself.

    Raises
    ------
    CatalogueError
        If it is no JSON or has no rows; a mistake far below is told when it is come to.

    Examples
    --------
    >>> import io
    >>> file = io.BytesIO('{"data": {"items": [{"name": "Чай", "category": ["Еда"]}]}}'.encode())
    >>> table = read_json(Source(file), Options())
    >>> table.columns, table.facts
    (('name', 'category'), {'encoding': 'utf-8', 'rows in': 'data.items'})
    >>> next(table.rows([1]))
    Row(number=1, values=(['Еда'],), missing=0, surplus=())
    """
    with ExitStack() as opened:
        file = opened.enter_context(source.seekable())
        found = find_rows(_text(file, source, options).pieces)
        where = _where(found, source.place)
        pieces, encoding = _text(file, source, options)
        values = _document_values(opened.pop_all(), pieces, where, source.place)
    table = _table(values, source.place, "row", options)
    table.facts["encoding"] = encoding
    if any(where):
        table.facts["rows in"] = _spelled(where)
    for other, count in found.objects.items():
        if other != where and where != ():
            reason = f"{count:,} objects; to read them, pass them as a list"
            table.leave_out("arrays beside that of the rows", 1, _spelled(other), reason)
    return table


def read_json_lines(source: Source, options: Options) -> Table:
    """Read JSON lines: in every line an object, or an array of fields.

    Examples
    --------
    >>> import io
    >>> lines = '{"name": "Чай", "category": {"id": 7, "name": "Еда"}}'
    >>> table = read_json_lines(Source(io.BytesIO(lines.encode())), Options())
    >>> table.columns
    ('name', 'category.id', 'category.name')
    >>> next(table.rows([0, 2]))
    Row(number=1, values=('Чай', 'Еда'), missing=0, surplus=())
    """
    lines, encoding = read_lines(source, options.encoding)
    table = _table(_line_values(lines, source.place), source.place, "line", options)
    table.facts["encoding"] = encoding
    return table


def _text(file: BinaryIO, source: Source, options: Options) -> Text:
    """Read a document from its beginning."""
    file.seek(0)
    return read_text(chunks_of(file), source.place, options.encoding)


def _where(found: Finder, place: str) -> Where:
    if found.where is not None:
        return found.where
    if found.mistake:
        raise CatalogueError(f"{place}: {found.mistake}.")
    raise CatalogueError(
        f'{place} has no array of objects, such as [{{"name": …, "category": …}}, …], at the top '
        "or in the objects there."
    )


def _spelled(where: Where) -> str:
    return ".".join(key for key in where if key)


def _document_values(opened: ExitStack, pieces: Iterator[str], where: Where, place: str) -> Values:
    number = 0
    try:
        with opened:
            for number, value in enumerate(iterate_rows(pieces, where), 1):
                yield number, value
    except CatalogueError:  # the text cannot be decoded, which is told already
        raise
    except ValueError as error:
        after = f", after row {number}" if number else ""
        raise CatalogueError(f"{place}{after}: {error}.") from error


def _line_values(lines: Iterator[str], place: str) -> Values:
    collector = Collector(())
    with Parser(collector) as parser:
        for number, line in enumerate(lines, 1):
            try:
                parser.feed(line + "\n")
                if collector.is_amid:
                    raise ValueError("the line is cut off, or it is no JSON lines but one document")
            except ValueError as error:
                raise CatalogueError(f"{place}, line {number}: {error}.") from error
            for value in collector.taken():
                yield number, value


def _table(values: Values, place: str, unit: str, options: Options) -> Table:
    """Make a table of what stands in the rows, by the first of them."""
    first = list(islice(values, _SAMPLE))
    if not first:
        raise CatalogueError(f"{place} is empty; there is nothing to read.")
    values = chain(first, values)
    if isinstance(first[0][1], dict):
        keys = list(dict.fromkeys(key for _, value in first for key in _as_record(value)))
        rows = partial(_object_rows, values, f"{place}, {unit}", keys)
        return Table(place, header_names(keys), rows, not are_numbers(keys), unit)
    fields = _as_fields(first[0], f"{place}, {unit}", options.names_only)
    has_header = any(isinstance(f, str) and is_column_name(f, options.wanted) for f in fields)
    if has_header:
        next(values)
    return Table(
        place=place,
        columns=header_names(fields) if has_header else tuple(map(str, fields)),
        rows=partial(_array_rows, values, f"{place}, {unit}", len(fields), options.names_only),
        has_header=has_header,
        unit=unit,
    )


def _object_rows(
    values: Values, place: str, keys: Sequence[str], columns: Sequence[int]
) -> Iterator[Row]:
    wanted = [keys[column] for column in columns]
    for number, value in values:
        if not isinstance(value, dict):
            raise CatalogueError(f"{place} {number}: {value!r:.80} is no object as the others are.")
        record = _as_record(value)
        missing = sum(key not in record for key in wanted)
        yield Row(number, tuple([record.get(key) for key in wanted]), missing)


def _array_rows(
    values: Values, place: str, width: int, names_only: bool, columns: Sequence[int]
) -> Iterator[Row]:
    for number, value in values:
        fields = _as_fields((number, value), place, names_only)
        asked = tuple([fields[column] if column < len(fields) else None for column in columns])
        yield Row(number, asked, max(0, width - len(fields)), tuple(fields[width:]))


def _as_record(value: Any) -> dict[str, Any]:
    """Flatten the objects in an object, one level; what is no object has no keys.

    >>> _as_record({"name": "Чай", "category": {"id": 7, "name": "Еда"}})
    {'name': 'Чай', 'category.id': 7, 'category.name': 'Еда'}
    """
    record = {}
    for key, field in value.items() if isinstance(value, dict) else ():
        if isinstance(field, dict):
            record.update({f"{key}.{inner}": each for inner, each in field.items()})
        else:
            record[key] = field
    return record


def _as_fields(numbered: tuple[int, Any], place: str, names_only: bool) -> list[Any]:
    number, value = numbered
    if isinstance(value, list):
        return value
    if names_only and isinstance(value, str):
        return [value]
    raise CatalogueError(
        f"{place} {number}: {value!r:.80} is neither an object nor an array of fields."
    )
