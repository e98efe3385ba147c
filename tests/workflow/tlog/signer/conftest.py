"""A log with some cases, on one kind of database or on either."""

import pytest
from sqlalchemy import Engine

from tests.workflow.tlog.writing import (
    open_cases,
)


@pytest.fixture
def database(sqlite_database: Engine) -> Engine:
    """What is not about the database itself is tried on one kind."""
    return sqlite_database


@pytest.fixture(params=["sqlite", "postgresql"])
def either(request: pytest.FixtureRequest) -> Engine:
    """Both kinds of database in turn."""
    found: Engine = request.getfixturevalue(f"{request.param}_database")
    return found


@pytest.fixture
def refs(database: Engine) -> list[str]:
    return open_cases(database, 3)
