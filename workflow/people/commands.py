"""Verbs about persons and their appointments.

Each takes the session of somebody else's transaction and never commits. What changes who may do
what is told on the register.
"""

import re
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from workflow.audit.envelope import Fact
from workflow.audit.events.register import AppointmentEnded, AppointmentMade
from workflow.errors import Invalid, NotFound
from workflow.free_text import kept_line, kept_prose
from workflow.people.administrators import kept_apart, lone
from workflow.people.appointments import meets
from workflow.people.directory.descriptions import is_donor
from workflow.people.models import Appointment, Party, Person
from workflow.people.parties import ensure_party
from workflow.people.passwords import address, hash_password
from workflow.people.register import registered
from workflow.people.sessions import close_all, forget_links
from workflow.people.sittings import Sitting, on_one_body, sitting_key
from workflow.phrase import Phrase, phrase, together
from workflow.vocabulary import BOARD_MEMBER

__all__ = [
    "add_person",
    "appoint",
    "change_password",
    "disable_person",
    "end_appointment",
    "ensure_party",
]

EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
DONOR_DECIDES = phrase("A donor takes no seat on a body that decides on its money.")
LONGEST_LETTER = 200
ROLE = re.compile(r"[a-z][a-z0-9_]{0,39}")


# The facts of a person and of an appointment are as many as their tables have columns.
def add_person(  # noqa: PLR0913
    session: Session,
    email: str,
    name: str,
    password: str,
    purpose: str = "",
    language: str = "en",
    *,
    now: datetime,
    password_hash: str = "",
) -> int:
    """Enter a person who can sign in from now on, and return the id.

    A hash that is ready made is taken as it is, and `password` is not looked at then. Refuses a
    malformed or known address, an empty name and a weak password.
    """
    email, name = address(email), kept_line(name, "name")
    faults = faults_of(session, email, name)
    if faults:
        raise Invalid(together(faults.values()), faults)
    person = Person(
        email=email,
        name=name,
        password_hash=password_hash or hash_password(password),
        language=language,
        purpose=kept_prose(purpose, "purpose"),
        created_at=now,
    )
    session.add(person)
    session.flush()
    return person.id


def faults_of(
    session: Session, email: str, name: str, *, but: int | None = None
) -> dict[str, Phrase]:
    """What is wrong with an address and a name; the address of the person `but` is their own."""
    faults = {}
    if not EMAIL.fullmatch(email) or len(email) > 254 or not email.isprintable():
        faults["email"] = phrase("%(email)s is not an e-mail address.", email=f"{email!r:.80}")
    elif session.scalar(select(Person.id).where(Person.email == email, Person.id != (but or 0))):
        faults["email"] = phrase(
            "Somebody with the address %(email)s is already entered.", email=email
        )
    if not 1 <= len(name) <= 200:
        faults["name"] = phrase("A name has between 1 and 200 characters.")
    return faults


def disable_person(session: Session, person_id: int, *, now: datetime) -> None:
    """End a person's access and every session at once; what they did remains theirs."""
    person = _person(session, person_id)
    person.disabled_at = person.disabled_at or now
    session.flush()
    close_all(session, person_id)
    forget_links(session, person_id)


def change_password(session: Session, person_id: int, password: str) -> None:
    """Give a person a new password; every session that the old one opened ends, and every link."""
    hashed = hash_password(password)
    person = _person(session, person_id)
    person.password_hash, person.password_temporary = hashed, False
    session.flush()
    close_all(session, person_id)
    forget_links(session, person_id)


def appoint(  # noqa: PLR0913
    session: Session,
    person_id: int,
    role: str,
    party_id: int,
    starts_on: date,
    ends_on: date | None = None,
    *,
    by: int | None,
    now: datetime,
    letter: str = "",
    on: Sitting | None = None,
) -> int:
    """Appoint a person to a role of a party from one day to another, both included.

    With `on` it counts on that body alone. Refuses an appointment that ends before it starts or that
    overlaps one to the same office, and one that would let an administrator hold anything else.
    """
    person, party = _person(session, person_id), _party(session, party_id)
    made = Appointment(
        person_id=person_id,
        role=role,
        party_id=party_id,
        starts_on=starts_on,
        ends_on=ends_on,
        letter=_letter(letter),
        body_id=on.body if on else None,
    )
    _refuse_unfit(session, made, person, party)
    session.add(made)
    session.flush()
    told = _appointed(made, person, party, on)
    registered(session, Fact(replace(told, alone=lone(session, by, now.date())), by, now))
    return made.id


def _refuse_unfit(session: Session, made: Appointment, person: Person, party: Party) -> None:
    """Refuse an appointment that cannot stand, at the field that is wrong."""
    if not ROLE.fullmatch(made.role):
        _refuse("role", phrase("%(role)s is not the key of a role.", role=f"{made.role!r:.60}"))
    _refuse_backwards(made.starts_on, made.ends_on)
    if made.role == BOARD_MEMBER and is_donor(party.kind, party.iso3, gives=party.gives):
        _refuse("party", DONOR_DECIDES)
    if session.scalars(_overlapping(made)).first():
        _refuse(
            "starts_on",
            phrase(
                "%(person)s holds this office already on some of these days.", person=person.name
            ),
        )
    faults = kept_apart(session, made, party.key)
    if faults:
        raise Invalid(together(faults.values()), faults)


def _appointed(
    made: Appointment, person: Person, party: Party, on: Sitting | None
) -> AppointmentMade:
    return AppointmentMade(
        appointment=made.id,
        holder=person.id,
        role=made.role,
        party=party.key,
        starts_on=made.starts_on,
        ends_on=made.ends_on,
        body=on.key if on else None,
        name=person.name,
        letter=made.letter,
        email=person.email,
    )


def _letter(given: str) -> str:
    """The reference of a letter of appointment, as it is kept."""
    letter = kept_line(given, "letter")
    if len(letter) > LONGEST_LETTER:
        said = phrase(
            "The reference of a letter has %(longest)s characters at most.", longest=LONGEST_LETTER
        )
        _refuse("letter", said)
    return letter


def end_appointment(
    session: Session, appointment_id: int, ends_on: date, *, by: int | None, now: datetime
) -> None:
    """Let an appointment end with the day `ends_on`, earlier than it would have."""
    held = session.get(Appointment, appointment_id, with_for_update=True)
    if held is None:
        raise NotFound(phrase("There is no such appointment."))
    if held.ends_on is not None and held.ends_on <= ends_on:
        _refuse(
            "ends_on",
            phrase("This appointment ends already on %(ends_on)s.", ends_on=held.ends_on),
        )
    _refuse_backwards(held.starts_on, ends_on)
    held.ends_on = ends_on
    session.flush()
    told = AppointmentEnded(
        appointment=held.id,
        holder=held.person_id,
        role=held.role,
        party=_party(session, held.party_id).key,
        starts_on=held.starts_on,
        ends_on=ends_on,
        body=sitting_key(session, held.body_id),
    )
    registered(session, Fact(told, by, now))


def _refuse_backwards(starts_on: date, ends_on: date | None) -> None:
    if ends_on is not None and ends_on < starts_on:
        said = phrase(
            "An appointment that starts on %(starts_on)s cannot end before, on %(ends_on)s.",
            starts_on=starts_on,
            ends_on=ends_on,
        )
        _refuse("ends_on", said)


def _overlapping(made: Appointment) -> Select[Appointment]:
    """Appointments of the same person to the same office on any of the same days."""
    return select(Appointment).where(
        Appointment.person_id == made.person_id,
        Appointment.role == made.role,
        Appointment.party_id == made.party_id,
        on_one_body(made.body_id),
        meets(made.starts_on, made.ends_on),
    )


def _person(session: Session, person_id: int) -> Person:
    person = session.get(Person, person_id)
    if person is None:
        raise NotFound(phrase("There is no such person."))
    return person


def _party(session: Session, party_id: int) -> Party:
    party = session.get(Party, party_id)
    if party is None:
        raise NotFound(phrase("There is no such party."))
    return party


def _refuse(field: str, said: Phrase) -> None:
    raise Invalid(said, {field: said})
