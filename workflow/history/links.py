"""Answers given soon after a link had set the password of whoever gave them, as auditors are told."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.audit.events.people import PasswordSet
from workflow.audit.events.seats import Answered
from workflow.audit.models import Event
from workflow.history.line import Line
from workflow.history.recorded import Recorded
from workflow.phrase import Phrase, counted

SOON = timedelta(hours=72)
HOUR = timedelta(hours=1)


def with_links(
    session: Session, events: Sequence[Recorded], lines: Sequence[Line]
) -> tuple[Line, ...]:
    """The lines of these events; under an answer stands how long before a link set the password."""
    answered = {
        event.person
        for event in events
        if event.person is not None and isinstance(event.what, Answered)
    }
    links = _links(session, answered) if answered else {}
    return tuple(
        _told(event, told, links.get(event.person or 0, ()))
        for event, told in zip(events, lines, strict=True)
    )


def _links(session: Session, people: set[int]) -> dict[int, list[datetime]]:
    """When links set the passwords of these people, the newest first."""
    rows = session.execute(
        select(Event.person_id, Event.at)
        .where(Event.type == PasswordSet.event_type.value, Event.person_id.in_(sorted(people)))
        .order_by(Event.at.desc())
    )
    found: dict[int, list[datetime]] = {}
    for person, at in rows:
        found.setdefault(person or 0, []).append(at)
    return found


def _told(event: Recorded, told: Line, links: Sequence[datetime]) -> Line:
    if not isinstance(event.what, Answered):
        return told
    before = next((at for at in links if at <= event.at < at + SOON), None)
    return told if before is None else replace(told, under=(*told.under, _said(event.at - before)))


def _said(since: timedelta) -> Phrase:
    return counted(
        "A link had set their password within the hour before.",
        "A link had set their password within %(num)s hours before.",
        since // HOUR + 1,
    )
