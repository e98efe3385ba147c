"""The trail: the only writer of events."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import bindparam, insert, select
from sqlalchemy.orm import Session

from workflow.audit.canonical import leaf_hash
from workflow.audit.envelope import Fact, build, genesis
from workflow.audit.models import Event, Opening
from workflow.clock import to_millisecond
from workflow.database import Base
from workflow.transactions.statements import PreparedStatement
from workflow.transactions.transaction import Transaction

EVENTS = Base.metadata.tables[Event.__tablename__]
OPENINGS = Base.metadata.tables[Opening.__tablename__]
_ONE = (EVENTS.c.case_id == bindparam("case_id"), EVENTS.c.seq == bindparam("seq"))
LAST = select(EVENTS.c.at).where(*_ONE)
_EVENT = ("case_id", "seq", "type", "person_id", "at", "body", "hash", "prev")
INSERT_EVENT = PreparedStatement(insert(EVENTS).inline(), _EVENT)
_OPENING = ("event_id", "field", "salt", "value")
INSERT_OPENING = PreparedStatement(
    insert(OPENINGS)
    .from_select(
        _OPENING,
        select(
            EVENTS.c.id, *(bindparam(name, type_=OPENINGS.c[name].type) for name in _OPENING[1:])
        ).where(*_ONE),
    )
    .inline()
)
# Where a session carries what refuses to write events by a clock that is in doubt.
HELD_TO = "events held to"


@dataclass(slots=True)
class Head:
    """Where the chain of a case ends; `append` moves it, the caller stores it on the case's row."""

    case_id: int
    ref: str
    seq: int
    hash: bytes | None
    last_at: datetime | None = None


class Written(NamedTuple):
    """An event as recorded; rows that mirror it take their time from `at`."""

    seq: int
    hash: bytes
    at: datetime


def append(session: Session, head: Head, fact: Fact) -> Written:
    """Record `fact` as the next event of the case whose row the caller has locked."""
    if head.last_at is None and head.seq:
        recall(session, head)
    transaction = Transaction.of(session)
    written = follow(transaction, head, fact)
    transaction.hand_over()
    return written


def follow(transaction: Transaction, head: Head, fact: Fact) -> Written:
    """Owe the next event of a case whose last time is known, and move its head on.

    Times never decrease inside a case: after a clock was set back, events carry the last time.
    """
    if (refuse := transaction.info.get(HELD_TO)) is not None:
        refuse()
    at = present(head, fact.at)
    if at != fact.at:
        fact = replace(fact, at=at)
    seq = head.seq + 1
    prev = head.hash if head.hash is not None else genesis(head.ref)
    body, commitments = build(fact, case_ref=head.ref, seq=seq, prev=prev)
    link = leaf_hash(body)
    transaction.write(
        INSERT_EVENT,
        case_id=head.case_id,
        seq=seq,
        type=str(fact.type),
        person_id=fact.person,
        at=fact.at,
        body=body,
        hash=link,
        prev=prev,
    )
    for made in commitments:
        opens = {"field": made.field, "salt": made.salt, "value": made.value}
        transaction.write(INSERT_OPENING, case_id=head.case_id, seq=seq, **opens)
    head.seq, head.hash, head.last_at = seq, link, fact.at
    return Written(seq, link, fact.at)


def present(head: Head, at: datetime) -> datetime:
    """`at`, or the time of the case's last event where a clock was set back behind it.

    A command that asks for this under the lock, before anything else, gives its rows and its
    events one and the same time.
    """
    at = to_millisecond(at)
    return at if head.last_at is None else max(at, head.last_at)


def recall(session: Session, head: Head) -> None:
    """Read when the last event was where the case's row does not say it."""
    head.last_at = session.scalars(LAST, {"case_id": head.case_id, "seq": head.seq}).one()
