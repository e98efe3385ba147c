"""What rows of a table say for which cases open, and how that becomes the first version of their facts."""

from dataclasses import dataclass

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from workflow.audit import canonical
from workflow.audit.events.documents import DocumentFiled
from workflow.engine.document_models import Document
from workflow.engine.documents.checked import whole_text
from workflow.engine.domain import domain_of
from workflow.engine.unit_of_work import UnitOfWork
from workflow.lifecycles import form_checks
from workflow.lifecycles.children.kinds import ChildKind
from workflow.lifecycles.children.rows import RowOfCase, rows_of_cases


@dataclass(frozen=True, slots=True)
class RowsAbove:
    """The rows of a case for which others open, and who filed which version of the document they stand in."""

    document: str
    version: int
    writer: int
    rows: tuple[RowOfCase, ...]


def rows_above(work: UnitOfWork, kind: ChildKind) -> RowsAbove | None:
    """The rows for which a kind opens cases under the locked one; nothing where no table is filed."""
    each = kind.each_row
    found = None if each is None else _filed(work.session, work.case.id, each.table.document)
    if each is None or found is None:
        return None
    documents = {
        key: whole_text(work.session, work.case.id, work.definition, work.definition.documents[key])
        for key in sorted(each.documents)
    }
    version, writer = found
    return RowsAbove(each.table.document, version, writer, rows_of_cases(kind, documents))


def file_carried(below: UnitOfWork, above: RowsAbove, row: RowOfCase) -> None:
    """File what a row carries as the first version of the facts of the case that it opened.

    It counts as written by whoever filed the document above. What the form does not take, since the
    lifecycle of the case has changed since, is left for whoever writes it next.
    """
    kind = below.definition.documents.get(below.definition.facts)
    if kind is None:
        return
    content = form_checks.as_kept(kind.fields(), row.carried)
    unfit = form_checks.faults(kind, content)
    content = {key: value for key, value in content.items() if key not in unfit}
    if not content:
        return
    body = canonical.write(content)
    told = DocumentFiled(
        kind=kind.key,
        version=1,
        digest=canonical.digest(body),
        carried_from=above.document,
        carried_version=above.version,
        writer=above.writer,
    )
    written = below.note(told)
    below.session.execute(
        insert(Document).values(
            case_id=below.case.id,
            kind=kind.key,
            version=told.version,
            body=body,
            digest=told.digest,
            person_id=above.writer,
            filed_at=written.at,
            event_seq=written.seq,
        )
    )
    domain_of(below.session).text_filed(below.session, below.definition, below.case.id)


def _filed(session: Session, case_id: int, kind: str) -> tuple[int, int] | None:
    """The newest version of a document and who filed it."""
    found = session.execute(
        select(Document.version, Document.person_id)
        .where(Document.case_id == case_id, Document.kind == kind)
        .order_by(Document.version.desc())
        .limit(1)
    ).first()
    return None if found is None else (found.version, found.person_id)
