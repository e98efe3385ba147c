"""The parts of private programmes come again from cases, seats and lists, in this release and in the one before."""

from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import text

from tests.migrations.lent import lent
from tests.support.world import World
from workflow.database import migrate
from workflow.downgrade import losses
from workflow.migration.upgrade import alembic_config
from workflow.oversight.checks.lists import astray

(PARTS,) = Path("migrations/versions").resolve().glob("*_parts_say_where_they_stand.py")
BEFORE = f"{int(PARTS.name[:4]) - 1:04}"
KEPT = text("select * from private_part order by case_id, party_id")


@pytest.mark.proof(either=True)
def test_the_parts_of_private_programmes_come_again_from_what_there_is(world: World) -> None:
    world.honest = False
    world.programmes("draft", "screening", "draft")
    lost = list(map(str, losses(world.url, BEFORE)))
    with world.engine.database.connect() as connection:
        first = connection.execute(KEPT).all()

    command.downgrade(alembic_config(world.url), BEFORE)
    with lent(world.engine.database):
        world.programme("draft")
    with world.engine.database.connect() as connection:
        before = connection.execute(KEPT).all()
    migrate(world.url)
    world.programme("draft")

    with world.engine.database.connect() as connection:
        after = connection.execute(KEPT).all()
    assert not [said for said in lost if "private_part" in said]
    assert before[0]._fields == ("party_id", "case_id")
    assert {(row.party_id, row.case_id) for row in first} < {tuple(row) for row in before}
    assert {tuple(row) for row in before} < {(row.party_id, row.case_id) for row in after}
    assert set(first) < set(after)
    assert len({row.case_id for row in after}) == 4
    assert not astray(world.engine).differences
