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
from workflow.people.accounts import acts
from workflow.people.accounts.acts import ADDRESS, AccountOutcome
from workflow.people.accounts.office_holders import holds_office, second_administrators
from workflow.people.administrators import refuse_all_but_administrators
from workflow.people.commands import add_person, faults_of
from workflow.people.models import AccountAct, Person
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
    registered(
        session, Fact(PersonEntered(whom=number, name=person.name, email=person.email), by, now)
    )
    return number


def change(
    session: Session, person_id: int, details: Details, *, by: int, now: datetime,
    mail: bool = False,
) -> AccountOutcome:  # fmt: skip
    """Change what is known of somebody, and tell which of it; the same again changes nothing.

    Another address of who holds an office waits: for a second administrator, or where there is none
    for the person, by a letter to the address that is known. Refused where `mail` is off as well.
    """
    refuse_all_but_administrators(session, by, now)
    person = session.get(Person, person_id, with_for_update=True)
    if person is None:
        raise NotFound(phrase("There is no such person."))
    kept = replace(details, name=kept_line(details.name, "name"), email=address(details.email))
    faults = faults_of(session, kept.email, kept.name, but=person_id) | _faults(kept)
    if faults:
        raise Invalid(together(faults.values()), faults)
    if kept.email != person.email and holds_office(session, person_id, now):
        asked = _ask(session, person_id, kept.email, by=by, now=now, mail=mail)
        _set(session, person, replace(kept, email=person.email), by=by, now=now)
        return asked
    return _set(session, person, kept, by=by, now=now)


def speak_as(
    session: Session, person_id: int, language: str, time_zone: str, *, now: datetime
) -> bool:
    """Have pages and letters speak to somebody as they want themselves; whether that changed anything."""
    person = session.get_one(Person, person_id, with_for_update=True)
    known = details_of(session, person_id)
    kept = replace(known, language=language, time_zone=time_zone)
    faults = _faults(kept)
    if faults:
        raise Invalid(together(faults.values()), faults)
    _set(session, person, kept, by=person_id, now=now)
    return kept != known


def _ask(
    session: Session, person_id: int, email: str, *, by: int, now: datetime, mail: bool
) -> AccountOutcome:
    """Have another address wait for whoever may confirm it."""
    if second_administrators(session, now, but={by, person_id}):
        return AccountOutcome(
            person_id, waits=acts.ask(session, person_id, ADDRESS, email, by=by, now=now)
        )
    if not mail:
        said = phrase(
            "Mail is off, and no second administrator can confirm another address for who holds an "
            "office. Turn mail on, or appoint another administrator, who can confirm after a week."
        )
        raise Invalid(said, {"email": said})
    return acts.ask_by_letter(session, person_id, email, by=by, now=now)


def confirm_address(
    session: Session, asked: AccountAct, *, by: int, now: datetime
) -> AccountOutcome:
    """Give somebody the address that was asked for and is confirmed; refuses one taken meanwhile."""
    person = session.get_one(Person, asked.person_id, with_for_update=True)
    faults = faults_of(session, asked.email, person.name, but=person.id)
    if faults:
        raise Invalid(together(faults.values()), faults)
    kept = replace(details_of(session, person.id), email=asked.email)
    return _set(session, person, kept, by=by, now=now)


def agree(session: Session, token: str, *, now: datetime) -> AccountOutcome:
    """Take the new address on the word of whoever reads the letters to the one before."""
    asked = acts.by_letter(session, token, now)
    acts.confirmed(session, asked, by=asked.person_id, now=now)
    return confirm_address(session, asked, by=asked.person_id, now=now)


def _set(
    session: Session, person: Person, kept: Details, *, by: int, now: datetime
) -> AccountOutcome:
    """Keep what is known of somebody, tell what of it changed, and say which address they had."""
    before = person.email
    changed = tuple(name for name, value in asdict(kept).items() if getattr(person, name) != value)
    if not changed:
        return AccountOutcome(person.id)
    for name in changed:
        setattr(person, name, getattr(kept, name))
    session.flush()
    told = PersonChanged(
        whom=person.id,
        changed=changed,
        name=kept.name if "name" in changed else "",
        email=kept.email if "email" in changed else "",
    )
    registered(session, Fact(told, by, now))
    if "email" not in changed:
        return AccountOutcome(person.id)
    forget_links(session, person.id)
    return AccountOutcome(person.id, moved_from=before)


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
