"""Many movements at once, as if they had been recorded and certified, for tests of sums alone."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from itertools import product
from random import Random

from sqlalchemy import insert, select

from tests.support.world import World
from tests.workflow.ledger.bookkeeping import FINANCE, OFFICER
from workflow.engine.models import LifecycleCase
from workflow.ledger.accounts import (
    Account,
    AccountKind,
    MoneyAct,
    Movement,
    counter_entries,
    entries_of,
    transfer_entries,
)
from workflow.ledger.currency import digits, step
from workflow.ledger.models import MoneyEntry, MoneyMovement, MoneyVerdict
from workflow.ledger.rates import Rate
from workflow.ledger.shares import follow
from workflow.people.models import Party

RATES = {"USD": Decimal(1), "JPY": Decimal("150.25"), "BHD": Decimal("0.376")}
# So many of them commit and bring money first, and about so many others take one back.
BEGUN, COUNTERED = 18, 0.1
SOURCES, HOLDERS = ("ind", "nor", "bra"), ("undp", "fao")


def random_movements(chance: Random, how_many: int, until: date) -> list[Movement]:
    """Movements in three currencies, one in ten a counter-entry; all of it was committed and came."""
    made: list[Movement] = []
    begun = product((MoneyAct.COMMITMENT, MoneyAct.RECEIPT), SOURCES, RATES)
    more = (
        (chance.choice(tuple(MoneyAct)), chance.choice(SOURCES), chance.choice(tuple(RATES)))
        for _ in range(how_many)
    )
    for number, (act, source, currency) in enumerate((*begun, *more), start=1):
        if number > BEGUN + 1 and chance.random() < COUNTERED:
            taken = chance.choice(made[BEGUN:])
            on = chance.choice((taken.on, until))
            sides = counter_entries(taken)
            made.append(Movement(number, taken.act, on, sides, -taken.usd, taken.number))
            continue
        held = act in {MoneyAct.DISBURSEMENT, MoneyAct.EXPENDITURE}
        line = (2027, "Kits") if act is MoneyAct.BUDGET else (0, "")
        at = Account(AccountKind.SOURCE, source, chance.choice(HOLDERS) if held else "", *line)
        amount = chance.randrange(1, 10**7) * step(currency)
        on = until - timedelta(chance.randrange(60))
        usd = Rate(currency, on, RATES[currency]).in_dollars(amount)
        if act is MoneyAct.TRANSFER:
            of, to = (
                Account(AccountKind.BUDGET, source, "", year, "Kits") for year in (2027, 2028)
            )
            sides = transfer_entries(of, to, currency, amount)
        else:
            sides = entries_of(act, at, currency, amount)
        made.append(Movement(number, act, on, sides, usd))
    return made


def keep(world: World, ref: str, movements: Iterable[Movement]) -> None:
    """Keep the movements of a case as certified, and what follows; no event tells of them, so nothing verifies."""
    world.honest = False
    with world.engine.transaction() as session:
        case = session.scalars(select(LifecycleCase.id).where(LifecycleCase.ref == ref)).one()
        parties = dict(session.execute(select(Party.key, Party.id)).all())
        who, second = world.person(OFFICER), world.person(FINANCE)
        now = world.engine.now()
        for each in movements:
            row = {
                "case_id": case, "number": each.number, "act": each.act, "moved_on": each.on,
                "rate": RATES[each.currency], "rate_on": each.on, "usd": each.usd,
                "corrects": each.corrects, "person_id": who, "recorded_at": now, "event_seq": 1,
            }  # fmt: skip
            made = session.execute(insert(MoneyMovement).values(row).returning(MoneyMovement.id))
            number = made.scalar_one()
            for place, entry in enumerate(each.entries):
                at = entry.account
                session.execute(insert(MoneyEntry).values(
                    movement_id=number, place=place, case_id=case, account=at.kind,
                    source_id=parties[at.source], holder_id=parties.get(at.holder), year=at.year,
                    output=at.output, category="", currency=entry.currency,
                    amount=Decimal(f"{entry.amount:.{digits(entry.currency)}f}"),
                ))  # fmt: skip
            session.execute(insert(MoneyVerdict).values(
                movement_id=number, case_id=case, outcome="certified", person_id=second,
                decided_at=now, event_seq=2,
            ))  # fmt: skip
        follow(session, case)
