"""The record of access: who read, took away or reviewed which history."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from workflow.engine.engine import Engine
from workflow.oversight.events.filters import READINGS, EventFilters
from workflow.oversight.events.page import EventLine, EventsPage, events_page, taken


def access_page(
    session: Session, engine: Engine, person: int, filters: EventFilters, now: datetime
) -> EventsPage:
    """A page of the events that tell of access."""
    return events_page(session, engine, person, _of_access(filters), now)


def access_taken(
    session: Session, engine: Engine, person: int, filters: EventFilters, now: datetime
) -> Iterator[EventLine]:
    """Every event that tells of access and that the filters leave."""
    return taken(session, engine, person, _of_access(filters), now)


def _of_access(filters: EventFilters) -> EventFilters:
    """The filters, of which the kind is one of access or all of them."""
    return replace(filters, kind=filters.kind if filters.kind in READINGS else "", kinds=READINGS)
