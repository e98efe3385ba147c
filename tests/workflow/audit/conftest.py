"""Databases in which two cases with one of everything stand recorded."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import Engine

from tests.workflow.audit.recorded import record_all
from workflow.database import connect


@contextmanager
def connected(url: str, *refs: str) -> Iterator[Engine]:
    engine = connect(url)
    if refs:
        record_all(engine, *refs)
    yield engine
    engine.dispose()


@pytest.fixture
def database(database_url: str) -> Iterator[Engine]:
    with connected(database_url) as engine:
        yield engine


@pytest.fixture
def recorded(database_url: str) -> Iterator[Engine]:
    with connected(database_url, "SSC-1", "SSC-2") as engine:
        yield engine


@pytest.fixture
def sqlite_recorded(sqlite_url: str) -> Iterator[Engine]:
    with connected(sqlite_url, "SSC-1", "SSC-2") as engine:
        yield engine


@pytest.fixture
def postgresql_recorded(postgresql_url: str) -> Iterator[Engine]:
    with connected(postgresql_url, "SSC-1", "SSC-2") as engine:
        yield engine
