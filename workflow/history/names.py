"""The names that events leave out: of people, parties, terms of office, and their private texts."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.audit.events.payload import Private, Sealed
from workflow.audit.models import Opening
from workflow.history.recorded import Recorded
from workflow.people.models import Appointment, Party, Person

PORTION = 500


@dataclass(frozen=True, slots=True)
class Tenure:
    """An appointment: which role it is to, from when until when."""

    role: str
    starts_on: date
    ends_on: date | None


@dataclass(frozen=True, slots=True)
class Names:
    """What some events need to be told in words."""

    people: Mapping[int, str]
    parties: Mapping[str, str]
    terms: Mapping[int, Tenure]
    openings: Mapping[int, Mapping[str, str]]

    def private(self, event: Recorded, text: Private) -> str | None:
        """A private text of an event: None where it was erased, empty where there never was one."""
        if not isinstance(text, Sealed):
            return ""
        return self.openings.get(event.id, {}).get(text.field)


def names(session: Session, events: Collection[Recorded]) -> Names:
    """The names that `events` speak of."""
    people = {person for event in events for person in event.people}
    parties = {key for event in events for key in event.parties}
    return names_beside(
        session, events,
        people=dict(
            row for some in _portions(people)
            for row in session.execute(select(Person.id, Person.name).where(Person.id.in_(some)))
        ),
        parties=dict(
            row for some in _portions(parties)
            for row in session.execute(select(Party.key, Party.name).where(Party.key.in_(some)))
        ),
    )  # fmt: skip


def names_beside(
    session: Session,
    events: Collection[Recorded],
    people: Mapping[int, str],
    parties: Mapping[str, str],
) -> Names:
    """What `events` need besides the names of people and parties, which are known already."""
    terms = {event.appointment for event in events} - {None}
    return Names(
        people=people,
        parties=parties,
        terms=_terms(session, terms),
        openings=_openings(session, [event.id for event in events if event.committed]),
    )


def _terms(session: Session, ids: Iterable[int | None]) -> dict[int, Tenure]:
    held = select(Appointment.id, Appointment.role, Appointment.starts_on, Appointment.ends_on)
    return {
        row.id: Tenure(row.role, row.starts_on, row.ends_on)
        for some in _portions(ids)
        for row in session.execute(held.where(Appointment.id.in_(some)))
    }


def _openings(session: Session, ids: Iterable[int]) -> dict[int, dict[str, str]]:
    kept = select(Opening.event_id, Opening.field, Opening.value).order_by(Opening.event_id)
    return {
        event: {field: value for _, field, value in group}
        for some in _portions(ids)
        for event, group in groupby(
            session.execute(kept.where(Opening.event_id.in_(some))), key=lambda row: row[0]
        )
    }


def _portions(wanted: Iterable[object]) -> Iterable[list[object]]:
    """As many at a time as every database takes in one statement."""
    listed = sorted(wanted, key=str)
    return (listed[start : start + PORTION] for start in range(0, len(listed), PORTION))
