"""The same rows on PostgreSQL: every table of an SQLite database, copied in bulk."""

import sqlite3
from collections.abc import Callable, Iterator
from typing import Any

import psycopg
from psycopg import sql
from sqlalchemy import Boolean, Table, create_engine
from sqlalchemy.engine import make_url

import workflow.schema
from benchmarks.portfolio.unguarded import unguarded
from workflow.database import Instant, migrate

Made = Callable[[Any], Any]


def carry(source: str, target: str) -> None:
    """Fill an empty PostgreSQL database with what an SQLite database holds."""
    migrate(target)
    read = sqlite3.connect(make_url(source).database or "")
    tables = workflow.schema.METADATA.sorted_tables
    database = create_engine(target)
    with database.begin() as connection, unguarded(connection):
        driver: psycopg.Connection[Any] = connection.connection.driver_connection
        with driver.cursor() as cursor:
            _empty(cursor)
            for table in tables:
                _carry(read, cursor, table)
    with database.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("vacuum analyze")
    database.dispose()


def _empty(cursor: psycopg.Cursor[Any]) -> None:
    """Take away the rows that migrations enter; nothing else is there yet."""
    for table in reversed(workflow.schema.METADATA.sorted_tables):
        name = sql.Identifier(table.name)
        if cursor.execute(sql.SQL("select 1 from {} limit 1").format(name)).fetchone():
            cursor.execute(sql.SQL("delete from {}").format(name))


def _carry(read: sqlite3.Connection, cursor: psycopg.Cursor[Any], table: Table) -> None:
    names = [column.name for column in table.c]
    made = [_made(column.type) for column in table.c]
    listed = ", ".join(f'"{name}"' for name in names)
    rows = read.execute(f'select {listed} from "{table.name}"')
    into = sql.SQL("copy {} ({}) from stdin").format(
        sql.Identifier(table.name), sql.SQL(", ").join(map(sql.Identifier, names))
    )
    with cursor.copy(into) as copy:
        for row in _adapted(rows, made):
            copy.write_row(row)


def _adapted(rows: Iterator[tuple[Any, ...]], made: list[Made | None]) -> Iterator[list[Any]]:
    for row in rows:
        yield [
            value if make is None or value is None else make(value)
            for value, make in zip(row, made, strict=True)
        ]


def _made(kind: Any) -> Made | None:
    """How a value of SQLite is spelt for PostgreSQL."""
    if isinstance(kind, Instant):
        return lambda value: f"{value}+00"
    if isinstance(kind, Boolean):
        return bool
    return None
