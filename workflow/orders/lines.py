"""Orders as pages show them."""

import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from workflow.orders.kinds import KEPT, UNFINISHED, OrderKind, OrderState, Said, Wish, written
from workflow.orders.models import FileOrder
from workflow.orders.retention import counts, last_erasure
from workflow.orders.shelf import Shelf


@dataclass(frozen=True, slots=True)
class OrderLine:
    """An order as its page shows it; `before` are the orders that come before it."""

    id: int
    kind: OrderKind
    ref: str
    state: OrderState
    ordered_at: datetime
    ended_at: datetime | None
    before: int
    step: str
    problem: str
    wanted: Said = field(default_factory=dict)
    made: Said = field(default_factory=dict)

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

    @property
    def portion(self) -> tuple[int, int] | None:
        """How many of how many parts are done, where that is counted."""
        done, _, whole = self.step.partition("/")
        return (int(done), int(whole)) if done.isdecimal() and whole.isdecimal() else None


def orders_of(session: Session, shelf: Shelf, person: int, now: datetime) -> tuple[OrderLine, ...]:
    """Every order of this person that counts still, the newest first."""
    mine = select(FileOrder).where(_mine(person)).order_by(FileOrder.id.desc())
    erased = last_erasure(session)
    return tuple(
        _line(session, shelf, each)
        for each in session.scalars(mine)
        if each.state in UNFINISHED or counts(each, erased, now)
    )


def last_order(
    session: Session, shelf: Shelf, person: int, wish: Wish, now: datetime
) -> OrderLine | None:
    """The last order of this person for this very file, if it counts still."""
    wanted = written(wish.wanted)
    return _last(session, shelf, _of(person, wish) & (FileOrder.wanted == wanted), now)


def last_of_kind(
    session: Session, shelf: Shelf, person: int, wish: Wish, now: datetime
) -> OrderLine | None:
    """The last order of this person for a file of the kind, whatever it holds."""
    return _last(session, shelf, _of(person, wish), now)


def _last(
    session: Session, shelf: Shelf, wanted: ColumnElement[bool], now: datetime
) -> OrderLine | None:
    newest = select(FileOrder).where(wanted).order_by(FileOrder.id.desc()).limit(1)
    found = session.scalars(newest).first()
    if found is None or (found.ended_at and not counts(found, last_erasure(session), now)):
        return None
    return _line(session, shelf, found)


def _line(session: Session, shelf: Shelf, found: FileOrder) -> OrderLine:
    kind = FileOrder.kind == OrderKind.DOSSIER.value
    lane = kind if found.kind == OrderKind.DOSSIER.value else ~kind
    earlier = select(func.count()).where(_unfinished(), lane, FileOrder.id < found.id)
    unfinished = found.state in UNFINISHED
    return OrderLine(
        id=found.id,
        kind=OrderKind(found.kind),
        ref=found.ref,
        state=OrderState(found.state),
        ordered_at=found.ordered_at,
        ended_at=found.ended_at,
        before=(session.scalar(earlier) or 0) if unfinished else 0,
        step=shelf.step(found.token) if unfinished else "",
        problem=found.problem,
        wanted=json.loads(found.wanted),
        made=json.loads(found.made),
    )


def _of(person: int, wish: Wish) -> ColumnElement[bool]:
    return _mine(person) & (FileOrder.kind == wish.kind.value) & (FileOrder.ref == wish.ref)


def _mine(person: int) -> ColumnElement[bool]:
    return FileOrder.person_id == person


def _unfinished() -> ColumnElement[bool]:
    return FileOrder.state.in_(UNFINISHED)
