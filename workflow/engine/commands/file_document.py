"""Filing: a new version of a document, and files; what depended on the old text becomes void."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NoReturn

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from workflow.audit import canonical
from workflow.audit.events.documents import AttachmentFiled, AttachmentRemoved, DocumentFiled
from workflow.engine import unit_of_work
from workflow.engine.benches import OfficeKey, appointment_at
from workflow.engine.cases import schedules
from workflow.engine.commands.changed_text import text_changed
from workflow.engine.document_models import Attachment, Document
from workflow.engine.documents.above import kept
from workflow.engine.documents.checked import held_against
from workflow.engine.documents.file_store import File
from workflow.engine.documents.file_types import clean_name
from workflow.engine.domain import domain_of
from workflow.engine.engine import Engine
from workflow.engine.permissions import participants
from workflow.engine.permissions.check import not_on
from workflow.engine.permissions.offices import offices
from workflow.engine.unit_of_work import UnitOfWork
from workflow.errors import Invalid, NotAuthorised, NotFound, Refusal, RoundClosed, Stale
from workflow.lifecycles import form_checks
from workflow.lifecycles.checks.check import CheckKind, Stops
from workflow.lifecycles.definition import State
from workflow.lifecycles.documents import DocumentKind
from workflow.phrase import Lowered, Term, phrase
from workflow.vocabulary import Footing


@dataclass(frozen=True, slots=True)
class Filing:
    """A document's new content; `seen_version` is the document version it was written from."""

    ref: str
    kind: str
    content: Mapping[str, Any]
    seen_version: int


def put_document(work: UnitOfWork, person: int, filing: Filing) -> int:
    """Keep a new version of a document; returns its number (the old one if nothing changed).

    The transaction is somebody else's, who opened it and will close the work.
    """
    kind = may_write(work, person, filing.kind)
    content = _as_it_is_kept(work, kind, filing.content)
    body = canonical.write(content)
    last = _last(work.session, work.case.id, filing.kind)
    same = last is not None and last.digest == canonical.digest(body)
    if last is not None and same and not _moved_on(work, kind, content):
        return int(last.version)
    if filing.seen_version != (last.version if last else 0):
        _refuse_overtaken(oneself=last is not None and last.person_id == person)
    version = filing.seen_version + 1
    written = work.note(
        DocumentFiled(kind=filing.kind, version=version, digest=canonical.digest(body))
    )
    work.session.execute(
        insert(Document).values(
            case_id=work.case.id,
            kind=filing.kind,
            version=version,
            body=body,
            digest=canonical.digest(body),
            person_id=person,
            filed_at=written.at,
            event_seq=written.seq,
        )
    )
    if filing.kind == work.definition.facts:
        schedules.plan(work)
    domain_of(work.session).text_filed(work.session, work.definition, work.case.id)
    text_changed(work, kind)
    return version


def _as_it_is_kept(
    work: UnitOfWork, kind: DocumentKind, written: Mapping[str, Any]
) -> dict[str, Any]:
    """The content as a version has it, with what it looks at in the cases above; refuses what cannot be."""
    session, case_id = work.session, work.case.id
    content = form_checks.as_kept(kind.fields(), kept.own(written))
    problems = form_checks.faults(kind, content) or {
        each.field.key: each.said for each in kept.strangers(session, case_id, kind, content)
    }
    if problems:
        raise Invalid(phrase("Some of this cannot be kept as it is."), problems)
    _refuse_unrelated(work, kind, content)
    _refuse_unfit(work, kind, content)
    content = kept.repeating(session, case_id, kind, content)
    return content | kept.kept_with(session, case_id, kind, content)


def _refuse_overtaken(*, oneself: bool) -> NoReturn:
    """Refuse to write over a newer version, in the words for whoever filed it themselves or did not."""
    if oneself:
        raise Stale(
            phrase(
                "You saved this document yourself in the meantime, in another window or on another "
                "device. Your words are still in the form: compare them with the newer version, "
                "then save again."
            )
        )
    raise Stale(
        phrase(
            "Somebody else saved this document while you were writing. Your words are still in "
            "the form: compare them with the newer version, then save again."
        )
    )


def _moved_on(work: UnitOfWork, kind: DocumentKind, content: Mapping[str, Any]) -> bool:
    """Whether what is in force was changed since this was filed, so that the same words mean another change."""
    if not any(check.kind is CheckKind.UNMOVED for check in kind.checks):
        return False
    held = held_against(work.session, work.case.id, work.definition, kind, content)
    return any(each.unmet and each.check.kind is CheckKind.UNMOVED for each in held)


def _refuse_unrelated(work: UnitOfWork, kind: DocumentKind, content: Mapping[str, Any]) -> None:
    """Refuse content that does not keep to a check which stops filing."""
    if not any(check.stops is Stops.FILING for check in kind.checks):
        return
    held = held_against(work.session, work.case.id, work.definition, kind, content)
    wrong = [each for each in held if each.unmet and each.check.stops is Stops.FILING]
    if wrong:
        raise Invalid(
            phrase("Some of this does not fit together."),
            {each.check.at: each.said for each in reversed(wrong)},
        )


def _refuse_unfit(work: UnitOfWork, kind: DocumentKind, content: Mapping[str, Any]) -> None:
    """Refuse content that the domain cannot keep in this case."""
    unfit = domain_of(work.session).unfit
    wrong = unfit(work.session, work.definition, work.case.id, kind, content)
    if wrong:
        raise Invalid(phrase("Some of this does not fit what is known of it."), wrong)


def attach(engine: Engine, person: int, ref: str, kind: str, file: File) -> int:
    """Put a file on record under a document kind; returns the attachment's id.

    The same bytes under the same name, sent again while they stand, are that attachment already.
    """
    file = replace(file, filename=clean_name(file.filename))
    with engine.transaction() as session:
        work = begin_work(engine, session, person, ref)
        spec = may_write(work, person, kind)
        if not spec.attach:
            raise Invalid(
                phrase("Files cannot be attached to the %(round)s.", round=Lowered(spec.label))
            )
        attachment = keep_file(work, person, spec, file)
        work.close()
        return attachment


def keep_file(
    work: UnitOfWork, person: int, spec: DocumentKind, file: File, dated: date | None = None
) -> int:
    """Put a file under a document on record, with the day it bears where it comes from elsewhere."""
    standing = _standing(work.session, work.case.id, spec.key, file)
    if standing is not None:
        return standing
    written = work.note(
        AttachmentFiled(
            kind=spec.key,
            digest=file.digest,
            size=file.size,
            dated=dated.isoformat() if dated else None,
            filename=file.filename,
        )
    )
    kept = insert(Attachment).values(
        case_id=work.case.id,
        kind=spec.key,
        filename=file.filename,
        media_type=file.media_type,
        size=file.size,
        digest=file.digest,
        dated=dated,
        person_id=person,
        filed_at=written.at,
        event_seq=written.seq,
    )
    attachment = work.session.execute(kept.returning(Attachment.id)).scalar_one()
    text_changed(work, spec)
    return attachment


def detach(engine: Engine, person: int, ref: str, attachment: int) -> None:
    """Take a file off a document; its bytes and its line on the trail stay."""
    with engine.transaction() as session:
        work = begin_work(engine, session, person, ref)
        row = session.execute(
            select(Attachment).where(
                Attachment.id == attachment,
                Attachment.case_id == work.case.id,
                Attachment.removed_at.is_(None),
            )
        ).scalar_one_or_none()
        if row is None:
            raise NotFound(phrase("This file is not attached here any more."))
        spec = may_write(work, person, row.kind)
        told = AttachmentRemoved(kind=row.kind, digest=row.digest, filed=row.event_seq)
        work.note(told)
        session.execute(
            update(Attachment).where(Attachment.id == attachment).values(removed_at=work.now)
        )
        text_changed(work, spec)
        work.close()


def begin_work(engine: Engine, session: Session, person: int, ref: str) -> UnitOfWork:
    """Claim the case for writing in the name of `person`."""
    case = unit_of_work.lock_case(session, ref)
    return UnitOfWork(
        session, case, engine.definition(case.definition_id, session), person, engine.now()
    )


def may_write(work: UnitOfWork, person: int, key: str) -> DocumentKind:
    """The document kind, if this person may write it on this case now; a refusal otherwise."""
    kind = work.definition.documents.get(key)
    if kind is None:
        raise NotFound(phrase("There is no such document in this lifecycle."))
    today = work.now.date()
    held = offices(work.session, person, today)
    at = work.definition.states[work.case.state], work.case.footing, work.case.subject
    barred = writing_barred(work.session, kind, at, work.case.id, held, today)
    if barred is not None:
        raise barred
    return kind


def writing_barred(
    session: Session,
    kind: DocumentKind,
    at: tuple[State, Footing, str],
    case_id: int,
    held: Mapping[OfficeKey, int],
    today: date,
) -> Refusal | None:
    """Why the holder of these offices may not write this on a case that stands so and is about that; None if they may."""
    writers = [
        place
        for spec in kind.written_by
        for place in participants.asked_places(session, case_id, spec, today)
    ]
    if not any(appointment_at(held, place) is not None for place in writers):
        return NotAuthorised(
            phrase("The %(kind)s is not yours to write.", kind=Lowered(kind.label))
        )
    state, footing, subject = at
    if footing is not kind.footing:
        return not_on(footing, Term(subject))
    if state.key not in kind.written_in:
        return RoundClosed(
            phrase(
                "The %(kind)s cannot be changed while the %(case)s is in “%(state)s”.",
                kind=Lowered(kind.label),
                case=Term(subject),
                state=Term(state.label),
            )
        )
    return None


def _last(session: Session, case_id: int, kind: str) -> Any:
    return session.execute(
        select(Document.version, Document.digest, Document.person_id)
        .where(Document.case_id == case_id, Document.kind == kind)
        .order_by(Document.version.desc())
        .limit(1)
    ).first()


def _standing(session: Session, case_id: int, kind: str, file: File) -> int | None:
    """The attachment that this file is already; the lock on the case lets nobody come between."""
    return session.scalars(
        select(Attachment.id)
        .where(
            Attachment.case_id == case_id,
            Attachment.kind == kind,
            Attachment.digest == file.digest,
            Attachment.filename == file.filename,
            Attachment.removed_at.is_(None),
        )
        .limit(1)
    ).first()
