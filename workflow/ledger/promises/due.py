"""Payments that are late or due within a month, over all cases that concern somebody."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, exists, or_, select
from sqlalchemy.orm import Session, aliased

from workflow.engine.models import LifecycleCase
from workflow.engine.permissions.reach import takes_part
from workflow.engine.permissions.visibility import audited, knows_of
from workflow.ledger.duties import keeps_books
from workflow.ledger.models import MoneyPayment
from workflow.ledger.promises.payments import SOON, ExpectedPayment, expected, payment_of
from workflow.people.models import Party

MOST_DUE = 50


@dataclass(frozen=True, slots=True)
class DuePayment:
    """A payment that is late or due within a month, in the case that it is of."""

    ref: str
    title: str
    payment: ExpectedPayment
    names: Mapping[str, str]


def due_payments(
    session: Session, person: int, now: datetime, party: str = "", most: int = MOST_DUE
) -> tuple[DuePayment, ...]:
    """Those of cases in which the person takes part, due first; of all for whoever keeps the books.

    Of a `party` those that it owes or expects alone.
    """
    numbers = session.scalars(_numbers(session, person, now, party).limit(most)).all()
    if not numbers:
        return ()
    source, holder = aliased(Party), aliased(Party)
    rows = session.execute(
        expected()
        .add_columns(LifecycleCase.ref, LifecycleCase.title)
        .add_columns(source.name.label("owes"), holder.name.label("expects"))
        .join(LifecycleCase, LifecycleCase.id == MoneyPayment.case_id)
        .join(source, source.id == MoneyPayment.source_id)
        .outerjoin(holder, holder.id == MoneyPayment.holder_id)
        .where(MoneyPayment.id.in_(numbers))
    )
    return tuple(map(_due, rows))


def _due(row: Any) -> DuePayment:
    names = {row.source: row.owes, row.holder: row.expects or ""}
    return DuePayment(row.ref, row.title, payment_of(row), names)


def _numbers(session: Session, person: int, now: datetime, party: str) -> Select[int]:
    """The numbers of those that are due, in order, as far as the person is told of them."""
    today = now.date()
    some = (
        select(MoneyPayment.id)
        # Looked up payment by payment: joined, all cases would be gone through where few payments are open.
        .where(
            MoneyPayment.open,
            MoneyPayment.due_on <= today + SOON,
            knows_of(MoneyPayment.case_id, person, today),
        )
        .order_by(MoneyPayment.due_on, MoneyPayment.id)
    )
    if not keeps_books(session, person, today):
        mine = exists().where(LifecycleCase.id == MoneyPayment.case_id, takes_part(person, today))
        some = some.where(or_(mine, audited(person, today)))
    if party:
        of = select(Party.id).where(Party.key == party).scalar_subquery()
        some = some.where(or_(MoneyPayment.source_id == of, MoneyPayment.holder_id == of))
    return some
