"""What pages and the engine ask about people: offices in force, holders, lists and pages."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, or_, select, tuple_
from sqlalchemy.orm import Session

from workflow.errors import NotFound
from workflow.people.appointments import in_force
from workflow.people.models import Appointment, LeadInterest, Party, Person, PivotalStatus
from workflow.people.passwords import address
from workflow.people.pivotal.interests import LEADS, holds_on
from workflow.people.pivotal.statuses import in_force as pivotal_on
from workflow.phrase import phrase
from workflow.reading import asked_once, brought_along


@dataclass(frozen=True, slots=True)
class Office:
    """A role of a party that a person holds; `body_id` is the one body on which it counts, if one."""

    appointment_id: int
    role: str
    party_id: int
    party_key: str
    party_name: str
    body_id: int | None = None


@dataclass(frozen=True, slots=True)
class OfficeTerm:
    """An office with the days on which it is held."""

    office: Office
    starts_on: date
    ends_on: date | None


@dataclass(frozen=True, slots=True)
class PersonLine:
    """A person as a list shows them, with the offices held on the day asked about."""

    id: int
    name: str
    email: str
    disabled: bool
    offices: tuple[Office, ...]


@dataclass(frozen=True, slots=True)
class PersonPage:
    """Everything about one person: what they hold, held before and will hold."""

    id: int
    name: str
    email: str
    language: str
    purpose: str
    created_at: datetime
    disabled_at: datetime | None
    current: tuple[OfficeTerm, ...]
    earlier: tuple[OfficeTerm, ...]
    later: tuple[OfficeTerm, ...]
    zone: str = "UTC"


@dataclass(frozen=True, slots=True)
class PartyLine:
    """A party as others refer to it."""

    id: int
    key: str
    kind: str
    name: str
    iso3: str | None


@dataclass(frozen=True, slots=True)
class InterestLine:
    """An area in which a pivotal country wants to lead."""

    area: str
    registered_on: date | None
    note: str


@dataclass(frozen=True, slots=True)
class PivotalCountry:
    """A pivotal country, the evidence for it and its interests."""

    party: PartyLine
    since: date
    evidence: str
    interests: tuple[InterestLine, ...]


_OFFICE = (
    Appointment.id, Appointment.role, Party.id, Party.key, Party.name, Appointment.body_id,
)  # fmt: skip
# An office with its days, for statements that bring along what `current_offices` would ask.
TERM = (Appointment.starts_on, Appointment.ends_on, *_OFFICE)
_PARTY = (Party.id, Party.key, Party.kind, Party.name, Party.iso3)


def offices(session: Session, person_id: int, on: date) -> tuple[Office, ...]:
    """The offices that a person holds on a day; somebody without access holds none."""
    held = (
        select(*_OFFICE)
        .join(Party, Party.id == Appointment.party_id)
        .join(Person, Person.id == Appointment.person_id)
        .where(Appointment.person_id == person_id, in_force(on), Person.disabled_at.is_(None))
        .order_by(Appointment.role, Party.name)
    )
    return tuple(Office(*row) for row in session.execute(held))


@asked_once
def current_offices(session: Session, person_id: int, on: date) -> tuple[Office, ...]:
    """The offices that a person holds on a day, the one held longest first."""
    terms = _terms(session, [person_id])[person_id]
    return tuple(term.office for term in terms if _is_current(term, on))


def people_list(
    session: Session,
    on: date,
    *,
    after: tuple[str, int] = ("", 0),
    limit: int = 100,
    like: str = "",
) -> tuple[PersonLine, ...]:
    """People by name, from behind the (name, id) that the list before ended with.

    With `like`, those whose name or address holds it, in whichever letters.
    """
    people = (
        select(Person)
        .where(tuple_(Person.name, Person.id) > after)
        .order_by(Person.name, Person.id)
        .limit(limit)
    )
    if like:
        found = Person.name.icontains(like, autoescape=True)
        people = people.where(or_(found, Person.email.icontains(like, autoescape=True)))
    listed = session.scalars(people).all()
    held = _terms(session, (person.id for person in listed))
    return tuple(
        PersonLine(
            id=person.id,
            name=person.name,
            email=person.email,
            disabled=person.disabled_at is not None,
            offices=tuple(term.office for term in held[person.id] if _is_current(term, on)),
        )
        for person in listed
    )


def person_page(session: Session, person_id: int, on: date) -> PersonPage:
    """One person with every office; refuses somebody who does not exist."""
    person = session.get(Person, person_id)
    if person is None:
        raise NotFound(phrase("There is no such person."))
    terms = _terms(session, [person_id])[person_id]
    return PersonPage(
        id=person.id,
        name=person.name,
        email=person.email,
        language=person.language,
        purpose=person.purpose,
        created_at=person.created_at,
        disabled_at=person.disabled_at,
        current=tuple(term for term in terms if _is_current(term, on)),
        earlier=tuple(term for term in terms if term.ends_on and term.ends_on < on),
        later=tuple(term for term in terms if term.starts_on > on),
        zone=person.time_zone,
    )


def party_keys(session: Session) -> dict[str, int]:
    """The id of every party that is no country, by its key, in order."""
    others = select(Party.key, Party.id).where(Party.iso3.is_(None)).order_by(Party.key)
    return {row.key: row.id for row in session.execute(others)}


def person_of(session: Session, email: str) -> int:
    """The id of the person with this address, with access or without; refuses who is not entered."""
    found = session.scalars(select(Person.id).where(Person.email == address(email))).one_or_none()
    if found is None:
        raise NotFound(phrase("Nobody has the address %(email)s.", email=email))
    return found


def pivotal_countries(session: Session, on: date) -> tuple[PivotalCountry, ...]:
    """The countries that are pivotal on a day, by name, with their interests."""
    named = (
        select(PivotalStatus.since, PivotalStatus.evidence, *_PARTY)
        .join(Party, Party.id == PivotalStatus.party_id)
        .where(pivotal_on(on))
        .order_by(Party.name)
    )
    wanted = _interests(session, on)
    return tuple(
        PivotalCountry(PartyLine(*row[2:]), row.since, row.evidence, tuple(wanted.get(row.id, ())))
        for row in session.execute(named)
    )


def _interests(session: Session, on: date) -> dict[int, list[InterestLine]]:
    answers = (
        select(LeadInterest)
        .where(LeadInterest.answer == LEADS, holds_on(on))
        .order_by(LeadInterest.area)
    )
    found: dict[int, list[InterestLine]] = {}
    for answer in session.scalars(answers):
        interest = InterestLine(answer.area, answer.registered_on, answer.note)
        found.setdefault(answer.party_id, []).append(interest)
    return found


_HELD = (
    select(Appointment.person_id, *TERM)
    .join(Party, Party.id == Appointment.party_id)
    .where(Appointment.person_id.in_(bindparam("people", expanding=True)))
    .order_by(Appointment.starts_on, Appointment.id)
)


def _terms(session: Session, people: Iterable[int]) -> dict[int, list[OfficeTerm]]:
    """Every office of these people, past and to come, by person and then by first day."""
    found: dict[int, list[OfficeTerm]] = {person_id: [] for person_id in people}
    for person, *term in session.connection().execute(_HELD, {"people": [*found]}):
        found[person].append(_term(term))
    return found


def bring_offices(
    session: Session, person_id: int, on: date, rows: Iterable[Sequence[Any]]
) -> None:
    """Keep a person's offices on a day, where each row is a `TERM` in the order of first days."""
    terms = (_term(row) for row in rows)
    current = tuple(term.office for term in terms if _is_current(term, on))
    brought_along(session, current_offices, current, person_id, on)


def _term(row: Sequence[Any]) -> OfficeTerm:
    starts_on, ends_on, *office = row
    return OfficeTerm(Office(*office), starts_on, ends_on)


def _is_current(term: OfficeTerm, day: date) -> bool:
    return term.starts_on <= day and (term.ends_on is None or term.ends_on >= day)
