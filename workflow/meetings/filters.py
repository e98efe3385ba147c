"""What a list of meetings is narrowed by, and the lines that it finds by an index, the latest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, Select, exists, select, true, union
from sqlalchemy.orm import Session

from workflow.engine.models import CaseArea, CaseParty
from workflow.engine.permissions.offices import offices
from workflow.engine.permissions.reach import reach
from workflow.engine.permissions.visibility import audits, knows_of
from workflow.frameworks.models import Framework
from workflow.people.models import Party
from workflow.programmes.lists.orders import Order
from workflow.programmes.meetings.lines import INVITED
from workflow.programmes.models import ListedMeeting
from workflow.vocabulary import OFFICERS

PAGE = 25
LATEST = Order((ListedMeeting.on_key, ListedMeeting.case_id), descending=True)


class MeetingStanding(StrEnum):
    """How meetings stand that are listed: still to come, held and not reported yet, reported, or called off."""

    PLANNED = "planned"
    HELD = "held"
    REPORTED = "reported"
    OFF = "off"


STATES = {
    MeetingStanding.PLANNED: ("planned", "convened", "prepared"),
    MeetingStanding.HELD: ("held", "circulated"),
    MeetingStanding.REPORTED: ("reported", "closed"),
    MeetingStanding.OFF: ("called_off",),
}


@dataclass(frozen=True, slots=True)
class MeetingFilters:
    """What is asked for: a kind, a region, a country by its three letters, an area, a framework, and how they stand.

    `after` is where the page begins.
    """

    kind: str = ""
    region: str = ""
    country: str = ""
    area: str = ""
    framework: str = ""
    stands: str = ""
    after: str = ""

    @property
    def narrowed(self) -> bool:
        """Whether fewer are asked for than there are."""
        asked = self.kind, self.region, self.country, self.area, self.framework, self.stands
        return any(asked)


@dataclass(frozen=True, slots=True)
class MeetingsFound:
    """The lines that were found, by their cases, and after which to look on, if there are more."""

    cases: tuple[int, ...]
    next: str


def found(
    session: Session, filters: MeetingFilters, person: int | None, now: datetime, most: int = PAGE
) -> MeetingsFound:
    """The meetings that a person may know of and the filters leave, the latest first, `most` at once.

    Where nobody is named, whoever reads keeps the installation, and every one is found.
    """
    wanted = (_part(filters, each, person, now, most + 1) for each in _sight(session, person, now))
    every = union(*(select(part.subquery()) for part in wanted)).subquery("found")
    rows = session.execute(
        select(every.c.on_key, every.c.case_id).order_by(
            every.c.on_key.desc(), every.c.case_id.desc()
        )
    ).all()
    more = len(rows) > most
    cases = tuple(row.case_id for row in rows[:most])
    return MeetingsFound(cases, LATEST.cursor(tuple(rows[most - 1])) if more else "")


def _sight(session: Session, person: int | None, now: datetime) -> tuple[ColumnElement[bool], ...]:
    """By which conditions lines are looked for: the house and auditors all, others what is open and to what they are invited."""
    if person is None:
        return (true(),)
    today = now.date()
    held = offices(session, person, today)
    if audits(session, person, today) or any(each.role in OFFICERS for each in held):
        return (true(),)
    mine = select(reach(person, today).subquery("of_mine").c.party_id)
    return ListedMeeting.open.is_(True), _invited(CaseParty.party_id.in_(mine))


def _invited(whom: ColumnElement[bool]) -> ColumnElement[bool]:
    return ListedMeeting.case_id.in_(
        select(CaseParty.case_id).where(CaseParty.capacity == INVITED, whom)
    )


def _part(
    filters: MeetingFilters,
    sight: ColumnElement[bool],
    person: int | None,
    now: datetime,
    most: int,
) -> Select[int, int]:
    line = ListedMeeting
    wanted = select(line.on_key, line.case_id).where(sight, *_conditions(filters))
    if person is not None:
        wanted = wanted.where(knows_of(line.case_id, person, now.date()))
    if (place := LATEST.key(filters.after)) is not None:
        wanted = wanted.where(LATEST.beyond(place, backwards=False))
    return wanted.order_by(line.on_key.desc(), line.case_id.desc()).limit(most)


def _conditions(filters: MeetingFilters) -> Sequence[ColumnElement[bool]]:
    line = ListedMeeting
    asked: list[ColumnElement[bool]] = []
    if filters.kind:
        asked.append(line.kind == filters.kind)
    if filters.region:
        asked.append(line.region == filters.region)
    if filters.country:
        named = select(Party.id).where(Party.iso3 == filters.country.upper())
        asked.append(_invited(CaseParty.party_id == named.scalar_subquery()))
    if filters.area:
        asked.append(
            exists().where(CaseArea.case_id == line.case_id, CaseArea.area == filters.area)
        )
    if filters.framework:
        under = select(Framework.id).where(Framework.key == filters.framework)
        asked.append(line.framework_id == under.scalar_subquery())
    if filters.stands:
        known = filters.stands in set(MeetingStanding)
        states = STATES[MeetingStanding(filters.stands)] if known else ()
        asked.append(line.state.in_(states))
    return asked
