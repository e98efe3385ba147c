"""Recording for what a source lets its money be spent, and that a condition of it was met."""

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import insert, select, update

from workflow import free_text
from workflow.audit.events.money.promises import ConditionMet, MoneyEarmarked
from workflow.engine.commands.command import CaseCommand, execute, receipt_of
from workflow.engine.commands.receipts import Receipt
from workflow.engine.engine import Engine
from workflow.engine.unit_of_work import UnitOfWork
from workflow.errors import Invalid, NotFound, Stale
from workflow.ledger.models import LONGEST_CONDITION, LONGEST_LINE, MoneyEarmark
from workflow.ledger.promise_acts.frame import promising
from workflow.ledger.promises.earmarks import Earmark, earmarks
from workflow.ledger.wishes import refused_at
from workflow.people.directory.arrivals import bring_countries
from workflow.people.models import Party
from workflow.phrase import Phrase, phrase, together
from workflow.reference import reference


@dataclass(frozen=True, slots=True)
class EarmarkMoney(CaseCommand):
    """The command to record an earmark of a source: one output, country or category, or a condition."""

    what = "earmark money"

    ref: str
    source: str
    seen_version: int
    key: str
    output: str = ""
    country: str = ""
    category: str = ""
    condition: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class MeetCondition(CaseCommand):
    """The command to record that the condition of an earmark was met on a day; the reason is by whom."""

    what = "meet a condition of money"

    ref: str
    earmark: int
    on: date
    seen_version: int
    key: str
    reason: str


def earmark_money(engine: Engine, person: int, command: EarmarkMoney) -> Receipt:
    """Record an earmark, of which commitments, receipts and what follows may be.

    Refuses whoever records no money of this case, and at its field what is nothing or nowhere.
    """
    return execute(engine, person, command, _earmarked)


def meet_condition(engine: Engine, person: int, command: MeetCondition) -> Receipt:
    """Record that a condition was met, so that the money may be used from that day on.

    Refuses an earmark without a condition, one that is met, a day to come, and no word on who met it.
    """
    return execute(engine, person, command, _met)


def _earmarked(work: UnitOfWork, person: int, command: EarmarkMoney) -> Receipt:
    acting = promising(work, person)
    wish = replace(
        command,
        source=command.source.strip().lower(),
        output=free_text.kept_line(command.output, "output"),
        category=free_text.kept_line(command.category, "category"),
        condition=free_text.kept_line(command.condition, "condition"),
        country=command.country.strip().lower(),
    )
    bring_countries(work.session, {wish.source}, came="money", by=person, now=work.now)
    source = work.session.scalar(select(Party.id).where(Party.key == wish.source))
    faults = _faults(wish, source)
    if faults:
        raise Invalid(together(faults.values()), faults)
    number = max(earmarks(work.session, work.case.id), default=0) + 1
    said = {name: getattr(wish, name) for name in ("output", "country", "category", "condition")}
    told = MoneyEarmarked(earmark=number, source=wish.source, **said, reason=wish.reason)
    written = work.note(told, role=acting.role, party=acting.party, appointment=acting.appointment)
    work.session.execute(
        insert(MoneyEarmark).values(
            case_id=work.case.id, number=number, source_id=source, **said, person_id=person,
            recorded_at=written.at, event_seq=written.seq,
        )
    )  # fmt: skip
    return receipt_of(work, written, "earmarked", str(number))


def _faults(wish: EarmarkMoney, source: int | None) -> dict[str, Phrase]:
    found: dict[str, Phrase] = {}
    if source is None:
        found["source"] = phrase("Say whose money it is: choose a party that is entered.")
    if wish.country and wish.country.upper() not in reference().countries:
        found["country"] = phrase("A country is named by its three letters, like MOZ.")
    longest = {"output": LONGEST_LINE, "category": LONGEST_LINE, "condition": LONGEST_CONDITION}
    for name, most in longest.items():
        if len(getattr(wish, name)) > most:
            found[name] = phrase("At most %(most)s characters.", most=most)
    if not any((wish.output, wish.country, wish.category, wish.condition)):
        found["output"] = phrase("Say for what the money is, or on which condition.")
    return found


def _met(work: UnitOfWork, person: int, command: MeetCondition) -> Receipt:
    acting = promising(work, person)
    found = earmarks(work.session, work.case.id).get(command.earmark)
    if found is None:
        raise NotFound(phrase("There is no earmark %(number)s here.", number=command.earmark))
    _refuse_met(found)
    if command.on > work.now.date():
        raise refused_at("on", phrase("A condition is met today at the latest."))
    if not command.reason.strip():
        raise refused_at("reason", phrase("Say by whom or by what it was met."))
    written = work.note(
        ConditionMet(earmark=found.number, on=command.on, reason=command.reason),
        role=acting.role,
        party=acting.party,
        appointment=acting.appointment,
    )
    work.session.execute(
        update(MoneyEarmark)
        .where(MoneyEarmark.case_id == work.case.id, MoneyEarmark.number == found.number)
        .values(met_on=command.on, met_by=person, met_seq=written.seq)
    )
    return receipt_of(work, written, "met", str(found.number))


def _refuse_met(found: Earmark) -> None:
    if not found.condition:
        raise refused_at(
            "earmark", phrase("Earmark %(number)s has no condition.", number=found.number)
        )
    if found.met_on is not None:
        raise Stale(phrase("Somebody has recorded already that this condition is met."))
