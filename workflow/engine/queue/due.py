"""What of a queue is due within a time, each with what comes of it where nobody answers."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from workflow.engine.engine import Engine
from workflow.engine.models import OPEN
from workflow.engine.queue.page import Waiting, waiting_rows
from workflow.engine.queue.query import UNDATED, Found, QueueFilters, found
from workflow.engine.queue.seats import ROUND
from workflow.engine.queue.ways import WayIn, ways
from workflow.lifecycles.definition import Definition, RoundSpec
from workflow.lifecycles.next_steps import is_timer


@dataclass(frozen=True, slots=True)
class DueSpan:
    """Since and until when seats are due, behind which place of their queue, and how many at once.

    With `undated` those without a due time follow, where there is room for them.
    """

    since: datetime | None
    until: datetime
    most: int
    after: str = ""
    undated: bool = False


@dataclass(frozen=True, slots=True)
class ToldOfIt:
    """Who is told next that nobody has answered, and when."""

    on: datetime
    role_label: str


@dataclass(frozen=True, slots=True)
class MovesOn:
    """When time moves the case on, and into which state, where that depends on nothing else."""

    on: datetime
    state: str


@dataclass(frozen=True, slots=True)
class DueSeat:
    """A seat that waits for a person, and what comes of it where nobody answers besides what its round says."""

    case_id: int
    waiting: Waiting
    told: ToldOfIt | None
    moves: MovesOn | None


@dataclass(frozen=True, slots=True)
class DueSeats:
    """Those that have a due time, due first, and those that have none; `after` is where more of the former begin.

    `more` says that there are more of those without a due time.
    """

    dated: tuple[DueSeat, ...]
    undated: tuple[DueSeat, ...]
    after: str
    more: bool


def due_seats(
    session: Session, engine: Engine, person: int, span: DueSpan, now: datetime
) -> DueSeats:
    """What waits for the person and is due within the span, in the order of the queue."""
    on = ways(session, person, now.date())
    dated = _found(session, engine, on, _filters(span), now, span)
    room = span.undated and not dated.after and len(dated.rows) < span.most
    others = (
        _found(session, engine, on, QueueFilters(after=UNDATED), now, span)
        if room
        else Found((), "")
    )
    left = span.most - len(dated.rows)
    listed = [*dated.rows, *others.rows[:left]]
    moving = _timers(session, engine, listed)
    rows = [
        DueSeat(row.case_id, waiting, _told(engine.definition(row.definition_id, session), row, now), moving.get(row.case_id))
        for waiting, row in zip(waiting_rows(session, engine, person, listed, now), listed, strict=True)
    ]  # fmt: skip
    here = len(dated.rows)
    more = bool(others.after) or len(others.rows) > left
    return DueSeats(tuple(rows[:here]), tuple(rows[here:]), dated.after, more)


def due_ahead(
    session: Session, engine: Engine, person: int, span: DueSpan, now: datetime
) -> Sequence[tuple[Any, RoundSpec]]:
    """The first seats that are due in a span, as rows with what their rounds ask."""
    on = ways(session, person, now.date())
    rows = _found(session, engine, on, _filters(span), now, span)
    return [
        (row, engine.definition(row.definition_id, session).rounds[row.key]) for row in rows.rows
    ]


def _filters(span: DueSpan) -> QueueFilters:
    return QueueFilters(after=span.after, since=span.since, until=span.until)


def _found(
    session: Session,
    engine: Engine,
    on: Sequence[WayIn],
    filters: QueueFilters,
    now: datetime,
    span: DueSpan,
) -> Found:
    return found(session, on, filters, engine.domain.located_by, now, span.most)


def _told(definition: Definition, row: Any, now: datetime) -> ToldOfIt | None:
    """The next of those who are told after the due time."""
    if row.due_at is None:
        return None
    coming = sorted(
        (row.due_at + timedelta(days=each.after), definition.roles[each.role].label)
        for each in definition.rounds[row.key].escalate
        if row.due_at + timedelta(days=each.after) > now
    )
    return ToldOfIt(*coming[0]) if coming else None


_TIMED = (
    select(ROUND.c.case_id, ROUND.c.key, ROUND.c.due_at)
    .where(
        ROUND.c.case_id.in_(bindparam("cases", expanding=True)),
        ROUND.c.status == OPEN,
        ROUND.c.due_at.is_not(None),
    )
    .order_by(ROUND.c.due_at.desc(), ROUND.c.id)
)


def _timers(session: Session, engine: Engine, listed: Sequence[Any]) -> Mapping[int, MovesOn]:
    """Of each case the first thing that time does with it, as far as an open round says so."""
    follows = {row.case_id: row.definition_id for row in listed}
    read = {number: engine.definition(number, session) for number in sorted({*follows.values()})}
    watched = {case for case, number in follows.items() if any(_timing(read[number]))}
    if not watched:
        return {}
    rows = session.connection().execute(_TIMED, {"cases": sorted(watched)})
    return {
        row.case_id: MovesOn(row.due_at, state)
        for row in rows
        if (
            state := _leads_to(
                read[follows[row.case_id]].rounds[row.key], read[follows[row.case_id]]
            )
        )
    }


def _timing(definition: Definition) -> Iterator[RoundSpec]:
    return (spec for spec in definition.rounds.values() if is_timer(spec))


def _leads_to(spec: RoundSpec, definition: Definition) -> str:
    """Where time alone leads by a round that only it answers; nowhere where that has conditions."""
    verdict = spec.rule.verdicts.get(spec.at_due) if is_timer(spec) else None
    leads = spec.outcomes[verdict.outcome] if verdict else None
    if leads is None or leads.branches or leads.state is None:
        return ""
    return definition.states[leads.state].label
