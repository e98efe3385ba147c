"""A silence whose opening never reached a party: shown, or its clock stopped or its end put off.

A mail that is owed still, as in an outage, is not undelivered; one that came back, or was given up
after many tries, is. A party is reached as soon as one holder of its seat is.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from workflow.audit.envelope import UNREADABLE, read_event
from workflow.audit.events.rounds import RoundExtended, RoundPaused
from workflow.audit.models import Event
from workflow.engine import round_state, unit_of_work
from workflow.engine.engine import Engine
from workflow.engine.models import LifecycleCase, Round, Seat
from workflow.engine.round_state import PAUSED_BY_MAIL, RoundState
from workflow.engine.rounds import due_time
from workflow.engine.rounds.one_by_one import OneByOne
from workflow.engine.unit_of_work import UnitOfWork
from workflow.lifecycles.definition import Definition, RoundSpec, Undelivered
from workflow.notices.models import Delivery, Notice
from workflow.notices.outbox import holders
from workflow.notices.vocabulary import NoticeKind, Sending
from workflow.people.models import Appointment, Party
from workflow.vocabulary import EventType

LOST = (Sending.BOUNCED.value, Sending.FAILED.value)
# Written out, so that the partial index over lost mail answers it.
IS_LOST = text("delivery.state in ('failed', 'bounced')")
MOVED = (EventType.ROUND_EXTENDED.value, EventType.ROUND_PAUSED.value)


def unreached(session: Session, round_id: int, now: datetime) -> dict[str, datetime]:
    """The parties whom the opening of a round reached by no mail, and since when that is known."""
    rows = session.execute(
        select(Party.key, Delivery.state, Delivery.done_at)
        .select_from(Seat)
        .join(Party, Party.id == Seat.party_id)
        .join(Appointment, holders(Seat.role, Seat.party_id, now))
        .join(
            Notice,
            (Notice.round_id == Seat.round_id) & (Notice.person_id == Appointment.person_id),
        )
        .join(Delivery, Delivery.notice_id == Notice.id)
        .where(Seat.round_id == round_id, Notice.kind == NoticeKind.SILENCE_OPENED.value)
        .order_by(Party.key)
    ).all()
    reached = {key for key, state, _ in rows if state not in LOST}
    return {key: at or now for key, _, at in rows if key not in reached}


def sweep(engine: Engine, each: OneByOne) -> int:
    """Mind every mail that was lost; returns how many clocks were moved for it."""
    return sum(each.moves(_mind, *found) for found in _lost(engine))


def react(work: UnitOfWork, spec: RoundSpec, round_: RoundState) -> bool:
    """Stop the clock of a silence or put off its end for parties newly found unreached.

    Each party counts once in a window. A clock is stopped as of when the mail was known to be
    lost, but not after the end; the time left then is what all have left.
    """
    rule = _rule(spec)
    lost = _news(work.session, round_, work.case.id, work.now) if rule else {}
    if not lost or round_.paused_for or round_.due_at is None:
        return False
    parties = tuple(sorted(lost))
    terms = due_time.terms_of(spec)
    if rule is Undelivered.STOP:
        known = min(*lost.values(), round_.due_at, work.now)
        due_time.pause(work, spec, round_, PAUSED_BY_MAIL, known, parties)
    elif terms is not None:
        after = due_time.later(spec, terms, max(round_.due_at, work.now))
        due_time.move(work, spec, round_, (round_.due_at, after), undelivered=parties)
    return True


def _rule(spec: RoundSpec) -> Undelivered | None:
    """What this round does about lost mail, unless it only shows it."""
    terms = spec.rule.silence
    return terms.undelivered if terms and terms.undelivered is not Undelivered.SHOW else None


def _news(session: Session, round_: RoundState, case_id: int, now: datetime) -> dict[str, datetime]:
    """The unreached parties for whom this window was not yet stopped or put off."""
    lost = unreached(session, round_.id, now)
    known = set(_minded(session, round_, case_id)) if lost else set()
    return {party: at for party, at in lost.items() if party not in known}


def _minded(session: Session, round_: RoundState, case_id: int) -> Iterator[str]:
    told = select(Event.body).where(Event.case_id == case_id, Event.type.in_(MOVED))
    for body in session.scalars(told):
        what = read_event(body).what
        if isinstance(what, RoundExtended | RoundPaused) and what.place == round_.place:
            yield from what.undelivered


def _lost(engine: Engine) -> Sequence[tuple[int, int]]:
    """Running rounds with a lost mail that was not minded yet, as (case, round)."""
    found = (
        select(Round.case_id, Round.id, LifecycleCase.definition_id)
        .join(LifecycleCase, LifecycleCase.id == Round.case_id)
        .join(Notice, Notice.round_id == Round.id)
        .join(Delivery, Delivery.notice_id == Notice.id)
        .where(Round.status == "open", Round.paused_at.is_(None))
        .where(Notice.kind == NoticeKind.SILENCE_OPENED.value, IS_LOST)
        .distinct()
        .order_by(Round.id)
    )
    with engine.reading() as session:
        return [
            (case_id, round_id)
            for case_id, round_id, definition_id in session.execute(found)
            if definition_id is not None
            and _is_news(session, engine.definition(definition_id, session), round_id, engine.now())
        ]


def _is_news(session: Session, definition: Definition, round_id: int, now: datetime) -> bool:
    """Whether there may be something to mind; where that cannot be read, minding it will say so."""
    try:
        round_ = round_state.by_id(session, round_id)
        case_id = session.scalars(select(Round.case_id).where(Round.id == round_id)).one()
        ruled = _rule(definition.rounds[round_.key]) is not None
        return ruled and bool(_news(session, round_, case_id, now))
    except UNREADABLE:
        return True


def _mind(engine: Engine, case_id: int, round_id: int) -> bool:
    with engine.transaction() as session:
        case = unit_of_work.lock_case_by_id(session, case_id)
        definition = engine.definition(case.definition_id, session)
        work = UnitOfWork(session, case, definition, None, engine.now())
        round_ = round_state.by_id(session, round_id)
        moved = round_.status == "open" and react(work, definition.rounds[round_.key], round_)
        if moved:
            work.close()
        return moved
