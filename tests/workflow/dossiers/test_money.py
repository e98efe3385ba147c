"""The dossier of a programme with money verifies by itself, and tells what was recorded and certified."""

from pathlib import Path

from tests.workflow.dossiers.handed import Log, examined, members, witnessed
from tests.workflow.ledger.bookkeeping import counts, decided, rates, taken_back
from workflow.ledger.accounts import MoneyAct


def test_the_dossier_of_a_programme_with_money_verifies(log: Log, tmp_path: Path) -> None:
    world, ref = log.world, log.world.programme("active")
    rates(world)
    counts(world, ref, MoneyAct.COMMITMENT, "920", currency="EUR")
    decided(world, ref, int(taken_back(world, ref, 1).content))

    dossier, policy = witnessed(log, ref, tmp_path, bare=True)

    assert examined(dossier, policy).faults == []
    told = b"".join(members(dossier).values())
    assert b"money.recorded" in told
    assert b"money.certified" in told
