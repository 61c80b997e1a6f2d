"""A query's rows -> a table, as the database gives them: any DB-API 2 driver, or SQLAlchemy.

Neither is imported: connections, cursors and results are told by what they can do. Whoever opened
one closes it; what is opened here is closed here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from typing import Any

from textcat.catalogue.columns import header_names
from textcat.catalogue.table import Options, Row, Table
from textcat.errors import CatalogueError

_ROWS = 10_000  # that are fetched at a time
# SQLAlchemy is to take rows as they come, and the query as it is: a «%» in it is no parameter.
_AS_THEY_COME = {"stream_results": True, "max_row_buffer": _ROWS, "no_parameters": True}


def is_database(source: object) -> bool:
    """Tell connections, cursors and results of queries.

    >>> import sqlite3
    >>> from contextlib import closing
    >>> with closing(sqlite3.connect(":memory:")) as connection:
    ...     is_database(connection), is_database(connection.cursor()), is_database([])
    (True, True, False)
    """
    return any(_can(source, way) for way in ("cursor", "exec_driver_sql", "raw_connection")) or (
        _can(source, "fetchmany") and (hasattr(source, "description") or _can(source, "scalars"))
    )


def read_sql(source: Any, options: Options) -> Table:
    """Read the rows of a query, streaming as far as the driver does.

    Some drivers fetch all rows when the query is executed. psycopg is one: its cursors stream if
    they have a name, and so does SQLAlchemy with it.

    Parameters
    ----------
    source : object
        A connection of any DB-API 2 driver or of SQLAlchemy, or its Engine, with `options.query`;
        or a cursor that has executed one, or SQLAlchemy's Result.
    options : Options

    Raises
    ------
    CatalogueError
        If the database refuses the query, or there is none.

    Examples
    --------
    >>> import sqlite3
    >>> from contextlib import closing
    >>> with closing(sqlite3.connect(":memory:")) as connection:
    ...     table = read_sql(connection, Options(query="SELECT 'Чай' AS name, 'Еда' AS path"))
    ...     table.columns, list(table.rows([1]))
    (('name', 'path'), [Row(number=1, values=('Еда',), missing=0, surplus=())])
    """
    query = options.query and " ".join(options.query.split())
    place = "the query" if query else "the cursor"
    with ExitStack() as opened:
        with _refusal_told(query):
            result = opened.enter_context(_executed(source, options.query))
            names = _names(result, place)
        rows = partial(_rows, opened.pop_all(), result, names, query)
    return Table(
        place, header_names(names), rows, facts={"query": f"{query:.200}"} if query else {}
    )


@contextmanager
def _executed(source: Any, query: str | None) -> Iterator[Any]:
    """What the rows are fetched from."""
    kind = type(source).__name__
    if query is None and _can(source, "fetchmany"):
        yield source
    elif query is None:
        raise CatalogueError(f'a connection ({kind}) needs a query: pass query="SELECT …".')
    elif _can(source, "raw_connection"):  # an engine
        with source.connect() as connection, _executed(connection, query) as result:
            yield result
    elif _can(source, "exec_driver_sql"):
        with _closed(source.exec_driver_sql(query, execution_options=_AS_THEY_COME)) as result:
            yield result
    elif _can(source, "cursor"):
        with _closed(source.cursor()) as cursor:
            cursor.execute(query)
            yield cursor
    else:
        raise CatalogueError(f"a query needs a connection to a database, and a {kind} is none.")


@contextmanager
def _closed(cursor: Any) -> Iterator[Any]:
    """Close a cursor of ours; if its connection is closed by then, it is so already."""
    try:
        yield cursor
    finally:
        with suppress(Exception):
            cursor.close()


def _names(result: Any, place: str) -> list[str]:
    """The columns' names: a result of SQLAlchemy's has keys, a cursor describes them."""
    if _can(result, "keys"):
        return list(result.keys())
    if result.description is None:
        raise CatalogueError(f"{place} has no rows to give; execute a SELECT, or pass query=…")
    return [column[0] for column in result.description]


def _rows(
    opened: ExitStack,
    result: Any,
    names: Sequence[str],
    query: str | None,
    columns: Sequence[int],
) -> Iterator[Row]:
    with opened:
        for number, row in enumerate(_fetched(result, query), 1):
            is_mapping = isinstance(row, Mapping)  # as some drivers' cursors make them
            fields = [row[name] for name in names] if is_mapping else row
            yield Row(number, tuple([fields[column] for column in columns]))


def _fetched(result: Any, query: str | None) -> Iterator[Any]:
    while True:
        with _refusal_told(query):
            rows = result.fetchmany(_ROWS)
        if not rows:
            return
        yield from rows


def _can(source: object, way: str) -> bool:
    return callable(getattr(source, way, None))


@contextmanager
def _refusal_told(query: str | None) -> Iterator[None]:
    """Say what the database says; drivers' errors have no common base but `Exception`."""
    try:
        yield
    except CatalogueError:
        raise
    except Exception as error:
        cause = getattr(error, "orig", None) or error  # without what SQLAlchemy says around it
        what = f"the query {query!r:.400}" if query else "to give the cursor's rows"
        raise CatalogueError(
            f"the database refuses {what}: {type(cause).__name__}: {cause}."
        ) from error
