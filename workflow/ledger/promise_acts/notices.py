"""Telling who owes a payment and who expects it: before it is due, and once it is late; each once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    bindparam,
    case,
    exists,
    func,
    or_,
    select,
    union,
)
from sqlalchemy.orm import aliased

from workflow.engine.engine import Engine
from workflow.engine.models import LifecycleCase, Round
from workflow.engine.permissions.visibility import known_to_all
from workflow.ledger.certification.certifiers import CALLED, TODAY
from workflow.ledger.currency import money
from workflow.ledger.duties import FINANCE, OF_AGENCY
from workflow.ledger.models import MoneyPayment
from workflow.notices.models import Notice
from workflow.notices.outbox import Cause, Recipients, holders, owe, recipient, told_by
from workflow.notices.vocabulary import Because, NoticeKind
from workflow.notices.walk import go_through
from workflow.people.appointments import APART
from workflow.people.models import Appointment, Party
from workflow.transactions.transaction import Transaction
from workflow.vocabulary import HOUSE

# So long before it is due, and so long after it was, people are told of a payment.
TOLD = {NoticeKind.PAYMENT_DUE: timedelta(days=14), NoticeKind.PAYMENT_LATE: timedelta(days=-1)}
AT_ONCE = 200
_PLACE: tuple[Any, ...] = (MoneyPayment.due_on, MoneyPayment.id)
_ROLES = CALLED | {
    "donor": "Donor representative",
    "executing_agency": "Executing agency",
    "programme_manager": "Programme manager",
    "national_authority": "National coordinating authority",
}


@dataclass(frozen=True, slots=True)
class PaymentToTell:
    """A payment of which somebody is to be told: of which case, of whose money, to whom, how much and when."""

    case_id: int
    event_seq: int
    source_id: int
    holder_id: int | None
    party: str
    currency: str
    amount: Decimal
    due_on: date


def _concerned() -> Select[Any]:
    """Who keeps the money of the house, the people of a source that owes, or of the agency that expects."""
    role = case(_ROLES, value=Appointment.role, else_=func.replace(Appointment.role, "_", " "))
    told = recipient(Appointment.person_id, Because.HOLDER, role=role, party=Appointment.party_id)
    holding = holders(Appointment.role, Appointment.party_id, TODAY)
    house = select(Party.id).where(Party.key == HOUSE).scalar_subquery()
    finance = select(*told).where(
        holding, Appointment.role == FINANCE, Appointment.party_id == house
    )
    party = Appointment.party_id == bindparam("of_party", type_=Integer)
    agency = or_(*(Appointment.role == each for each in OF_AGENCY))
    of_source = _none_of(APART) & (bindparam("to_agency", type_=Integer) == 0)
    concerned = or_(of_source, agency & (bindparam("to_agency", type_=Integer) == 1))
    other = select(*told).where(holding, party, Appointment.body_id.is_(None), concerned)
    found = union(finance, other).subquery()
    return select(*found.c)


def _none_of(roles: tuple[str, ...]) -> ColumnElement[bool]:
    return ~or_(*(Appointment.role == each for each in roles))


_CONCERNED = told_by(_concerned())
_ROUND = select(func.max(Round.id)).where(Round.case_id == bindparam("of_case"))


def tell_of_payments(engine: Engine) -> int:
    """Tell of each payment that will soon be due or is late; returns of how many people were told.

    Each in a transaction of its own under the lock of its case, so that of two workers the second finds
    it told. One that nobody can be told of holds up none of those behind it.
    """
    now = engine.now()
    return sum(_tell_some(engine, kind, now) for kind in TOLD)


def _tell_some(engine: Engine, kind: NoticeKind, now: datetime) -> int:
    def some(beyond: ColumnElement[bool]) -> Sequence[Any]:
        untold = _untold(kind, now.date()).where(beyond).add_columns(*_PLACE)
        with engine.reading() as session:
            return session.execute(untold.limit(AT_ONCE)).all()

    def tell(row: Any) -> bool:
        return _tell(engine, kind, PaymentToTell(*row[: -len(_PLACE)]), now)

    return go_through(_PLACE, some, tell, AT_ONCE)


def _tell(engine: Engine, kind: NoticeKind, of: PaymentToTell, now: datetime) -> bool:
    with engine.transaction() as session:
        locked = select(LifecycleCase.id).where(LifecycleCase.id == of.case_id).with_for_update()
        session.execute(locked)
        still = _untold(kind, now.date()).where(
            MoneyPayment.case_id == of.case_id, MoneyPayment.event_seq == of.event_seq
        )
        if session.execute(still).first() is None:
            return False
        cause = Cause(
            kind,
            of.case_id,
            session.scalar(_ROUND, {"of_case": of.case_id}) or 0,
            of.party,
            now,
            event_seq=of.event_seq,
            outcome=f"{money(of.amount, of.currency)}, {of.due_on.isoformat()}",
        )
        values = {
            "today": now.date(),
            "of_party": of.holder_id or of.source_id,
            "to_agency": int(of.holder_id is not None),
        }
        transaction = Transaction.of(session)
        owe(transaction, cause, Recipients(_CONCERNED, values))
        transaction.hand_over()
        return session.execute(still).first() is None


def _untold(kind: NoticeKind, today: date) -> Any:
    """The open payments due by the day of this kind, of cases that were sent, and of which nobody was told so.

    Of what is late nobody is told any more that it will be due.
    """
    source, holder = aliased(Party), aliased(Party)
    told = exists().where(
        Notice.case_id == MoneyPayment.case_id,
        Notice.event_seq == MoneyPayment.event_seq,
        Notice.kind == kind.value,
    )
    days = [MoneyPayment.due_on <= today + TOLD[kind]]
    if kind is NoticeKind.PAYMENT_DUE:
        days.append(MoneyPayment.due_on >= today)
    return (
        select(
            MoneyPayment.case_id, MoneyPayment.event_seq, MoneyPayment.source_id,
            MoneyPayment.holder_id, func.coalesce(holder.name, source.name),
            MoneyPayment.currency, MoneyPayment.amount, MoneyPayment.due_on,
        )
        .join(LifecycleCase, LifecycleCase.id == MoneyPayment.case_id)
        .join(source, source.id == MoneyPayment.source_id)
        .outerjoin(holder, holder.id == MoneyPayment.holder_id)
        .where(MoneyPayment.open, *days, ~told, known_to_all())
        .order_by(*_PLACE)
    )  # fmt: skip
