"""What a list of approaches is narrowed by, and the lines that it finds by an index, the newest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, select, true, union
from sqlalchemy.orm import Session

from workflow.engine.models import OPEN, Round
from workflow.engine.permissions.offices import offices
from workflow.engine.permissions.reach import reach
from workflow.engine.permissions.visibility import audits, knows_of
from workflow.frameworks.models import Framework
from workflow.people.models import Party
from workflow.programmes.lists.orders import Order
from workflow.programmes.models import ListedApproach
from workflow.vocabulary import OFFICERS

PAGE = 25
NEWEST = Order((ListedApproach.case_id,), descending=True)


class ApproachStanding(StrEnum):
    """How approaches stand that are listed: with whom the answer is, late, answered for now, or ended."""

    WAITING = "waiting"
    LATE = "late"
    STANDING = "standing"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class ApproachFilters:
    """What is asked for: an area, a country by its three letters, an answer, a framework, and how they stand.

    `answer` is lead, support, later or no, or `none` before the first one; `after` is where the page begins.
    """

    area: str = ""
    country: str = ""
    answer: str = ""
    framework: str = ""
    stands: str = ""
    after: str = ""

    @property
    def narrowed(self) -> bool:
        """Whether fewer are asked for than there are."""
        return any((self.area, self.country, self.answer, self.framework, self.stands))


@dataclass(frozen=True, slots=True)
class ApproachesFound:
    """The lines that were found, by their cases, and after which to look on, if there are more."""

    cases: tuple[int, ...]
    next: str


def found(
    session: Session, filters: ApproachFilters, person: int | None, now: datetime, most: int = PAGE
) -> ApproachesFound:
    """The approaches that a person may know of and the filters leave, the newest first, `most` at once.

    Where nobody is named, whoever reads keeps the installation, and every one is found.
    """
    wanted = (_part(filters, each, person, now, most + 1) for each in _sight(session, person, now))
    every = union(*(select(part.subquery()) for part in wanted)).subquery("found")
    ids = session.scalars(select(every.c.case_id).order_by(every.c.case_id.desc())).all()
    more = len(ids) > most
    return ApproachesFound(tuple(ids[:most]), NEWEST.cursor((ids[most - 1],)) if more else "")


def _sight(session: Session, person: int | None, now: datetime) -> tuple[ColumnElement[bool], ...]:
    """By which conditions lines are looked for: the house and auditors all, others what is open and their country's."""
    if person is None:
        return (true(),)
    today = now.date()
    held = offices(session, person, today)
    if audits(session, person, today) or any(each.role in OFFICERS for each in held):
        return (true(),)
    mine = select(reach(person, today).subquery("of_mine").c.party_id)
    return ListedApproach.open.is_(True), ListedApproach.party_id.in_(mine)


def _part(
    filters: ApproachFilters,
    sight: ColumnElement[bool],
    person: int | None,
    now: datetime,
    most: int,
) -> Select[Any]:
    line = ListedApproach
    wanted = select(line.case_id).where(sight, *_conditions(filters, now))
    if person is not None:
        wanted = wanted.where(knows_of(line.case_id, person, now.date()))
    if (place := NEWEST.key(filters.after)) is not None:
        wanted = wanted.where(NEWEST.beyond(place, backwards=False))
    return wanted.order_by(line.case_id.desc()).limit(most)


def _conditions(filters: ApproachFilters, now: datetime) -> Sequence[ColumnElement[bool]]:
    line = ListedApproach
    asked: list[ColumnElement[bool]] = []
    if filters.area:
        asked.append(line.area == filters.area)
    if filters.country:
        named = select(Party.id).where(Party.iso3 == filters.country.upper())
        asked.append(line.party_id == named.scalar_subquery())
    if filters.answer:
        asked.append(line.answer == ("" if filters.answer == "none" else filters.answer))
    if filters.framework:
        named = select(Framework.id).where(Framework.key == filters.framework)
        asked.append(line.framework_id == named.scalar_subquery())
    return (*asked, *_standing(filters.stands, now))


def _standing(stands: str, now: datetime) -> Sequence[ColumnElement[bool]]:
    line = ListedApproach
    if stands == ApproachStanding.ENDED:
        return (line.ended.is_(True),)
    if stands == ApproachStanding.STANDING:
        return line.ended.is_(False), line.waits.is_(False)
    if stands == ApproachStanding.WAITING:
        return (line.waits.is_(True),)
    if stands == ApproachStanding.LATE:
        overdue = exists().where(
            Round.case_id == line.case_id, Round.status == OPEN, Round.due_at < now
        )
        return line.waits.is_(True), overdue
    return ()
