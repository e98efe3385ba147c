"""Telling who certifies: once when money of a case begins to wait for them, again when it has waited long.

Of what waits in a case each is told once, however much of it there is; what is recorded after that stands
beside it in their queue.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    String,
    bindparam,
    exists,
    func,
    literal,
    select,
    union,
)
from sqlalchemy.orm import aliased

from workflow.audit.trail import Written
from workflow.engine.engine import Engine
from workflow.engine.models import LifecycleCase, Round
from workflow.engine.unit_of_work import UnitOfWork
from workflow.ledger.accounts import Movement
from workflow.ledger.certification.certifiers import acting_certifiers, heads, own_certifiers
from workflow.ledger.currency import money
from workflow.ledger.models import MoneyMovement, WaitingMovement
from workflow.notices.models import Notice
from workflow.notices.outbox import Cause, Recipients, owe, recipient, told_by
from workflow.notices.vocabulary import Because, NoticeKind
from workflow.notices.walk import go_through
from workflow.transactions.transaction import Transaction

# So long something waits until who certifies is told again, and until the head of the house is.
OVERDUE = {NoticeKind.MONEY_REMINDER: timedelta(days=7), NoticeKind.MONEY_LATE: timedelta(days=21)}
AT_ONCE = 200
_PLACE: tuple[Any, ...] = (MoneyMovement.recorded_at, LifecycleCase.id)
_CASE: Any = bindparam("of_case", type_=Integer)
_RECORDER: Any = bindparam("recorder", type_=Integer)


@dataclass(frozen=True, slots=True)
class OverdueMoney:
    """The movement of a case that has waited longest, who recorded it, and since when it waits."""

    case_id: int
    ref: str
    event_seq: int
    recorded_by: int
    since: datetime


def _asked() -> Any:
    """Who is asked to certify what `recorder` recorded: none for whom something of the case waits already."""
    told = union(own_certifiers(), acting_certifiers()).subquery()
    earlier = (
        exists()
        .where(MoneyMovement.id == WaitingMovement.movement_id, MoneyMovement.case_id == _CASE)
        .where(MoneyMovement.person_id != told.c.person_id)
        .where(MoneyMovement.event_seq != bindparam("by_event", type_=Integer))
    )
    return told_by(select(*told.c).where(told.c.person_id != _RECORDER, ~earlier))


def _awaited() -> Any:
    """Everybody who may certify what `recorder` recorded."""
    told = union(own_certifiers(), acting_certifiers()).subquery()
    return told_by(select(*told.c).where(told.c.person_id != _RECORDER))


_ASKED, _AWAITED, _HEADS = _asked(), _awaited(), told_by(heads())
_RECORDED = told_by(
    select(
        *recipient(bindparam("person", type_=Integer), Because.RECORDED, role=literal("", String))
    )
)
_ROUND = select(func.max(Round.id)).where(Round.case_id == bindparam("of_case"))


def asked_to_certify(work: UnitOfWork, movement: Movement, written: Written) -> None:
    """Tell whoever may certify a movement that was recorded just now, if nothing waits for them here yet."""
    values = {
        **_values(work.case.id, work.case.ref, work.actor or 0, work.now),
        "by_event": written.seq,
    }
    _tell(work, NoticeKind.MONEY_WAITS, movement, written, Recipients(_ASKED, values))


def told_declined(work: UnitOfWork, movement: Movement, recorded_by: int, written: Written) -> None:
    """Tell whoever recorded a movement that it does not count."""
    told = Recipients(_RECORDED, {"person": recorded_by})
    _tell(work, NoticeKind.MONEY_DECLINED, movement, written, told)


def owe_reminders(engine: Engine) -> int:
    """Tell who certifies, and later the head of the house, what has waited long; returns of how many cases they were told.

    Each in a transaction of its own, under the lock of its case, so that of two workers the second finds
    it told. A case that nobody can be told of holds up none of those behind it.
    """
    now = engine.now()
    return sum(_remind_of_some(engine, kind, now) for kind in OVERDUE)


def _remind_of_some(engine: Engine, kind: NoticeKind, now: datetime) -> int:
    def some(beyond: ColumnElement[bool]) -> Sequence[Any]:
        waiting = _overdue(kind, now - OVERDUE[kind]).with_only_columns(*_PLACE).where(beyond)
        with engine.reading() as session:
            return session.execute(waiting.limit(AT_ONCE)).all()

    return go_through(_PLACE, some, lambda row: _remind(engine, kind, row.id, now), AT_ONCE)


def _remind(engine: Engine, kind: NoticeKind, case_id: int, now: datetime) -> bool:
    with engine.transaction() as session:
        locked = select(LifecycleCase.id).where(LifecycleCase.id == case_id).with_for_update()
        session.execute(locked)
        still = _overdue(kind, now - OVERDUE[kind]).where(LifecycleCase.id == case_id)
        row = session.execute(still).first()
        if row is None:
            return False
        found = OverdueMoney(*row)
        values = _values(found.case_id, found.ref, found.recorded_by, now)
        late = kind is NoticeKind.MONEY_LATE
        cause = Cause(
            kind,
            case_id,
            session.scalar(_ROUND, {"of_case": case_id}) or 0,
            "",
            now,
            event_seq=found.event_seq,
            outcome=found.since.date().isoformat(),
        )
        told = Recipients(_HEADS if late else _AWAITED, values)
        transaction = Transaction.of(session)
        owe(transaction, cause, told)
        transaction.hand_over()
        return session.execute(still).first() is None


def _overdue(kind: NoticeKind, before: datetime) -> Any:
    """The cases whose oldest waiting movement was recorded before an instant and of which nobody was told so."""
    other, waits = aliased(MoneyMovement), aliased(WaitingMovement)
    older = exists().where(
        other.id == waits.movement_id,
        other.case_id == MoneyMovement.case_id,
        other.event_seq < MoneyMovement.event_seq,
    )
    told = exists().where(
        Notice.case_id == MoneyMovement.case_id,
        Notice.event_seq == MoneyMovement.event_seq,
        Notice.kind == kind.value,
    )
    return (
        select(
            LifecycleCase.id, LifecycleCase.ref, MoneyMovement.event_seq, MoneyMovement.person_id,
            MoneyMovement.recorded_at,
        )
        .join(MoneyMovement, MoneyMovement.case_id == LifecycleCase.id)
        .join(WaitingMovement, WaitingMovement.movement_id == MoneyMovement.id)
        .where(MoneyMovement.recorded_at <= before, ~older, ~told)
        .order_by(*_PLACE)
    )  # fmt: skip


def _values(case_id: int, ref: str, recorder: int, now: datetime) -> dict[str, Any]:
    return {
        "of_case": case_id,
        "to_case": f"case:{ref}",
        "recorder": recorder,
        "today": now.date(),
    }


def _tell(
    work: UnitOfWork, kind: NoticeKind, movement: Movement, written: Written, told: Recipients
) -> None:
    round_id = work.session.scalar(_ROUND, {"of_case": work.case.id}) or 0
    amount = money(abs(movement.amount), movement.currency)
    cause = Cause(kind, work.case.id, round_id, "", work.now, event_seq=written.seq, outcome=amount)
    owe(work.transaction, cause, told.but(work.actor))
