"""A country as everybody signed in finds it: what it leads, was asked and answered, offers and takes part in.

Of what is not open to everybody each reader is shown what they may know of, by the one rule.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workflow.approaches.filters import ApproachFilters
from workflow.approaches.lines import ApproachLine, approaches
from workflow.approaches.page import FOCAL
from workflow.engine.engine import Engine
from workflow.engine.permissions.offices import offices
from workflow.errors import NotFound
from workflow.people.appointments import in_force
from workflow.people.models import Appointment, LeadInterest, Party, Person, PivotalStatus
from workflow.people.pivotal.interests import SUPPORTS, holds_on
from workflow.phrase import phrase
from workflow.programmes.lists.filters import ProgrammeFilters
from workflow.programmes.lists.portfolio import ProgrammeLine, portfolio
from workflow.reference import reference
from workflow.sharing.entries import listed_on
from workflow.sharing.models import SharedEntry
from workflow.vocabulary import OFFICERS

# Of programmes and approaches so many stand on the page; the lists have all.
MOST = 10


@dataclass(frozen=True, slots=True)
class CountryInterest:
    """An area in which a country leads, or supports others, since when and until when."""

    area: str
    supports: bool
    since: date | None
    until: date | None


@dataclass(frozen=True, slots=True)
class PivotalSpan:
    """From when to when a country is pivotal, with the evidence."""

    since: date
    until: date | None
    evidence: str


@dataclass(frozen=True, slots=True)
class CountrySpeaker:
    """Somebody who speaks for a country, and as what."""

    person: int
    name: str
    role: str


@dataclass(frozen=True, slots=True)
class CountryPage:
    """Everything that one person sees of one country; `shares` counts what it shares by kind.

    `speaks` says that the reader answers for it, and `keeps` that they are an officer of the house.
    """

    iso3: str
    region: str
    pivotal: tuple[PivotalSpan, ...]
    interests: tuple[CountryInterest, ...]
    approaches: tuple[ApproachLine, ...]
    more_approaches: bool
    programmes: tuple[ProgrammeLine, ...]
    more_programmes: bool
    shares: Mapping[str, int]
    speakers: tuple[CountrySpeaker, ...]
    speaks: bool
    keeps: bool
    today: date

    @property
    def owed(self) -> tuple[ApproachLine, ...]:
        """The approaches that wait for its answer."""
        return tuple(line for line in self.approaches if line.waits)

    @property
    def is_pivotal(self) -> bool:
        """Whether it is pivotal today."""
        return any(
            each.since <= self.today and (each.until is None or self.today <= each.until)
            for each in self.pivotal
        )


def country_page(
    session: Session, engine: Engine, person: int, code: str, now: datetime
) -> CountryPage:
    """The country with these three letters; refuses letters that are no country's."""
    iso3 = code.upper()
    known = reference().countries.get(iso3)
    if known is None:
        raise NotFound(phrase("There is no country with the letters %(code)s.", code=f"{code:.20}"))
    today = now.date()
    number = session.scalar(select(Party.id).where(Party.iso3 == iso3)) or 0
    asked = approaches(session, engine, person, ApproachFilters(country=iso3), now)
    taking = portfolio(session, engine, person, ProgrammeFilters(country=iso3), now)
    held = offices(session, person, today)
    return CountryPage(
        iso3=iso3,
        region=known.region,
        pivotal=_pivotal(session, number),
        interests=_interests(session, number, today),
        approaches=asked.lines[:MOST],
        more_approaches=len(asked.lines) > MOST,
        programmes=taking.lines[:MOST],
        more_programmes=len(taking.lines) > MOST,
        shares=_shares(session, number, today),
        speakers=_speakers(session, number, today),
        speaks=any(each.role == FOCAL and each.party_id == number for each in held),
        keeps=any(each.role in OFFICERS for each in held),
        today=today,
    )


def _pivotal(session: Session, party_id: int) -> tuple[PivotalSpan, ...]:
    rows = session.execute(
        select(PivotalStatus.since, PivotalStatus.until, PivotalStatus.evidence)
        .where(PivotalStatus.party_id == party_id)
        .order_by(PivotalStatus.since.desc())
    )
    return tuple(PivotalSpan(*row) for row in rows)


def _interests(session: Session, party_id: int, today: date) -> tuple[CountryInterest, ...]:
    rows = session.scalars(
        select(LeadInterest)
        .where(LeadInterest.party_id == party_id, holds_on(today))
        .order_by(LeadInterest.answer, LeadInterest.area)
    )
    return tuple(
        CountryInterest(row.area, row.answer == SUPPORTS, row.registered_on, row.until)
        for row in rows
    )


def _shares(session: Session, party_id: int, today: date) -> Mapping[str, int]:
    counted = (
        select(SharedEntry.kind, func.count())
        .where(SharedEntry.party_id == party_id, listed_on(today))
        .group_by(SharedEntry.kind)
    )
    return dict(session.execute(counted).all())


def _speakers(session: Session, party_id: int, today: date) -> tuple[CountrySpeaker, ...]:
    rows = session.execute(
        select(Person.id, Person.name, Appointment.role)
        .join(Appointment, Appointment.person_id == Person.id)
        .where(Appointment.party_id == party_id, in_force(today), Person.disabled_at.is_(None))
        .order_by(Appointment.role, Person.name)
    )
    return tuple(CountrySpeaker(*row) for row in rows)
