"""Going through one's queue seat by seat: what stands before one and behind it, and how many came before."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from workflow.engine import round_state
from workflow.engine.engine import Engine
from workflow.engine.pages.review import ReviewPage
from workflow.engine.queue.query import MOST_COUNTED, QueueFilters, beside, cursor_of
from workflow.engine.queue.ways import ways


@dataclass(frozen=True, slots=True)
class QueuedSeat:
    """A seat that waits, of a case."""

    seat: int
    ref: str
    title: str


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The seats before and behind one; `number` is its place, zero where it is further than is counted."""

    before: QueuedSeat | None
    after: QueuedSeat | None
    number: int


def neighbours(
    session: Session,
    engine: Engine,
    person: int,
    page: ReviewPage,
    filters: QueueFilters,
    now: datetime,
) -> Neighbours | None:
    """What stands beside the seat that `page` has chosen, in the order of the person's queue.

    Nothing where that seat does not wait. Of several offices it goes through that of the seat alone
    where the queue was narrowed to one.
    """
    chosen = page.chosen
    waits = chosen and chosen.own and chosen.status == "open" and page.is_open
    if chosen is None or chosen.seat is None or not waits:
        return None
    on = ways(session, person, now.date())
    if filters.office:
        on = tuple(way for way in on if way.role == chosen.role)
    place = cursor_of(_due(session, page.case.id, chosen.seat), chosen.seat)
    here = replace(filters, after=place)
    found = beside(session, on, here, engine.domain.located_by, now)
    return Neighbours(
        QueuedSeat(*found.before) if found.before else None,
        QueuedSeat(*found.after) if found.after else None,
        found.passed + 1 if found.passed < MOST_COUNTED else 0,
    )


def _due(session: Session, case_id: int, seat: int) -> datetime | None:
    seats = (each for round_ in round_state.of_case(session, case_id) for each in round_.seats)
    return next((each.due_at for each in seats if each.id == seat), None)
