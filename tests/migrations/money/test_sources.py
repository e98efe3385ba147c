"""What counts of each source is summed from what was certified before, and comes again after the way back."""

from pathlib import Path
from random import Random

import pytest
from alembic import command
from sqlalchemy import text

from tests.support.world import World
from tests.workflow.ledger.bookkeeping import counts, decided, recorded
from tests.workflow.ledger.many import keep, random_movements
from workflow.database import migrate
from workflow.downgrade import losses
from workflow.ledger.accounts import MoneyAct
from workflow.migration.upgrade import alembic_config
from workflow.oversight.checks.lists import astray

(KEPT,) = Path("migrations/versions").resolve().glob("*_money_of_sources.py")
BEFORE = f"{int(KEPT.name[:4]) - 1:04}"
ROWS = text("select * from source_money order by case_id, source_id, currency")


def rows(world: World) -> list[tuple[object, ...]]:
    with world.engine.database.connect() as connection:
        return [tuple(row) for row in connection.execute(ROWS)]


@pytest.mark.proof(either=True)
def test_sums_of_sources_come_again_from_the_movements_that_count(world: World) -> None:
    first, second = world.programmes("active", "active")
    keep(world, first, random_movements(Random(5), 80, world.clock.at.date()))
    counts(world, second, MoneyAct.PLEDGE, "10")
    recorded(world, second, MoneyAct.PLEDGE, "20")
    before = rows(world)
    lost = list(map(str, losses(world.url, BEFORE)))

    command.downgrade(alembic_config(world.url), BEFORE)
    migrate(world.url)
    again = rows(world)
    decided(world, second, 2)

    assert len(before) > 5
    assert again == before
    assert not [said for said in lost if "source_money" in said]
    assert rows(world) != before
    assert not astray(world.engine).differences
