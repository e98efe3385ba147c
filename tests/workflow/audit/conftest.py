"""Databases in which two cases with one of everything stand recorded."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests.support import databases
from tests.workflow.audit.recorded import RECORDED
from workflow.database import connect


@contextmanager
def connected(url: str) -> Iterator[Engine]:
    engine = connect(url)
    yield engine
    engine.dispose()


@pytest.fixture
def database(database_url: str) -> Iterator[Engine]:
    with connected(database_url) as engine:
        yield engine


@pytest.fixture(params=["sqlite", "postgresql"])
def recorded(request: pytest.FixtureRequest) -> Engine:
    engine: Engine = request.getfixturevalue(f"{request.param}_recorded")
    return engine


@pytest.fixture
def sqlite_recorded(tmp_path: Path) -> Iterator[Engine]:
    with databases.fresh_sqlite(tmp_path, RECORDED) as url, connected(url) as engine:
        yield engine


@pytest.fixture
def postgresql_recorded() -> Iterator[Engine]:
    with databases.fresh_postgresql(RECORDED) as url, connected(url) as engine:
        yield engine
