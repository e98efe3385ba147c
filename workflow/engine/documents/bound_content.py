"""The exact content under decision: which versions of which documents and files, by digest."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from workflow.audit import canonical
from workflow.engine.models import Attachment, Document
from workflow.people.models import Person
from workflow.reading import asked_once


@dataclass(frozen=True, slots=True)
class FiledVersion:
    """A version of a document: which one, its digest, and who filed it when."""

    version: int
    digest: str
    person: str
    at: datetime

    def as_content(self) -> dict[str, Any]:
        """The version as the content under decision names it."""
        return {"version": self.version, "digest": self.digest}


def under_decision(
    session: Session, case_id: int, kinds: tuple[str, ...]
) -> tuple[dict[str, Any], str]:
    """The newest versions and standing files of `kinds` on the case, and the digest over them.

    The content is `{"documents": {kind: {"version", "digest"}}, "files": {kind: [digest, …]}}`.
    """
    content: dict[str, Any] = {"documents": {}, "files": {}}
    if kinds:
        filed, files = newest(session, case_id), _files(session, case_id)
        content["documents"] = {k: each.as_content() for k, each in filed.items() if k in kinds}
        content["files"] = {k: each for k, each in files.items() if k in kinds}
    return content, hashlib.sha256(canonical.write(content)).hexdigest()


_LAST = (
    select(Document.kind, func.max(Document.version).label("version"))
    .where(Document.case_id == bindparam("case_id"))
    .group_by(Document.kind)
    .subquery()
)
_NEWEST = (
    select(Document.kind, Document.version, Document.digest, Person.name, Document.filed_at)
    .join(_LAST, (Document.kind == _LAST.c.kind) & (Document.version == _LAST.c.version))
    .join(Person, Person.id == Document.person_id)
    .where(Document.case_id == bindparam("case_id"))
)


@asked_once
def newest(session: Session, case_id: int) -> Mapping[str, FiledVersion]:
    """The newest version of every document of the case, by its kind."""
    rows = session.connection().execute(_NEWEST, {"case_id": case_id})
    return {row.kind: FiledVersion(*row[1:]) for row in rows}


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
