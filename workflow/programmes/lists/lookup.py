"""Finding a page of programmes: few are gathered and sorted, of many the order's index is followed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, func, select
from sqlalchemy.orm import Session

from workflow.programmes.lists.filters import (
    DEFAULT,
    ProgrammeFilters,
    Rows,
    related,
    sources,
    standing,
)
from workflow.programmes.lists.models import ListedProgramme
from workflow.programmes.lists.orders import ORDERS, Key, Order
from workflow.programmes.lists.search import one_of
from workflow.programmes.lists.sight import ListSight, seen, together

FEW = 3000


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for: all conditions, and whether those who meet them are few enough to gather.

    `anywhere` leaves out the stage.
    """

    conditions: tuple[ColumnElement[bool], ...]
    anywhere: tuple[ColumnElement[bool], ...]
    few: bool


@dataclass(frozen=True, slots=True)
class Place:
    """Which rows of an order are wanted: those after a key, before one, or past a number of them."""

    limit: int
    after: Key | None = None
    before: Key | None = None
    skipped: int = 0


def wanted(session: Session, filters: ProgrammeFilters, on: date) -> Wanted:
    """What the filters look for on a day, in the way in which it is found soonest."""
    anywhere, at_stage = standing(filters, stage=False), standing(filters)
    for source in sources(filters, on):
        if (ids := few(session, source)) is not None:
            gathered = (one_of(ids), *related(filters, on))
            return Wanted((*gathered, *at_stage), (*gathered, *anywhere), few=True)
    if at_stage and not _served(filters) and few(session, _standing_there(at_stage)) is None:
        at_stage = [_unindexed(each) for each in at_stage]
    here = related(filters, on)
    return Wanted((*here, *at_stage), (*here, *anywhere), few=False)


def _served(filters: ProgrammeFilters) -> bool:
    """Whether an index holds what stands there in the order asked for."""
    by_stage = filters.known_stage is not None or not filters.framework
    return filters.known_sort == DEFAULT and by_stage


def _standing_there(at_stage: Sequence[ColumnElement[bool]]) -> Select[int]:
    """The programmes that stand there, by the index that begins with whether they are private."""
    either = ListedProgramme.private.in_((False, True))
    return select(ListedProgramme.case_id).where(either, *at_stage)


def few(session: Session, source: Select[int]) -> Sequence[int] | None:
    """The answers to a question, if they are few; no more of them are looked at than that takes."""
    found = session.scalars(source.limit(FEW + 1)).all()
    return found if len(found) <= FEW else None


def keys(
    session: Session,
    of: ListSight,
    conditions: tuple[ColumnElement[bool], ...],
    order: Order,
    at: Place,
) -> list[Key]:
    """The keys of the lines that stand at a place of the order, in the order."""
    backwards = at.before is not None
    lines = _lines(of, conditions, order, at)
    columns = [lines.c[column.key] for column in order.columns]
    page = select(*columns).order_by(*order.by(columns, backwards=backwards))
    rows = session.execute(page.limit(at.limit).offset(at.skipped)).all()
    found = [tuple(row) for row in rows]
    return found[::-1] if backwards else found


def _lines(
    of: ListSight, conditions: tuple[ColumnElement[bool], ...], order: Order, at: Place
) -> Subquery:
    """The lines from which a page is taken; one's own by their parts alone, where these say enough."""

    def ending(statement: Rows, order: Order = order) -> Rows:
        backwards = at.before is not None
        start = at.before if backwards else at.after
        if start is not None:
            statement = statement.where(order.beyond(start, backwards=backwards))
        falling = order.by(order.columns, backwards=backwards)
        return statement.where(*conditions).order_by(*falling).limit(at.skipped + at.limit)

    if of.own is None or conditions or order is not ORDERS[DEFAULT]:
        return seen(of, order.columns, ending)
    own = order.over(of.own)
    public: Rows = select(*order.columns).where(of.public)
    return together(ending(public), ending(select(*own.columns), own))


def every_key(
    session: Session, of: ListSight, filters: ProgrammeFilters, on: date, portion: int
) -> Iterator[list[Key]]:
    """The keys of every line that the filters leave, so many at a time."""
    order, conditions = ORDERS[filters.known_sort], wanted(session, filters, on).conditions
    last: Key | None = None
    while found := keys(session, of, conditions, order, Place(portion, after=last)):
        yield found
        last = found[-1]


def _unindexed(condition: Any) -> ColumnElement[bool]:
    """A comparison that no index is asked for, so that the one of the order is followed."""
    plainly: ColumnElement[bool] = func.coalesce(condition.left, condition.left) == condition.right
    return plainly
