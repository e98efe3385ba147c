"""Opening a case, and publishing the definition that it runs on."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from workflow.database import Base
from workflow.engine.cases.beginnings import opened, stored
from workflow.engine.declared_models import (
    ClosedRole,
    DecidedState,
    FactsDocument,
    PersonalRound,
    PrivateState,
    WritingOffice,
)
from workflow.engine.engine import Engine
from workflow.engine.models import CaseParty, DefinitionVersion
from workflow.engine.unit_of_work import UnitOfWork
from workflow.free_text import kept_line
from workflow.lifecycles.definition import Definition
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
        PersonalRound: list(_personal_rounds(definition)),
    }


def _personal_rounds(definition: Definition) -> Iterator[dict[str, str]]:
    """The rounds that one person alone answers, each with the round and the question that name them."""
    for spec in definition.rounds.values():
        if spec.answered_by:
            named_in, _, question = spec.answered_by.partition(".")
            yield {"round_key": spec.key, "named_in": named_in, "question": question}


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
    now = engine.now()
    case = stored(session, definition, now, definition_id=definition_id, ref=ref, title=title)
    session.execute(insert(CaseParty).values(case_id=case.id, capacity=PROPOSER, party_id=proposer))
    work = UnitOfWork(session, case, definition, person, now)
    key = session.scalars(select(Party.key).where(Party.id == proposer)).one()
    work.note(opened(work, key))
    return work
