"""The list of blockers, compared with cases, who owns them and their told texts, and made to follow again."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from workflow.engine.documents.checked import whole_text
from workflow.engine.engine import Engine
from workflow.engine.models import CaseParty, LifecycleCase
from workflow.programmes.blocker_lines import OWNER, SUBJECT, line_of
from workflow.programmes.models import ListedBlocker, Programme

_TOLD = (
    select(LifecycleCase.id, LifecycleCase.ref, LifecycleCase.definition_id, Programme.framework_id)
    .join(CaseParty, CaseParty.case_id == LifecycleCase.id)
    .outerjoin(Programme, Programme.case_id == LifecycleCase.id)
    .where(LifecycleCase.subject == SUBJECT, CaseParty.capacity == OWNER)
    .distinct()
    .order_by(LifecycleCase.id)
)
_LISTED = select(ListedBlocker.__table__, LifecycleCase.ref).join(
    LifecycleCase, LifecycleCase.id == ListedBlocker.case_id
)


def astray(session: Session, engine: Engine) -> tuple[tuple[int, str], ...]:
    """The blockers, as (number, reference), of which the list says something else, or too much, or nothing."""
    listed = {row.case_id: row for row in session.execute(_LISTED)}
    wrong = []
    for ref, meant in _meant(session, engine):
        row = listed.pop(meant["case_id"], None)
        if row is None or any(getattr(row, name) != value for name, value in meant.items()):
            wrong.append((meant["case_id"], ref))
    return (*wrong, *((row.case_id, row.ref) for row in listed.values()))


def make_follow(session: Session, engine: Engine, cases: Sequence[int]) -> None:
    """List these cases anew."""
    if not cases:
        return
    session.execute(delete(ListedBlocker).where(ListedBlocker.case_id.in_(cases)))
    anew = [meant for _, meant in _meant(session, engine) if meant["case_id"] in cases]
    if anew:
        session.execute(insert(ListedBlocker), anew)


def _meant(session: Session, engine: Engine) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every blocker that was told, by reference, with the line that it should have."""
    for case in session.execute(_TOLD).all():
        definition = engine.definition(case.definition_id or 0, session)
        kind = definition.documents[definition.facts]
        said = whole_text(session, case.id, definition, kind)
        yield case.ref, line_of(session, case.id, case.framework_id, said)
