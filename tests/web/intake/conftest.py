"""The demo's house behind the pages, on both databases."""

from collections.abc import Iterator

import pytest

from tests.support.world import World


@pytest.fixture
def world(house_url: str) -> Iterator[World]:
    world = World(house_url)
    yield world
    world.close()
