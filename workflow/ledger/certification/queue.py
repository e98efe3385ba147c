"""What waits to be certified, for whoever may certify it: of which cases, how much of it, and since when."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, ScalarSelect, Select, and_, func, literal, or_, select, true
from sqlalchemy.orm import Session

from workflow.engine.models import LifecycleCase
from workflow.engine.permissions.mandates import ActiveMandate, received
from workflow.engine.permissions.reach import CASE
from workflow.engine.permissions.visibility import known_to
from workflow.ledger.duties import CERTIFIES
from workflow.ledger.models import MoneyMovement, WaitingMovement
from workflow.people.mandates import ALL
from workflow.people.models import Party
from workflow.people.queries import Office
from workflow.vocabulary import HOUSE

_HOUSE = select(Party.id).where(Party.key == HOUSE).scalar_subquery()


@dataclass(frozen=True, slots=True)
class WaitingMoney:
    """A case of which so many movements wait to be certified, the oldest since an instant."""

    ref: str
    title: str
    movements: int
    since: datetime


def waiting_money(
    session: Session, person: int, held: Sequence[Office], now: datetime, most: int = 50
) -> tuple[WaitingMoney, ...]:
    """The cases with movements that the person, who holds these offices, may certify, the longest waiting first.

    Their own are not among them, nor, where they act for somebody, what that one recorded.
    """
    mine = _certifiable(session, person, held, now.date())
    if mine is None:
        return ()
    oldest = func.min(MoneyMovement.recorded_at)
    asked = (
        _waiting(person, now.date(), mine)
        .with_only_columns(LifecycleCase.ref, LifecycleCase.title, func.count(), oldest)
        .group_by(LifecycleCase.ref, LifecycleCase.title)
        .order_by(oldest, LifecycleCase.ref)
        .limit(most)
    )
    return tuple(WaitingMoney(*row) for row in session.execute(asked))


def waiting_movements(
    session: Session, person: int, held: Sequence[Office], now: datetime, most: int
) -> ScalarSelect[int] | None:
    """What counts the movements that wait for the person, `most` at most; nothing for who certifies none."""
    mine = _certifiable(session, person, held, now.date())
    if mine is None:
        return None
    some = _waiting(person, now.date(), mine).limit(most).subquery()
    return select(func.count()).select_from(some).scalar_subquery()


def _waiting(person: int, today: date, mine: ColumnElement[bool]) -> Select[int]:
    return (
        select(MoneyMovement.id)
        .join(LifecycleCase, LifecycleCase.id == MoneyMovement.case_id)
        .where(
            MoneyMovement.id.in_(select(WaitingMovement.movement_id)),
            MoneyMovement.person_id != person,
            mine,
            known_to(person, today),
        )
    )


def _certifiable(
    session: Session, person: int, held: Sequence[Office], today: date
) -> ColumnElement[bool] | None:
    """The condition that the person may certify what others recorded; nothing where there is none of that."""
    for each in held:
        if each.role in CERTIFIES and each.party_key == HOUSE:
            return true()
    acting = [each for each in received(session, person, today) if each.role in CERTIFIES]
    ways = [
        and_(*_reached(each)) for each in acting if each.scope == ALL or each.scope.startswith(CASE)
    ]
    return or_(*ways) if ways else None


def _reached(of: ActiveMandate) -> Iterator[ColumnElement[bool]]:
    yield literal(of.party_id) == _HOUSE
    yield MoneyMovement.person_id != of.principal
    if of.scope != ALL:
        yield LifecycleCase.ref == of.scope.removeprefix(CASE)
