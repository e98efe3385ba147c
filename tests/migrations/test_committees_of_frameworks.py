"""Frameworks from before have no committee of their own; what else is known of them stays, up and down."""

from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import text

from tests.support.world import World
from workflow.database import migrate
from workflow.downgrade import losses
from workflow.migration.upgrade import alembic_config

(COMMITTEES,) = Path("migrations/versions").resolve().glob("*_committees_of_frameworks.py")
BEFORE = f"{int(COMMITTEES.name[:4]) - 1:04}"
KEPT = text(
    "select framework_id, kind, starts_on, ends_on, currency, envelope, body_id "
    "from framework_terms order by framework_id"
)
OWN = text("select count(appraisal_id) + count(steering_id) from framework_terms")
NAMED = text("update framework_terms set appraisal_id = (select min(id) from body)")


@pytest.mark.proof(either=True)
def test_the_committees_of_a_framework_are_lost_going_down_and_nothing_else(world: World) -> None:
    world.honest = False
    with world.engine.database.begin() as connection:
        before = connection.execute(KEPT).all()
        connection.execute(NAMED)
    lost = list(map(str, losses(world.url, BEFORE)))

    command.downgrade(alembic_config(world.url), BEFORE)
    migrate(world.url)

    with world.engine.database.connect() as connection:
        after, own = connection.execute(KEPT).all(), connection.execute(OWN).scalar_one()
    assert before == after
    assert own == 0
    assert any("appraisal_id" in said for said in lost)
