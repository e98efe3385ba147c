"""The dates that stand in the facts of a case, as they are now."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from workflow.engine.documents.checked import whole_text
from workflow.engine.models import Round
from workflow.lifecycles.checks.known import is_day
from workflow.lifecycles.definition import Definition
from workflow.lifecycles.documents import DocumentKind


def dates_of(
    session: Session, case_id: int, definition: Definition, keys: Collection[str]
) -> Mapping[str, date]:
    """These dates by their keys, without those that nobody wrote.

    A document that was signed as the facts says what they are in place of the one they were first
    written in, as far as it says it.
    """
    found: dict[str, Any] = {}
    for kind in _telling(session, case_id, definition) if keys else ():
        said = whole_text(session, case_id, definition, kind)
        found |= {key: said[key] for key in keys if said.get(key)}
    return {key: date.fromisoformat(day) for key, day in found.items() if is_day(str(day))}


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
