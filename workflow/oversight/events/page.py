"""Events across histories: found by their facets, told in plain words, a page at a time."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Integer, cast, func, select
from sqlalchemy.orm import Session

from workflow.audit.models import Event
from workflow.engine.engine import Engine
from workflow.engine.models import LifecycleCase
from workflow.history.context import HistoryContext, earlier, moves
from workflow.history.line import Line, line
from workflow.history.names import names
from workflow.history.reader import spoken_by
from workflow.history.recorded import recorded
from workflow.oversight.events.choices import EventChoices, choices
from workflow.oversight.events.filters import EventFilters, conditions
from workflow.oversight.events.indexer import behind
from workflow.oversight.events.look import Look
from workflow.oversight.models import EventFacet

PAGE = 50
PORTION = 500
MOST_COUNTED = 1_000


@dataclass(frozen=True, slots=True)
class EventLine:
    """One event of some history in plain words; `id` goes on from it."""

    id: int
    case_id: int
    ref: str
    title: str
    stage: str
    mandated: bool
    overridden: bool
    line: Line


@dataclass(frozen=True, slots=True)
class Counts:
    """How many events there are under the filters, by kind and by what is remarkable in them.

    Of very many the newest are counted, and there are `more`; so there may be where not all were
    looked through.
    """

    found: int
    more: bool
    cases: int
    late: int
    mandated: int
    overridden: int
    kinds: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class EventsPage:
    """A page of events; `older` is where the next one begins, `behind` how many are not in it yet."""

    lines: tuple[EventLine, ...]
    counts: Counts
    older: tuple[datetime, int] | None
    behind: int
    filters: EventFilters
    choices: EventChoices


def events_page(
    session: Session, engine: Engine, person: int, filters: EventFilters, now: datetime
) -> EventsPage:
    """The events that `person` may know of and the filters leave, the newest first."""
    look = Look.of(session, person, filters, now)
    rows = session.execute(look.newest(PAGE + 1, "at", "event_id")).all()
    found = of_ids(session, engine, [row.event_id for row in rows[:PAGE]])
    lines = tuple(found[row.event_id] for row in rows[:PAGE])
    last = (lines[-1].line.at, lines[-1].id) if len(rows) > PAGE else look.last_looked_at()
    whole = look if filters.before is None else Look.of(session, person, _whole(filters), now)
    return EventsPage(
        lines=lines,
        counts=_counts(whole),
        older=last,
        behind=behind(session),
        filters=filters,
        choices=choices(session, engine),
    )


def _whole(filters: EventFilters) -> EventFilters:
    return replace(filters, before=None)


def _counts(look: Look) -> Counts:
    """How many events there are, and what is among the newest of them that are counted."""
    newest_ones = look.newest(MOST_COUNTED + 1, "type", "case_id", "late", "mandated", "overridden")
    counted = newest_ones.cte("counted").prefix_with("MATERIALIZED")
    cases = select(func.count(counted.c.case_id.distinct())).scalar_subquery()
    marked = (
        func.sum(cast(counted.c[name], Integer)).label(name)
        for name in ("late", "mandated", "overridden")
    )
    kinds = select(counted.c.type, func.count().label("all"), cases.label("cases"), *marked)
    rows = look.session.execute(kinds.group_by(counted.c.type)).all()
    found = sum(row.all for row in rows)
    return Counts(
        found=min(found, MOST_COUNTED),
        more=found > MOST_COUNTED or look.last_looked_at() is not None,
        cases=rows[0].cases if rows else 0,
        late=sum(row.late for row in rows),
        mandated=sum(row.mandated for row in rows),
        overridden=sum(row.overridden for row in rows),
        kinds={row.type: row.all for row in rows},
    )


def of_ids(session: Session, engine: Engine, ids: Collection[int]) -> dict[int, EventLine]:
    """These events in plain words."""
    listed = sorted(ids)
    found: dict[int, EventLine] = {}
    for start in range(0, len(listed), PORTION):
        some = _columns().where(EventFacet.event_id.in_(listed[start : start + PORTION]))
        lines = lines_of(session, engine, session.execute(some).all())
        found |= {each.id: each for each in lines}
    return found


def one_event(session: Session, engine: Engine, case_id: int, seq: int) -> EventLine | None:
    """One event of a case in plain words, if there is such a one, found by its facets or not yet."""
    wanted = (
        select(Event, EventFacet, LifecycleCase)
        .join(LifecycleCase, LifecycleCase.id == Event.case_id)
        .outerjoin(EventFacet, EventFacet.event_id == Event.id)
        .where(Event.case_id == case_id, Event.seq == seq)
    )
    return next(iter(lines_of(session, engine, session.execute(wanted).all())), None)


def lines_of(session: Session, engine: Engine, rows: Collection[Any]) -> tuple[EventLine, ...]:
    """Rows of events with their facets and cases, told in plain words."""
    told = recorded(row[0] for row in rows)
    known = names(session, told)
    runs = {row[2].definition_id for row in rows}
    spoken = {each: spoken_by(session, engine, each) for each in runs}
    before = earlier(session, engine, moves(session, {row[2].id for row in rows}))
    return tuple(
        _told(
            row,
            line(
                event,
                HistoryContext(
                    spoken[row[2].definition_id], known, earlier=before.get(row[2].id, ())
                ),
            ),
        )
        for row, event in zip(rows, told, strict=True)
    )


def _told(row: Any, said: Line) -> EventLine:
    event, facet, case = row
    if facet is None:
        return EventLine(
            event.id, case.id, case.ref, case.title, "", mandated=False, overridden=False, line=said
        )
    if facet.late and not said.late:
        said = replace(said, late=True, tone="late")
    return EventLine(
        event.id, case.id, case.ref, case.title, facet.stage, facet.mandated, facet.overridden, said
    )


def _columns() -> Any:
    return (
        select(Event, EventFacet, LifecycleCase)
        .select_from(EventFacet)
        .join(Event, Event.id == EventFacet.event_id)
        .join(LifecycleCase, LifecycleCase.id == EventFacet.case_id)
    )


def newest(may: Collection[Any], filters: EventFilters) -> Any:
    """Events and their facets, the newest first."""
    order = (EventFacet.at.desc(), EventFacet.event_id.desc())
    return _columns().where(*may, *conditions(filters)).order_by(*order)
