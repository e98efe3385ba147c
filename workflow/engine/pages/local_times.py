"""The end of a round as the clocks of the places show it that it matters to."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select

from workflow.capitals import capital
from workflow.engine.pages.viewer import CaseViewer
from workflow.engine.round_state import SeatState
from workflow.lifecycles.definition import RoundSpec
from workflow.people.models import Party


@dataclass(frozen=True, slots=True)
class Clock:
    """The end of a silence as one place's clocks show it; `rests` says that nobody works there then."""

    place: str
    zone: str
    at: datetime
    rests: bool
    last_worked: date


def clocks(
    viewer: CaseViewer, spec: RoundSpec, seat: SeatState, due_at: datetime | None
) -> tuple[Clock, ...]:
    """The end where the silence counts its days, and in the capital of the party."""
    if due_at is None:
        return ()
    found: list[Clock] = []
    within = spec.within
    calendar = within.calendar if within else None
    zone = (within.zone if within else "") or (calendar.zone if calendar else "")
    if zone:
        at = due_at.astimezone(ZoneInfo(zone))
        rests = calendar is not None and not calendar.works(at.date())
        found.append(Clock(calendar.label if calendar else "", zone, at, rests, at.date()))
    iso3 = viewer.session.scalar(select(Party.iso3).where(Party.id == seat.party_id))
    there = capital(iso3)
    if there is not None:
        at = there.local(due_at)
        found.append(
            Clock(
                seat.party_name, there.zone, at, there.rests(at.date()), there.last_worked(due_at)
            )
        )
    return tuple(found)
