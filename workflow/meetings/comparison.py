"""The list of meetings, compared with cases and their texts, and made to follow again."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from workflow.audit.envelope import what_in
from workflow.audit.events.countries.meetings import CaseCameOf
from workflow.audit.models import Event
from workflow.engine.engine import Engine
from workflow.engine.models import LifecycleCase
from workflow.programmes.meetings.lines import SUBJECT, follow, line_of
from workflow.programmes.models import CaseOrigin, ListedMeeting
from workflow.vocabulary import EventType

_CASES = (
    select(LifecycleCase.id, LifecycleCase.ref, LifecycleCase.definition_id)
    .where(LifecycleCase.subject == SUBJECT, LifecycleCase.definition_id.is_not(None))
    .order_by(LifecycleCase.id)
)
_LISTED = select(ListedMeeting.__table__, LifecycleCase.ref).join(
    LifecycleCase, LifecycleCase.id == ListedMeeting.case_id
)

_KEPT = select(CaseOrigin.case_id, CaseOrigin.row, LifecycleCase.ref).join(
    LifecycleCase, LifecycleCase.id == CaseOrigin.origin_id
)


def astray(session: Session, engine: Engine) -> tuple[tuple[int, str], ...]:
    """The meetings, as (number, reference), of which the list says something else, or too much, or nothing."""
    listed = {row.case_id: row for row in session.execute(_LISTED)}
    wrong = []
    for number, ref, meant in _meant(session, engine):
        row = listed.pop(number, None)
        if (meant is None) != (row is None) or (meant and _differs(row, meant)):
            wrong.append((number, ref))
    return (*wrong, *((row.case_id, row.ref) for row in listed.values()))


def origins_astray(session: Session) -> tuple[tuple[int, str], ...]:
    """The cases, as (number, reference), of which something else is kept than what their trails say they came of."""
    kept = {row.case_id: (row.ref, row.row) for row in session.execute(_KEPT)}
    told = {case_id: (what.origin, what.row or "") for case_id, what in _told(session)}
    wrong = [each for each in kept.keys() | told.keys() if kept.get(each) != told.get(each)]
    named = select(LifecycleCase.id, LifecycleCase.ref).where(LifecycleCase.id.in_(wrong))
    return tuple((row.id, row.ref) for row in session.execute(named.order_by(LifecycleCase.id)))


def make_origins_follow(session: Session, cases: Sequence[int]) -> None:
    """Keep of these cases what their trails say that they came of."""
    session.execute(delete(CaseOrigin).where(CaseOrigin.case_id.in_(cases)))
    for case_id, what in _told(session) if cases else ():
        if case_id in cases:
            origin = select(LifecycleCase.id).where(LifecycleCase.ref == what.origin)
            kept = {"origin_id": session.scalar(origin), "row": what.row or ""}
            session.execute(insert(CaseOrigin).values(case_id=case_id, **kept))


def _told(session: Session) -> Iterator[tuple[int, CaseCameOf]]:
    told = select(Event.case_id, Event.body).where(Event.type == EventType.CASE_CAME_OF.value)
    for case_id, body in session.execute(told).all():
        yield case_id, what_in(body, CaseCameOf)


def make_follow(session: Session, engine: Engine, cases: Sequence[int]) -> None:
    """List these cases anew."""
    for case in session.execute(_CASES.where(LifecycleCase.id.in_(cases))).all() if cases else ():
        follow(session, engine.definition(case.definition_id or 0, session), case.id)


def _differs(row: Any, meant: dict[str, Any]) -> bool:
    return any(getattr(row, name) != value for name, value in meant.items())


def _meant(session: Session, engine: Engine) -> Iterator[tuple[int, str, dict[str, Any] | None]]:
    """Every meeting by number and reference, with the line that it should have."""
    for case in session.execute(_CASES).all():
        definition = engine.definition(case.definition_id or 0, session)
        yield case.id, case.ref, line_of(session, definition, case.id)
