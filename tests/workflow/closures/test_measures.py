"""When the money of a programme is reconciled before it is closed."""

from sqlalchemy import select

from tests.support.world import World
from tests.workflow.ledger.bookkeeping import counts, decided, rates, recorded
from workflow.closures.measures import money_reconciled
from workflow.engine.models import LifecycleCase
from workflow.ledger.accounts import MoneyAct

HAD = "No money of it was recorded in the ledger."


def stands(world: World, *refs: str) -> list[list[str] | str]:
    """Of each programme what is left, or why its money is not looked at."""
    with world.engine.reading() as session:
        asked = select(LifecycleCase.ref, LifecycleCase.id).where(LifecycleCase.ref.in_(refs))
        numbers = dict(session.execute(asked).all())
        found = money_reconciled(session, numbers.values(), world.clock().date())
    each = [found[numbers[ref]] for ref in refs]
    return [str(m.why_not) if m.why_not else [str(left.said) for left in m.left] for m in each]


def test_each_source_and_currency_is_said_with_what_is_left_of_it(world: World) -> None:
    first, second = world.programmes("active", "active")
    rates(world)
    for source, currency in (("ind", "USD"), ("nor", "EUR")):
        counts(world, first, MoneyAct.COMMITMENT, "500", source=source, currency=currency)
        counts(world, first, MoneyAct.RECEIPT, "500", source=source, currency=currency)
    counts(world, first, MoneyAct.EXPENDITURE, "500")
    counts(world, first, MoneyAct.RETURN, "125.25", source="nor", currency="EUR")

    assert stands(world, first, second) == [
        ["The office still holds EUR 374.75 of Norway: record what was spent of it, or its return."], HAD,
    ]  # fmt: skip


def test_what_was_declined_keeps_nothing_open(world: World) -> None:
    ref = world.programme("active")
    decided(
        world, ref, int(recorded(world, ref, MoneyAct.PLEDGE, "10").content), yes=False, why="No."
    )
    declined = stands(world, ref)
    recorded(world, ref, MoneyAct.PLEDGE, "10")

    assert declined == [[]]
    assert stands(world, ref) == [["1 movement waits to be certified: 2."]]
