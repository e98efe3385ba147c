"""What comes in the months after one: the cases that schedules open, and what falls due."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby

from sqlalchemy.orm import Session

from workflow.engine.engine import Engine
from workflow.engine.queue.due import DueSpan, due_ahead
from workflow.month.months import Month
from workflow.month.openings import ComingCase, openings

MONTHS = 3
MOST = 24


@dataclass(frozen=True, slots=True)
class Falling:
    """A seat of the person that falls due: when, and what is asked."""

    on: datetime
    ref: str
    title: str
    asks: str
    round_key: str
    turn: int
    seat: int

    @property
    def path(self) -> str:
        """Where it is answered."""
        return f"/programmes/{self.ref}/seats/{self.seat}"


@dataclass(frozen=True, slots=True)
class MonthAhead:
    """One month with the cases that open and what falls due in it."""

    month: Month
    cases: tuple[ComingCase, ...]
    falling: tuple[Falling, ...]


@dataclass(frozen=True, slots=True)
class Ahead:
    """The months in which something comes; `more` says that the first of very much is told."""

    months: tuple[MonthAhead, ...]
    more: bool


def ahead(
    session: Session, engine: Engine, person: int, after: tuple[Month, datetime, int], now: datetime
) -> Ahead:
    """What comes up to the end of the third month after one, whose own seats end at an instant, so many of each kind at most.

    Of schedules what opens in the month itself is told as well, where that is yet to come.
    """
    month, shown_until, most = after
    ends = month.further(MONTHS).ends
    if ends <= now:
        return Ahead((), more=False)
    begins = max(month.begins, now)
    opening = openings(session, engine, person, (begins, ends, most + 1), now)
    span = DueSpan(max(shown_until, now), ends, most + 1)
    falling = _falling(session, engine, person, span, now)
    more = len(opening) > most or len(falling) > most
    return Ahead(tuple(_by_month(opening[:most], falling[:most])), more)


def next_due(
    session: Session, engine: Engine, person: int, since: datetime, now: datetime
) -> Falling | None:
    """What of the person's own falls due first from an instant on."""
    ever = datetime.max.replace(tzinfo=UTC)
    return next(iter(_falling(session, engine, person, DueSpan(since, ever, 1), now)), None)


def _falling(
    session: Session, engine: Engine, person: int, span: DueSpan, now: datetime
) -> Sequence[Falling]:
    return [
        Falling(row.due_at, row.ref, row.title, spec.asks, row.key, row.turn, row.id)
        for row, spec in due_ahead(session, engine, person, span, now)
    ]


def _by_month(opening: Sequence[ComingCase], falling: Sequence[Falling]) -> Iterator[MonthAhead]:
    both: list[ComingCase | Falling] = sorted([*opening, *falling], key=_month_of)
    for month, found in groupby(both, key=_month_of):
        each = tuple(found)
        yield MonthAhead(
            month,
            tuple(one for one in each if isinstance(one, ComingCase)),
            tuple(one for one in each if isinstance(one, Falling)),
        )


def _month_of(each: ComingCase | Falling) -> Month:
    return Month.of(each.on)
