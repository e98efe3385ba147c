"""Movements that were recorded before reports were named say none, and verify."""

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

(NAMED,) = Path("migrations/versions").resolve().glob("*_movements_of_reports.py")
BEFORE = f"{int(NAMED.name[:4]) - 1:04}"


@pytest.mark.proof(either=True)
def test_movements_of_before_name_no_report(world: World) -> None:
    ref = world.programme("active")
    counts(world, ref, MoneyAct.COMMITMENT, "10")

    command.downgrade(alembic_config(world.url), BEFORE)
    migrate(world.url)

    with world.engine.database.connect() as connection:
        assert connection.scalars(text("select distinct paper from money_movement")).all() == [""]
    assert verify(world.engine.database).differences == []
