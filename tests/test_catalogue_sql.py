"""Catalogues that a query gives: through a DB-API driver, and through SQLAlchemy."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy

from textcat.catalogue import iterate_table, read_catalogue, read_names
from textcat.errors import CatalogueError

QUERY = "SELECT name, category FROM goods ORDER BY id"
ROWS = [(1, "Чай", "Еда > Чай"), (2, None, "Еда"), (3, "Мыло", "Дом")]
NAMES, PATHS = ["Чай", "Мыло"], [("Еда", "Чай"), ("Дом",)]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "goods.sqlite"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE goods (id INTEGER, name TEXT, category TEXT)")
        connection.executemany("INSERT INTO goods VALUES (?, ?, ?)", ROWS)
        connection.commit()
    return path


@pytest.fixture
def connection(path: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(path)) as connection:
        yield connection


@pytest.fixture
def engine(path: Path) -> Iterator[sqlalchemy.Engine]:
    engine = sqlalchemy.create_engine(f"sqlite:///{path}")
    yield engine
    engine.dispose()


def is_right(catalogue: Any) -> bool:
    return (catalogue.names, catalogue.paths, catalogue.rows) == (NAMES, PATHS, [1, 3])


def test_a_query_is_read_through_a_driver_and_the_connection_is_left_open(
    connection: sqlite3.Connection,
) -> None:
    catalogue = read_catalogue(connection, query=QUERY)
    assert is_right(catalogue)
    assert catalogue.report.facts["query"] == QUERY
    assert catalogue.report.empty_names.count == 1
    assert connection.execute("SELECT 1").fetchone() == (1,)


def test_an_executed_cursor_is_read_and_left_open(connection: sqlite3.Connection) -> None:
    cursor = connection.execute(QUERY)
    assert is_right(read_catalogue(cursor))
    assert cursor.fetchone() is None
    assert cursor.execute("SELECT 1").fetchone() == (1,)


@pytest.mark.parametrize("row_factory", [sqlite3.Row, lambda _, row: {"name": row[0]}])
def test_rows_may_be_more_than_tuples(connection: sqlite3.Connection, row_factory: Any) -> None:
    connection.row_factory = row_factory
    names = read_names(connection, query="SELECT name FROM goods ORDER BY id")
    assert list(names) == [(1, "Чай"), (2, None), (3, "Мыло")]


def test_a_query_is_read_through_an_engine_which_gets_its_connection_back(
    engine: sqlalchemy.Engine,
) -> None:
    assert is_right(read_catalogue(engine, query=QUERY))
    assert engine.pool.checkedout() == 0  # type: ignore[attr-defined]


def test_a_query_is_read_through_a_connection_of_sqlalchemy(engine: sqlalchemy.Engine) -> None:
    with engine.connect() as connection:
        assert is_right(read_catalogue(connection, query=QUERY))
        assert connection.exec_driver_sql("SELECT 1").scalar() == 1
        assert "stream_results" not in connection.get_execution_options()


def test_a_result_of_sqlalchemy_is_read(engine: sqlalchemy.Engine) -> None:
    with engine.connect() as connection:
        assert is_right(read_catalogue(connection.execute(sqlalchemy.text(QUERY))))
        assert is_right(read_catalogue(connection.execute(sqlalchemy.text(QUERY)).mappings()))
        names = connection.execute(sqlalchemy.text("SELECT name FROM goods ORDER BY id")).scalars()
        assert list(read_names(names)) == [(1, "Чай"), (2, None), (3, "Мыло")]


def test_what_looks_like_a_parameter_is_left_as_it_is(
    connection: sqlite3.Connection, engine: sqlalchemy.Engine
) -> None:
    query = "SELECT name, ' :a %s 100%' AS category FROM goods WHERE name LIKE '%й'"
    for source in (connection, engine):
        assert read_catalogue(source, query=query).paths == [(":a %s 100%",)]


def test_rows_stream() -> None:
    query = (
        "WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers)"
        "SELECT 'Чай ' || n AS name FROM numbers"  # without end
    )
    with closing(sqlite3.connect(":memory:")) as connection:
        names = iter(read_names(connection, query=query))
        assert [next(names) for _ in range(20_001)][-1] == (20_001, "Чай 20001")


def test_all_columns_are_given_each_by_a_name_of_its_own(connection: sqlite3.Connection) -> None:
    query = "SELECT id, name, name FROM goods"
    assert next(iterate_table(connection, query=query)) == (
        1,
        {"id": 1, "name": "Чай", "name (2)": "Чай"},
    )


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("SELECT name FROM prices", "refuses the query 'SELECT name FROM prices': .*no such table"),
        ("SELEKT", "refuses the query 'SELEKT': .*syntax error"),
        ("SELECT name FROM goods WHERE id = ?", "refuses the query .*ProgrammingError"),
        ("DELETE FROM goods WHERE id = 0", "has no rows to give|does not return rows"),
        ("SELECT name, id FROM goods", "the query has no column that is known as a category"),
        ("SELECT name, category FROM goods WHERE id > 3", "there is no row to learn from"),
    ],
)
@pytest.mark.parametrize("kind", ["connection", "engine"])
def test_a_query_that_gives_no_catalogue_is_an_error_that_says_why(
    request: pytest.FixtureRequest, kind: str, query: str, message: str
) -> None:
    with pytest.raises(CatalogueError, match=message):
        read_catalogue(request.getfixturevalue(kind), query=query)


def test_what_goes_wrong_below_is_told(connection: sqlite3.Connection) -> None:
    query = "SELECT CASE WHEN n < 9 THEN 'Чай' ELSE abs(-9223372036854775807 - 1) END AS name FROM "
    query += "(WITH RECURSIVE m(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM m) SELECT n FROM m)"
    with pytest.raises(CatalogueError, match=r"refuses the query .*: integer overflow"):
        list(read_names(connection, query=query))


def test_a_connection_needs_a_query(
    connection: sqlite3.Connection, engine: sqlalchemy.Engine
) -> None:
    with engine.connect() as other:
        for source in (connection, engine, other):
            with pytest.raises(CatalogueError, match=r"a connection \(.*\) needs a query: pass qu"):
                read_catalogue(source)


@pytest.mark.parametrize("source", ["goods.csv", [("Чай", "Еда")], {"name": ["Чай"]}, None])
def test_a_query_needs_a_connection(source: object) -> None:
    with pytest.raises(CatalogueError, match="a query needs a connection to a database, and a"):
        read_catalogue(source, query=QUERY)


def test_a_cursor_that_has_executed_nothing_is_an_error(connection: sqlite3.Connection) -> None:
    with pytest.raises(CatalogueError, match="the cursor has no rows to give; execute a SELECT"):
        read_catalogue(connection.cursor())


def test_a_cursor_and_a_connection_that_are_closed_are_an_error(path: Path) -> None:
    connection = sqlite3.connect(path)
    cursor = connection.execute(QUERY)
    connection.close()
    for source, query in ((cursor, None), (connection, QUERY)):
        with pytest.raises(CatalogueError, match=r"the database refuses .*closed database"):
            read_catalogue(source, query=query)
