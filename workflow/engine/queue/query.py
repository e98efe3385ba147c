"""Which seats wait for a person: the statement, its filters, and where a page of it ends."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    ScalarSelect,
    Select,
    and_,
    exists,
    func,
    literal_column,
    or_,
    select,
    true,
)

from workflow.clock import read, written
from workflow.database import LARGEST
from workflow.engine.models import CaseParty, LifecycleCase, Round, Seat
from workflow.engine.permissions.reach import reach, reaches_seat
from workflow.people.models import Party

CURSOR = re.compile(r"(?P<due>[\dT:.-]{23}Z|)_(?P<seat>[0-9]{1,10})", re.ASCII)
WEEK = timedelta(days=7)
# Written out, so that the partial indexes over open seats and paused rounds answer it.
PAUSED = select(Round.id).where(Round.paused_for == literal_column("'state'"))
OPEN = (Seat.status == literal_column("'open'")) & Seat.round_id.not_in(PAUSED)


Rows = Select[*tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class QueueFilters:
    """What a person narrows the queue to; empty means everything.

    `office` is `role:party key`, `due` is `late` or `week`, `after` is where the page before ended.
    """

    office: str = ""
    stage: str = ""
    country: str = ""
    due: str = ""
    text: str = ""
    after: str = ""

    @property
    def narrowed(self) -> bool:
        """Whether anything is left out."""
        return any((self.office, self.stage, self.country, self.due, self.text, self.after))


def mine(statement: Rows, person: int, now: datetime) -> Rows:
    """`statement`, from the seats that `person` may answer today: of an office, or under a mandate.

    One statement whoever asks; a seat that several mandates reach is found once.
    """
    found = reach(person, now.date()).cte("reach")
    held = select(found.c.role, found.c.party_id).distinct().subquery("held")
    reached = exists().where(
        found.c.role == Seat.role, found.c.party_id == Seat.party_id, reaches_seat(found.c.scope)
    )
    return (
        statement.select_from(held)
        .join(Seat, and_(Seat.role == held.c.role, Seat.party_id == held.c.party_id))
        .where(reached)
    )


def narrowed(statement: Rows, filters: QueueFilters, located_by: str, now: datetime) -> Rows:
    """The statement with every filter of the address; one that makes no sense finds nothing."""
    if filters.office:
        role, _, key = filters.office.partition(":")
        statement = statement.where(Seat.role == role, Party.key == key)
    if filters.stage:
        statement = statement.where(LifecycleCase.stage == filters.stage)
    if filters.country:
        statement = statement.where(Seat.case_id.in_(_cases_of(filters.country, located_by)))
    if filters.due == "late":
        statement = statement.where(Seat.due_at < now)
    elif filters.due == "week":
        statement = statement.where(Seat.due_at.between(now, now + WEEK))
    if filters.text:
        statement = statement.where(_speaks_of(filters.text))
    return statement.where(_behind(filters.after)) if filters.after else statement


def _cases_of(country: str, located_by: str) -> Rows:
    return (
        select(CaseParty.case_id)
        .join(Party, Party.id == CaseParty.party_id)
        .where(CaseParty.capacity == located_by, Party.iso3 == country)
    )


def _speaks_of(text: str) -> ColumnElement[bool]:
    return or_(
        LifecycleCase.title.icontains(text, autoescape=True),
        LifecycleCase.ref.icontains(text, autoescape=True),
    )


def cursor(row: Any) -> str:
    """Where a page ends, as an address carries it: the due time and the seat."""
    return f"{written(row.due_at) if row.due_at else ''}_{row.id}"


def _behind(after: str) -> ColumnElement[bool]:
    """The condition of coming after the seat that a page ended with; nonsense begins anew."""
    found = CURSOR.fullmatch(after)
    if found is None or int(found["seat"]) > LARGEST:
        return true()
    number = int(found["seat"])
    if not found["due"]:
        return and_(Seat.due_at.is_(None), Seat.id > number)
    try:
        at = read(found["due"])
    except ValueError:
        return true()
    later = and_(Seat.due_at == at, Seat.id > number)
    return or_(Seat.due_at.is_(None), Seat.due_at > at, later)


MOST_COUNTED = 100


def waiting(person: int, now: datetime) -> ScalarSelect[int]:
    """How many open seats wait for the person, counted no further than a badge can show.

    It is part of a statement that asks for other numbers as well.
    """
    seats = mine(select(Seat.id), person, now).where(OPEN).limit(MOST_COUNTED)
    return select(func.count()).select_from(seats.subquery()).scalar_subquery()
