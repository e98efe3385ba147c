"""What waits to be certified, for whoever may certify it: of which cases, how much of it, and since when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workflow.engine.models import LifecycleCase
from workflow.engine.permissions.visibility import known_to
from workflow.ledger.duties import CERTIFIES
from workflow.ledger.models import MoneyMovement, WaitingMovement
from workflow.people.queries import Office
from workflow.vocabulary import HOUSE


@dataclass(frozen=True, slots=True)
class WaitingMoney:
    """A case of which so many movements wait to be certified, the oldest since an instant."""

    ref: str
    title: str
    movements: int
    since: datetime


def waiting_money(
    session: Session, person: int, held: Iterable[Office], now: datetime, most: int = 50
) -> tuple[WaitingMoney, ...]:
    """The cases with movements that others recorded, the longest waiting first; none for who certifies nothing."""
    if not any(each.role in CERTIFIES and each.party_key == HOUSE for each in held):
        return ()
    oldest = func.min(MoneyMovement.recorded_at)
    asked = (
        select(LifecycleCase.ref, LifecycleCase.title, func.count(), oldest)
        .join(MoneyMovement, MoneyMovement.case_id == LifecycleCase.id)
        .where(
            MoneyMovement.id.in_(select(WaitingMovement.movement_id)),
            MoneyMovement.person_id != person,
            known_to(person, now.date()),
        )
        .group_by(LifecycleCase.ref, LifecycleCase.title)
        .order_by(oldest, LifecycleCase.ref)
        .limit(most)
    )
    return tuple(WaitingMoney(*row) for row in session.execute(asked))
