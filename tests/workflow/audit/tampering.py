"""Somebody with the keys to the database: guards lifted, and nothing kept afterwards."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, Date, Engine, select, text

from tests.workflow.audit.recorded import START
from workflow.audit.append_only import CLOSED
from workflow.audit.verification.verify import Difference, examine_case
from workflow.database import Instant
from workflow.schema import METADATA

TABLES = METADATA.tables
EVENT, CASE = TABLES["event"], TABLES["lifecycle_case"]
LIFT = {
    "sqlite": [
        "pragma defer_foreign_keys=on",
        "pragma ignore_check_constraints=on",
        *(
            f"drop trigger {table}_no_{verb.lower()}"
            for table, verbs in CLOSED.items()
            for verb in verbs
        ),
    ],
    "postgresql": [
        "set local session_replication_role = replica",
        "alter table sign_off drop constraint ck_sign_off_ended_says_how",
    ],
}


@contextmanager
def tampering(database: Engine) -> Iterator[Connection]:
    """A connection on which every guard is lifted; all it did is undone at the end."""
    with database.connect() as connection:
        for statement in LIFT[database.dialect.name]:
            connection.execute(text(statement))
        yield connection
        connection.rollback()
        if database.dialect.name == "sqlite":
            connection.exec_driver_sql("pragma ignore_check_constraints=off")


def case_id(connection: Connection, ref: str) -> int:
    return int(connection.scalars(select(CASE.c.id).where(CASE.c.ref == ref)).one())


def place(connection: Connection, seq: int, ref: str = "SSC-1") -> tuple[ColumnElement[bool], ...]:
    """What picks the event of a case that has this number."""
    return (EVENT.c.case_id == case_id(connection, ref), EVENT.c.seq == seq)


def found(connection: Connection, ref: str = "SSC-1") -> Difference | None:
    """The first difference of the case, as this connection sees it."""
    return examine_case(connection, case_id(connection, ref)).difference


def another(column: Column[Any], value: Any) -> Any:
    """Some other value that the column could hold."""
    match value:
        case None:
            return START if isinstance(column.type, Instant | Date) else 1000
        case bool():
            return not value
        case int():
            return value + 1000
        case date():
            return value + timedelta(days=1)
        case dict():
            return {**value, "more": 1}
    first, second = (b"~", b"!") if isinstance(value, bytes) else ("~", "!")
    return value[:-1] + (second if value.endswith(first) else first)
