"""Databases with some cases, on each kind."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from workflow.database import connect


@pytest.fixture
def sqlite_database(sqlite_url: str) -> Iterator[Engine]:
    engine = connect(sqlite_url)
    yield engine
    engine.dispose()


@pytest.fixture
def postgresql_database(postgresql_url: str) -> Iterator[Engine]:
    engine = connect(postgresql_url)
    yield engine
    engine.dispose()
