"""A database that programmes are imported into."""

from collections.abc import Iterator

import pytest
from sqlalchemy.orm import Session

from tests.workflow.programmes.imports.bringing import NOW
from workflow.database import connect
from workflow.engine.models import DefinitionVersion
from workflow.frameworks.commands import seed_frameworks


@pytest.fixture
def session(database_url: str) -> Iterator[Session]:
    engine = connect(database_url)
    with Session(engine) as opened:
        seed_frameworks(opened)
        opened.add(
            DefinitionVersion(key="x", version="1", digest="d" * 64, body=b"", published_at=NOW)
        )
        opened.commit()
        yield opened
    engine.dispose()
