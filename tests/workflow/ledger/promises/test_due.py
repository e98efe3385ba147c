"""Payments that are late or due soon, over all programmes, to whoever keeps the books or takes part."""

from datetime import timedelta

from tests.support.world import World
from tests.workflow.ledger.bookkeeping import FINANCE, MANAGER, counts
from tests.workflow.ledger.promise_acts.promised import expected
from workflow.ledger.accounts import MoneyAct
from workflow.ledger.promises.due import due_payments


def due(world: World, who: str, party: str = "", most: int = 50) -> list[tuple[str, int, str]]:
    with world.engine.reading() as session:
        found = due_payments(session, world.person(who), world.engine.now(), party, most)
        return [(each.ref, each.payment.number, str(each.payment.missing)) for each in found]


def test_what_is_due_within_a_month_stands_due_first_and_with_what_lacks(world: World) -> None:
    first, second = world.programmes("active", "active")
    counts(world, first, MoneyAct.COMMITMENT, "500")
    expected(world, first, "200", 25)
    expected(world, second, "300", 10, source="nor")
    expected(world, second, "300", 31)
    counts(world, first, MoneyAct.RECEIPT, "50")

    assert due(world, FINANCE) == [(second, 1, "300.00"), (first, 1, "150.00")]
    assert due(world, FINANCE, "nor") == [(second, 1, "300.00")]
    assert due(world, FINANCE, most=1) == [(second, 1, "300.00")]
    world.clock.at += timedelta(days=40)
    assert [each[:2] for each in due(world, FINANCE)] == [(second, 1), (first, 1), (second, 2)]


def test_who_takes_no_part_is_told_of_none(world: World) -> None:
    ref = world.programme("active")
    expected(world, ref, "200", 25)

    assert due(world, MANAGER) == [(ref, 1, "200.00")]
    assert due(world, "li.wei") == []
