"""What was set up, and by whom: the acts of administration on the register, the newest first."""

from dataclasses import dataclass

from sqlalchemy import select
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
from workflow.history.recorded import recorded
from workflow.vocabulary import REGISTER

A_PAGE = 50
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


def record_page(session: Session, engine: Engine, before: int | None = None) -> RecordPage:
    """The acts of administration, from behind the event that the page before ended with."""
    its_case = select(LifecycleCase.id).where(LifecycleCase.ref == REGISTER).scalar_subquery()
    asked = select(Event).where(Event.case_id == its_case, Event.type.in_(SHOWN))
    if before is not None:
        asked = asked.where(Event.seq < before)
    events = recorded(session.scalars(asked.order_by(Event.seq.desc()).limit(A_PAGE + 1)))
    shown = events[:A_PAGE]
    definition = spoken_by(session, engine, None)
    known = history_context(session, definition, shown, names(session, shown))
    older = shown[-1].seq if len(events) > A_PAGE else None
    return RecordPage(tuple(line(each, known) for each in shown), older)
