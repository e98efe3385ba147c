"""The list of meetings, compared with cases and their texts, and made to follow again."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.engine.engine import Engine
from workflow.engine.models import LifecycleCase
from workflow.programmes.meetings.lines import SUBJECT, follow, line_of
from workflow.programmes.models import ListedMeeting

_CASES = (
    select(LifecycleCase.id, LifecycleCase.ref, LifecycleCase.definition_id)
    .where(LifecycleCase.subject == SUBJECT, LifecycleCase.definition_id.is_not(None))
    .order_by(LifecycleCase.id)
)
_LISTED = select(ListedMeeting.__table__, LifecycleCase.ref).join(
    LifecycleCase, LifecycleCase.id == ListedMeeting.case_id
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
