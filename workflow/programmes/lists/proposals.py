"""A submitter's proposals: those being written, those that came back, and those on their way."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, func, select
from sqlalchemy.orm import Session

from workflow.audit import canonical
from workflow.engine.engine import Engine
from workflow.engine.models import CaseParty, Document, LifecycleCase, Round
from workflow.lifecycles import form_checks
from workflow.people import queries as people
from workflow.people.models import Party, Person
from workflow.people.queries import Office
from workflow.programmes.commands import PROPOSAL
from workflow.programmes.models import Programme

MOST_SHOWN = 100
Listed = Select[str, str, str, int | None, str, bytes, datetime, str, datetime | None]


@dataclass(frozen=True, slots=True)
class ProposalLine:
    """A proposal in the list, and how much of it is written; `writable` ones can be changed."""

    ref: str
    title: str
    party: str
    state: str
    state_label: str
    saved_at: datetime
    saved_by: str
    missing: int
    due: datetime | None
    writable: bool


@dataclass(frozen=True, slots=True)
class MyProposals:
    """The proposals of the parties that a person submits for."""

    offices: tuple[Office, ...]
    writing: tuple[ProposalLine, ...]
    sent: tuple[ProposalLine, ...]


def my_proposals(session: Session, engine: Engine, person: int) -> MyProposals:
    """The proposals of every party whose submitter the person is today, newest first."""
    held = submitter_offices(session, engine, person)
    parties = {office.party_id for office in held}
    lines = [_line(engine, row) for row in session.execute(_proposals(parties))]
    return MyProposals(
        offices=held,
        writing=tuple(line for line in lines if line.writable),
        sent=tuple(line for line in lines if not line.writable),
    )


def submitter_offices(session: Session, engine: Engine, person: int) -> tuple[Office, ...]:
    """The parties that the person submits for today."""
    today = engine.now().date()
    return tuple(o for o in people.offices(session, person, today) if o.role == "submitter")


def _proposals(parties: set[int]) -> Listed:
    newest = (
        select(Document.case_id, func.max(Document.version).label("version"))
        .where(Document.kind == PROPOSAL)
        .group_by(Document.case_id)
        .subquery()
    )
    due = (
        select(func.min(Round.due_at))
        .where(Round.case_id == LifecycleCase.id, Round.status == "open")
        .scalar_subquery()
    )
    return (
        select(
            LifecycleCase.ref, LifecycleCase.title, LifecycleCase.state,
            LifecycleCase.definition_id, Party.name.label("party"), Document.body,
            Document.filed_at, Person.name.label("saved_by"), due.label("due"),
        )
        .join(Programme, Programme.case_id == LifecycleCase.id)
        .join(
            CaseParty,
            and_(CaseParty.case_id == LifecycleCase.id, CaseParty.capacity == "proposer"),
        )
        .join(Party, Party.id == CaseParty.party_id)
        .join(newest, newest.c.case_id == LifecycleCase.id)
        .join(
            Document,
            and_(
                Document.case_id == LifecycleCase.id,
                Document.kind == PROPOSAL,
                Document.version == newest.c.version,
            ),
        )
        .join(Person, Person.id == Document.person_id)
        .where(CaseParty.party_id.in_(parties), LifecycleCase.definition_id.is_not(None))
        .order_by(Document.filed_at.desc(), LifecycleCase.id.desc())
        .limit(MOST_SHOWN)
    )  # fmt: skip


def _line(engine: Engine, row: Any) -> ProposalLine:
    """One row of the list, in the words of its own lifecycle."""
    definition = engine.definition(row.definition_id)
    kind = definition.documents[PROPOSAL]
    return ProposalLine(
        ref=row.ref,
        title=row.title,
        party=row.party,
        state=row.state,
        state_label=definition.states[row.state].label,
        saved_at=row.filed_at,
        saved_by=row.saved_by,
        missing=len(form_checks.missing(kind, canonical.parse(row.body))),
        due=row.due,
        writable=row.state in kind.written_in,
    )
