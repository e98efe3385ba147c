"""What waits to be certified is found again in what was recorded before, and comes again after the way back."""

from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import text

from tests.support.world import World
from tests.workflow.ledger.bookkeeping import counts, decided, recorded
from workflow.database import migrate
from workflow.downgrade import losses
from workflow.ledger.accounts import MoneyAct
from workflow.migration.upgrade import alembic_config
from workflow.oversight.checks.lists import astray

(WAITS,) = Path("migrations/versions").resolve().glob("*_money_that_waits.py")
BEFORE = f"{int(WAITS.name[:4]) - 1:04}"
KEPT = text(
    "select m.number from money_waiting w join money_movement m on m.id = w.movement_id "
    "order by m.number"
)


def waiting(world: World) -> list[int]:
    with world.engine.database.connect() as connection:
        return list(connection.scalars(KEPT))


@pytest.mark.proof(either=True)
def test_what_waits_comes_again_from_movements_and_verdicts(world: World) -> None:
    ref = world.programme("active")
    counts(world, ref, MoneyAct.PLEDGE, "10")
    for amount in ("20", "30"):
        recorded(world, ref, MoneyAct.PLEDGE, amount)
    before = waiting(world)
    lost = list(map(str, losses(world.url, BEFORE)))

    command.downgrade(alembic_config(world.url), BEFORE)
    migrate(world.url)
    again = waiting(world)
    decided(world, ref, 2)
    recorded(world, ref, MoneyAct.PLEDGE, "40")

    assert not [said for said in lost if "money_waiting" in said]
    assert (before, again, waiting(world)) == ([2, 3], [2, 3], [3, 4])
    assert not astray(world.engine).differences
