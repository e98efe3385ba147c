"""Bringing papers in: what was filed elsewhere, with the day it bears, and never as signed here."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy.orm import Session

from workflow.engine.benches import OfficeKey
from workflow.engine.commands import file_document
from workflow.engine.documents.file_store import File
from workflow.engine.documents.file_types import clean_name
from workflow.engine.engine import Engine
from workflow.engine.permissions import participants
from workflow.engine.permissions.check import not_on
from workflow.engine.permissions.offices import offices
from workflow.engine.permissions.visibility import visible_case
from workflow.engine.unit_of_work import UnitOfWork
from workflow.errors import Invalid, NotAuthorised
from workflow.lifecycles.definition import Definition
from workflow.lifecycles.documents import DocumentKind
from workflow.phrase import Lowered, Term, phrase
from workflow.vocabulary import Footing


@dataclass(frozen=True, slots=True)
class BroughtIn:
    """A paper of elsewhere: which document it is, its file, and the day it bears."""

    kind: str
    file: File
    dated: date


def bring_in(engine: Engine, person: int, ref: str, paper: BroughtIn) -> int:
    """Put a paper of elsewhere on a record; returns the attachment's id.

    Refuses whoever may not know of it or does not write the record, a paper that no state asks for,
    and a day to come.
    """
    with engine.reading() as session:
        visible_case(session, ref, person, engine.now())
    file = replace(paper.file, filename=clean_name(paper.file.filename))
    with engine.transaction() as session:
        work = file_document.begin_work(engine, session, person, ref)
        kind = _may_bring(work, person, paper)
        attachment = file_document.keep_file(work, person, kind, file, paper.dated)
        work.close()
        return attachment


def asked_for(definition: Definition) -> tuple[DocumentKind, ...]:
    """The documents that some state asks a record to bring."""
    wanted = {kind for state in definition.states.values() for kind in state.brings}
    return tuple(each for each in definition.documents.values() if each.key in wanted)


def writes_records(
    session: Session,
    definition: Definition,
    case_id: int,
    held: Collection[OfficeKey],
    today: date,
) -> bool:
    """Whether one of the offices held puts records of this lifecycle to those who confirm them."""
    return any(
        OfficeKey(opener.role, party) in held
        for spec in definition.rounds.values()
        if spec.footing is Footing.RECORD
        for opener in spec.opened_by
        for party, _ in participants.parties(session, case_id, opener.of, today)
    )


def takes_up(work: UnitOfWork, person: int) -> bool:
    """Whether the person takes this record up, as `writes_records` says of their offices."""
    today = work.now.date()
    held = offices(work.session, person, today)
    return writes_records(work.session, work.definition, work.case.id, held, today)


def _may_bring(work: UnitOfWork, person: int, paper: BroughtIn) -> DocumentKind:
    if not takes_up(work, person):
        raise NotAuthorised(phrase("Papers are brought in by whoever writes the record."))
    if work.case.footing is not Footing.RECORD:
        raise not_on(work.case.footing, Term(work.case.subject))
    kind = next((k for k in asked_for(work.definition) if k.key == paper.kind), None)
    if kind is None or not kind.attach:
        raise Invalid(
            phrase("No state asks a record for this paper."), {"kind": phrase("Choose again.")}
        )
    if paper.dated > work.now.date():
        said = phrase("The %(kind)s cannot bear a day to come.", kind=Lowered(kind.label))
        raise Invalid(said, {"dated": said})
    return kind
