"""The demonstration for those who look at it from outside, with a draft that was never sent."""

import shutil
from collections.abc import Iterator

import pytest

from tests.support import databases
from tests.support.demonstration import DEMONSTRATION, files
from tests.support.visitors import Enter, entrance
from tests.support.world import NURSES, World
from workflow.clock import utc_now
from workflow.demo import path


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with databases.fresh_sqlite(tmp_path_factory.mktemp("outsiders"), DEMONSTRATION) as url:
        world = World(url, utc_now())
        _withdraw_unsent(world)
        yield world
        world.engine.database.dispose()


@pytest.fixture(scope="module")
def enter(world: World, tmp_path_factory: pytest.TempPathFactory) -> Enter:
    home = tmp_path_factory.mktemp("home")
    shutil.copytree(files().root, home / "files")
    return entrance(world, home)


def _withdraw_unsent(world: World) -> None:
    """A draft that its party takes back before anybody else was sent it."""
    ref = path.begin(world, NURSES)
    world.answer(ref, "withdrawal", NURSES.submitter, "withdraw", "We shall not go on with this.")
