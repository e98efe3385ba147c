"""The dossier of a programme with money verifies by itself, and tells what was recorded and certified."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support import databases
from tests.support.world import HOUSE, World
from tests.workflow.dossiers.handed import Log, examined, hand, house, members
from tests.workflow.ledger.bookkeeping import counts, decided, rates, taken_back
from workflow.dossiers.collect import DossierRequest
from workflow.ledger.accounts import MoneyAct


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """The demo's house with files that a dossier finds."""
    with databases.fresh_sqlite(tmp_path, HOUSE) as url:
        world = World(url)
        yield world
        world.close()


def test_the_dossier_of_a_programme_with_money_verifies(world: World, tmp_path: Path) -> None:
    ref = world.programme("active")
    rates(world)
    counts(world, ref, MoneyAct.COMMITMENT, "920", currency="EUR")
    decided(world, ref, int(taken_back(world, ref, 1).content))
    log = Log(world, tmp_path)
    log.state_heads()
    dossier, policy = tmp_path / "dossier.zip", tmp_path / "policy.txt"

    hand(world, DossierRequest(ref, None, bare=True), dossier, house(tmp_path, log))
    policy.write_text(log.policy)

    assert examined(dossier, policy).faults == []
    told = b"".join(members(dossier).values())
    assert b"money.recorded" in told
    assert b"money.certified" in told
