"""What is known of a person: name, address, language and time zone, each change told."""

from dataclasses import asdict, dataclass, replace
from datetime import datetime
from zoneinfo import available_timezones

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.audit.envelope import Fact
from workflow.audit.events.people import PersonChanged, PersonEntered
from workflow.errors import Invalid, NotFound
from workflow.free_text import kept_line
from workflow.people.administrators import refuse_all_but_administrators
from workflow.people.commands import add_person, faults_of
from workflow.people.models import Person
from workflow.people.passwords import address
from workflow.people.register import registered
from workflow.people.sessions import forget_links
from workflow.phrase import Phrase, phrase, together

LANGUAGES = ("en", "fr", "es", "ar", "ru", "zh")
UTC = "UTC"


@dataclass(frozen=True, slots=True)
class Details:
    """What others see of a person, and how pages and letters speak to them."""

    name: str
    email: str
    language: str = "en"
    time_zone: str = UTC


def enter(
    session: Session, details: Details, password_hash: str, *, by: int | None, now: datetime,
    temporary: bool = False,
) -> int:  # fmt: skip
    """Enter somebody and tell it; a `temporary` password must be changed at the first sign-in."""
    faults = _faults(details)
    if faults:
        raise Invalid(together(faults.values()), faults)
    number = add_person(
        session, details.email, details.name, "", "", details.language,
        now=now, password_hash=password_hash,
    )  # fmt: skip
    person = session.get_one(Person, number)
    person.time_zone, person.password_temporary = details.time_zone, temporary
    session.flush()
    registered(session, Fact(PersonEntered(whom=number, name=person.name), by, now))
    return number


def change(session: Session, person_id: int, details: Details, *, by: int, now: datetime) -> None:
    """Change what is known of somebody, and tell which of it; the same again changes nothing."""
    refuse_all_but_administrators(session, by, now)
    person = session.get(Person, person_id, with_for_update=True)
    if person is None:
        raise NotFound(phrase("There is no such person."))
    kept = replace(details, name=kept_line(details.name, "name"), email=address(details.email))
    faults = faults_of(session, kept.email, kept.name, but=person_id) | _faults(kept)
    if faults:
        raise Invalid(together(faults.values()), faults)
    changed = tuple(name for name, value in asdict(kept).items() if getattr(person, name) != value)
    if not changed:
        return
    for name in changed:
        setattr(person, name, getattr(kept, name))
    session.flush()
    if "email" in changed:
        forget_links(session, person_id)
    called = kept.name if "name" in changed else ""
    registered(session, Fact(PersonChanged(whom=person_id, changed=changed, name=called), by, now))


def _faults(details: Details) -> dict[str, Phrase]:
    faults = {}
    if details.language not in LANGUAGES:
        faults["language"] = phrase(
            "A language is one of %(languages)s.", languages=", ".join(LANGUAGES)
        )
    if details.time_zone not in available_timezones():
        faults["time_zone"] = phrase(
            "%(zone)s is not a time zone; one is written like Africa/Maputo.",
            zone=f"{details.time_zone!r:.60}",
        )
    return faults


def details_of(session: Session, person_id: int) -> Details:
    """What is known of somebody; refuses who does not exist."""
    row = session.execute(
        select(Person.name, Person.email, Person.language, Person.time_zone).where(
            Person.id == person_id
        )
    ).first()
    if row is None:
        raise NotFound(phrase("There is no such person."))
    return Details(*row)
