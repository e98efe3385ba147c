"""The indexer: facets for events that have none yet, derived after they were recorded.

No act waits for this: whoever looks for events, and the worker, does it behind the acts. What it
writes follows from the bytes alone, so two that do it at once write the same.
"""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Executable, func, or_, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from workflow.audit.facets import MOVES, Faceting
from workflow.audit.models import Event
from workflow.database import Base
from workflow.engine.engine import Engine
from workflow.engine.models import LifecycleCase
from workflow.history.recorded import recorded
from workflow.oversight.models import EventFacet
from workflow.vocabulary import REGISTER

AT_ONCE = 2000
PORTION = 500
FACETS = Base.metadata.tables[EventFacet.__tablename__]
_KNOWN = (
    select(func.coalesce(func.max(EventFacet.seq), 0))
    .where(EventFacet.case_id == LifecycleCase.id)
    .correlate(LifecycleCase)
    .scalar_subquery()
)
_BEHIND = (
    select(LifecycleCase.id, LifecycleCase.ref, LifecycleCase.head_seq, _KNOWN.label("known"))
    .where(LifecycleCase.head_seq > _KNOWN)
    .order_by(LifecycleCase.id)
)
# What of the earlier events says where the case stood and what was due when.
_BEARING = or_(Event.type.in_(MOVES), Event.type.startswith("round."))

Row = dict[str, Any]


def behind(session: Session) -> int:
    """How many events cannot be found by their facets yet."""
    return sum(row.head_seq - row.known for row in session.execute(_BEHIND))


def first_behind(session: Session) -> tuple[int, datetime | None]:
    """How many events cannot be found yet, and when the first of them was recorded."""
    late = _BEHIND.order_by(None).subquery()
    first = (Event.case_id == late.c.id) & (Event.seq == late.c.known + 1)
    missing = select(func.sum(late.c.head_seq - late.c.known), func.min(Event.at))
    count, at = session.execute(missing.select_from(late).join(Event, first)).one()
    return int(count or 0), at


def catch_up(engine: Engine, most: int = AT_ONCE) -> int:
    """Derive facets for about `most` events at most; returns for how many."""
    done = 0
    for rows in _portions(engine):
        with engine.transaction() as session:
            session.connection().execute(_insert(engine.database.dialect.name), rows)
        done += len(rows)
        if done >= most:
            break
    return done


def catch_up_wholly(engine: Engine) -> int:
    """Derive facets for every event that there is by now."""
    done = 0
    while more := catch_up(engine):
        done += more
    return done


def _insert(dialect: str) -> Executable:
    """The statement that leaves alone what somebody else derived meanwhile."""
    if dialect == "sqlite":
        return sqlite.insert(FACETS).on_conflict_do_nothing()
    return postgresql.insert(FACETS).on_conflict_do_nothing()


def _portions(engine: Engine) -> Iterator[list[Row]]:
    with engine.reading() as session:
        late = session.execute(_BEHIND).all()
    portion: list[Row] = []
    for case in late:
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
