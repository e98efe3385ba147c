"""The dates that stand in the facts of a case, as they are now."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from workflow.engine.children.models import ChildCase
from workflow.engine.documents.checked import whole_text
from workflow.engine.engine import engine_of
from workflow.engine.models import LifecycleCase, Round
from workflow.lifecycles.checks.known import is_day
from workflow.lifecycles.definition import Definition
from workflow.lifecycles.documents import DocumentKind


def dates_of(
    session: Session, case_id: int, definition: Definition, keys: Collection[str]
) -> Mapping[str, date]:
    """These dates by their keys, without those that nobody wrote.

    A document that was signed as the facts says what they are in place of the one they were first
    written in, as far as it says it; one that was signed under the case, as soon as that is heard there.
    """
    found: dict[str, Any] = {}
    for said in _said(session, case_id, definition) if keys else ():
        found |= {key: said[key] for key in keys if said.get(key)}
    return {key: date.fromisoformat(day) for key, day in found.items() if is_day(str(day))}


def _said(session: Session, case_id: int, definition: Definition) -> Iterator[Mapping[str, Any]]:
    """What the documents say that tell the facts, the one that counts most last."""
    for kind in _telling(session, case_id, definition):
        yield whole_text(session, case_id, definition, kind)
    if not definition.children:
        return
    heard = (
        select(ChildCase.case_id, LifecycleCase.definition_id)
        .join(LifecycleCase, LifecycleCase.id == ChildCase.case_id)
        .where(ChildCase.parent_id == case_id, ChildCase.heard_at.is_not(None))
        .order_by(ChildCase.heard_at, ChildCase.ended_at, ChildCase.case_id)
    )
    for child, number in session.execute(heard).all():
        followed = engine_of(session).definition(number or 0, session)
        for kind in settled_above(session, child, followed):
            yield whole_text(session, child, followed, kind)


def settled_above(session: Session, case_id: int, definition: Definition) -> Iterator[DocumentKind]:
    """The documents of a case that tell the facts of the one above, by the outcomes that came about."""
    for spec in definition.rounds.values():
        facts = spec.facts if spec.facts is not None and spec.facts.of_parent else None
        if facts is not None and _signed(session, case_id, spec.key, facts.outcome):
            yield definition.documents[facts.document]


def _telling(session: Session, case_id: int, definition: Definition) -> Iterator[DocumentKind]:
    """The documents that say what the facts are, the one that counts most last."""
    if first := definition.documents.get(definition.facts):
        yield first
    for spec in definition.rounds.values():
        if spec.facts is not None and _signed(session, case_id, spec.key, spec.facts.outcome):
            yield definition.documents[spec.facts.document]


def _signed(session: Session, case_id: int, key: str, outcome: str) -> bool:
    settled = exists().where(Round.case_id == case_id, Round.key == key, Round.outcome == outcome)
    return bool(session.scalar(select(settled)))
