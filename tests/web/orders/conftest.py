"""The demo's house behind the pages."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.visitors import Enter, entrance
from tests.support.world import World


@pytest.fixture
def world(sqlite_house_url: str) -> Iterator[World]:
    world = World(sqlite_house_url)
    yield world
    world.close()


@pytest.fixture
def enter(world: World, tmp_path: Path) -> Enter:
    return entrance(world, tmp_path)
