"""Any two filed versions of any document of a case, side by side."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.engine.document_models import Document
from workflow.engine.engine import Engine
from workflow.errors import NotFound
from workflow.lifecycles.documents import DocumentKind
from workflow.phrase import phrase
from workflow.programmes.documents.choices import Offered, as_called_then, offered
from workflow.programmes.documents.versions import Saved, content_of, readable_versions
from workflow.programmes.visible_case import VisibleCase, visible_case


@dataclass(frozen=True, slots=True)
class Compared:
    """Two versions of a document: `after` as it reads, beside `before`.

    `first` is the version as first filed and `newest` the last one; `kinds` are all that the case
    has any version of.
    """

    case: VisibleCase
    kind: DocumentKind
    kinds: tuple[DocumentKind, ...]
    versions: tuple[Saved, ...]
    before: Saved
    after: Saved
    earlier: Mapping[str, Any]
    content: Mapping[str, Any]
    offered: Offered

    @property
    def first(self) -> Saved:
        """The version as first filed."""
        return self.versions[-1]

    @property
    def newest(self) -> Saved:
        """The version filed last."""
        return self.versions[0]


def compared(
    session: Session,
    engine: Engine,
    person: int,
    ref: str,
    kind: str,
    *,
    before: int | None = None,
    after: int | None = None,
) -> Compared:
    """Two versions of a document: the first and the newest where none is asked for."""
    case = visible_case(session, engine, person, ref)
    spec = case.kind(kind)
    versions = readable_versions(session, case, kind)
    if not versions:
        raise NotFound(phrase("No version of this document was ever filed."))
    old, new = _one(versions, before, versions[-1]), _one(versions, after, versions[0])
    earlier, content = (content_of(session, case, kind, each.version) for each in (old, new))
    words = offered(session, case.definition, spec.fields(), case.id)
    return Compared(
        case=case,
        kind=case.sight.shown(spec),
        kinds=_kinds(session, case),
        versions=versions,
        before=old,
        after=new,
        earlier=earlier,
        content=content,
        offered=as_called_then(words, (earlier, content)),
    )


def _one(versions: tuple[Saved, ...], wanted: int | None, otherwise: Saved) -> Saved:
    if wanted is None:
        return otherwise
    found = next((each for each in versions if each.version == wanted), None)
    if found is None:
        raise NotFound(phrase("This version was never filed."))
    return found


def _kinds(session: Session, case: VisibleCase) -> tuple[DocumentKind, ...]:
    filed = set(
        session.scalars(select(Document.kind).where(Document.case_id == case.id).distinct())
    )
    return tuple(
        kind
        for kind in case.definition.documents.values()
        if kind.key in filed and (case.sight.text(kind.key) or case.sight.writes(kind))
    )
