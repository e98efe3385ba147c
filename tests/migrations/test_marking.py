"""Databases that an earlier release filled with the demonstration are marked, and no other."""

from pathlib import Path

import pytest
from alembic import command

from tests.support.world import World
from workflow.database import connect, migrate, reading
from workflow.health.demonstration import is_marked
from workflow.migration.upgrade import alembic_config

(MARKING,) = Path("migrations/versions").resolve().glob("*_demonstration.py")
BEFORE = f"{int(MARKING.name[:4]) - 1:04}"


def marked(url: str) -> bool:
    database = connect(url)
    with reading(database) as session:
        found = is_marked(session)
    database.dispose()
    return found


@pytest.mark.proof(either=True)
def test_a_house_with_the_people_of_the_demonstration_is_marked(world: World) -> None:
    world.honest = False  # What the demonstration said of its bodies went with their tables.
    before = marked(world.url)

    command.downgrade(alembic_config(world.url), BEFORE)
    migrate(world.url)

    assert (before, marked(world.url)) == (False, True)


@pytest.mark.proof(either=True)
def test_a_house_without_them_is_not(database_url: str) -> None:
    command.downgrade(alembic_config(database_url), BEFORE)
    migrate(database_url)

    assert not marked(database_url)
