"""Who may know of a case: a draft belongs to its proposer and to auditors, the rest to everybody."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.engine import circumstances
from workflow.engine.mandated import received
from workflow.engine.records import CaseParty, LifecycleCase
from workflow.errors import NotFound

AUDITOR = "auditor"


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A case as its row tells it, read without a lock."""

    id: int
    ref: str
    title: str
    definition_id: int
    state: str
    stage: str
    version: int
    entered_at: datetime
    opened_at: datetime


_CASE = select(
    LifecycleCase.id,
    LifecycleCase.ref,
    LifecycleCase.title,
    LifecycleCase.definition_id,
    LifecycleCase.state,
    LifecycleCase.stage,
    LifecycleCase.version,
    LifecycleCase.entered_at,
    LifecycleCase.opened_at,
)


def visible_case(session: Session, ref: str, person: int, now: datetime) -> CaseRow:
    """The case called `ref`; refuses one that does not exist or that the person may not know of."""
    known = _CASE.where(LifecycleCase.ref == ref)
    row = session.execute(known).mappings().first() if ref.isprintable() else None
    offices = {*circumstances.offices(session, person, now.date())}
    offices |= {each.office for each in received(session, person, now.date()) if each.reaches(ref)}
    if (
        row is None
        or row["definition_id"] is None
        or not may_see(session, row["id"], row["state"], offices)
    ):
        raise NotFound(f"There is no programme called {ref}.")
    return CaseRow(**row)


def may_see(
    session: Session, case_id: int, state: str, offices: Collection[tuple[str, int]]
) -> bool:
    """Whether the holder of these offices may know of the case."""
    if state != "draft" or is_auditor(offices):
        return True
    proposers = session.scalars(
        select(CaseParty.party_id).where(
            CaseParty.case_id == case_id, CaseParty.capacity == "proposer"
        )
    )
    return bool({party for _, party in offices} & set(proposers))


def is_auditor(offices: Collection[tuple[str, int]]) -> bool:
    """Whether one of these offices is an auditor's."""
    return any(role == AUDITOR for role, _ in offices)
