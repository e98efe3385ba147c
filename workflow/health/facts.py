"""The facts that health is judged by: signs of life, and the oldest of what waits, read at one moment."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlalchemy import Select, case, func, select
from sqlalchemy.orm import Session

from workflow.audit.models import Event
from workflow.engine.children.schedule_models import ChildSchedule
from workflow.engine.engine import Engine
from workflow.engine.models import LifecycleCase, Round
from workflow.health.bounds import BOUNDS
from workflow.health.heartbeats import Beat, Work, beats
from workflow.notices.models import Delivery, Notice
from workflow.notices.vocabulary import MailPreference, Sending
from workflow.orders.desk import LONG, QUICK
from workflow.orders.kinds import OrderKind, OrderState
from workflow.orders.models import FileOrder
from workflow.oversight.checks.results import pending_id
from workflow.oversight.events.indexer import first_behind
from workflow.oversight.models import Verification
from workflow.people.sweep import left_behind
from workflow.timekeeping import records
from workflow.timekeeping.doubts import APART, Doubt
from workflow.tlog.store.heads import heads_owed_since
from workflow.tlog.store.models import LogEntry, LogPending, LogSigner, LogState, SignedCheckpoint

# The kinds of files that each desk makes.
MADE: Mapping[Work, Collection[OrderKind]] = {Work.DOSSIERS: QUICK, Work.FILES: LONG}


@dataclass(frozen=True, slots=True)
class Backlog:
    """How many things wait, and since when the oldest of them does."""

    count: int = 0
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Installation:
    """What an installation is set up to do, and since when the process that asks has been up.

    `mail_server` is where letters are handed over, without a password; empty where mail is off.
    """

    mail_server: str = ""
    witnesses: bool = False
    up_since: datetime | None = None


@dataclass(frozen=True, slots=True)
class HealthFacts:
    """What is known of the work behind the pages at one moment."""

    now: datetime
    installation: Installation = Installation()
    beats: Mapping[Work, Beat] = field(default_factory=dict)
    waiting: Mapping[Work, Backlog] = field(default_factory=dict)
    refusal: str = ""
    letter_fault: str = ""
    differences: int = 0
    doubts: tuple[Doubt, ...] = ()
    checking: bool = False


def facts(engine: Engine, installation: Installation) -> HealthFacts:
    """The facts as they are now."""
    now = engine.now()
    with engine.reading() as session:
        seen = {beat.kind: beat for beat in beats(session, now)}
        signer = session.scalars(select(LogSigner)).one()
        seen[Work.SIGNER] = _shown(Work.SIGNER, seen.get(Work.SIGNER), signer.seen_at, now)
        for work, kinds in MADE.items():
            seen[work] = _shown(work, seen.get(work), _made_at(session, kinds), now)
        checked, differences = _last_check(session)
        letters, fault = _letters(session, now)
        return HealthFacts(
            now=now,
            installation=installation,
            beats=seen,
            waiting={
                Work.SWEEP: _due(engine, session, now),
                Work.MAIL: letters,
                Work.SEQUENCER: _unplaced(session),
                Work.SIGNER: _unsigned(session),
                Work.INDEXER: Backlog(*first_behind(session)),
                Work.CHECK: Backlog(1, checked) if checked else Backlog(),
                Work.HEADS: _unstated(session, now),
                Work.TIDY: _untidied(session, now),
                Work.DOSSIERS: _ordered(session, QUICK),
                Work.FILES: _ordered(session, LONG),
            },
            refusal=signer.refusal,
            letter_fault=fault,
            differences=differences,
            checking=_is_checking(session, checked, now),
            doubts=records.doubts(session),
        )


def _one(session: Session, asked: Select[int, datetime | None]) -> Backlog:
    count, since = session.execute(asked).one()
    return Backlog(count, since)


def _shown(work: Work, beat: Beat | None, seen_at: datetime | None, now: datetime) -> Beat:
    """What the signer, and whoever makes a file, shows in a row of its own counts as well."""
    if seen_at is not None and seen_at > now + APART:
        seen_at = None
    if beat is None:
        return Beat(work, seen_at, "", None, "")
    shown = [each for each in (beat.worked_at, seen_at) if each is not None]
    return replace(beat, worked_at=max(shown, default=None))


def _made_at(session: Session, kinds: Collection[OrderKind]) -> datetime | None:
    """When whoever makes a file of these kinds last showed life at it."""
    making = (FileOrder.state == OrderState.MAKING.value) & FileOrder.kind.in_(_values(kinds))
    return session.scalar(select(func.max(FileOrder.alive_at)).where(making))


def _ordered(session: Session, kinds: Collection[OrderKind]) -> Backlog:
    """Files of these kinds that were ordered and that nobody has begun to make."""
    waiting = (FileOrder.state == OrderState.WAITING.value) & FileOrder.kind.in_(_values(kinds))
    oldest = select(func.count(FileOrder.id), func.min(FileOrder.ordered_at))
    return _one(session, oldest.where(waiting))


def _values(kinds: Collection[OrderKind]) -> list[str]:
    return [kind.value for kind in kinds]


def _unstated(session: Session, now: datetime) -> Backlog:
    since = heads_owed_since(session, now)
    return Backlog() if since is None else Backlog(1, since)


def _untidied(session: Session, now: datetime) -> Backlog:
    """Sessions that have ended and failures that no longer count, since when they should be gone."""
    return Backlog(*left_behind(session, now))


def _unplaced(session: Session) -> Backlog:
    """Events without a place in the log; each is looked up, so that nobody goes through all events."""
    at = select(Event.at).where(Event.id == LogPending.event_id).scalar_subquery()
    return _one(session, select(func.count(LogPending.event_id), func.min(at)))


def _unsigned(session: Session) -> Backlog:
    signed = session.scalar(select(func.max(SignedCheckpoint.size))) or 0
    size = session.scalars(select(LogState.size)).one()
    if size <= signed:
        return Backlog()
    first = select(Event.at).join(LogEntry, LogEntry.event_id == Event.id)
    return Backlog(size - signed, session.scalar(first.where(LogEntry.log_index == signed)))


def _due(engine: Engine, session: Session, now: datetime) -> Backlog:
    """Rounds whose end has come and settles something, and schedules that owe a case, not dealt with yet."""
    ended = (
        select(LifecycleCase.definition_id, Round.key, func.count(), func.min(Round.due_at))
        .join(LifecycleCase, LifecycleCase.id == Round.case_id)
        .where(Round.acts_at <= now, Round.due_at < now)
        .group_by(LifecycleCase.definition_id, Round.key)
    )
    found = [
        (count, oldest)
        for definition, key, count, oldest in session.execute(ended)
        if definition is not None and engine.definition(definition, session).rounds[key].at_due
    ]
    owing = select(func.count(ChildSchedule.case_id), func.min(ChildSchedule.opens_at))
    owed = _one(session, owing.where(ChildSchedule.opens_at <= now))
    found.append((owed.count, owed.since))
    oldest = min((since for _, since in found if since is not None), default=None)
    return Backlog(sum(count for count, _ in found), oldest)


def _letters(session: Session, now: datetime) -> tuple[Backlog, str]:
    """Letters that were to be sent by now, and why the last of them was not."""
    daily = (Delivery.way == MailPreference.DAILY.value) & (Delivery.tries == 0)
    since = case((daily, Delivery.due_at), else_=Notice.created_at)
    owed = (Delivery.state == Sending.OWED.value) & ((Delivery.due_at <= now) | ~daily)
    oldest = select(func.count(Delivery.notice_id), func.min(since))
    waiting = _one(session, oldest.join(Notice, Notice.id == Delivery.notice_id).where(owed))
    if not waiting.count:
        return waiting, ""
    said = select(Delivery.last_error).where(owed, Delivery.last_error != "")
    return waiting, session.scalar(said.order_by(Delivery.notice_id.desc()).limit(1)) or ""


def _is_checking(session: Session, last: datetime | None, now: datetime) -> bool:
    """Whether a check that is overdue is asked for or under way; of others nobody needs to know."""
    if last is None or now - last <= BOUNDS[Work.CHECK]:
        return False
    return pending_id(session, now) is not None


def _last_check(session: Session) -> tuple[datetime | None, int]:
    """When everything was last checked, or else recorded first, and how much differed."""
    last = session.execute(
        select(Verification.ended_at, Verification.differences)
        .where(Verification.case_id.is_(None), Verification.ended_at.is_not(None))
        .order_by(Verification.ended_at.desc())
        .limit(1)
    ).first()
    if last is not None:
        return last.ended_at, last.differences
    return session.scalar(select(Event.at).order_by(Event.id).limit(1)), 0
