"""What waits to be closed is found again in cases and their events, and comes again after the way back."""

from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import text

from tests.support.world import World
from tests.web.closures.test_views import reported
from tests.workflow.blockers.house import published, running
from tests.workflow.tlog.writing import place_all
from workflow.database import migrate
from workflow.downgrade import losses
from workflow.migration.upgrade import alembic_config
from workflow.oversight.checks.lists import astray
from workflow.oversight.events.indexer import catch_up_wholly

(CLOSING,) = Path("migrations/versions").resolve().glob("*_closing.py")
BEFORE = f"{int(CLOSING.name[:4]) - 1:04}"
KEPT = text("select ended_at from closing_programme order by case_id")


def waiting(world: World) -> list[object]:
    """Since when each waits."""
    with world.engine.database.connect() as connection:
        return list(connection.scalars(KEPT))


@pytest.mark.proof(either=True)
def test_what_went_back_and_ended_again_waits_since_it_ended_last(world: World) -> None:
    published(world)
    first = running(world)
    reported(first)
    first.wait(days=3)
    first.answer("joao.lima", "accepting", "return", "Say more of the money.")
    reported(first)
    place_all(world.engine.database)
    catch_up_wholly(world.engine)
    before = waiting(world)
    lost = list(map(str, losses(world.url, BEFORE)))

    command.downgrade(alembic_config(world.url), BEFORE)
    migrate(world.url)

    assert not [said for said in lost if "closing_programme" in said]
    assert len(before) == 1
    assert waiting(world) == before
    assert not astray(world.engine).differences
