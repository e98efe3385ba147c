"""The reporting calendars that count: those of parties that were confirmed, in their order."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.people.four_eyes.second import CONFIRMED
from workflow.people.models import Party
from workflow.people.reporting.models import ReportingCalendar

_COLUMNS = (
    ReportingCalendar.id, ReportingCalendar.party_id, Party.key, Party.name,
    ReportingCalendar.since, ReportingCalendar.begins_in, ReportingCalendar.within,
)  # fmt: skip


class KeptReporting(NamedTuple):
    """A reporting calendar that counts, and whose it is."""

    id: int
    party_id: int
    party: str
    name: str
    since: date
    begins_in: int
    within: int


def reporting_calendars(
    session: Session, parties: Collection[int]
) -> Mapping[int, tuple[KeptReporting, ...]]:
    """The reporting calendars of those of `parties` that have one, the first one first."""
    found: dict[int, tuple[KeptReporting, ...]] = {}
    if not parties:
        return found
    asked = (
        select(*_COLUMNS)
        .join(Party, Party.id == ReportingCalendar.party_id)
        .where(ReportingCalendar.party_id.in_(sorted(parties)))
        .where(ReportingCalendar.outcome == CONFIRMED)
        .order_by(ReportingCalendar.since, ReportingCalendar.id)
    )
    for row in session.execute(asked):
        kept = KeptReporting(*row)
        found[kept.party_id] = (*found.get(kept.party_id, ()), kept)
    return found


def reporting_on(kept: Collection[KeptReporting], day: date) -> KeptReporting | None:
    """The one of a party's calendars, in their order, that counts for a period that begins on a day."""
    return next((each for each in reversed([*kept]) if each.since <= day), None)


def reporting_called(session: Session, number: int) -> KeptReporting | None:
    """The calendar that is kept under a number."""
    asked = select(*_COLUMNS).join(Party, Party.id == ReportingCalendar.party_id)
    row = session.execute(asked.where(ReportingCalendar.id == number)).one_or_none()
    return None if row is None else KeptReporting(*row)
