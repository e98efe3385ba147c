"""A quota in the driver: while a file says so, the database of a process under trial has no more room.

SQLite is let grow no further than it is, and finds out by itself in the middle of an act; for
PostgreSQL the driver says at the beginning of an act what the server would say.
"""

from os import environ
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import Engine, event
from sqlalchemy.exc import DBAPIError

SAID = Path(environ["PRIMEMOVER_TRIAL"]) / "quota"
UNBOUNDED = 1_073_741_823


def bounded(database: Engine) -> Engine:
    """The same database, which asks before every act that writes whether there is room."""
    event.listen(database, "begin", _bound if database.dialect.name == "sqlite" else _refuse)
    return database


def _bound(connection: Any) -> None:
    if not connection.get_execution_options().get("reading"):
        most = 1 if SAID.exists() else UNBOUNDED
        connection.connection.dbapi_connection.execute(f"pragma max_page_count={most}")


def _refuse(connection: Any) -> None:
    if SAID.exists() and not connection.get_execution_options().get("reading"):
        full = psycopg.errors.DiskFull("could not extend file: No space left on device")
        raise DBAPIError.instance(
            "BEGIN", None, full, psycopg.Error, hide_parameters=True, dialect=connection.dialect
        )
