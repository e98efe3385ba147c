"""The demo's house: definition, frameworks, parties, people, pivotal countries and interests."""

from datetime import date, datetime
from importlib.resources import files
from pathlib import Path

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from workflow.bodies.today import enter_board
from workflow.demo.cast import CAST, INTERESTS, ORGANISATIONS, PASSWORD
from workflow.engine.commands.open_case import publish
from workflow.engine.engine import Engine
from workflow.frameworks.commands import seed_frameworks
from workflow.frameworks.models import Framework, FrameworkTerms
from workflow.frameworks.terms import tell
from workflow.lifecycles.loader.files import load_file
from workflow.people.commands import add_person, appoint, ensure_party
from workflow.people.directory.descriptions import ORGANISATION, Described, enter_party
from workflow.people.models import Party
from workflow.people.passwords import hash_password
from workflow.people.pivotal.interests import register_interest
from workflow.people.pivotal.statuses import designate_pivotal
from workflow.reference import reference

STANDARD = Path(str(files("config") / "lifecycles" / "programme-standard.toml"))
# What cases of the standard lifecycle open under them.
BESIDE: tuple[Path, ...] = tuple(
    STANDARD.with_name(f"{name}.toml")
    for name in (
        "lesson",
        "blocker",
        "milestone",
        "work-plan",
        "progress-report",
        "amendment",
        "follow-up",
        "evaluation",
        "approach",
        "meeting",
        "lead-group-leaving",
        "lead-group-joining",
        "lead-group-terms",
        "lead-group",
    )
)
BOARD = "Board of the Special Unit"
SINCE = date(2003, 11, 1)


def build(engine: Engine) -> int:
    """Publish the standard lifecycle with those that it opens, and enter everybody; returns its id."""
    definition_id = publish(engine, load_file(STANDARD))
    for beside in BESIDE:
        publish(engine, load_file(beside))
    with engine.transaction() as session:
        seeded = seed_frameworks(session)
        # Extended until the next comes into force, as the second was before it.
        newest = select(Framework.id).where(Framework.key == "F7").scalar_subquery()
        extended = update(FrameworkTerms).where(FrameworkTerms.framework_id == newest)
        session.execute(extended.values(ends_on=None))
        tell(session, seeded, by=None, now=engine.now())
        _parties(session, engine.now())
        _people(session, engine.now())
        _pivotal(session, engine.now())
        enter_board(session, BOARD, by=None, now=engine.now())
    return definition_id


def _parties(session: Session, now: datetime) -> None:
    for organisation in ORGANISATIONS:
        described = Described(
            kind=ORGANISATION, name=organisation.name, executes=organisation.executes
        )
        enter_party(session, organisation.key, described, by=None, now=now)
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
