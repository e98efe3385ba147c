"""What was published before the register stays offered, and the register says nothing false about it."""

from pathlib import Path

import pytest
from alembic import command

from tests.support.world import World
from tests.workflow.engine.lifecycles import edited, put
from workflow.audit.verification.verify import verify
from workflow.database import migrate
from workflow.engine.commands.open_case import publish
from workflow.lifecycles.loader.files import from_tables
from workflow.migration.upgrade import alembic_config
from workflow.publication import requests
from workflow.publication.page import register_page
from workflow.publication.wishes import publication

(REGISTER,) = Path("migrations/versions").resolve().glob("*_register_of_lifecycles.py")
BEFORE = f"{int(REGISTER.name[:4]) - 1:04}"
NEXT = from_tables(edited(put("version", "6")), "next.toml")
AFTER = from_tables(edited(put("version", "7")), "after.toml")


@pytest.mark.proof(either=True)
def test_versions_of_an_older_release_go_on_as_they_were(world: World) -> None:
    world.programme("screening")
    publish(world.engine, NEXT)
    command.downgrade(alembic_config(world.url), BEFORE)
    migrate(world.url)
    before = [read.version for _, read in world.engine.offered()]
    sound = verify(world.engine.database).sound

    with world.engine.transaction() as session:
        requests.carry_out(session, publication(AFTER), by=None, now=world.engine.now())
        page = register_page(session, world.engine, AFTER.key, 0)

    assert (before, sound) == (["6"], True)
    assert [each.standing.kind for each in page.versions] == ["offered", "past", "past"]
    assert verify(world.engine.database).sound
