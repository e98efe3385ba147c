"""Payments that are expected: when each is due, and whether it is open, by what counts of the same money."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    String,
    and_,
    cast,
    func,
    or_,
    select,
    type_coerce,
    update,
)
from sqlalchemy.orm import Session, aliased

from workflow.ledger.accounts import MoneyAct
from workflow.ledger.balances import NOTHING
from workflow.ledger.books import CERTIFIED
from workflow.ledger.currency import digits
from workflow.ledger.models import MoneyEntry, MoneyMovement, MoneyPayment, MoneyVerdict
from workflow.people.models import Party

SOON = timedelta(days=30)
# The second side of a movement is the one that its act brings money to.
REACHED = 1


@dataclass(frozen=True, slots=True)
class ExpectedPayment:
    """A payment of a source to the office, or of its money to the agency that is its holder.

    `missing` is what of it has not come; nothing is missing of one that is paid. `withdrawn` says that it
    is expected no more.
    """

    number: int
    act: MoneyAct
    source: str
    holder: str
    earmark: int
    currency: str
    amount: Decimal
    due_on: date
    missing: Decimal
    withdrawn: bool
    event_seq: int

    @property
    def open(self) -> bool:
        """Whether it is still to come."""
        return not self.withdrawn and self.missing > 0

    def late(self, today: date) -> bool:
        """Whether it is still to come and was due before today."""
        return self.open and self.due_on < today

    def soon(self, today: date) -> bool:
        """Whether it is still to come and due within a month."""
        return self.open and today <= self.due_on <= today + SOON


def payments(session: Session, case_id: int) -> tuple[ExpectedPayment, ...]:
    """Every payment of a case that is or was expected, by the days on which they are due."""
    rows = session.execute(expected().where(MoneyPayment.case_id == case_id))
    return tuple(map(payment_of, rows))


def expected() -> Any:
    """The payments that are or were expected, with what counts of the same money."""
    source, holder = aliased(Party), aliased(Party)
    return (
        select(
            MoneyPayment, source.key.label("source"), func.coalesce(holder.key, "").label("holder"),
            came().label("came"), wanted().label("wanted"),
        )
        .join(source, source.id == MoneyPayment.source_id)
        .outerjoin(holder, holder.id == MoneyPayment.holder_id)
        .order_by(MoneyPayment.due_on, MoneyPayment.number)
    )  # fmt: skip


def payment_of(row: Any) -> ExpectedPayment:
    """A row of them as what it says."""
    kept = row.MoneyPayment
    short = Decimal((row.wanted or 0) - row.came).scaleb(-digits(kept.currency))
    withdrawn = kept.withdrawn_at is not None
    missing = NOTHING if withdrawn else max(NOTHING, min(short, kept.amount))
    return ExpectedPayment(
        kept.number, MoneyAct(kept.act), row.source, row.holder, kept.earmark, kept.currency,
        kept.amount, kept.due_on, missing, withdrawn, kept.event_seq,
    )  # fmt: skip


def follow(session: Session, case_id: int) -> None:
    """Have the payments of a case be open exactly as long as they are not paid."""
    session.flush()
    session.execute(
        update(MoneyPayment)
        .where(MoneyPayment.case_id == case_id, MoneyPayment.open != is_open())
        .values(open=is_open())
        .execution_options(synchronize_session=False)
    )


def is_open() -> ColumnElement[bool]:
    """The condition that a payment is neither withdrawn nor wholly paid, those that are due first paid first."""
    return and_(MoneyPayment.withdrawn_at.is_(None), came() < func.coalesce(wanted(), 0))


def came() -> Any:
    """What counts of the same money since the first of its payments was expected, in its smallest unit."""
    first = aliased(MoneyPayment)
    since = (
        select(func.min(first.event_seq))
        .where(*_same(first), first.withdrawn_at.is_(None))
        .correlate(MoneyPayment)
        .scalar_subquery()
    )
    return (
        select(func.coalesce(_units(MoneyEntry.amount), 0))
        .join_from(MoneyMovement, MoneyVerdict, MoneyVerdict.movement_id == MoneyMovement.id)
        .join(MoneyEntry, MoneyEntry.movement_id == MoneyMovement.id)
        .where(
            MoneyMovement.case_id == MoneyPayment.case_id,
            MoneyMovement.act == MoneyPayment.act,
            MoneyMovement.event_seq > since,
            MoneyVerdict.outcome == CERTIFIED,
            MoneyEntry.place == REACHED,
            MoneyEntry.source_id == MoneyPayment.source_id,
            func.coalesce(MoneyEntry.holder_id, 0) == func.coalesce(MoneyPayment.holder_id, 0),
            MoneyEntry.earmark == MoneyPayment.earmark,
            MoneyEntry.currency == MoneyPayment.currency,
        )
        .correlate(MoneyPayment)
        .scalar_subquery()
    )


def wanted() -> Any:
    """What has to have come for a payment to be paid: it and those of the same money that are due before."""
    before = aliased(MoneyPayment)
    earlier = or_(
        before.due_on < MoneyPayment.due_on,
        and_(before.due_on == MoneyPayment.due_on, before.number <= MoneyPayment.number),
    )
    return (
        select(_units(before.amount))
        .where(*_same(before), before.withdrawn_at.is_(None), earlier)
        .correlate(MoneyPayment)
        .scalar_subquery()
    )


def _same(other: Any) -> Iterable[ColumnElement[bool]]:
    """The conditions that another payment is of the same money."""
    kept = MoneyPayment
    return (
        other.case_id == kept.case_id,
        other.act == kept.act,
        other.source_id == kept.source_id,
        func.coalesce(other.holder_id, 0) == func.coalesce(kept.holder_id, 0),
        other.earmark == kept.earmark,
        other.currency == kept.currency,
    )


def _units(amount: Any) -> ColumnElement[int]:
    """The sum of amounts in the smallest units of their currency, of which each is kept with all digits."""
    return func.sum(cast(func.replace(type_coerce(amount, String), ".", ""), BigInteger))
