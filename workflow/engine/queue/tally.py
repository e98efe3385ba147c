"""How much waits for a person, what of it can be chosen from, and what waited last if nothing does."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, func, select, union_all
from sqlalchemy.orm import Session

from workflow.engine.models import SignOff
from workflow.engine.queue import seats
from workflow.engine.queue.query import WEEK
from workflow.engine.queue.seats import CASE, PARTY, ROUND, SEAT, named, scopes_of
from workflow.engine.queue.ways import Named, WayIn
from workflow.notices.models import Notice
from workflow.vocabulary import STAGES

# Beyond so many in one office, a number says that there are more.
MOST_TOLD = 1000
# Of more waiting seats than this, the queue can be narrowed to every stage and country there is.
MOST_LOOKED_AT = 100
# Of so many recent notices and answers, the seat is looked for that waited last.
RECENT = 50


@dataclass(frozen=True, slots=True)
class Count:
    """A number of seats; `more` says that there are more than it says."""

    number: int = 0
    more: bool = False

    @classmethod
    def of(cls, found: int) -> "Count":
        """What was counted up to one more than is told."""
        return cls(min(found, MOST_TOLD), found > MOST_TOLD)

    def __add__(self, other: "Count") -> "Count":
        return Count(self.number + other.number, self.more or other.more)

    def __bool__(self) -> bool:
        return bool(self.number)


@dataclass(frozen=True, slots=True)
class OfficeCount:
    """One office of the person and how many seats wait for it."""

    role: str
    party_key: str
    party: str
    count: Count

    @property
    def key(self) -> str:
        """The office as an address carries it."""
        return f"{self.role}:{self.party_key}"


@dataclass(frozen=True, slots=True)
class Tally:
    """How much waits, before any filter; what is due `near` and `behind` that where it was asked for."""

    total: Count
    late: Count
    this_week: Count
    offices: tuple[OfficeCount, ...]
    near: Count = Count()
    behind: Count = Count()


@dataclass(frozen=True, slots=True)
class Choices:
    """The stages and countries to narrow a queue to: of what waits, or all where too much does."""

    stages: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LastWaited:
    """The last seat that waited for the person, and until when."""

    ref: str
    title: str
    until: datetime


def tallied(
    session: Session,
    on: Sequence[WayIn],
    now: datetime,
    near: tuple[datetime, datetime] | None = None,
) -> tuple[Tally, Mapping[Named, str]]:
    """How much waits on these ways, and how an address names the office of each.

    `near` is before which instant something is due that is counted as such, and until when as behind it.
    """
    rows: Sequence[Any] = ()
    if on:
        values = {**named(on), "now": now, "week": now + WEEK}
        if near is not None:
            values |= dict(zip(("near", "until"), near, strict=True))
        asked = seats.tallied(scopes_of(on), MOST_TOLD + 1, spanned=near is not None)
        rows = session.connection().execute(asked, values).all()
    sums = [Count()] * 5
    offices: dict[tuple[str, str, str], Count] = {}
    for role, _, key, name, *counts in rows:
        each = [*map(Count.of, counts), *[Count()] * (5 - len(counts))]
        sums = [before + here for before, here in zip(sums, each, strict=True)]
        offices[role, key, name] = offices.get((role, key, name), Count()) + each[0]
    waiting = [(office, count) for office, count in offices.items() if count]
    told = tuple(OfficeCount(*office, count) for office, count in sorted(waiting))
    total, late, soon, close, behind = sums
    tally = Tally(total, late, soon, told, close, behind)
    return tally, {(r[0], r[1]): f"{r[0]}:{r[2]}" for r in rows}


_EVERY_COUNTRY = select(PARTY.c.iso3).where(PARTY.c.iso3.is_not(None)).order_by(PARTY.c.name)


def choices(session: Session, on: Sequence[WayIn], tally: Tally, located_by: str) -> Choices:
    """What the queue can be narrowed to; nothing where nothing waits."""
    if not tally.total:
        return Choices()
    asking, values = session.connection(), {**named(on), "capacity": located_by}
    if tally.total.number > MOST_LOOKED_AT:
        return Choices(STAGES, tuple(asking.scalars(_EVERY_COUNTRY)))
    found: dict[str, list[str]] = {seats.STAGE: [], seats.COUNTRY: []}
    for what, key, _ in asking.execute(seats.choices(scopes_of(on), MOST_LOOKED_AT), values):
        found[what].append(key)
    reached = (stage for stage in STAGES if stage in found[seats.STAGE])
    return Choices(tuple(reached), tuple(found[seats.COUNTRY]))


_NOTICE, _SIGN_OFF = Notice.__table__, SignOff.__table__
_TOLD_OF, _ANSWERED = (
    select(table.c.seat_id)
    .where(table.c.person_id == bindparam("person"), table.c.seat_id.is_not(None))
    .order_by(table.c.id.desc())
    .limit(RECENT)
    .subquery()
    for table in (_NOTICE, _SIGN_OFF)
)
_UNTIL = func.coalesce(_SIGN_OFF.c.at, ROUND.c.settled_at)
_ENDED = (
    select(SEAT.c.role, SEAT.c.party_id, ROUND.c.key, CASE.c.ref, CASE.c.title, _UNTIL)
    .join_from(SEAT, ROUND, ROUND.c.id == SEAT.c.round_id)
    .join(CASE, CASE.c.id == SEAT.c.case_id)
    .outerjoin(_SIGN_OFF, and_(_SIGN_OFF.c.seat_id == SEAT.c.id, _SIGN_OFF.c.standing))
    .where(SEAT.c.id.in_(union_all(select(_TOLD_OF), select(_ANSWERED))), _UNTIL.is_not(None))
    .order_by(_UNTIL.desc())
)


def last_waited(session: Session, person: int, on: Sequence[WayIn]) -> LastWaited | None:
    """The seat that waited last, of those that the person was told of or answered lately."""
    for role, party, key, *told in session.connection().execute(_ENDED, {"person": person}):
        if any(way.leads_to((role, party), told[0], key) for way in on):
            return LastWaited(*told)
    return None
