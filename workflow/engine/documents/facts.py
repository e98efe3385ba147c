"""The dates that stand in the facts of a case, as they are now."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from workflow.engine.documents.checked import whole_text
from workflow.engine.documents.in_force import signed_below, telling
from workflow.lifecycles.checks.known import is_day
from workflow.lifecycles.definition import Definition


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
    for kind in telling(session, case_id, definition):
        yield whole_text(session, case_id, definition, kind)
    if definition.children:
        yield from (each.counts for each in signed_below(session, case_id) if each.heard)
