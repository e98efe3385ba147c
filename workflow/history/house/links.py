"""Answers given soon after a link had set the password of whoever gave them, as auditors are told."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.audit.events.people import PasswordSet
from workflow.audit.events.seats import Answered
from workflow.audit.models import Event
from workflow.history.recorded import Recorded
from workflow.phrase import Phrase, counted

SOON = timedelta(hours=72)
HOUR = timedelta(hours=1)


def links_before(session: Session, events: Sequence[Recorded]) -> Mapping[int, Phrase]:
    """By the numbers of answers: how long before a link had set the password of whoever gave it."""
    given = [
        (event.seq, event.person, event.at)
        for event in events
        if event.person is not None and isinstance(event.what, Answered)
    ]
    links = _links(session, {person for _, person, _ in given}) if given else {}
    found: dict[int, Phrase] = {}
    for seq, person, at in given:
        before = next((set_at for set_at in links.get(person, ()) if _soon(set_at, at)), None)
        if before is not None:
            found[seq] = _said(at - before)
    return found


def _soon(set_at: datetime, at: datetime) -> bool:
    return set_at <= at < set_at + SOON


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


def _said(since: timedelta) -> Phrase:
    return counted(
        "A link had set their password within the hour before.",
        "A link had set their password within %(num)s hours before.",
        since // HOUR + 1,
    )
