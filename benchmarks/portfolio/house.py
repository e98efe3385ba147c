"""The house of a large portfolio: the demo's people, and a country's two people many times over."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.demo import house, stories
from workflow.demo.cast import DOMAIN, PASSWORD
from workflow.engine.engine import Engine
from workflow.people.commands import add_person, appoint, ensure_party
from workflow.people.mandates import Grant, grant
from workflow.people.models import Appointment, Party, Person
from workflow.people.passwords import hash_password
from workflow.reference import reference

COUNTRIES = 60
ROLES = ("submitter", "national_authority")
DELEGATE = "dalia.osman"
A_YEAR = timedelta(days=300)


@dataclass(frozen=True, slots=True)
class Office:
    """Who holds an office, under which appointment."""

    person: int
    appointment: int


@dataclass(frozen=True, slots=True)
class Country:
    """A country that proposes and takes part: its party, its submitter and its authority."""

    key: str
    party: int
    name: str
    submitter: Office
    authority: Office


def build(engine: Engine) -> tuple[Country, ...]:
    """Enter the demo's people and those of sixty countries; returns the countries."""
    house.build(engine)
    with engine.transaction() as session:
        known = hash_password(PASSWORD)
        for code in _codes():
            country = reference().countries[code.upper()]
            party = ensure_party(session, code, "country", country.name, country.iso3)
            for role in ROLES:
                if _holds(session, role, party) is None:
                    _enter(session, engine, known, (role, code, party))
        return tuple(_country(session, code) for code in _codes())


def delegate(engine: Engine, case: str) -> None:
    """Let one person answer for an office, for one round and for one case."""
    now = engine.now()
    with engine.transaction() as session:
        known = hash_password(PASSWORD)
        who = add_person(
            session, f"{DELEGATE}@{DOMAIN}", "Dalia Osman", "", now=now, password_hash=known
        )
        scopes = (("jane.okello", "all"), ("arjun.mehta", "round:decision"))
        for holder, scope in (*scopes, ("priya.menon", f"case:{case}")):
            held = session.scalars(
                select(Appointment)
                .join(Person, Person.id == Appointment.person_id)
                .where(Person.email == f"{holder}@{DOMAIN}")
                .order_by(Appointment.id)
            ).first()
            assert held is not None
            until = now.date() + A_YEAR
            asked = Grant(held.id, who, now.date(), until, "Away on mission.", scope)
            grant(session, held.person_id, asked, now=now)


def _codes() -> Iterator[str]:
    """The countries of the demo's stories, and as many others that are least developed or small."""
    own = [code.lower() for code in stories.AUTHORITIES]
    yield from own
    others = (
        country.iso3.lower()
        for country in reference().countries.values()
        if country.ldc_since or country.lldc or country.sids
    )
    yield from [code for code in sorted(others) if code not in own][: COUNTRIES - len(own)]


def _enter(session: Session, engine: Engine, known: str, office: tuple[str, str, int]) -> None:
    role, code, party = office
    now = engine.now()
    name = f"{role.replace('_', ' ').capitalize()} of {reference().countries[code.upper()].name}"
    email = f"{role.replace('_', '.')}.{code}@{DOMAIN}"
    person = add_person(session, email, name, "", now=now, password_hash=known)
    appoint(session, person, role, party, date(now.year - 3, 1, 1), by=None, now=now)


def _country(session: Session, code: str) -> Country:
    party = session.scalars(select(Party).where(Party.key == code)).one()
    submitter, authority = (_holds(session, role, party.id) for role in ROLES)
    assert submitter is not None
    assert authority is not None
    return Country(code, party.id, party.name, submitter, authority)


def _holds(session: Session, role: str, party: int) -> Office | None:
    found = session.execute(
        select(Appointment.person_id, Appointment.id).where(
            Appointment.role == role, Appointment.party_id == party
        )
    ).first()
    return None if found is None else Office(*found)
