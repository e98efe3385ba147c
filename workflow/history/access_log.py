"""The access log of a history: an auditor's reading and everybody's copies are told on it."""

from datetime import timedelta

from sqlalchemy import select

from workflow.audit.envelope import Fact
from workflow.audit.events.histories import HistoryExported, HistoryRead
from workflow.audit.models import Event
from workflow.engine import unit_of_work
from workflow.engine.engine import Engine
from workflow.engine.models import LifecycleCase
from workflow.engine.unit_of_work import UnitOfWork
from workflow.history.reader import known_case
from workflow.people.register import registered
from workflow.vocabulary import REGISTER, EventType

# One line for each hour that somebody reads keeps the trail readable.
ONCE_IN = timedelta(hours=1)


def record_visit(engine: Engine, person: int, ref: str) -> bool:
    """Tell on a history that the person reads it, unless that was told within the hour."""
    with engine.reading() as session:
        case = known_case(session, ref, person, engine.now())
        recent = session.scalars(
            select(Event.id)
            .where(
                Event.case_id == case.id,
                Event.type == EventType.HISTORY_READ.value,
                Event.person_id == person,
                Event.at > engine.now() - ONCE_IN,
            )
            .limit(1)
        ).first()
    if recent is None:
        _tell(engine, person, case, HistoryRead())
    return recent is None


def record_copy(engine: Engine, person: int, ref: str) -> None:
    """Tell on a history that the person takes a copy of it away."""
    with engine.reading() as session:
        case = known_case(session, ref, person, engine.now())
    _tell(engine, person, case, HistoryExported())


def _tell(
    engine: Engine, person: int, case: LifecycleCase, what: HistoryRead | HistoryExported
) -> None:
    if case.ref == REGISTER:
        with engine.transaction() as session:
            registered(session, Fact(what, person, engine.now()))
        return
    record_reading(engine, person, case.ref, what)


def record_reading(
    engine: Engine, person: int, ref: str, what: HistoryRead | HistoryExported
) -> None:
    """Write on a case's trail that somebody read, or took away, its history."""
    with engine.transaction() as session:
        case = unit_of_work.lock_case(session, ref)
        definition = engine.definition(case.definition_id, session)
        work = UnitOfWork(session, case, definition, person, engine.now())
        work.note(what)
        work.close()
