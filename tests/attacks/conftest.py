"""A house that tests may spoil, and what they do it with."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests.attacks.attacked import ATTACKED
from tests.support import databases
from workflow.database import connect


@pytest.fixture
def attacked(tmp_path: Path) -> Iterator[Engine]:
    """One of everything, in a database of its own."""
    with databases.fresh_sqlite(tmp_path, ATTACKED) as url:
        engine = connect(url)
        yield engine
        engine.dispose()
