"""Which texts and files of a case one person may read, by their digests."""

from collections.abc import Iterator

from sqlalchemy import bindparam, select

from workflow.engine.document_models import Attachment, Document
from workflow.engine.documents import sendings
from workflow.engine.pages.viewer import CaseViewer
from workflow.engine.pages.withheld import withheld
from workflow.lifecycles.documents import DocumentKind

_VERSIONS = select(Document.event_seq, Document.digest).where(
    Document.case_id == bindparam("case_id"), Document.kind == bindparam("kind")
)
_FILES = select(Attachment.event_seq, Attachment.digest).where(
    Attachment.case_id == bindparam("case_id"), Attachment.kind == bindparam("kind")
)


def readable(viewer: CaseViewer) -> dict[str, frozenset[str]]:
    """The digests of what the person may read, by the kind of document.

    What waits for the person to declare that they have no interest is not among them.
    """
    return {
        kind.key: frozenset((*_versions(viewer, kind), *_files(viewer, kind)))
        for kind in viewer.definition.documents.values()
        if withheld(viewer, kind.key) is None
    }


def _versions(viewer: CaseViewer, kind: DocumentKind) -> Iterator[str]:
    asked = {"case_id": viewer.case.id, "kind": kind.key}
    rows = viewer.session.connection().execute(_VERSIONS, asked)
    digests: dict[int, str] = {row.event_seq: row.digest for row in rows}
    readable_ones = viewer.sight.versions(kind.key, digests)
    yield from (digest for seq, digest in digests.items() if seq in readable_ones)


def _files(viewer: CaseViewer, kind: DocumentKind) -> Iterator[str]:
    asked = {"case_id": viewer.case.id, "kind": kind.key}
    for seq, digest in viewer.session.connection().execute(_FILES, asked):
        gone = sendings.taken_off(viewer.session, viewer.case.id, seq, digest)
        if viewer.sight.paper(kind.key, seq, gone):
            yield digest
