"""The indexer: facets for events that have none yet, derived after they were recorded.

Neither an act nor a page waits for this: the worker does it behind both. What it writes follows
from the bytes alone, so two that do it at once write the same. Every event up to a place in the
log has its facet; those after it, and those that wait for a place, are looked at.
"""

import math
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Executable, Select, exists, func, or_, select, union_all, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from workflow.audit.facets import MOVES, Faceting
from workflow.audit.models import Event
from workflow.database import Base
from workflow.engine.engine import Engine
from workflow.engine.models import LifecycleCase
from workflow.history.recorded import recorded
from workflow.oversight.models import EventFacet, FacetProgress
from workflow.reading import asked_once
from workflow.tlog.store.models import LogEntry, LogPending, LogState
from workflow.vocabulary import REGISTER

AT_ONCE = 2000
PORTION = 500
WINDOW = 20_000
FACETS = Base.metadata.tables[EventFacet.__tablename__]
_KNOWN = (
    select(func.coalesce(func.max(EventFacet.seq), 0))
    .where(EventFacet.case_id == LifecycleCase.id)
    .correlate(LifecycleCase)
    .scalar_subquery()
)
# What of the earlier events says where the case stood and what was due when.
_BEARING = or_(Event.type.in_(MOVES), Event.type.startswith("round."))

Row = dict[str, Any]
Facetless = Select[int, int, datetime]


@dataclass(frozen=True, slots=True)
class Window:
    """The cases of a stretch of the log that lack facets; `through` is where it ends."""

    cases: tuple[Any, ...]
    begins: int
    through: int
    last: bool


def unfound(session: Session, begins: int | None = None, through: int | None = None) -> Facetless:
    """Events without a facet, as (id, case, time): of a stretch of the log, and beside it.

    Unless it is said where the stretch begins, it is no more than the end of the log, so that a page
    costs the same however much was left to the worker.
    """
    first = _skipped(session)[1] if begins is None else begins
    placed = select(LogEntry.event_id).where(LogEntry.log_index >= first)
    if through is not None:
        placed = placed.where(LogEntry.log_index < through)
    recent = union_all(placed, select(LogPending.event_id))
    return select(Event.id, Event.case_id, Event.at).where(
        Event.id.in_(recent), ~exists().where(EventFacet.event_id == Event.id)
    )


@asked_once
def _progress(session: Session) -> tuple[int, int]:
    """Up to which place in the log every event has its facet, and how many places there are.

    Asked by itself, so that a database knows how little lies behind it.
    """
    size = select(LogState.size).scalar_subquery()
    done, places = session.execute(select(FacetProgress.through, size)).one()
    return int(done), int(places)


def _skipped(session: Session) -> tuple[int, int]:
    """From which place to which nobody but the worker looks, however much is left to it."""
    done, size = _progress(session)
    return done, max(done, size - WINDOW)


def behind(session: Session) -> int:
    """How many events cannot be found by their facets yet; all of those where nobody looks count."""
    return first_behind(session)[0]


def first_behind(session: Session) -> tuple[int, datetime | None]:
    """How many events cannot be found yet, and when the first of them was recorded."""
    late, (first, last) = unfound(session).subquery(), _skipped(session)
    count, at = session.execute(select(func.count(), func.min(late.c.at)).select_from(late)).one()
    if first < last:
        earliest = select(Event.at).join(LogEntry, LogEntry.event_id == Event.id)
        at = session.scalar(earliest.where(LogEntry.log_index == first)) or at
    return int(count) + last - first, at


def catch_up(engine: Engine, most: int = AT_ONCE) -> int:
    """Derive facets for about `most` events at most; returns for how many, 0 where none lacks one."""
    while True:
        window, done = _window(engine), 0
        for rows in _portions(engine, window):
            with engine.transaction() as session:
                session.connection().execute(_insert(engine.database.dialect.name), rows)
            done += len(rows)
            if done >= most:
                return done
        _pass(engine, window)
        if done or window.last:
            return done


def catch_up_wholly(engine: Engine, most: float = math.inf) -> int:
    """Derive facets for every event that there is by now, or for `most` of them and some more."""
    done = 0
    while done < most and (more := catch_up(engine)):
        done += more
    return done


def _window(engine: Engine) -> Window:
    """The next stretch of the log, and which cases lack facets there or wait for a place in it."""
    with engine.reading() as session:
        done, size = _progress(session)
        through = min(done + WINDOW, size)
        late = unfound(session, done, through).subquery()
        cases = session.execute(
            select(LifecycleCase.id, LifecycleCase.ref, _KNOWN.label("known"))
            .where(LifecycleCase.id.in_(select(late.c.case_id)))
            .order_by(LifecycleCase.id)
        ).all()
    return Window(tuple(cases), done, through, last=through == size)


def _pass(engine: Engine, window: Window) -> None:
    """Note that every event of the window has its facet."""
    if window.through > window.begins:
        further = update(FacetProgress).where(FacetProgress.through < window.through)
        with engine.transaction() as session:
            session.execute(further.values(through=window.through))


def _insert(dialect: str) -> Executable:
    """The statement that leaves alone what somebody else derived meanwhile."""
    if dialect == "sqlite":
        return sqlite.insert(FACETS).on_conflict_do_nothing()
    return postgresql.insert(FACETS).on_conflict_do_nothing()


def _portions(engine: Engine, window: Window) -> Iterator[list[Row]]:
    portion: list[Row] = []
    for case in window.cases:
        with engine.reading() as session:
            portion += _rows(session, case.id, case.known, register=case.ref == REGISTER)
        while len(portion) >= PORTION:
            yield portion[:PORTION]
            portion = portion[PORTION:]
    if portion:
        yield portion


def _rows(session: Session, case_id: int, known: int, *, register: bool) -> list[Row]:
    events = select(Event).where(Event.case_id == case_id).order_by(Event.seq)
    new = Event.seq > known
    wanted = events.where(new) if register else events.where(or_(new, _BEARING))
    faceting, rows = Faceting(), []
    for event in recorded(session.scalars(wanted)):
        facet = faceting.hear(event)
        if event.seq > known:
            rows.append({"event_id": event.id, "case_id": case_id, **asdict(facet)})
    return rows
