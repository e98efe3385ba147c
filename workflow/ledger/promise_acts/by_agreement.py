"""What a signed agreement promises, written in the ledger of the programme as it takes effect there: no second hand.

Whoever signed it last stands behind it.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from workflow.audit.events.money.promises import MoneyEarmarked, PaymentExpected
from workflow.engine.models import CaseParty, LifecycleCase, Seat, SignOff
from workflow.engine.unit_of_work import UnitOfWork
from workflow.ledger.accounts import MoneyAct
from workflow.ledger.currency import amount_of, exact
from workflow.ledger.models import MoneyEarmark, MoneyPayment
from workflow.ledger.promises.earmarks import earmarks
from workflow.ledger.promises.payments import follow
from workflow.partners.derive import AGREEMENT
from workflow.people.models import Party
from workflow.vocabulary import PROPOSER

Content = Mapping[str, Any]


class _Signed(NamedTuple):
    """An agreement: what it is called by, whose money it is, and who signed it last under which office."""

    ref: str
    source: str
    source_id: int
    person: int
    role: str
    party: str
    appointment: int | None


def promised(work: UnitOfWork, case_id: int, said: Content) -> None:
    """Record the earmarks and the payments of an agreement that was signed under the locked case.

    Of cases under it about something else nothing is recorded.
    """
    signed = _signed(work.session, case_id)
    if signed is None:
        return
    at_work = UnitOfWork(work.transaction, work.case, work.definition, signed.person, work.now)
    numbers = {
        str(row.get("number")): _earmark(at_work, signed, row) for row in said.get("earmarks") or ()
    }
    for row in said.get("payments") or ():
        _payment(at_work, signed, str(said.get("currency") or ""), row, numbers)
    follow(work.session, work.case.id)


def _signed(session: Session, case_id: int) -> _Signed | None:
    giver, answered = Party.__table__.alias("giver"), Party.__table__.alias("answered")
    asked = (
        select(
            LifecycleCase.ref, giver.c.key, giver.c.id, SignOff.person_id, Seat.role,
            answered.c.key, SignOff.appointment_id,
        )
        .join(CaseParty, CaseParty.case_id == LifecycleCase.id)
        .join(giver, giver.c.id == CaseParty.party_id)
        .join(SignOff, SignOff.case_id == LifecycleCase.id)
        .join(Seat, Seat.id == SignOff.seat_id)
        .join(answered, answered.c.id == Seat.party_id)
        .where(
            LifecycleCase.id == case_id, LifecycleCase.subject == AGREEMENT,
            CaseParty.capacity == PROPOSER, SignOff.standing, SignOff.person_id.is_not(None),
        )
        .order_by(SignOff.event_seq.desc())
    )  # fmt: skip
    row = session.execute(asked.limit(1)).first()
    return _Signed(*row) if row else None


def _earmark(work: UnitOfWork, signed: _Signed, row: Content) -> int:
    """Record for what alone some of the money may be spent; returns under which number."""
    number = max(earmarks(work.session, work.case.id), default=0) + 1
    said = {
        name: str(row.get(name) or "") for name in ("output", "country", "category", "condition")
    }
    said["country"] = said["country"].lower()
    told = MoneyEarmarked(earmark=number, source=signed.source, **said, reason=signed.ref)
    written = work.note(told, role=signed.role, party=signed.party, appointment=signed.appointment)
    work.session.execute(
        insert(MoneyEarmark).values(
            case_id=work.case.id, number=number, source_id=signed.source_id, **said,
            person_id=signed.person, recorded_at=written.at, event_seq=written.seq,
        )
    )  # fmt: skip
    return number


def _payment(
    work: UnitOfWork, signed: _Signed, currency: str, row: Content, numbers: Mapping[str, int]
) -> None:
    """Record that a part of the money is expected on its day."""
    last = select(func.max(MoneyPayment.number)).where(MoneyPayment.case_id == work.case.id)
    number = (work.session.scalar(last) or 0) + 1
    earmark = numbers.get(str(row.get("earmark")), 0)
    amount = amount_of(str(row.get("amount")), currency)
    due = date.fromisoformat(str(row.get("due")))
    told = PaymentExpected(
        payment=number, act=MoneyAct.RECEIPT, source=signed.source, holder="", earmark=earmark,
        currency=currency, amount=exact(amount, currency), due=due, reason=signed.ref,
    )  # fmt: skip
    written = work.note(told, role=signed.role, party=signed.party, appointment=signed.appointment)
    work.session.execute(
        insert(MoneyPayment).values(
            case_id=work.case.id, number=number, act=told.act, source_id=signed.source_id,
            holder_id=None, earmark=earmark, currency=currency, amount=amount, due_on=due,
            person_id=signed.person, recorded_at=written.at, event_seq=written.seq,
            withdrawn_at=None, open=True,
        )
    )  # fmt: skip
