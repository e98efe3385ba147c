"""The demo's house with what was imported into it, behind the pages."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support import databases
from tests.support.world import World
from tests.workflow.programmes.records import RECORDS


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """The house, with the real programmes on record."""
    with databases.fresh_sqlite(tmp_path, RECORDS) as url:
        world = World(url)
        yield world
        world.close()
