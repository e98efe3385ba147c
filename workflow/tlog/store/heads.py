"""Heads: where the history of every case ended at one size of the log, stated in one event.

Nobody can cut a history at its end below what was stated. The statement is the root of a tree
over one line for each case, so that one line can be shown without the others; the lines follow
from the log alone and are not stored.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workflow.audit import canonical
from workflow.audit.envelope import Fact, what_in
from workflow.audit.events.log import HeadsStated
from workflow.audit.models import Event
from workflow.audit.trail import Written
from workflow.audit.verification import tables
from workflow.tlog.formats import tree
from workflow.tlog.store.models import LogEntry, LogState
from workflow.vocabulary import EventType

Tell = Callable[[Session, Fact], Written]


@dataclass(frozen=True, slots=True)
class HeadLine:
    """The last event of one case."""

    ref: str
    seq: int
    hash: bytes

    @property
    def bytes(self) -> bytes:
        """The line as it is hashed."""
        return canonical.write([self.ref, self.seq, self.hash.hex()])


@dataclass(frozen=True, slots=True)
class Statement:
    """What a statement of heads says; `event` is the hash of the event that carries it."""

    event: bytes
    at: datetime
    day: date | None
    size: int
    cases: int
    root: bytes


def heads_owed(session: Session, at: datetime) -> bool:
    """Whether this day has no statement yet."""
    last = newest(session)
    return last is None or last.day != at.date()


def heads_owed_since(session: Session, at: datetime) -> datetime | None:
    """Since when a day of this log has no statement; nothing where none is owed.

    A log that was never stated waits since its first event.
    """
    last = newest(session)
    if last is None or last.day is None:
        first = select(func.min(Event.at)).join(LogEntry, LogEntry.event_id == Event.id)
        return session.scalar(first.where(LogEntry.log_index == 0))
    if last.day >= at.date():
        return None
    return datetime.combine(last.day + timedelta(days=1), time(), UTC)


def state_heads(session: Session, tell: Tell, at: datetime) -> Written | None:
    """State where every case in the log ends; of an empty log there is nothing to state."""
    size = session.scalars(select(LogState.size)).one()
    if not size or not heads_owed(session, at):
        return None
    lines = lines_at(session, size)
    said = HeadsStated(day=at.date(), size=size, cases=len(lines), root=_root(lines).hex())
    return tell(session, Fact(said, None, at))


def newest(session: Session) -> Statement | None:
    """The newest statement."""
    stated = select(Event).where(Event.type == EventType.HEADS_STATED).order_by(Event.id.desc())
    found = session.scalars(stated.limit(1)).one_or_none()
    return None if found is None else _statement(found)


def lines_at(session: Session, size: int) -> list[HeadLine]:
    """The line of every case that has an event among the first `size` of the log."""
    last = (
        select(Event.case_id, func.max(Event.seq).label("seq"))
        .join(LogEntry, LogEntry.event_id == Event.id)
        .where(LogEntry.log_index < size)
        .group_by(Event.case_id)
        .subquery()
    )
    ended = (
        select(tables.CASES.c.ref, Event.seq, Event.hash)
        .join(last, (last.c.case_id == Event.case_id) & (last.c.seq == Event.seq))
        .join(tables.CASES, tables.CASES.c.id == Event.case_id)
    )
    found = [HeadLine(ref, seq, bytes(link)) for ref, seq, link in session.execute(ended)]
    return sorted(found, key=lambda line: line.ref.encode())


def _statement(event: Event) -> Statement:
    said = what_in(event.body, HeadsStated)
    root = bytes.fromhex(said.root)
    return Statement(event.hash, event.at, said.day, said.size, said.cases, root)


def _root(lines: list[HeadLine]) -> bytes:
    return tree.root(tree.leaf(line.bytes) for line in lines)
