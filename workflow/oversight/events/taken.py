"""Events taken away as a file: counted first, then told a portion after the other."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import Session

from workflow.engine.engine import Engine
from workflow.engine.models import LifecycleCase
from workflow.engine.permissions.visibility import unsent
from workflow.orders.kinds import Said
from workflow.oversight.events.basis import basis
from workflow.oversight.events.filters import EventFilters, allowed, conditions, onward
from workflow.oversight.events.look import Look, number_of
from workflow.oversight.events.page import EventLine, lines_of, newest
from workflow.oversight.models import EventFacet

PORTION = 500
DEPTH = 20_000


def at_most(
    session: Session, person: int, filters: EventFilters, now: datetime, most: int | None = None
) -> int:
    """How many events the person may know of and the filters leave; no more are counted than `most`.

    Where it takes a long look to tell, they count as so many.
    """
    if most is not None:
        return number_of(Look.of(session, person, filters, now, DEPTH), most)
    wanted = _asked(allowed(session, person, now), filters)
    return session.scalar(select(func.count()).select_from(EventFacet).where(*wanted)) or 0


def portions(
    engine: Engine, person: int, filters: EventFilters, now: datetime
) -> Iterator[tuple[EventLine, ...]]:
    """Those events, the newest first; one reading for each portion keeps nobody waiting."""
    here = replace(filters, before=None)
    while True:
        with engine.reading() as session:
            may = allowed(session, person, now)
            found = newest(may, here).where(*onward(here)).limit(PORTION)
            lines = lines_of(session, engine, session.execute(found).all())
        if lines:
            yield lines
        if len(lines) < PORTION:
            return
        here = replace(here, before=(lines[-1].line.at, lines[-1].id))


def cases_of(session: Session, person: int, filters: EventFilters, now: datetime) -> int:
    """Of how many histories those events are."""
    wanted = _asked(allowed(session, person, now), filters)
    return session.scalar(select(func.count(EventFacet.case_id.distinct())).where(*wanted)) or 0


def rights(session: Session, person: int, filters: EventFilters, now: datetime) -> Said:
    """On what rights the person knows of them: as an auditor, or of which private histories."""
    may = allowed(session, person, now)
    told = exists().where(EventFacet.case_id == LifecycleCase.id, *_asked(may, filters))
    refs = select(LifecycleCase.ref).where(unsent(), told)
    return basis(audited=not may, refs=session.scalars(refs) if may else (), at=now)


def _asked(may: tuple[ColumnElement[bool], ...], filters: EventFilters) -> list[Any]:
    return [*may, *conditions(filters)]
