"""Opening a case, and publishing the definition that it runs on."""

from datetime import datetime
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from workflow.audit.events.cases import CaseOpened
from workflow.audit.trail import Head
from workflow.database import Base
from workflow.engine.declared_models import (
    ClosedRole,
    DecidedState,
    FactsDocument,
    PrivateState,
    WritingOffice,
)
from workflow.engine.engine import Engine
from workflow.engine.models import CaseParty, DefinitionVersion, LifecycleCase
from workflow.engine.rounds import new_rounds
from workflow.engine.unit_of_work import LockedCase, UnitOfWork
from workflow.free_text import kept_line
from workflow.lifecycles.definition import Definition, Opens
from workflow.lifecycles.openness import Reads
from workflow.people.models import Party
from workflow.vocabulary import PROPOSER, Footing

OFFICE = "office:"


def publish(engine: Engine, definition: Definition) -> int:
    """Enter a definition under its digest, as one from before the register; the same one again changes nothing."""
    with engine.transaction() as session:
        known = session.scalar(
            select(DefinitionVersion.id).where(DefinitionVersion.digest == definition.digest)
        )
        if known is not None:
            return known
        return store_version(session, definition, engine.now())


def store_version(session: Session, definition: Definition, at: datetime) -> int:
    """Keep a definition as a version for good, with what it declares; returns its number."""
    stored = insert(DefinitionVersion).values(
        key=definition.key,
        version=definition.version,
        digest=definition.digest,
        body=definition.body,
        published_at=at,
    )
    number = session.execute(stored.returning(DefinitionVersion.id)).scalar_one()
    declare(session, number, definition)
    return number


def declare(session: Session, number: int, definition: Definition) -> None:
    """Put what lists of cases ask for into rows."""
    for table, rows in declared(definition).items():
        if rows:
            session.execute(insert(table), [{"definition_id": number, **row} for row in rows])


def declared(definition: Definition) -> dict[type[Base], list[dict[str, str]]]:
    """The rows that a lifecycle declares, by their table."""
    states, roles = definition.states.values(), definition.roles.values()
    return {
        FactsDocument: [{"kind": definition.facts}],
        PrivateState: [{"state": each.key} for each in states if each.private],
        DecidedState: [{"state": each.key} for each in states if each.decided],
        ClosedRole: [{"role": each.key} for each in roles if each.reads is Reads.FACTS],
        WritingOffice: [
            {"state": state, "role": role, "party": party}
            for state, role, party in sorted(_writing_offices(definition))
        ],
    }


def _writing_offices(definition: Definition) -> frozenset[tuple[str, str, str]]:
    """Which role of which office of the house may write something in which state."""
    return frozenset(
        (state, writer.role, writer.of.removeprefix(OFFICE))
        for document in definition.documents.values()
        if document.footing is Footing.MANAGED
        for writer in document.written_by
        if writer.of.startswith(OFFICE)
        for state in document.written_in
    )


def open_case(
    engine: Engine,
    session: Session,
    person: int,
    *,
    definition_id: int,
    ref: str,
    title: str,
    proposer: int,
) -> UnitOfWork:
    """Open a case in the initial state with `proposer` as its party.

    The rounds of that state open when the caller calls `open_initial` after having given the case
    its parties; the caller closes the unit of work.
    """
    title = kept_line(title, "title")
    definition = engine.definition(definition_id, session)
    state = definition.states[definition.initial]
    now = engine.now()
    case = _stored(session, definition, definition_id, ref, title, now)
    session.execute(insert(CaseParty).values(case_id=case.id, capacity=PROPOSER, party_id=proposer))
    work = UnitOfWork(session, case, definition, person, now)
    work.note(
        CaseOpened(
            ref=ref,
            subject=definition.subject,
            definition=definition.digest,
            state=state.key,
            stage=state.stage.value,
            proposer=session.scalars(select(Party.key).where(Party.id == proposer)).one(),
            version=1,
            title=title,
        )
    )
    return work


def _stored(
    session: Session,
    definition: Definition,
    definition_id: int,
    ref: str,
    title: str,
    now: datetime,
) -> LockedCase:
    """The row of a new case, which nobody else can see yet."""
    state = definition.states[definition.initial]
    told: dict[str, Any] = {
        "ref": ref,
        "subject": definition.subject,
        "title": title,
        "definition_id": definition_id,
        "state": state.key,
        "stage": state.stage.value,
        "version": 1,
        "entered_at": now,
    }
    stored = insert(LifecycleCase).values(**told, opened_at=now, head_seq=0)
    case_id = session.execute(stored.returning(LifecycleCase.id)).scalar_one()
    return LockedCase(id=case_id, head=Head(case_id=case_id, ref=ref, seq=0, hash=None), **told)


def open_initial(work: UnitOfWork) -> None:
    """Open the rounds that stand in the case's initial state."""
    for spec in work.definition.rounds_in(work.case.state, work.case.footing):
        if spec.opens is Opens.ON_ENTRY:
            new_rounds.open_round(work, spec)
