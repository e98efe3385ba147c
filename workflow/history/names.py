"""The names that events leave out: of people, parties, terms of office, and their private texts."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby, zip_longest
from typing import Any

from sqlalchemy import Executable, String, Text, cast, literal, select, union_all
from sqlalchemy.orm import Session

from workflow.audit.events.payload import Private, Sealed
from workflow.audit.events.seats import Answered
from workflow.audit.models import Event, Opening
from workflow.engine.models import SignOff
from workflow.engine.rounds.decision import NO_ANSWERS
from workflow.history.recorded import Recorded
from workflow.people.models import Appointment, Party, Person

PORTION = 500
# Under which answers to questions stand beside the private texts of an event, none of which is called so.
ANSWERS = ""


@dataclass(frozen=True, slots=True)
class Tenure:
    """An appointment: which role it is to, from when until when."""

    role: str
    starts_on: date
    ends_on: date | None


@dataclass(frozen=True, slots=True)
class Names:
    """What some events need to be told in words; `answers` to questions where they were asked for, as they are kept."""

    people: Mapping[int, str]
    parties: Mapping[str, str]
    terms: Mapping[int, Tenure]
    openings: Mapping[int, Mapping[str, str]]
    answers: Mapping[int, str] = field(default_factory=dict)

    def private(self, event: Recorded, text: Private) -> str | None:
        """A private text of an event: None where it was erased, empty where there never was one."""
        if not isinstance(text, Sealed):
            return ""
        return self.openings.get(event.id, {}).get(text.field)


def names(session: Session, events: Collection[Recorded], *, with_answers: bool = False) -> Names:
    """The names that `events` speak of."""
    people = {person for event in events for person in event.people}
    parties = {key for event in events for key in event.parties}
    called: dict[bool, dict[str, str]] = {True: {}, False: {}}
    portions = zip_longest(_portions(people), _portions(parties), fillvalue=())
    for some, others in portions:
        for of_people, known_as, name in session.execute(_called(some, others)):
            called[bool(of_people)][known_as] = name
    return names_beside(
        session,
        events,
        people={int(number): name for number, name in called[True].items()},
        parties=called[False],
        with_answers=with_answers,
    )


def _called(people: Collection[Any], parties: Collection[Any]) -> Any:
    """What these people and parties are called, asked for in one."""
    return union_all(
        select(literal(1), cast(Person.id, String), Person.name).where(Person.id.in_(people)),
        select(literal(0), Party.key, Party.name).where(Party.key.in_(parties)),
    )


def names_beside(
    session: Session,
    events: Collection[Recorded],
    people: Mapping[int, str],
    parties: Mapping[str, str],
    *,
    with_answers: bool = False,
) -> Names:
    """What `events` need besides the names of people and parties, which are known already."""
    terms = {event.appointment for event in events} - {None}
    given = {each.id for each in events if with_answers and _answers(each)}
    kept = _openings(session, {*(each.id for each in events if each.committed), *given}, given)
    return Names(
        people=people,
        parties=parties,
        terms=_terms(session, terms),
        openings=kept,
        answers={each: said[ANSWERS] for each, said in kept.items() if ANSWERS in said},
    )


def _answers(event: Recorded) -> bool:
    return isinstance(event.what, Answered) and event.what.answers != NO_ANSWERS


def _terms(session: Session, ids: Iterable[int | None]) -> dict[int, Tenure]:
    held = select(Appointment.id, Appointment.role, Appointment.starts_on, Appointment.ends_on)
    return {
        row.id: Tenure(row.role, row.starts_on, row.ends_on)
        for some in _portions(ids)
        for row in session.execute(held.where(Appointment.id.in_(some)))
    }


def _openings(
    session: Session, ids: Collection[int], given: Collection[int]
) -> dict[int, dict[str, str]]:
    """The private texts of these events, and with them what was answered to questions in some of them."""
    return {
        event: {name: value for _, name, value in group}
        for some in _portions(ids)
        for event, group in groupby(
            session.execute(_kept(some, [each for each in some if each in given])),
            key=lambda row: row[0],
        )
    }


def _kept(some: Collection[object], given: Collection[object]) -> Executable:
    opened = select(Opening.event_id.label("event"), Opening.field, Opening.value)
    opened = opened.where(Opening.event_id.in_(some))
    if not given:
        return opened.order_by(Opening.event_id)
    here = (SignOff.case_id == Event.case_id) & (SignOff.event_seq == Event.seq)
    answered = (
        select(Event.id, literal(ANSWERS), cast(SignOff.answers, Text))
        .join(SignOff, here)
        .where(Event.id.in_(given))
    )
    return union_all(opened, answered).order_by("event")


def _portions(wanted: Iterable[object]) -> Iterable[list[object]]:
    """As many at a time as every database takes in one statement."""
    listed = sorted(wanted, key=str)
    return (listed[start : start + PORTION] for start in range(0, len(listed), PORTION))
