"""Why a round stands open that somebody opened: who it was, and the reason that they gave."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.audit.envelope import what_in
from workflow.audit.events.rounds import RoundOpened
from workflow.audit.models import Event, Opening
from workflow.people.models import Person
from workflow.reading import asked_once
from workflow.vocabulary import EventType


@dataclass(frozen=True, slots=True)
class RoundOpening:
    """Who opened a round, when, and why; the reason is empty where it was erased."""

    person: str
    at: datetime
    reason: str


@asked_once
def openings(session: Session, case_id: int) -> Mapping[tuple[str, int], RoundOpening]:
    """Of each round of the case that was opened with a reason: who opened it and why."""
    rows = session.execute(
        select(Event.body, Event.at, Person.name, Opening.value)
        .join(Person, Person.id == Event.person_id)
        .join(Opening, (Opening.event_id == Event.id) & (Opening.field == "reason"))
        .where(Event.case_id == case_id, Event.type == EventType.ROUND_OPENED.value)
    )
    return {
        what_in(body, RoundOpened).place: RoundOpening(name, at, reason)
        for body, at, name, reason in rows
        if reason
    }
