"""What was set up, and by whom: the acts of administration on the register, the newest first."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workflow.audit.events import house, people, register
from workflow.audit.events.catalogue import LISTED
from workflow.audit.models import Event
from workflow.engine.engine import Engine
from workflow.engine.models import LifecycleCase
from workflow.history.context import history_context
from workflow.history.line import Line, line
from workflow.history.names import names
from workflow.history.reader import spoken_by
from workflow.history.recorded import Recorded, recorded
from workflow.vocabulary import REGISTER, EventType

A_PAGE = 50
NEWS, MOST_NEWS = 5, 1000
# Why somebody stood in for somebody else is not the administrators' business.
SHOWN = tuple(
    each.event_type.value
    for each in LISTED
    if each.__module__ in {house.__name__, people.__name__, register.__name__}
    and not issubclass(each, register.Mandated)
)


@dataclass(frozen=True, slots=True)
class RecordPage:
    """Some acts of administration, and from where the older ones go on."""

    lines: tuple[Line, ...]
    older: int | None


@dataclass(frozen=True, slots=True)
class RecordNews:
    """The acts of administration since an auditor last read the register, the newest first.

    `number` counts them, up to the thousandth.
    """

    number: int
    lines: tuple[Line, ...]


def record_news(session: Session, engine: Engine, person: int) -> RecordNews:
    """What was done on the register since this person last read its history, by what the register says of that."""
    read = (
        select(func.coalesce(func.max(Event.seq), 0))
        .where(
            Event.case_id == _ITS_CASE,
            Event.type == EventType.HISTORY_READ.value,
            Event.person_id == person,
        )
        .scalar_subquery()
    )
    new = select(Event.id).where(
        Event.case_id == _ITS_CASE, Event.type.in_(SHOWN), Event.seq > read
    )
    counted = select(func.count()).select_from(new.limit(MOST_NEWS).subquery())
    newest = select(Event, counted.scalar_subquery().label("number")).where(Event.id.in_(new))
    rows = session.execute(newest.order_by(Event.seq.desc()).limit(NEWS)).all()
    events = recorded(row.Event for row in rows)
    return RecordNews(rows[0].number if rows else 0, _said(session, engine, events))


def record_page(session: Session, engine: Engine, before: int | None = None) -> RecordPage:
    """The acts of administration, from behind the event that the page before ended with."""
    asked = select(Event).where(Event.case_id == _ITS_CASE, Event.type.in_(SHOWN))
    if before is not None:
        asked = asked.where(Event.seq < before)
    events = recorded(session.scalars(asked.order_by(Event.seq.desc()).limit(A_PAGE + 1)))
    shown = events[:A_PAGE]
    older = shown[-1].seq if len(events) > A_PAGE else None
    return RecordPage(_said(session, engine, shown), older)


_ITS_CASE = select(LifecycleCase.id).where(LifecycleCase.ref == REGISTER).scalar_subquery()


def _said(session: Session, engine: Engine, events: tuple[Recorded, ...]) -> tuple[Line, ...]:
    definition = spoken_by(session, engine, None)
    known = history_context(session, definition, events, names(session, events))
    return tuple(line(each, known) for each in events)
