"""A world for the patterns, each of which is shown by real commands."""

from collections.abc import Iterator

import pytest

from tests.support.world import World


@pytest.fixture
def world(sqlite_house_url: str) -> Iterator[World]:
    world = World(sqlite_house_url)
    yield world
    world.close()
