"""The demo's house: definition, frameworks, parties, people, pivotal countries and interests."""

from datetime import date, datetime
from importlib.resources import files
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.demo.cast import CAST, INTERESTS, ORGANISATIONS, PASSWORD
from workflow.engine.commands.open_case import publish
from workflow.engine.engine import Engine
from workflow.frameworks.commands import seed_frameworks
from workflow.lifecycles.loader.files import load_file
from workflow.people.commands import (
    add_person,
    appoint,
    designate_pivotal,
    ensure_party,
    register_interest,
)
from workflow.people.models import Party
from workflow.people.passwords import hash_password
from workflow.reference import reference

STANDARD = Path(str(files("config") / "lifecycles" / "programme-standard.toml"))
SINCE = date(2003, 11, 1)


def build(engine: Engine) -> int:
    """Publish the standard lifecycle and enter everybody; returns the definition's id."""
    definition_id = publish(engine, load_file(STANDARD))
    with engine.transaction() as session:
        seed_frameworks(session)
        _parties(session)
        _people(session, engine.now())
        _pivotal(session, engine.now())
    return definition_id


def _parties(session: Session) -> None:
    for organisation in ORGANISATIONS:
        ensure_party(session, organisation.key, "organisation", organisation.name)
    keys = {key for actor in CAST for _, key in actor.offices} | {key for key, _, _ in INTERESTS}
    for key in sorted(keys):
        country = reference().countries.get(key.upper())
        if country is not None:
            ensure_party(session, key, "country", country.name, country.iso3)


def _people(session: Session, now: datetime) -> None:
    known = hash_password(PASSWORD)
    for actor in CAST:
        person = add_person(
            session,
            actor.email,
            actor.name,
            "",
            actor.purpose,
            actor.language,
            now=now,
            password_hash=known,
        )
        for role, key in actor.offices:
            appoint(
                session,
                person,
                role,
                _party(session, key),
                date(now.year - 3, 1, 1),
                by=None,
                now=now,
            )


def _pivotal(session: Session, now: datetime) -> None:
    for country in ("bra", "chn", "ind", "zaf", "tha", "mys", "mar"):
        designate_pivotal(
            session,
            _party(session, country),
            SINCE,
            "2004 Executive Board report, paragraphs 14 and 15",
            by=None,
            now=now,
        )
    for country, area, day in INTERESTS:
        register_interest(
            session, _party(session, country), area, date.fromisoformat(day), "", by=None, now=now
        )


def _party(session: Session, key: str) -> int:
    return session.scalars(select(Party.id).where(Party.key == key)).one()
