"""What is looked up in the database after a fault: nothing lost, nothing done twice, nothing waiting."""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, func, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from tests.reliability.faults.cases import Batch
from tests.reliability.faults.crowd import Receipt
from workflow.audit.models import Event
from workflow.audit.verification.verify import verify
from workflow.database import connect, reading
from workflow.demo.cast import DOMAIN
from workflow.engine.models import LifecycleCase, Round
from workflow.notices.models import Delivery, Notice
from workflow.people.models import Person
from workflow.tlog.store.models import LogPending, LogState, SignedCheckpoint
from workflow.tlog.verify import verify_log

SETTLED, DOUBTED = "round.settled", "clock.doubted"
ANSWERED = ("signoff.given", "signoff.changed", "signoff.late")

SIGNED = select(func.max(SignedCheckpoint.size))


@dataclass(frozen=True, slots=True)
class Waiting:
    """What the house has still to do behind its pages."""

    unplaced: int
    unsigned: int
    unsettled: int
    unsent: int

    def __bool__(self) -> bool:
        return any((self.unplaced, self.unsigned, self.unsettled, self.unsent))

    def __str__(self) -> str:
        told = {
            "without a place": self.unplaced,
            "unsigned": self.unsigned,
            "rounds overdue": self.unsettled,
            "letters owed": self.unsent,
        }
        return ", ".join(f"{count} {what}" for what, count in told.items() if count)


@contextmanager
def looking(url: str) -> Iterator[tuple[Engine, Session]]:
    """A session on the database, which nobody is kept waiting by."""
    database = connect(url)
    try:
        with reading(database) as session:
            yield database, session
    finally:
        database.dispose()


def waiting(url: str, batch: Batch) -> Waiting | str:
    """What waits; in words, if the database does not answer."""
    try:
        with looking(url) as (_, session):
            return Waiting(
                session.scalar(select(func.count()).select_from(LogPending)) or 0,
                _unsigned(session),
                session.scalar(_of(batch.overdue, Round.status == "open")) or 0,
                session.scalar(_letters(batch, "owed")) or 0,
            )
    except DBAPIError as away:
        return str(away.orig)


def _unsigned(session: Session) -> int:
    size = session.scalar(select(LogState.size)) or 0
    return size - (session.scalar(SIGNED) or 0)


def _of(refs: Sequence[str], *conditions: Any) -> Any:
    counted = select(func.count(Round.id)).join(LifecycleCase, LifecycleCase.id == Round.case_id)
    return counted.where(LifecycleCase.ref.in_(refs), Round.key == "consultation", *conditions)


def _letters(batch: Batch, state: str) -> Any:
    counted = (
        select(func.count())
        .select_from(Delivery)
        .join(Notice, Notice.id == Delivery.notice_id)
        .join(LifecycleCase, LifecycleCase.id == Notice.case_id)
    )
    refs = (*batch.refs, *batch.overdue)
    return counted.where(
        LifecycleCase.ref.in_(refs), Delivery.state == state, Delivery.way == "at_once"
    )


@dataclass(frozen=True, slots=True)
class Found:
    """What became of a trial: every number that must be nought is named so."""

    lost: int
    doubled: int
    unsettled: int
    settled_twice: int
    letters: int
    letters_lost: int
    letters_twice: int
    differences: tuple[str, ...]


def decided(url: str, batch: Batch) -> int:
    """How many consultations of those that wait for answers are settled."""
    with looking(url) as (_, session):
        return session.scalar(_of(batch.refs, Round.status != "open")) or 0


def doubts(url: str) -> int:
    """How often the register tells of a clock that nobody could trust."""
    counted = select(func.count()).where(Event.type == DOUBTED)
    with looking(url) as (_, session):
        return session.scalar(counted) or 0


def signed(url: str) -> int:
    """How much of the log is signed."""
    with looking(url) as (_, session):
        return session.scalar(SIGNED) or 0


def letters_tried(url: str, batch: Batch) -> int:
    """How often the letters of a trial have been tried in vain, at most."""
    tried = _letters(batch, "owed").with_only_columns(func.max(Delivery.tries))
    with looking(url) as (_, session):
        return session.scalar(tried.where(Delivery.last_error != "")) or 0


def found(url: str, batch: Batch, receipts: Sequence[Receipt], taken: Counter[str]) -> Found:
    """Look up every acknowledged receipt, every deadline and every letter, and verify everything."""
    with looking(url) as (database, session):
        kept = _answers(session, batch)
        settled = _settlings(session, batch)
        promised = set(session.scalars(_message_ids(batch)))
        lacking = _letters_lacking(session, batch)
        differences = (
            *(f"{each.ref}: {each.sentence}" for each in verify(database).differences),
            *verify_log(database).differences,
        )
    return Found(
        lost=sum((each.owed.who, each.owed.ref, each.seq) not in kept for each in receipts),
        doubled=sum(count > 1 for count in Counter((who, ref) for who, ref, _ in kept).values()),
        unsettled=sum(settled[ref] == 0 for ref in batch.overdue),
        settled_twice=sum(settled[ref] > 1 for ref in (*batch.overdue, *batch.refs)),
        letters=len(promised),
        letters_lost=lacking + sum(taken[name] == 0 for name in promised),
        letters_twice=sum(taken[name] > 1 for name in promised),
        differences=tuple(map(str, differences)),
    )


def _answers(session: Session, batch: Batch) -> set[tuple[str, str, int]]:
    """Who answered on which case under which event, as the trail has it."""
    rows = session.execute(
        select(Person.email, LifecycleCase.ref, Event.seq)
        .join(Event, Event.person_id == Person.id)
        .join(LifecycleCase, LifecycleCase.id == Event.case_id)
        .where(LifecycleCase.ref.in_(batch.refs), Event.type.in_(ANSWERED))
    )
    return {(email.removesuffix(f"@{DOMAIN}"), ref, seq) for email, ref, seq in rows}


def _settlings(session: Session, batch: Batch) -> Counter[str]:
    """How often the consultation of each programme was settled, as the trail has it."""
    rows = session.execute(
        select(LifecycleCase.ref, Event.body)
        .join(LifecycleCase, LifecycleCase.id == Event.case_id)
        .where(LifecycleCase.ref.in_((*batch.refs, *batch.overdue)), Event.type == SETTLED)
    )
    return Counter(ref for ref, body in rows if b'"consultation"' in body)


def _message_ids(batch: Batch) -> Any:
    return _letters(batch, "sent").with_only_columns(Delivery.message_id)


def _letters_lacking(session: Session, batch: Batch) -> int:
    """Letters that were promised and given up."""
    return sum(session.scalar(_letters(batch, state)) or 0 for state in ("failed", "bounced"))
