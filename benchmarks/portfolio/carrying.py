"""The same rows on PostgreSQL: every table of an SQLite database, copied in bulk."""

import sqlite3
from collections.abc import Callable, Iterator
from typing import Any

import psycopg
from psycopg import sql
from sqlalchemy import Boolean, Table
from sqlalchemy.engine import make_url

import workflow.schema
from workflow.database import Instant, migrate

# What the database itself keeps in step with the rows that it is given; the last one counts in a row
# that is there from the beginning.
TALLY = "history_tally"
KEPT = frozenset(
    {
        *("log_pending", "listed_programme", "portfolio_change", "private_part", "party_proposal"),
        *("history_news", TALLY),
    }
)
Made = Callable[[Any], Any]


def carry(source: str, target: str) -> None:
    """Fill an empty PostgreSQL database with what an SQLite database holds."""
    migrate(target)
    address = make_url(target).set(drivername="postgresql").render_as_string(hide_password=False)
    read = sqlite3.connect(make_url(source).database or "")
    with psycopg.connect(address) as connection, connection.cursor() as cursor:
        _empty(cursor)
        for table in workflow.schema.METADATA.sorted_tables:
            if table.name not in KEPT:
                _carry(read, cursor, table)
        cursor.execute("delete from log_pending")
        _carry(read, cursor, workflow.schema.METADATA.tables["log_pending"])
        for table in workflow.schema.METADATA.sorted_tables:
            _count_on(cursor, table)
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("vacuum analyze")


def _empty(cursor: psycopg.Cursor[Any]) -> None:
    """Take away the rows that migrations enter; nothing else is there yet."""
    for table in reversed(workflow.schema.METADATA.sorted_tables):
        name = sql.Identifier(table.name)
        if table.name == TALLY:
            continue
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


def _count_on(cursor: psycopg.Cursor[Any], table: Table) -> None:
    """Let PostgreSQL count on from the rows: it was not asked for their numbers."""
    if "id" not in table.c:
        return
    counted = sql.SQL(
        "select setval(s, (select coalesce(max(id), 0) + 1 from {}), false)"
        " from pg_get_serial_sequence({}, 'id') s where s is not null"
    ).format(sql.Identifier(table.name), sql.Literal(table.name))
    cursor.execute(counted)
