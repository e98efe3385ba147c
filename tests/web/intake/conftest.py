"""The demo's house behind the pages, on both databases."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.visitors import Enter, entrance
from tests.support.world import World


@pytest.fixture
def world(house_url: str) -> Iterator[World]:
    world = World(house_url)
    yield world
    world.close()


@pytest.fixture
def enter(world: World, tmp_path: Path) -> Enter:
    return entrance(world, tmp_path)
