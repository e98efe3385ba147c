"""What was recorded before earmarks is of none, and what came after goes and comes with the way back."""

from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import text

from tests.support.world import World
from tests.workflow.ledger.bookkeeping import counts
from workflow.audit.verification.verify import verify
from workflow.database import migrate
from workflow.ledger.accounts import MoneyAct
from workflow.migration.upgrade import alembic_config

(PROMISES,) = Path("migrations/versions").resolve().glob("*_money_promises.py")
BEFORE = f"{int(PROMISES.name[:4]) - 1:04}"


@pytest.mark.proof(either=True)
def test_movements_of_before_are_of_no_earmark_and_verify(world: World) -> None:
    ref = world.programme("active")
    counts(world, ref, MoneyAct.COMMITMENT, "10")

    command.downgrade(alembic_config(world.url), BEFORE)
    migrate(world.url)

    with world.engine.database.connect() as connection:
        kept = connection.execute(text("select distinct country, earmark from money_entry")).all()
    assert [tuple(row) for row in kept] == [("", 0)]
    assert verify(world.engine.database).differences == []
