"""Whom the opening of a silence reached by no mail, and of whom its round does not yet know that.

A mail that is owed still, as in an outage, is not lost; one that came back, or was given up after
many tries, is. A party is reached as soon as one holder of its seat is.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, time, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.audit.envelope import read_event
from workflow.audit.events.rounds import RoundExtended, RoundPaused
from workflow.audit.models import Event
from workflow.engine.benches import at_bench
from workflow.engine.models import Seat
from workflow.engine.round_state import RoundState
from workflow.lifecycles.definition import RoundSpec
from workflow.lifecycles.terms import Undelivered
from workflow.notices.lost import LOST
from workflow.notices.models import Delivery, Notice
from workflow.notices.outbox import holders
from workflow.notices.vocabulary import NoticeKind
from workflow.people.models import Appointment, Party
from workflow.vocabulary import EventType

MOVED = (EventType.ROUND_EXTENDED.value, EventType.ROUND_PAUSED.value)


def unreached(session: Session, round_id: int, now: datetime) -> dict[str, datetime]:
    """The parties whom the opening of a round reached by no mail, and since when that is known."""
    return _unreached(_carried(session, round_id, now), now)


def news(session: Session, round_: RoundState, case_id: int, now: datetime) -> dict[str, datetime]:
    """The unreached parties for whom this window was not yet stopped or put off."""
    lost = unreached(session, round_.id, now)
    known = set(_minded(session, round_, case_id)) if lost else set()
    return {party: at for party, at in lost.items() if party not in known}


def rule(spec: RoundSpec) -> Undelivered | None:
    """What this round does about lost mail, unless it only shows it."""
    terms = spec.rule.silence
    return terms.undelivered if terms and terms.undelivered is not Undelivered.SHOW else None


def looks_at(
    session: Session, spec: RoundSpec, round_: RoundState, case_id: int, now: datetime
) -> datetime | None:
    """When a running round is next looked at for its lost mail: at once, or as a day begins.

    A party that another holder of its seat stands for is looked at again each day, since offices
    begin and end with days.
    """
    if rule(spec) is None:
        return None
    rows = _carried(session, round_.id, now)
    known = set(_minded(session, round_, case_id)) if _lost(rows) else set()
    if _lost(rows) <= known:
        return None
    fresh = [at for party, at in _unreached(rows, now).items() if party not in known]
    return min(*fresh, now) if fresh else _next_day(now)


def _lost(rows: Sequence[Any]) -> set[str]:
    """The parties of which some mail was lost, whether another reached them or not."""
    return {key for key, state, _ in rows if state in LOST}


def _unreached(rows: Sequence[Any], now: datetime) -> dict[str, datetime]:
    reached = {key for key, state, _ in rows if state not in LOST}
    return {key: at or now for key, _, at in rows if key not in reached}


def _next_day(now: datetime) -> datetime:
    return datetime.combine(now.astimezone(UTC).date() + timedelta(days=1), time(), UTC)


def _carried(session: Session, round_id: int, now: datetime) -> Sequence[Any]:
    """Each mail of a round's opening to somebody who holds one of its seats: whose, its state, since when."""
    return session.execute(
        select(Party.key, Delivery.state, Delivery.done_at)
        .select_from(Seat)
        .join(Party, Party.id == Seat.party_id)
        .join(Appointment, holders(Seat.role, Seat.party_id, now.date()) & at_bench())
        .join(
            Notice,
            (Notice.round_id == Seat.round_id) & (Notice.person_id == Appointment.person_id),
        )
        .join(Delivery, Delivery.notice_id == Notice.id)
        .where(Seat.round_id == round_id, Notice.kind == NoticeKind.SILENCE_OPENED.value)
        .order_by(Party.key)
    ).all()


def _minded(session: Session, round_: RoundState, case_id: int) -> Iterator[str]:
    told = select(Event.body).where(Event.case_id == case_id, Event.type.in_(MOVED))
    for body in session.scalars(told):
        what = read_event(body).what
        if isinstance(what, RoundExtended | RoundPaused) and what.place == round_.place:
            yield from what.undelivered
