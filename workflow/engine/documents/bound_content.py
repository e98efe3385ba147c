"""The exact content under decision: which versions of which documents and files, by digest."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Any

from sqlalchemy import bindparam, func, null, select, union_all
from sqlalchemy.orm import Session

from workflow.audit import canonical
from workflow.engine.document_models import Attachment, Document
from workflow.people.models import Person
from workflow.reading import asked_once
from workflow.transactions.statements import PreparedStatement


@dataclass(frozen=True, slots=True)
class FiledVersion:
    """A version of a document: which one, its digest, and who filed it when."""

    version: int
    digest: str
    person: str
    at: datetime
    seq: int

    def as_content(self) -> dict[str, Any]:
        """The version as the content under decision names it."""
        return {"version": self.version, "digest": self.digest}


def under_decision(
    session: Session, case_id: int, kinds: tuple[str, ...]
) -> tuple[dict[str, Any], str]:
    """The newest versions and standing files of `kinds` on the case, and the digest over them.

    The content is `{"documents": {kind: {"version", "digest"}}, "files": {kind: [digest, …]}}`.
    """
    if not kinds:
        return NOTHING.of(())
    filed = {kind: each.as_content() for kind, each in newest(session, case_id).items()}
    return Filed(filed, _files(session, case_id)).of(kinds)


@dataclass(frozen=True, slots=True)
class Filed:
    """What stands on a case: of each kind the newest version of its document, and its files."""

    documents: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    files: Mapping[str, list[str]] = field(default_factory=lambda: MappingProxyType({}))

    def of(self, kinds: Collection[str]) -> tuple[dict[str, Any], str]:
        """The content that documents and files of these kinds are, and the digest over it."""
        content = {
            "documents": {kind: each for kind, each in self.documents.items() if kind in kinds},
            "files": {kind: each for kind, each in self.files.items() if kind in kinds},
        }
        return content, canonical.digest(canonical.write(content))


NOTHING = Filed()


_VERSIONS = (
    select(
        Document.kind,
        Document.version,
        Document.digest,
        Person.name,
        Document.filed_at,
        Document.event_seq,
    )
    .join(Person, Person.id == Document.person_id)
    .where(Document.case_id == bindparam("case_id"))
    .order_by(Document.version)
)


@asked_once
def filed_versions(session: Session, case_id: int) -> Mapping[str, tuple[FiledVersion, ...]]:
    """Every version of every document of the case by its kind, the oldest first."""
    found: dict[str, list[FiledVersion]] = {}
    for row in session.connection().execute(_VERSIONS, {"case_id": case_id}):
        found.setdefault(row.kind, []).append(FiledVersion(*row[1:]))
    return {kind: tuple(versions) for kind, versions in found.items()}


def newest(session: Session, case_id: int) -> Mapping[str, FiledVersion]:
    """The newest version of every document of the case, by its kind."""
    return {kind: each[-1] for kind, each in filed_versions(session, case_id).items()}


_STANDING = (
    select(Attachment.kind, Attachment.digest)
    .where(Attachment.case_id == bindparam("case_id"), Attachment.removed_at.is_(None))
    .order_by(Attachment.kind, Attachment.digest)
)


@asked_once
def _files(session: Session, case_id: int) -> dict[str, Any]:
    """The standing files of the case."""
    files: dict[str, Any] = {}
    for kind, digest in session.connection().execute(_STANDING, {"case_id": case_id}):
        files.setdefault(kind, []).append(digest)
    return files


_LAST = (
    select(Document.kind, func.max(Document.version).label("version"))
    .where(Document.case_id == bindparam("case_id"))
    .group_by(Document.kind)
    .subquery()
)
# The same for an act that writes, asked at once: documents with their versions, files without.
FILED = PreparedStatement(
    union_all(
        select(Document.kind, Document.version, Document.digest)
        .join(_LAST, (Document.kind == _LAST.c.kind) & (Document.version == _LAST.c.version))
        .where(Document.case_id == bindparam("case_id")),
        select(Attachment.kind, null(), Attachment.digest).where(
            Attachment.case_id == bindparam("case_id"), Attachment.removed_at.is_(None)
        ),
    )
)


def filed(rows: Iterable[Any]) -> Filed:
    """What stands on a case, as it was found."""
    documents: dict[str, Any] = {}
    files: dict[str, list[str]] = {}
    for kind, version, digest in rows:
        if version is None:
            files.setdefault(kind, []).append(digest)
        else:
            documents[kind] = {"version": version, "digest": digest}
    return Filed(documents, {kind: sorted(each) for kind, each in files.items()})
