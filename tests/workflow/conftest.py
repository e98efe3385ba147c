"""A bare database of each kind."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from workflow.database import connect


@pytest.fixture
def database(database_url: str) -> Iterator[Engine]:
    """A migrated, empty database; a test that asks for it runs on both kinds."""
    engine = connect(database_url)
    yield engine
    engine.dispose()
