"""A submitter's proposals: those being written, those that came back, and those on their way."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, not_, null, select, union_all
from sqlalchemy.orm import Session

from workflow.audit import canonical
from workflow.engine.document_models import Document
from workflow.engine.engine import Engine
from workflow.engine.models import OPEN, DefinitionVersion, LifecycleCase, Round
from workflow.lifecycles import form_checks
from workflow.lifecycles.definition import Definition
from workflow.lifecycles.documents import DocumentKind
from workflow.people import queries as people
from workflow.people.models import Party, Person
from workflow.people.queries import Office
from workflow.programmes.lists.models import PartyProposal
from workflow.programmes.outline import proposers

MOST_SHOWN = 100
Listed = Select[str, str, str, int | None, str, bytes, datetime, str, datetime | None]


@dataclass(frozen=True, slots=True)
class ProposalLine:
    """A proposal in the list, and how much of it is written; `writable` ones can be changed.

    `kind` is the document in which its lifecycle has it written; a writable one `came_back` where it was
    sent before.
    """

    ref: str
    kind: str
    title: str
    party: str
    state: str
    state_label: str
    saved_at: datetime
    saved_by: str
    missing: int
    due: datetime | None
    writable: bool
    came_back: bool


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
    parties = sorted({office.party_id for office in held})
    standing = _written_in(session, engine, parties)
    # An index holds those of a party that stand in one state, and all of a party, by their texts.
    open_to = [
        and_(PartyProposal.party_id == party, _stands(*where))
        for party in parties
        for where in standing
    ]
    others = [
        and_(PartyProposal.party_id == party, *(not_(_stands(*where)) for where in standing))
        for party in parties
    ]
    writing = _lines(session, engine, open_to)
    # How much is written of what was sent, and until when, is said on its own page.
    sent = _lines(session, engine, others, whole=False)
    return MyProposals(
        offices=held,
        writing=writing[:MOST_SHOWN],
        sent=sent[:MOST_SHOWN],
        more_writing=len(writing) > MOST_SHOWN,
        more_sent=len(sent) > MOST_SHOWN,
    )


def submitter_offices(session: Session, engine: Engine, person: int) -> tuple[Office, ...]:
    """The parties that the person submits for today, each once."""
    roles = proposers(read for _, read in engine.offered(session))
    held = people.offices(session, person, engine.now().date())
    return tuple({o.party_id: o for o in reversed(held) if o.role in roles}.values())[::-1]


def _written_in(
    session: Session, engine: Engine, parties: Sequence[int]
) -> tuple[tuple[int, str], ...]:
    """The states in which a proposal of these parties is written, each with its own definition."""
    theirs = exists().where(
        PartyProposal.party_id.in_(parties), PartyProposal.definition_id == DefinitionVersion.id
    )
    followed = session.scalars(select(DefinitionVersion.id).where(theirs)).all() if parties else ()
    return tuple(
        (definition, state)
        for definition in followed
        for state in sorted(_written(engine.definition(definition)).written_in)
    )


def _written(definition: Definition) -> DocumentKind:
    """The document in which a proposal is written."""
    return definition.documents[definition.facts]


def _stands(definition: int, state: str) -> ColumnElement[bool]:
    """The condition that a proposal stands in this state of this definition."""
    return and_(PartyProposal.definition_id == definition, PartyProposal.state == state)


def _lines(
    session: Session, engine: Engine, which: Sequence[ColumnElement[bool]], *, whole: bool = True
) -> tuple[ProposalLine, ...]:
    """The newest of which one condition holds, and one more than is shown where there are more."""
    if not which:
        return ()
    return tuple(_line(engine, row) for row in session.execute(_proposals(which, whole=whole)))


def _proposals(which: Sequence[ColumnElement[bool]], *, whole: bool) -> Listed:
    """What is shown of the newest, `whole` with their texts; of all others nothing is looked at."""
    each = (
        select(PartyProposal.party_id, PartyProposal.text_id)
        .where(condition)
        .order_by(PartyProposal.text_id.desc())
        .limit(MOST_SHOWN + 1)
        .subquery()
        for condition in which
    )
    newest = union_all(*(select(one) for one in each)).subquery()
    due = (
        select(func.min(Round.due_at))
        .where(Round.case_id == LifecycleCase.id, Round.status == OPEN)
        .scalar_subquery()
    )
    asked: Listed = select(
        LifecycleCase.ref, LifecycleCase.title, LifecycleCase.state,
        LifecycleCase.definition_id, Party.name.label("party"),
        (Document.body if whole else null()).label("body"),
        Document.filed_at, Person.name.label("saved_by"), (due if whole else null()).label("due"),
    )  # fmt: skip
    return (
        asked.select_from(newest)
        .join(Document, Document.id == newest.c.text_id)
        .join(LifecycleCase, LifecycleCase.id == Document.case_id)
        .join(Party, Party.id == newest.c.party_id)
        .join(Person, Person.id == Document.person_id)
        .order_by(Document.id.desc())
        .limit(MOST_SHOWN + 1)
    )


def _line(engine: Engine, row: Any) -> ProposalLine:
    """One row of the list, in the words of its own lifecycle."""
    definition = engine.definition(row.definition_id)
    kind = _written(definition)
    return ProposalLine(
        ref=row.ref,
        kind=kind.key,
        title=row.title,
        party=row.party,
        state=row.state,
        state_label=definition.states[row.state].label,
        saved_at=row.filed_at,
        saved_by=row.saved_by,
        missing=len(form_checks.missing(kind, canonical.parse(row.body))) if row.body else 0,
        due=row.due,
        writable=row.state in kind.written_in,
        came_back=row.state != definition.initial,
    )
