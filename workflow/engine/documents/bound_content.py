"""The exact content under decision: which versions of which documents and files, by digest."""

import hashlib
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workflow.audit import canonical
from workflow.engine.models import Attachment, Document
from workflow.reading import asked_once


def under_decision(
    session: Session, case_id: int, kinds: tuple[str, ...]
) -> tuple[dict[str, Any], str]:
    """The newest versions and standing files of `kinds` on the case, and the digest over them.

    The content is `{"documents": {kind: {"version", "digest"}}, "files": {kind: [digest, …]}}`.
    """
    content: dict[str, Any] = {"documents": {}, "files": {}}
    if kinds:
        content["documents"] = _of(kinds, _newest(session, case_id))
        content["files"] = _of(kinds, _files(session, case_id))
    return content, hashlib.sha256(canonical.write(content)).hexdigest()


def _of(kinds: tuple[str, ...], found: dict[str, Any]) -> dict[str, Any]:
    return {kind: each for kind, each in found.items() if kind in kinds}


@asked_once
def _newest(session: Session, case_id: int) -> dict[str, Any]:
    """The newest version of every document of the case."""
    newest = (
        select(Document.kind, func.max(Document.version).label("version"))
        .where(Document.case_id == case_id)
        .group_by(Document.kind)
        .subquery()
    )
    rows = session.execute(
        select(Document.kind, Document.version, Document.digest)
        .join(newest, (Document.kind == newest.c.kind) & (Document.version == newest.c.version))
        .where(Document.case_id == case_id)
    )
    return {kind: {"version": version, "digest": digest} for kind, version, digest in rows}


@asked_once
def _files(session: Session, case_id: int) -> dict[str, Any]:
    """The standing files of the case."""
    files: dict[str, Any] = {}
    rows = session.execute(
        select(Attachment.kind, Attachment.digest)
        .where(Attachment.case_id == case_id, Attachment.removed_at.is_(None))
        .order_by(Attachment.kind, Attachment.digest)
    )
    for kind, digest in rows:
        files.setdefault(kind, []).append(digest)
    return files
