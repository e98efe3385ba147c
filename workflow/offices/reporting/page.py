"""The reporting calendars of a party as whoever keeps them sees them: those that count, and what waits."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.people.directory.page import PartyEntry, party_entry
from workflow.people.models import Party, Person
from workflow.people.reporting.kept import KeptReporting, reporting_calendars, reporting_on
from workflow.people.reporting.models import ReportingCalendar
from workflow.vocabulary import HOUSE


@dataclass(frozen=True, slots=True)
class WaitingReporting:
    """A reporting calendar that waits for a second administrator: what it says, who asked for it and when."""

    number: int
    party: str
    name: str
    since: date
    begins_in: int
    within: int
    asked_by: str
    asked_at: datetime
    own: bool


@dataclass(frozen=True, slots=True)
class ReportingPage:
    """A party with its reporting calendars, the latest first, and what waits to be decided on.

    `counts` is the one for a period that begins today; where it has none, `houses` is what counts then.
    """

    party: PartyEntry
    kept: tuple[KeptReporting, ...]
    counts: KeptReporting | None
    houses: KeptReporting | None
    waiting: tuple[WaitingReporting, ...]


def reporting_page(session: Session, key: str, today: date, reader: int | None) -> ReportingPage:
    """The reporting calendars of the party called `key`; refuses one that is not entered."""
    entry = party_entry(session, key)
    house = session.scalar(select(Party.id).where(Party.key == HOUSE))
    kept = reporting_calendars(session, {entry.id, *([house] if house else [])})
    own = kept.get(entry.id, ())
    return ReportingPage(
        party=entry,
        kept=own[::-1],
        counts=reporting_on(own, today),
        houses=reporting_on(kept.get(house or 0, ()), today),
        waiting=waiting(session, reader, party=entry.id),
    )


def waiting(
    session: Session, reader: int | None, *, party: int | None = None
) -> tuple[WaitingReporting, ...]:
    """What waits for a second administrator, the oldest first; `own` is what the reader asked for."""
    asked = (
        select(ReportingCalendar, Party.key, Party.name, Person.name.label("who"))
        .join(Party, Party.id == ReportingCalendar.party_id)
        .join(Person, Person.id == ReportingCalendar.asked_by)
        .where(ReportingCalendar.outcome == "")
        .order_by(ReportingCalendar.id)
    )
    if party is not None:
        asked = asked.where(ReportingCalendar.party_id == party)
    return tuple(
        WaitingReporting(
            row.id, key, name, row.since, row.begins_in, row.within, who, row.asked_at, row.asked_by == reader,
        )
        for row, key, name, who in session.execute(asked)
    )  # fmt: skip


def all_reporting(session: Session) -> tuple[KeptReporting, ...]:
    """The reporting calendars of every party that has one, by name, the first one first."""
    parties = session.scalars(select(ReportingCalendar.party_id).distinct()).all()
    kept = reporting_calendars(session, parties)
    every = (each for of_party in kept.values() for each in of_party)
    return tuple(sorted(every, key=lambda each: (each.name, each.since, each.id)))
