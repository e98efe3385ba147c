"""The calendars in force: which week a party works and on which days it rests, on a day."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import bindparam, select
from sqlalchemy.engine import Row
from sqlalchemy.orm import Session

from workflow.people.models import PartyCalendar

WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_COLUMNS = PartyCalendar.__table__.columns
_IN_FORCE = (
    select(*_COLUMNS)
    .where(
        PartyCalendar.party_id.in_(bindparam("parties", expanding=True)),
        PartyCalendar.since <= bindparam("on"),
    )
    .order_by(PartyCalendar.since, PartyCalendar.id)
)
_OF_PARTY = (
    select(*_COLUMNS)
    .where(PartyCalendar.party_id == bindparam("party"))
    .order_by(PartyCalendar.since.desc(), PartyCalendar.id.desc())
)


@dataclass(frozen=True, slots=True)
class KeptCalendar:
    """A party's week and days of rest as they were kept; `weekend` counts Monday as 0."""

    id: int
    since: date
    weekend: frozenset[int]
    zone: str
    source: str
    edition: str
    through: date | None
    closed: tuple[date, ...]

    @property
    def rests(self) -> tuple[str, ...]:
        """The days of the week on which nobody works, by their names."""
        return tuple(WEEK[day] for day in sorted(self.weekend))


def calendars_on(
    session: Session, parties: Collection[int], on: date
) -> Mapping[int, KeptCalendar]:
    """The calendars of those of `parties` that have one in force on a day.

    None can come to be in force on a day that has begun, so the answer for such a day stays.
    """
    if not parties:
        return {}
    asked = {"parties": sorted(parties), "on": on}
    return {row.party_id: _kept(row) for row in session.connection().execute(_IN_FORCE, asked)}


def calendars_of(session: Session, party: int) -> tuple[KeptCalendar, ...]:
    """Every calendar that was kept for a party, the latest first."""
    return tuple(map(_kept, session.connection().execute(_OF_PARTY, {"party": party})))


def _kept(row: Row[tuple[object, ...]]) -> KeptCalendar:
    return KeptCalendar(
        id=row.id,
        since=row.since,
        weekend=frozenset(map(WEEK.index, row.weekend.split())),
        zone=row.zone,
        source=row.source,
        edition=row.edition,
        through=row.through,
        closed=tuple(map(date.fromisoformat, row.closed.split())),
    )
