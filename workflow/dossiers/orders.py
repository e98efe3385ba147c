"""Ordering a dossier: one at a time for each person, made behind the pages, fetched within a day."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import IO

from sqlalchemy import ColumnElement, func, insert, select, update
from sqlalchemy.orm import Session

from workflow.dossiers.collect import DossierRequest, requested_case
from workflow.dossiers.hand_over import put_on_record
from workflow.dossiers.models import DossierOrder
from workflow.dossiers.shelf import Shelf
from workflow.engine.engine import Engine
from workflow.erasure.register import Erasure
from workflow.errors import Invalid, NotFound
from workflow.history import known_case
from workflow.people.models import Person
from workflow.phrase import phrase

KEPT = timedelta(days=1)
# Of one person, so that orders do not fill a disk.
MOST_KEPT = 4


class OrderState(StrEnum):
    """How far an ordered dossier is."""

    WAITING = "waiting"
    MAKING = "making"
    READY = "ready"
    FAILED = "failed"


UNFINISHED = (OrderState.WAITING.value, OrderState.MAKING.value)


@dataclass(frozen=True, slots=True)
class OrderLine:
    """An order as its page shows it; `before` are the orders that come before it."""

    id: int
    state: OrderState
    ordered_at: datetime
    ended_at: datetime | None
    before: int
    step: str
    problem: str

    @property
    def unfinished(self) -> bool:
        """Whether there is something to wait for."""
        return self.state.value in UNFINISHED

    def waits_longer_than(self, span: timedelta, now: datetime) -> bool:
        """Whether nobody has taken it up for so long, though no other comes before it."""
        return self.state is OrderState.WAITING and not self.before and now - self.ordered_at > span

    @property
    def until(self) -> datetime | None:
        """Until when it can be fetched."""
        return self.ended_at + KEPT if self.ended_at else None


def order(engine: Engine, person: int, request: DossierRequest, language: str) -> int:
    """Order a dossier; the same one ordered again while it is made is that order.

    Refuses a history that the person may not know of, and a second one while one is being made.
    """
    with engine.reading() as session:
        if not requested_case(session, request, engine.now()).head_seq:
            raise NotFound(phrase("Nothing is on this history yet."))
    with engine.transaction() as session:
        session.execute(select(Person.id).where(Person.id == person).with_for_update())
        running = session.scalars(select(DossierOrder).where(_mine(person), _unfinished())).first()
        if running is not None:
            return _the_same(running, request)
        return session.scalars(
            insert(DossierOrder).returning(DossierOrder.id),
            {
                "person_id": person, "ref": request.ref, "bare": request.bare,
                "since": request.since, "language": language, "state": OrderState.WAITING.value,
                "token": secrets.token_hex(32), "tries": 0, "ordered_at": engine.now(),
                "log_size": 0, "log_root": b"", "problem": "",
            },
        ).one()  # fmt: skip


def last_order(
    session: Session, shelf: Shelf, person: int, ref: str, now: datetime
) -> OrderLine | None:
    """The last order that this person made for this history, if it counts still."""
    mine = select(DossierOrder).where(_mine(person), DossierOrder.ref == ref)
    found = session.scalars(mine.order_by(DossierOrder.id.desc()).limit(1)).first()
    if found is None or (found.ended_at and not counts(session, found, now)):
        return None
    earlier = select(func.count()).where(_unfinished(), DossierOrder.id < found.id)
    return OrderLine(
        found.id,
        OrderState(found.state),
        found.ordered_at,
        found.ended_at,
        session.scalar(earlier) or 0,
        shelf.step(found.token),
        found.problem,
    )


def fetch(engine: Engine, shelf: Shelf, person: int, ref: str, number: int) -> IO[bytes]:
    """The dossier that this person ordered, once it is put on record that it is taken away.

    Refuses whoever may not know of the history any more, and one that is not kept any more.
    """
    now = engine.now()
    with engine.reading() as session:
        known_case(session, ref, person, now)
        found = session.scalars(
            select(DossierOrder).where(
                DossierOrder.id == number, _mine(person), DossierOrder.ref == ref
            )
        ).one_or_none()
        ready = found is not None and found.state == OrderState.READY.value
        file = shelf.take(found.token) if found and ready and counts(session, found, now) else None
    if found is None or file is None:
        raise NotFound(phrase("This dossier is not kept any more. Order it again."))
    try:
        put_on_record(engine, person, ref, found.log_size, found.log_root)
    except BaseException:
        file.close()
        raise
    return file


def counts(session: Session, order_: DossierOrder, now: datetime) -> bool:
    """Whether a finished dossier may be handed out: for a day, and while nothing was erased since."""
    if order_.ended_at is None or order_.ended_at + KEPT <= now:
        return False
    erased = session.scalar(select(func.max(Erasure.at)))
    return erased is None or order_.begun_at is None or erased < order_.begun_at


def clear_shelf(engine: Engine, shelf: Shelf) -> int:
    """Forget orders that count no longer, with their files; returns how many files went."""
    now = engine.now()
    with engine.transaction() as session:
        kept: dict[int, list[DossierOrder]] = {}
        for each in session.scalars(select(DossierOrder).order_by(DossierOrder.id.desc())):
            of_one = kept.setdefault(each.person_id, [])
            unfinished = each.state in UNFINISHED
            if unfinished or (len(of_one) < MOST_KEPT and counts(session, each, now)):
                of_one.append(each)
            else:
                session.delete(each)
        tokens = {each.token for of_one in kept.values() for each in of_one}
    return shelf.keep_only(tokens)


def give_up(session: Session, number: int, problem: str, now: datetime) -> None:
    """Say of an order why it could not be made."""
    ended = {"state": OrderState.FAILED.value, "ended_at": now, "problem": problem}
    session.execute(update(DossierOrder).where(DossierOrder.id == number).values(ended))


def _the_same(running: DossierOrder, request: DossierRequest) -> int:
    same = (running.ref, running.bare, running.since) == (request.ref, request.bare, request.since)
    if not same:
        raise Invalid(
            phrase(
                "A dossier of %(ref)s is being made for you. Order the next one when it is ready.",
                ref=running.ref,
            )
        )
    return running.id


def _mine(person: int) -> ColumnElement[bool]:
    return DossierOrder.person_id == person


def _unfinished() -> ColumnElement[bool]:
    return DossierOrder.state.in_(UNFINISHED)
