"""The demo's house on both kinds of database."""

from collections.abc import Iterator

import pytest

from tests.support.world import World


@pytest.fixture
def world(house_url: str) -> Iterator[World]:
    world = World(house_url)
    yield world
    world.close()
