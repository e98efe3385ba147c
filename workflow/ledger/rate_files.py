"""Entering rates: a file of them becomes part of the house's list, told on the register, never replaced."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from workflow.audit.envelope import Fact
from workflow.audit.events.money.movements import RatesEntered
from workflow.engine.engine import Engine
from workflow.errors import Invalid, NotAuthorised
from workflow.ledger.books import rates_entered
from workflow.ledger.duties import FINANCE
from workflow.ledger.models import ExchangeRate, RateFile
from workflow.ledger.rates import Rate, digest, read_rates, refuse_conflicts, refuse_strange
from workflow.people.queries import current_offices
from workflow.people.register import claim_register, registered
from workflow.phrase import phrase
from workflow.vocabulary import ADMINISTRATOR, OFFICERS

# Who enters rates on a page; at the command line of the machine whoever is there does.
ENTERS = (FINANCE, *OFFICERS, ADMINISTRATOR)


def enter_rates(engine: Engine, person: int | None, text: str, *, meant: bool = False) -> int:
    """Enter the rates of a file that are new, and return how many they are.

    Refuses a file with a line that is wrong, with every such line, one that says otherwise than what
    was entered before, and one in which nothing is new; and unless it says that they are `meant`, one
    with a rate that is ten times the one before of its currency, or a tenth of it.
    """
    rates = read_rates(text)
    with engine.transaction() as session:
        now = engine.now()
        if person is not None:
            held = current_offices(session, person, now.date())
            if not any(each.role in ENTERS for each in held):
                raise NotAuthorised(phrase("Rates are entered by officers of the house."))
        claim_register(session)
        known = rates_entered(session)
        refuse_conflicts(known, rates)
        if not meant:
            refuse_strange(known, rates)
        new = tuple(each for each in rates if (each.currency, each.day) not in known)
        if not new:
            said = phrase("Every rate of this file was entered before.")
            raise Invalid(said, {"file": said})
        _keep(session, new, person, now)
    return len(new)


def _keep(session: Session, new: Sequence[Rate], person: int | None, now: datetime) -> None:
    """Tell the register of the rates, and keep them; its lock makes their number the next one."""
    number = (session.scalar(select(func.max(RateFile.id))) or 0) + 1
    days = sorted(each.day for each in new)
    told = RatesEntered(
        number=number, rates=len(new), digest=digest(new), since=days[0], until=days[-1]
    )
    at = registered(session, Fact(told, person, now)).at
    session.add(RateFile(id=number, digest=told.digest, entered_at=at, person_id=person))
    session.flush()
    rows = [
        {"currency": each.currency, "day": each.day, "units": each.units, "file_id": number}
        for each in new
    ]
    session.execute(insert(ExchangeRate), rows)


def latest_rates(session: Session, most: int = 400) -> tuple[Rate, ...]:
    """The rates entered last by their day, at most so many."""
    rows = (
        select(ExchangeRate.currency, ExchangeRate.day, ExchangeRate.units)
        .order_by(ExchangeRate.day.desc(), ExchangeRate.currency)
        .limit(most)
    )
    return tuple(Rate(*row) for row in session.execute(rows))
