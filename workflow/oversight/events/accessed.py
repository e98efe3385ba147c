"""The record of access: who read, took away or reviewed which history."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from workflow.engine.engine import Engine
from workflow.oversight.events.filters import READINGS, EventFilters
from workflow.oversight.events.page import EventsPage, events_page


def access_page(
    session: Session, engine: Engine, person: int, filters: EventFilters, now: datetime
) -> EventsPage:
    """A page of the events that tell of access."""
    return events_page(session, engine, person, of_access(filters), now)


def of_access(filters: EventFilters) -> EventFilters:
    """The filters, of which the kind is one of access or all of them."""
    return replace(filters, kind=filters.kind if filters.kind in READINGS else "", kinds=READINGS)
