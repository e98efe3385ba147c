"""The sequencer: gives every event its place in the log, once, in the order of its case."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import Engine, Row, delete, exists, insert, select, update
from sqlalchemy.orm import Session

from workflow.audit.models import Event
from workflow.clock import Clock, utc_now
from workflow.database import Base, reading, transaction
from workflow.tlog.formats.tree import Range
from workflow.tlog.store.models import LogEntry, LogPending, LogState
from workflow.tlog.store.tiles import Growth, split

BATCH = 256
LEASE = timedelta(seconds=15)
ENTRIES = Base.metadata.tables[LogEntry.__tablename__]
PENDING = Base.metadata.tables[LogPending.__tablename__]
STATE = Base.metadata.tables[LogState.__tablename__]
WAITING = select(PENDING.c.event_id).limit(1)
CLAIM = select(STATE).with_for_update()
PLACED = exists().where(ENTRIES.c.event_id == PENDING.c.event_id)
# Whatever is absent from the log is claimed. Never by "id above the last one seen": ids are handed
# out before their transactions are committed, and the late ones would be missed for ever.
OLDEST = (
    select(PENDING.c.event_id, Event.hash)
    .join(Event, Event.id == PENDING.c.event_id)
    .where(~PLACED)
    .order_by(PENDING.c.event_id)
)
NOBODY_ENTERED = (
    select(Event.id)
    .outerjoin(ENTRIES, ENTRIES.c.event_id == Event.id)
    .outerjoin(PENDING, PENDING.c.event_id == Event.id)
    .where(ENTRIES.c.event_id.is_(None), PENDING.c.event_id.is_(None))
)


class Fenced(Exception):
    """Somebody else has taken the lease; whoever held it writes nothing more."""


class Sequencer:
    """One of those who may let the log grow; of all that run, one holds the lease."""

    def __init__(
        self, database: Engine, name: str, clock: Clock = utc_now, batch: int = BATCH
    ) -> None:
        self._database = database
        self._name = name
        self._now = clock
        self._batch = batch
        self._epoch: int | None = None

    def work(self) -> int:
        """Give places to the oldest events that wait; returns how many got one."""
        if not self._waiting() or not (self._epoch is not None or self.take()):
            return 0
        try:
            return self.step()
        except Fenced:
            self._epoch = None
            return 0

    def take(self) -> bool:
        """Take the lease unless somebody else holds it, and fence off whoever held it before."""
        now = self._now()
        with transaction(self._database) as session:
            state = session.execute(CLAIM).one()
            # A lease beyond any that could be given now is one of a clock that was wrong.
            until = state.lease_until
            held = until is not None and now < until <= now + 2 * LEASE
            if held and state.holder != self._name:
                return False
            epoch = state.epoch + 1
            session.execute(
                update(STATE).values(epoch=epoch, holder=self._name, lease_until=now + LEASE)
            )
        self._epoch = epoch
        self._reconcile()
        return True

    def step(self) -> int:
        """Place one batch, in one transaction, or raise `Fenced`; returns how many events."""
        with transaction(self._database) as session:
            state = session.execute(CLAIM).one()
            if state.epoch != self._epoch:
                raise Fenced(f"{state.holder} lets the log grow now.")
            batch = session.execute(OLDEST.limit(self._batch)).all()
            if batch:
                self._place(session, state, batch)
            return len(batch)

    def release(self) -> None:
        """Let somebody else take the lease at once."""
        if self._epoch is None:
            return
        mine = STATE.c.epoch == self._epoch
        with transaction(self._database) as session:
            session.execute(update(STATE).where(mine).values(holder="", lease_until=None))
        self._epoch = None

    def _place(self, session: Session, state: Row[Any], batch: Sequence[Row[Any]]) -> None:
        grown, growth = Range(state.size, split(state.edge)), Growth(session)
        for event in batch:
            grown.append(event.hash, growth.heard)
        places = range(state.size, grown.size)
        session.execute(
            insert(ENTRIES),
            [
                {"log_index": index, "event_id": event.event_id}
                for index, event in zip(places, batch, strict=True)
            ],
        )
        growth.write()
        placed = [event.event_id for event in batch]
        session.execute(delete(PENDING).where(PENDING.c.event_id.in_(placed)))
        moved = session.execute(
            update(STATE)
            .where(STATE.c.epoch == self._epoch, STATE.c.size == state.size)
            .values(
                size=grown.size,
                root=grown.root,
                edge=b"".join(grown.hashes),
                lease_until=self._now() + LEASE,
            )
            .returning(STATE.c.id)
        )
        if moved.one_or_none() is None:
            raise Fenced("The log grew under somebody else's hands.")

    def _waiting(self) -> bool:
        with reading(self._database) as session:
            return session.scalar(WAITING) is not None

    def _reconcile(self) -> None:
        """Let wait what nobody entered, and no longer what has its place."""
        with reading(self._database) as session:
            missing = session.scalars(NOBODY_ENTERED).all()
            stale = session.scalars(select(PENDING.c.event_id).where(PLACED)).all()
        if not missing and not stale:
            return
        with transaction(self._database) as session:
            if session.execute(CLAIM).one().epoch != self._epoch:
                return
            for event in missing:
                session.execute(insert(PENDING), {"event_id": event})
            for event in stale:
                session.execute(delete(PENDING).where(PENDING.c.event_id == event))
