"""Tables of today beside a schema of before: an act of today may ask them, whatever it is about."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine as Database
from sqlalchemy import inspect

from workflow.database import Base


@contextmanager
def lent(database: Database) -> Iterator[None]:
    """Every table of today that the schema does not have, empty, and taken away afterwards."""
    there = set(inspect(database).get_table_names())
    tables = [each for each in Base.metadata.sorted_tables if each.name not in there]
    Base.metadata.create_all(database, tables=tables)
    yield
    Base.metadata.drop_all(database, tables=tables)
