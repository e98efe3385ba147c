"""The records of one effort beside the programme that took them in: their money told once, to whom it may be told."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import update

from tests.support import databases
from tests.support.world import World
from tests.workflow.ledger.bookkeeping import counts
from tests.workflow.programmes.adoption.test_merger import HEAD, OFFICER, both, case, merge
from tests.workflow.programmes.records import RECORDS
from workflow.ledger.accounts import MoneyAct
from workflow.ledger.statements.statement import statement
from workflow.ledger.statements.sums import StatementScope
from workflow.programmes.adoption.one_effort import OneEffort, one_effort
from workflow.programmes.models import Programme

FIRST, SECOND = "SSC-P059", "SSC-P060"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with databases.fresh_sqlite(tmp_path, RECORDS) as url:
        world = World(url)
        yield world
        world.close()


def page(world: World, ref: str, who: str = OFFICER) -> OneEffort:
    with world.engine.reading() as session:
        return one_effort(session, world.engine, world.person(who), ref)


def costs(world: World, ref: str, amount: str | None) -> None:
    """What the source of a record says of its money."""
    number = case(world, ref).id
    with world.engine.transaction() as session:
        budget = Decimal(amount) if amount else None
        session.execute(
            update(Programme).where(Programme.case_id == number).values(budget_usd=budget)
        )


def test_what_is_kept_and_what_waits_stand_apart_with_who_proposed_it(world: World) -> None:
    managed = world.programme("active")
    both(world, FIRST, managed)
    merge(world, SECOND, managed)

    mine, theirs = page(world, managed), page(world, managed, HEAD)

    assert ([each.ref for each in mine.kept], [each.ref for each in mine.waiting]) == (
        [FIRST], [SECOND],
    )  # fmt: skip
    assert [(each.by, each.mine) for each in mine.waiting] == [("Jane Okello", True)]
    assert [each.mine for each in theirs.waiting] == [False]
    assert (mine.writes, page(world, managed, "kenji.watanabe").writes) == (True, False)


def test_the_money_of_its_parts_is_told_beside_its_own_and_counted_in_no_statement(
    world: World,
) -> None:
    managed = world.programme("active")
    for ref, amount in ((FIRST, "2000000"), (SECOND, "3400000")):
        costs(world, ref, amount)
    counts(world, managed, MoneyAct.COMMITMENT, "385000")
    before = total(world)
    for ref in (FIRST, SECOND):
        both(world, ref, managed)

    found = page(world, managed)

    assert (found.budget, found.told) == (Decimal(385000), Decimal(5400000))
    assert total(world) == before == Decimal(385000)
    costs(world, SECOND, None)
    assert page(world, managed).told is None, "no sum where a source says nothing"


def total(world: World) -> Decimal:
    """What was committed to all programmes, by the statement over all of them."""
    with world.engine.reading() as session:
        person = world.person("marie.laurent")
        found = statement(session, StatementScope(), person, world.engine.now())
    return found.total.of(MoneyAct.COMMITMENT)
