from collections.abc import Iterator

import pytest
from sqlalchemy.orm import Session

from workflow.database import connect


@pytest.fixture
def session(database_url: str) -> Iterator[Session]:
    """A session on a fresh database of each kind, never committed."""
    engine = connect(database_url)
    with Session(engine) as opened:
        yield opened
    engine.dispose()
