"""Houses that tests may spoil: one in which everything happened, and small ones in numbers."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests.attacks.attacked import ATTACKED, house_of_the_log
from tests.attacks.fresh import Fresh
from tests.support import databases
from workflow.database import connect


@pytest.fixture
def attacked(tmp_path: Path) -> Iterator[Engine]:
    """One of everything, in a database of its own."""
    with databases.fresh_sqlite(tmp_path, ATTACKED) as url:
        engine = connect(url)
        yield engine
        engine.dispose()


@pytest.fixture
def stolen(attacked: Engine, tmp_path: Path) -> Path:
    """A copy of the signer's home of that house, with its key."""
    shutil.copytree(house_of_the_log(str(attacked.url)) / "signer", tmp_path / "stolen")
    return tmp_path / "stolen"


@pytest.fixture
def fresh(sqlite_url: str, tmp_path: Path) -> Fresh:
    """Copies of a small signed log."""
    return Fresh(sqlite_url, tmp_path)
