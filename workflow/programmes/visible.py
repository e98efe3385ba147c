"""Who may know of a programme: a draft is its party's own business until it is submitted."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.engine import sittings
from workflow.engine.definition import Definition, DocumentKind
from workflow.engine.engine import Engine
from workflow.engine.records import CaseParty, LifecycleCase
from workflow.errors import NotFound

AUDITOR = "auditor"


@dataclass(frozen=True, slots=True)
class VisibleCase:
    """A case that a person may know of, with the offices under which that person looks at it."""

    id: int
    ref: str
    title: str
    state: str
    version: int
    entered_at: datetime
    definition: Definition
    person: int
    today: date
    offices: Mapping[tuple[str, int], int]

    @property
    def state_label(self) -> str:
        """The state in the words of the definition."""
        return self.definition.states[self.state].label

    def kind(self, key: str) -> DocumentKind:
        """The kind of document called `key`; refuses one that this lifecycle does not know."""
        found = self.definition.documents.get(key)
        if found is None:
            raise NotFound("There is no such document in this lifecycle.")
        return found


def visible_case(session: Session, engine: Engine, person: int, ref: str) -> VisibleCase:
    """The case called `ref`; somebody who may not know of it is told that there is none."""
    case = session.execute(
        select(LifecycleCase).where(LifecycleCase.ref == ref)
    ).scalar_one_or_none()
    nothing = NotFound(f"There is no programme called {ref}.")
    if case is None or case.definition_id is None:
        raise nothing
    today = engine.now().date()
    seen = VisibleCase(
        id=case.id,
        ref=case.ref,
        title=case.title,
        state=case.state,
        version=case.version,
        entered_at=case.entered_at,
        definition=engine.definition(case.definition_id),
        person=person,
        today=today,
        offices=sittings.offices(session, person, today),
    )
    if case.state == seen.definition.initial and not _is_insider(session, seen):
        raise nothing
    return seen


def _is_insider(session: Session, seen: VisibleCase) -> bool:
    """Whether the person holds an office of the proposing party, or audits."""
    proposers = session.scalars(
        select(CaseParty.party_id).where(
            CaseParty.case_id == seen.id, CaseParty.capacity == "proposer"
        )
    ).all()
    return any(role == AUDITOR or party in proposers for role, party in seen.offices)
