"""A submitter's proposals: those being written, those that came back, and those on their way."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, true
from sqlalchemy.orm import Session

from workflow.audit import canonical
from workflow.engine.document_models import Document
from workflow.engine.engine import Engine
from workflow.engine.models import OPEN, CaseParty, LifecycleCase, Round
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
    """The proposals of the parties that a person submits for; `more_…` where a list ends before its end."""

    offices: tuple[Office, ...]
    writing: tuple[ProposalLine, ...]
    sent: tuple[ProposalLine, ...]
    more_writing: bool = False
    more_sent: bool = False


def my_proposals(session: Session, engine: Engine, person: int) -> MyProposals:
    """The proposals of every party whose submitter the person is today, newest first."""
    held = submitter_offices(session, engine, person)
    parties = {office.party_id for office in held}
    open_to = _written_in(session, engine, parties)
    writing = _lines(session, engine, parties, open_to)
    sent = _lines(session, engine, parties, ~open_to)
    return MyProposals(
        offices=held,
        writing=writing[:MOST_SHOWN],
        sent=sent[:MOST_SHOWN],
        more_writing=len(writing) > MOST_SHOWN,
        more_sent=len(sent) > MOST_SHOWN,
    )


def submitter_offices(session: Session, engine: Engine, person: int) -> tuple[Office, ...]:
    """The parties that the person submits for today."""
    today = engine.now().date()
    return tuple(o for o in people.offices(session, person, today) if o.role == "submitter")


def _written_in(session: Session, engine: Engine, parties: set[int]) -> ColumnElement[bool]:
    """The states in which a proposal of these parties is written, each under its own definition."""
    standing = session.execute(
        select(LifecycleCase.definition_id, LifecycleCase.state)
        .join(CaseParty, CaseParty.case_id == LifecycleCase.id)
        .where(_proposed_by(parties))
        .distinct()
    )
    return or_(
        ~true(),
        *(
            and_(LifecycleCase.definition_id == definition, LifecycleCase.state == state)
            for definition, state in standing
            if definition and state in engine.definition(definition).documents[PROPOSAL].written_in
        ),
    )


def _lines(
    session: Session, engine: Engine, parties: set[int], which: ColumnElement[bool]
) -> tuple[ProposalLine, ...]:
    """The newest of them, and one more than is shown where there are more."""
    return tuple(_line(engine, row) for row in session.execute(_proposals(parties, which)))


def _proposed_by(parties: set[int]) -> ColumnElement[bool]:
    """Of a case and its parties: that it runs by a lifecycle and one of these proposed it."""
    return and_(
        CaseParty.party_id.in_(parties),
        CaseParty.capacity == "proposer",
        LifecycleCase.definition_id.is_not(None),
    )


def _proposals(parties: set[int], which: ColumnElement[bool]) -> Listed:
    """What is shown of the newest; of all others only the place of their last text is looked at."""
    last = (
        select(func.max(Document.id))
        .where(Document.case_id == LifecycleCase.id, Document.kind == PROPOSAL)
        .correlate(LifecycleCase)
        .scalar_subquery()
        .label("text")
    )
    newest = (
        select(CaseParty.party_id, last)
        .join(LifecycleCase, LifecycleCase.id == CaseParty.case_id)
        .join(Programme, Programme.case_id == LifecycleCase.id)
        .where(_proposed_by(parties), which)
        .order_by(last.desc().nulls_last())
        .limit(MOST_SHOWN + 1)
        .subquery()
    )
    due = (
        select(func.min(Round.due_at))
        .where(Round.case_id == LifecycleCase.id, Round.status == OPEN)
        .scalar_subquery()
    )
    asked: Listed = select(
        LifecycleCase.ref, LifecycleCase.title, LifecycleCase.state,
        LifecycleCase.definition_id, Party.name.label("party"), Document.body,
        Document.filed_at, Person.name.label("saved_by"), due.label("due"),
    )  # fmt: skip
    return (
        asked.select_from(newest)
        .join(Document, Document.id == newest.c.text)
        .join(LifecycleCase, LifecycleCase.id == Document.case_id)
        .join(Party, Party.id == newest.c.party_id)
        .join(Person, Person.id == Document.person_id)
        .order_by(Document.id.desc())
    )


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
