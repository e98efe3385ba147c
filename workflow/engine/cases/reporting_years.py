"""The reporting calendars that the schedules of a case follow: of the party that reports, or else of the house."""

from collections.abc import Collection, Mapping

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from workflow.engine.models import CaseParty
from workflow.lifecycles.children.kinds import ChildKind
from workflow.lifecycles.children.reporting import ReportingYear
from workflow.people.models import Party
from workflow.people.reporting.kept import KeptReporting, reporting_calendars
from workflow.vocabulary import HOUSE


def years_of(
    session: Session, case_id: int, kinds: Collection[ChildKind]
) -> Mapping[str, tuple[ReportingYear, ...]]:
    """The reporting calendars that these kinds of case follow under a case, in their order.

    That of a part in the case is the calendar of the party that has it, of several of the first by
    name. Where that has none, or nobody has the part, the house's own counts, if there is one.
    """
    parts = {
        kind.key: kind.recurrence.reporting_calendar
        for kind in kinds
        if kind.recurrence and kind.recurrence.reporting_calendar
    }
    if not parts:
        return {}
    of_part = _first_of_each(session, case_id)
    kept = reporting_calendars(session, {*of_part.values()})
    houses = kept.get(of_part[HOUSE], ()) if HOUSE in of_part else ()
    return {
        key: tuple(map(_year, kept.get(of_part.get(part, -1), ()) or houses))
        for key, part in parts.items()
    }


def _first_of_each(session: Session, case_id: int) -> Mapping[str, int]:
    """The party that has each part in a case, the first by name of several; the house by its own name."""
    asked = (
        select(Party.key, CaseParty.capacity, Party.id)
        .outerjoin(CaseParty, (CaseParty.party_id == Party.id) & (CaseParty.case_id == case_id))
        .where(or_(CaseParty.case_id == case_id, Party.key == HOUSE))
        .order_by(Party.name, Party.id)
    )
    found: dict[str, int] = {}
    for key, capacity, number in session.execute(asked):
        for part in (capacity, HOUSE if key == HOUSE else None):
            if part:
                found.setdefault(part, number)
    return found


def _year(kept: KeptReporting) -> ReportingYear:
    return ReportingYear(kept.since, kept.begins_in, kept.within, kept.id)
