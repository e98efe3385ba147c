"""A world on each kind of database."""

from collections.abc import Iterator

import pytest

from tests.support.world import World


@pytest.fixture
def world(house_url: str) -> Iterator[World]:
    """The demo's house in an empty database; a test that asks for it runs on both databases."""
    world = World(house_url)
    yield world
    world.close()
