"""The filed versions of a document: who filed which when, and what each of them says."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.audit import canonical
from workflow.engine.commands import file_document
from workflow.engine.document_models import Document
from workflow.engine.documents.proposed import ProposedChange, proposed
from workflow.engine.engine import Engine
from workflow.errors import NotFound, Refusal
from workflow.lifecycles.documents import DocumentKind
from workflow.people.models import Person
from workflow.phrase import phrase
from workflow.programmes.documents.attachments import AttachedFile, attached, companions
from workflow.programmes.documents.choices import Offered, as_called_then, offered
from workflow.programmes.documents.milestones import PastMilestone, past_milestones
from workflow.programmes.documents.referred import ReferredTable, referred
from workflow.programmes.visible_case import VisibleCase, visible_case
from workflow.results.parts import PartsBeside, parts_beside


@dataclass(frozen=True, slots=True)
class Saved:
    """One filed version, without its content."""

    version: int
    person: str
    at: datetime
    digest: str
    seq: int
    person_id: int


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """One version of a document beside all the others.

    `before` is the version it revises; a report of a series revises none. `shown` is None where
    nothing has been filed yet; `since` is the number of `before`. `proposed` is what it would change of what is in force of the
    case above, `parts` what the parts of the programme reported of the same period. `past` are the milestones
    of a plan in force of which the day is past, `referred` the tables of other texts to whose rows the
    newest version refers. `barred` says why the person may not write it.
    """

    case: VisibleCase
    kind: DocumentKind
    versions: tuple[Saved, ...]
    shown: Saved | None
    content: Mapping[str, Any]
    before: Mapping[str, Any] | None
    since: int
    files: tuple[AttachedFile, ...]
    offered: Offered
    barred: Refusal | None
    proposed: tuple[ProposedChange, ...] = ()
    parts: PartsBeside | None = None
    past: tuple[PastMilestone, ...] = ()
    referred: tuple[ReferredTable, ...] = ()


def document_page(
    session: Session, engine: Engine, person: int, ref: str, *, kind: str, version: int | None
) -> DocumentPage:
    """The newest version of a document, or the one asked for; refuses one that was never filed."""
    case = visible_case(session, engine, person, ref)
    spec = case.kind(kind)
    versions = readable_versions(session, case, kind)
    shown = _chosen(versions, version)
    earlier = 0 if spec.serial else _before(versions, shown)
    content = content_of(session, case, kind, shown.version) if shown else {}
    before = content_of(session, case, kind, earlier) if earlier else None
    words = offered(session, case.definition, spec.fields(), case.id)
    return DocumentPage(
        case=case,
        kind=case.sight.shown(spec),
        versions=versions,
        shown=shown,
        content=content,
        before=before,
        since=earlier,
        files=attached(session, case, [each.key for each in companions(case.definition, spec)]),
        offered=as_called_then(words, (content, before or {})),
        barred=writing_barred(session, case, spec),
        proposed=changes_proposed(session, case, spec, content, shown) if shown else (),
        parts=parts_beside(session, engine, (case.id, case.definition), spec, content)
        if shown
        else None,
        past=past_milestones(spec, content, case.today) if _in_force(case, shown, versions) else (),
        referred=referred(session, case.sight, spec) if shown and shown == versions[0] else (),
    )


def _in_force(case: VisibleCase, shown: Saved | None, versions: tuple[Saved, ...]) -> bool:
    """Whether what is shown is the text that a case ended with, which was accepted."""
    state = case.definition.states[case.state]
    return state.final and state.decided and shown is not None and shown == versions[0]


def changes_proposed(
    session: Session, case: VisibleCase, kind: DocumentKind, content: Mapping[str, Any], of: Saved
) -> tuple[ProposedChange, ...]:
    """What a version would change of what is in force of the case above, as far as the person may read it."""
    shown = case.sight.shown(kind)
    return proposed(session, (case.id, case.definition), shown, content, of.at)


def writing_barred(session: Session, case: VisibleCase, kind: DocumentKind) -> Refusal | None:
    """Why the person may not write this document now; None when they may."""
    at = case.definition.states[case.state], case.footing, case.definition.subject
    return file_document.writing_barred(session, kind, at, case.id, case.offices, case.today)


def readable_versions(session: Session, case: VisibleCase, kind: str) -> tuple[Saved, ...]:
    """Every version that the person may read, the newest first; refuses whoever may read none."""
    every = saved_versions(session, case, kind)
    open_ = case.sight.versions(kind, [each.seq for each in every])
    found = tuple(each for each in every if each.seq in open_)
    if not found and not case.sight.writes(case.kind(kind)):
        case.sight.refuse_text(kind)
    return found


def saved_versions(session: Session, case: VisibleCase, kind: str) -> tuple[Saved, ...]:
    """Every version of the document, the newest first."""
    rows = session.execute(
        select(
            Document.version,
            Person.name,
            Document.filed_at,
            Document.digest,
            Document.event_seq,
            Document.person_id,
        )
        .join(Person, Person.id == Document.person_id)
        .where(Document.case_id == case.id, Document.kind == kind)
        .order_by(Document.version.desc())
    )
    return tuple(Saved(*row) for row in rows)


def content_of(session: Session, case: VisibleCase, kind: str, version: int) -> Mapping[str, Any]:
    """What one version says; nothing for version 0, which is the empty form."""
    body = session.scalar(
        select(Document.body).where(
            Document.case_id == case.id, Document.kind == kind, Document.version == version
        )
    )
    content: Mapping[str, Any] = canonical.parse(body) if body is not None else {}
    return content


def _before(versions: tuple[Saved, ...], shown: Saved | None) -> int:
    """The version that the person reads before the one shown; 0 where there is none."""
    older = (each.version for each in versions if shown and each.version < shown.version)
    return max(older, default=0)


def _chosen(versions: tuple[Saved, ...], version: int | None) -> Saved | None:
    if version is None:
        return versions[0] if versions else None
    for each in versions:
        if each.version == version:
            return each
    raise NotFound(phrase("This version was never filed."))
