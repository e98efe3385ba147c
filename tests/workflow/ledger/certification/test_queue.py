"""Who certifies finds what waits, and nothing else of all the movements of the house is read for it."""

from sqlalchemy import text

from tests.support.statements import asked
from tests.support.world import World
from tests.workflow.ledger.bookkeeping import FINANCE, HEAD, OFFICER, counts, decided, recorded
from workflow.ledger.accounts import MoneyAct
from workflow.ledger.certification.queue import WaitingMoney, waiting_money
from workflow.people.queries import current_offices


def waiting(world: World, who: str) -> list[tuple[str, int]]:
    """What waits for a person, the longest waiting first."""
    return [(each.ref, each.movements) for each in found(world, who)]


def found(world: World, who: str) -> tuple[WaitingMoney, ...]:
    with world.engine.reading() as session:
        held = current_offices(session, world.person(who), world.engine.now().date())
        return waiting_money(session, world.person(who), held, world.engine.now())


def test_what_others_recorded_waits_until_it_is_certified_or_declined(world: World) -> None:
    first, second = world.programmes("active", "active")
    number = int(recorded(world, second, MoneyAct.PLEDGE, "10", who=FINANCE).content)
    world.clock.pass_time(minutes=1)
    for amount in ("20", "30"):
        recorded(world, first, MoneyAct.PLEDGE, amount, who=OFFICER)
    before = waiting(world, HEAD), waiting(world, FINANCE)

    decided(world, second, number, who=HEAD)
    decided(world, first, 1)
    once = waiting(world, HEAD)
    decided(world, first, 2, yes=False, why="No letter.")

    assert before == ([(second, 1), (first, 2)], [(first, 2)])
    assert once == [(first, 1)]
    assert waiting(world, HEAD) == []


def test_movements_that_are_decided_on_are_not_looked_at(world: World) -> None:
    ref = world.programme("active")
    counts(world, ref, MoneyAct.PLEDGE, "10")
    recorded(world, ref, MoneyAct.PLEDGE, "20")
    with asked(world.engine.database) as seen:
        found(world, HEAD)
    ((statement, values),) = [
        each
        for reading in seen.readings
        for each in zip(reading.statements, reading.values, strict=True)
        if "money_movement" in each[0]
    ]

    sqlite = world.engine.database.dialect.name == "sqlite"
    with world.engine.database.connect() as connection:
        if not sqlite:
            connection.execute(text("set enable_seqscan = off"))
        explain = "explain query plan " if sqlite else "explain "
        told = connection.exec_driver_sql(f"{explain}{statement}", values)
        plan = "\n".join(str(row[-1]) for row in told)

    assert "money_waiting" in plan
    for whole in ("SCAN money_movement", "Seq Scan on money_movement", "money_verdict"):
        assert whole not in plan
