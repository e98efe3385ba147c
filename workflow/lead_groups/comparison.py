"""Which programmes lead groups lead, compared with the trails of the programmes, and made to follow again."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import delete, insert, or_, select
from sqlalchemy.orm import Session

from workflow.audit.envelope import read_event
from workflow.audit.events.lead_groups.groups import ProgrammeLetGo, ProgrammeTakenOn
from workflow.audit.models import Event
from workflow.engine.models import LifecycleCase
from workflow.programmes.lead_groups.models import LedProgramme
from workflow.vocabulary import EventType

_KINDS = (EventType.PROGRAMME_TAKEN_ON.value, EventType.PROGRAMME_LET_GO.value)
# The trails of both tell of it; that of the programme tells as well that a group let it go by ending.
_TOLD = (
    select(Event.case_id, LifecycleCase.ref, Event.at, Event.body)
    .join(LifecycleCase, LifecycleCase.id == Event.case_id)
    .where(Event.type.in_(_KINDS))
    .order_by(Event.case_id, Event.seq)
)
_KEPT = (
    select(
        LedProgramme.programme_id,
        LifecycleCase.ref.label("group"),
        LedProgramme.taken_on_at,
        LedProgramme.let_go_at,
    )
    .join(LifecycleCase, LifecycleCase.id == LedProgramme.group_id)
    .order_by(LedProgramme.programme_id, LedProgramme.id)
)
# Nothing was written of the group at that instant or later: the programme would not follow it any more.
_AHEAD = (
    select(LedProgramme.programme_id)
    .join(LifecycleCase, LifecycleCase.id == LedProgramme.group_id)
    .where(or_(LifecycleCase.head_at.is_(None), LedProgramme.followed_at > LifecycleCase.head_at))
)


class Led(NamedTuple):
    """By which group a programme is led, since when, and until when where it let it go."""

    group: str
    since: datetime
    until: datetime | None = None


def astray(session: Session) -> tuple[tuple[int, str], ...]:
    """The programmes, as (number, reference), led by other groups or at other times than their trails say, or that would not follow theirs."""
    told, kept = _told(session), _kept(session)
    wrong = {each for each in told.keys() | kept.keys() if told.get(each) != kept.get(each)}
    wrong.update(session.scalars(_AHEAD))
    named = select(LifecycleCase.id, LifecycleCase.ref).where(LifecycleCase.id.in_(wrong))
    return tuple((row.id, row.ref) for row in session.execute(named.order_by(LifecycleCase.id)))


def make_follow(session: Session, programmes: Sequence[int]) -> None:
    """Keep of these programmes what their trails say; each then follows its group again from the beginning."""
    if not programmes:
        return
    session.execute(delete(LedProgramme).where(LedProgramme.programme_id.in_(programmes)))
    told = _told(session)
    for number in programmes:
        for led in told.get(number, ()):
            group = select(LifecycleCase.id).where(LifecycleCase.ref == led.group)
            kept = {"taken_on_at": led.since, "followed_at": led.since, "let_go_at": led.until}
            session.execute(
                insert(LedProgramme).values(
                    group_id=session.scalar(group), programme_id=number, **kept
                )
            )


def _kept(session: Session) -> Mapping[int, list[Led]]:
    found: dict[int, list[Led]] = {}
    for row in session.execute(_KEPT):
        led = Led(row.group, row.taken_on_at, row.let_go_at)
        found.setdefault(row.programme_id, []).append(led)
    return found


def _told(session: Session) -> Mapping[int, list[Led]]:
    """By programme, who led it in turn."""
    found: dict[int, list[Led]] = {}
    for number, ref, at, body in session.execute(_TOLD).all():
        what = read_event(body).what
        if not isinstance(what, ProgrammeTakenOn | ProgrammeLetGo) or what.programme != ref:
            continue
        turns = found.setdefault(number, [])
        if isinstance(what, ProgrammeTakenOn):
            turns.append(Led(what.group, at))
        elif turns and turns[-1].group == what.group:
            turns[-1] = turns[-1]._replace(until=at)
    return found
