"""The month of a person: what is late, due by Sunday and later, and what is ahead."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from workflow.blockers.ahead import GoesUp
from workflow.blockers.lines import going_up
from workflow.engine.engine import Engine
from workflow.engine.queue.due import DueSeat, DueSpan, due_seats
from workflow.month.ahead import MOST, Ahead, Falling, ahead, next_due
from workflow.month.months import Month, ends_near

PAGE = 50


@dataclass(frozen=True, slots=True)
class Most:
    """How many lines of a month are told at most, and how many of each kind that comes after it."""

    lines: int = PAGE
    ahead: int = MOST


ON_A_PAGE, IN_A_FILE = Most(), Most(500, 500)


@dataclass(frozen=True, slots=True)
class MonthPage:
    """What of a person's queue is due in a month, and what comes in the three months after it.

    Of the present month what is late stands first, from whichever month, then what is due by the end
    of the week that ends at `week_ends`, then what is due `later`; what has no due time stands last.
    `up` says where the blockers among the lines go up by age, by their references.
    Of every other month what is due in it stands under `later`. `after` is where the next page begins.
    Where nothing waits in the present month, `next_due` is what falls due first after it, however late.
    """

    month: Month
    present: bool
    late: tuple[DueSeat, ...]
    week: tuple[DueSeat, ...]
    later: tuple[DueSeat, ...]
    undated: tuple[DueSeat, ...]
    week_ends: datetime
    after: str
    more_undated: bool
    ahead: Ahead
    up: Mapping[str, GoesUp]
    next_due: Falling | None = None

    @property
    def all(self) -> tuple[DueSeat, ...]:
        """Every line of the page."""
        return (*self.late, *self.week, *self.later, *self.undated)

    @property
    def has_days(self) -> bool:
        """Whether anything of the month, or of what comes after it, has a day that a calendar could hold."""
        return bool(self.late or self.week or self.later or self.ahead.months)


def month_page(
    session: Session,
    engine: Engine,
    person: int,
    month: Month,
    now: datetime,
    *,
    after: str = "",
    most: Most = ON_A_PAGE,
) -> MonthPage:
    """The first lines of a person's month, or those behind the place where a page before it ended."""
    present = month == Month.of(now)
    sunday, ends = ends_near(now)
    until = ends if present else month.ends
    span = DueSpan(None if present else month.begins, until, most.lines, after, present)
    found = due_seats(session, engine, person, span, now)
    late = sum(present and _before(each, now) for each in found.dated)
    soon = sum(present and _before(each, sunday) for each in found.dated)
    return MonthPage(
        month=month,
        present=present,
        late=found.dated[:late],
        week=found.dated[late:soon],
        later=found.dated[soon:],
        undated=found.undated,
        week_ends=sunday,
        after=found.after,
        more_undated=found.more,
        ahead=ahead(session, engine, person, (month, until, most.ahead), now),
        up=going_up(
            session, engine, {each.case_id for each in (*found.dated, *found.undated)}, now
        ),
        next_due=None
        if not present or found.dated or found.undated
        else next_due(session, engine, person, until, now),
    )


def _before(each: DueSeat, instant: datetime) -> bool:
    return each.waiting.due is not None and each.waiting.due < instant
