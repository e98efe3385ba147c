"""The trail: the only writer of events."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import bindparam, insert, select
from sqlalchemy.orm import Session

from workflow.audit.canonical import leaf_hash
from workflow.audit.commitments import Commitment
from workflow.audit.envelope import Fact, build, genesis
from workflow.audit.models import Event
from workflow.clock import to_millisecond
from workflow.database import Base

EVENTS = Base.metadata.tables[Event.__tablename__]
LAST = select(EVENTS.c.at).where(
    EVENTS.c.case_id == bindparam("case_id"), EVENTS.c.seq == bindparam("seq")
)
INSERT_EVENT = insert(EVENTS).returning(EVENTS.c.id)
# Where a session carries what refuses to write events by a clock that is in doubt.
HELD_TO = "events held to"
INSERT_OPENINGS = insert(Base.metadata.tables["opening"])


@dataclass(slots=True)
class Head:
    """Where the chain of a case ends; `append` moves it, the caller stores it on the case's row."""

    case_id: int
    ref: str
    seq: int
    hash: bytes | None
    last_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """An event as recorded; rows that mirror it take their time from `at`."""

    seq: int
    hash: bytes
    event_id: int
    at: datetime


def append(session: Session, head: Head, fact: Fact) -> Written:
    """Record `fact` as the next event of the case whose row the caller has locked.

    Times never decrease inside a case: after a clock was set back, events carry the last time.
    """
    if (refuse := session.info.get(HELD_TO)) is not None:
        refuse()
    fact = replace(fact, at=present(session, head, fact.at))
    seq = head.seq + 1
    prev = head.hash if head.hash is not None else genesis(head.ref)
    body, commitments = build(fact, case_ref=head.ref, seq=seq, prev=prev)
    link = leaf_hash(body)
    row = {
        "case_id": head.case_id,
        "seq": seq,
        "type": fact.type.value,
        "person_id": fact.person,
        "at": fact.at,
        "body": body,
        "hash": link,
        "prev": prev,
    }
    written = Written(seq, link, _insert(session, row, commitments), fact.at)
    head.seq, head.hash, head.last_at = written.seq, written.hash, written.at
    return written


def present(session: Session, head: Head, at: datetime) -> datetime:
    """`at`, or the time of the case's last event where a clock was set back behind it.

    A command that asks for this under the lock, before anything else, gives its rows and its
    events one and the same time.
    """
    at = to_millisecond(at)
    if head.last_at is None and head.seq:
        head.last_at = session.scalars(LAST, {"case_id": head.case_id, "seq": head.seq}).one()
    return at if head.last_at is None else max(at, head.last_at)


def _insert(
    session: Session, row: Mapping[str, object], commitments: tuple[Commitment, ...]
) -> int:
    connection = session.connection()
    event_id = connection.execute(INSERT_EVENT, row).scalar_one()
    if commitments:
        rows = [
            {"event_id": event_id, "field": made.field, "salt": made.salt, "value": made.value}
            for made in commitments
        ]
        connection.execute(INSERT_OPENINGS, rows)
    return int(event_id)
