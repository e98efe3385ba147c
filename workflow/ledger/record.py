"""Recording money: a movement of a case, or the counter-entry that takes one back; it waits to be certified."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from workflow.audit.events.money.movements import MoneyRecorded, ToldEntry
from workflow.audit.trail import Written
from workflow.engine.commands.command import CaseCommand, execute, receipt_of
from workflow.engine.commands.receipts import Receipt
from workflow.engine.engine import Engine
from workflow.engine.unit_of_work import UnitOfWork
from workflow.errors import NotFound
from workflow.ledger import books, wishes
from workflow.ledger.accounts import Entry, Movement, counter_entries, unbalanced
from workflow.ledger.balances import short_of
from workflow.ledger.books import BookedMovement
from workflow.ledger.certification.envelope import refuse_beyond_envelope
from workflow.ledger.certification.notices import asked_to_certify
from workflow.ledger.currency import USD, exact
from workflow.ledger.duties import ActingOffice, money_duties
from workflow.ledger.models import MoneyEntry, MoneyMovement
from workflow.ledger.promise_acts.frame import managed
from workflow.ledger.promises.earmarks import earmarks
from workflow.ledger.rates import Rate, plain, rate_for
from workflow.ledger.wishes import MovementWish, overdrawn, refused_at
from workflow.people.models import Party
from workflow.phrase import phrase


@dataclass(frozen=True, slots=True)
class RecordMovement(CaseCommand):
    """The command to record a movement; the reason is what it is for, or under which conditions.

    `paper` names the report from which it is taken over.
    """

    what = "record money"

    ref: str
    wish: MovementWish
    seen_version: int
    key: str
    reason: str = ""
    paper: str = ""


@dataclass(frozen=True, slots=True)
class CorrectMovement(CaseCommand):
    """The command to take a movement back, by its number, as of a day; the reason is why."""

    what = "correct money"

    ref: str
    movement: int
    on: date
    seen_version: int
    key: str
    reason: str


def record(engine: Engine, person: int, command: RecordMovement) -> Receipt:
    """Record a movement, which counts once somebody else has certified it.

    Refuses whoever does not record money of this case, a day to come, a currency without a rate of
    that day, and at its field what would take more from an account than is on it.
    """
    return execute(engine, person, command, recorded)


def correct(engine: Engine, person: int, command: CorrectMovement) -> Receipt:
    """Record the counter-entry of a certified movement, at the rate of that; nothing is changed or deleted.

    Refuses one that does not count or is taken back already, and where what came has moved on.
    """
    return execute(engine, person, command, _corrected)


def recorded(work: UnitOfWork, person: int, command: RecordMovement) -> Receipt:
    """The same within an act that is under way."""
    managed(work, person)
    today = work.now.date()
    wish = command.wish
    duties = money_duties(work.session, work.case, person, today, locked=True)
    acting = duties.recording(wish.act, wish.holder)
    marks = earmarks(work.session, work.case.id)
    wish, amount = wishes.checked(work.session, wish, person, work.now, marks)
    of_month = books.rates_of(work.session, wish.currency, wish.on)
    rate = rate_for(of_month, wish.currency, wish.on, wish.rate_on)
    kept = books.recorded(work.session, work.case.id)
    movement = Movement(
        number=next_number(kept),
        act=wish.act,
        on=wish.on,
        entries=wishes.sides(wish, amount),
        usd=rate.in_dollars(amount),
        paper=command.paper,
    )
    refuse_overdrawn(work.session, kept, movement)
    refuse_beyond_envelope(work.session, work.case.id, movement)
    return write_movement(work, movement, rate, acting, command.reason)


def _corrected(work: UnitOfWork, person: int, command: CorrectMovement) -> Receipt:
    managed(work, person)
    today = work.now.date()
    kept = books.recorded(work.session, work.case.id)
    taken = _to_correct(kept, command.movement)
    duties = money_duties(work.session, work.case, person, today, locked=True)
    acting = duties.recording(taken.movement.act, taken.movement.account.holder)
    _refuse_day(command.on, taken.movement.on, today)
    if not command.reason:
        raise refused_at("reason", phrase("Say why it is taken back."))
    movement = replace(
        taken.movement,
        number=next_number(kept),
        on=command.on,
        entries=counter_entries(taken.movement),
        usd=-taken.movement.usd,
        corrects=taken.movement.number,
    )
    refuse_overdrawn(work.session, kept, movement)
    rate = Rate(movement.currency, taken.rate_on, taken.rate)
    return write_movement(work, movement, rate, acting, command.reason)


def _to_correct(kept: Sequence[BookedMovement], number: int) -> BookedMovement:
    found = next((each for each in kept if each.movement.number == number), None)
    if found is None:
        raise NotFound(phrase("There is no movement %(number)s here.", number=number))
    if found.outcome != books.CERTIFIED or found.movement.corrects is not None:
        raise refused_at("movement", phrase("Only a movement that was certified is taken back."))
    again = next(
        (
            each
            for each in kept
            if each.movement.corrects == number and each.outcome != books.DECLINED
        ),
        None,
    )
    if again is not None:
        raise refused_at(
            "movement",
            phrase("Movement %(number)s takes it back already.", number=again.movement.number),
        )
    return found


def _refuse_day(on: date, since: date, today: date) -> None:
    if not since <= on <= today:
        raise refused_at(
            "on",
            phrase("It is taken back between %(since)s, when it was made, and today.", since=since),
        )


def refuse_overdrawn(session: Session, kept: Sequence[BookedMovement], movement: Movement) -> None:
    """Refuse at its amount what would take more from an account than counts or waits to come to it."""
    short = short_of(books.not_declined(kept), movement)
    if short is not None:
        raise refused_at("amount", overdrawn(session, movement, *short))


def next_number(kept: Sequence[BookedMovement]) -> int:
    """The number of the next movement of a case."""
    return max((each.movement.number for each in kept), default=0) + 1


def write_movement(
    work: UnitOfWork, movement: Movement, rate: Rate, acting: ActingOffice, reason: str
) -> Receipt:
    """Tell a movement on the trail of its case, keep it, and tell whoever certifies that it waits."""
    if unbalanced(movement.entries):
        raise ArithmeticError(f"movement {movement.number} does not sum to zero")
    written = work.note(
        MoneyRecorded(
            movement=movement.number,
            act=movement.act,
            on=movement.on,
            entries=tuple(map(_told, movement.entries)),
            rate=plain(rate.units),
            rate_on=rate.day,
            usd=exact(movement.usd, USD),
            corrects=movement.corrects,
            paper=movement.paper,
            reason=reason,
        ),
        role=acting.role,
        party=acting.party,
        appointment=acting.appointment,
    )
    _keep(work, movement, rate, written)
    asked_to_certify(work, movement, written)
    return receipt_of(work, written, "recorded", str(movement.number))


def _keep(work: UnitOfWork, movement: Movement, rate: Rate, written: Written) -> None:
    """Keep the movement that was told, with its sides."""
    made = insert(MoneyMovement).values(
        case_id=work.case.id,
        number=movement.number,
        act=movement.act,
        moved_on=movement.on,
        rate=rate.units,
        rate_on=rate.day,
        usd=movement.usd,
        corrects=movement.corrects,
        paper=movement.paper,
        person_id=work.actor,
        recorded_at=written.at,
        event_seq=written.seq,
    )
    number = work.session.scalar(made.returning(MoneyMovement.id))
    named = {key for each in movement.entries for key in (each.account.source, each.account.holder)}
    ids = dict(work.session.execute(select(Party.key, Party.id).where(Party.key.in_(named))).all())
    rows = [
        {"movement_id": number, "place": place, "case_id": work.case.id} | _row(each, ids)
        for place, each in enumerate(movement.entries)
    ]
    work.session.execute(insert(MoneyEntry), rows)


def _told(entry: Entry) -> ToldEntry:
    at = entry.account
    return ToldEntry(
        account=at.kind,
        source=at.source,
        currency=entry.currency,
        amount=exact(entry.amount, entry.currency),
        holder=at.holder,
        year=at.year,
        output=at.output,
        category=at.category,
        country=at.country,
        earmark=at.earmark,
    )


def _row(entry: Entry, ids: dict[str, int]) -> dict[str, object]:
    at = entry.account
    amount = Decimal(exact(entry.amount, entry.currency))
    return {
        "account": at.kind,
        "source_id": ids[at.source],
        "holder_id": ids.get(at.holder),
        "year": at.year,
        "output": at.output,
        "category": at.category,
        "country": at.country,
        "earmark": at.earmark,
        "currency": entry.currency,
        "amount": amount,
    }
