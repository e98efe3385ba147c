"""What published lifecycles declare of visibility, and drafts that were taken back unsent, from before."""

from typing import Any

import pytest
from alembic import command
from sqlalchemy import select, text

from tests.support.world import NURSES, World
from workflow.database import migrate
from workflow.demo import path
from workflow.downgrade import losses
from workflow.engine.declared_models import ClosedRole, DecidedState, WritingOffice
from workflow.migration.upgrade import alembic_config
from workflow.oversight.checks.lists import astray

pytestmark = pytest.mark.proof(apart=True)

BEFORE = "0026"


def declared(world: World) -> list[list[Any]]:
    """Every row of what lifecycles declare."""
    with world.engine.reading() as session:
        return [
            sorted(tuple(row) for row in session.execute(select(*table.__table__.columns)))
            for table in (DecidedState, ClosedRole, WritingOffice)
        ]


def private(world: World) -> dict[str, bool]:
    """Which programmes lists keep for those who have part in them."""
    with world.engine.reading() as session:
        rows = session.execute(text("SELECT ref, private FROM listed_programme"))
        return {ref: bool(flag) for ref, flag in rows}


def test_lifecycles_and_lists_from_before_say_what_those_of_today_say(world: World) -> None:
    world.honest = False  # What the house said of its bodies went with their tables.
    unsent, sent = path.begin(world, NURSES), path.begin(world, NURSES)
    path.submit(world, sent, NURSES)
    for ref in (unsent, sent):
        world.answer(ref, "withdrawal", NURSES.submitter, "withdraw", "We shall not go on.")
    before = declared(world), private(world)

    command.downgrade(alembic_config(world.url), BEFORE)
    listed = _listed(world)
    migrate(world.url)

    assert listed == {unsent: False, sent: False}
    assert (declared(world), private(world)) == before
    assert private(world) == {unsent: True, sent: False}
    assert all(declared(world)[each] for each in (0, 2))
    assert astray(world.engine).differences == []


def _listed(world: World) -> dict[str, bool]:
    with world.engine.database.connect() as connection:
        rows = connection.execute(text("SELECT ref, private FROM listed_programme")).all()
        return {row.ref: bool(row.private) for row in rows}


def test_nothing_is_lost_on_the_way_back(world: World) -> None:
    said = " ".join(map(str, losses(world.url, BEFORE)))

    assert not any(name in said for name in ("decided_state", "closed_role", "writing_office"))
