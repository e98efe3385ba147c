"""What is in force of a case: what its own texts said when they were signed, and what was signed under it since."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import bindparam, exists, func, select
from sqlalchemy.orm import Session

from workflow.audit import canonical
from workflow.engine.children.models import ChildCase
from workflow.engine.document_models import Document
from workflow.engine.domain import domain_of
from workflow.engine.engine import engine_of
from workflow.engine.models import LifecycleCase, Round
from workflow.lifecycles.checks.check import IN_FORCE
from workflow.lifecycles.checks.known import Content
from workflow.lifecycles.definition import Definition
from workflow.lifecycles.documents import DocumentKind, Field
from workflow.reading import asked_once


class SignedBelow(NamedTuple):
    """What was signed in a case to change the one above: the document, what it says, and what of that counts.

    Without `changes` all of it does. It was `heard` there, or is not yet.
    """

    case_id: int
    document: str
    content: Content
    changes: frozenset[str] | None
    heard: datetime | None

    @property
    def counts(self) -> dict[str, Any]:
        """What of it is in force."""
        every = self.changes is None
        return {
            key: value for key, value in self.content.items()
            if value and (every or key in (self.changes or ()))
        }  # fmt: skip


def in_force(
    session: Session, case_id: int, definition: Definition, by: datetime | None = None
) -> Content:
    """What is in force of a case, or was `by` an earlier instant; nothing that is confidential."""
    own = _own(session, case_id, definition)
    below = signed_below(session, case_id) if definition.children else ()
    heard = (each for each in below if each.heard and (by is None or each.heard <= by))
    return domain_of(session).in_force((*own, *(each.counts for each in heard)))


@asked_once
def in_force_above(session: Session, case_id: int, by: datetime | None = None) -> Content:
    """What is in force of the case that this one stands under; nothing where it stands under none."""
    found = session.execute(_ABOVE, {"case_id": case_id}).first()
    if found is None:
        return {}
    definition = engine_of(session).definition(found.definition_id or 0, session)
    return in_force(session, found.id, definition, by)


def is_heard(session: Session, case_id: int) -> bool:
    """Whether that a case ended is known to the one above, so that what it changes is changed."""
    heard = select(ChildCase.heard_at).where(ChildCase.case_id == case_id)
    return session.scalar(heard) is not None


def beside(session: Session, case_id: int, kind: DocumentKind) -> tuple[Content, ...]:
    """What was signed in other cases of its kind under the same case to change that one, the oldest first."""
    found = session.execute(_ABOVE, {"case_id": case_id}).first()
    signed = signed_below(session, found.id, found.kind) if found else ()
    return tuple(
        each.content for each in signed
        if each.case_id != case_id and each.document == kind.key and each.changes != frozenset()
    )  # fmt: skip


def signed_below(session: Session, case_id: int, kind: str = "") -> tuple[SignedBelow, ...]:
    """What was signed under a case to change it, in the order in which it counts; what is not heard yet comes last."""
    rows = session.execute(_ENDED, {"case_id": case_id}).all()
    found = []
    for row in rows:
        if kind and row.kind != kind:
            continue
        followed = engine_of(session).definition(row.definition_id or 0, session)
        changes = None if row.changes is None else frozenset(row.changes.split())
        for told in settled_above(session, row.case_id, followed):
            content = _newest(session, row.case_id, (told.key,)).get(told.key, {})
            found.append(SignedBelow(row.case_id, told.key, content, changes, row.heard_at))
    return tuple(found)


def settled_above(session: Session, case_id: int, definition: Definition) -> Iterator[DocumentKind]:
    """The documents of a case that tell the facts of the one above, by the outcomes that came about."""
    for spec in definition.rounds.values():
        facts = spec.facts if spec.facts is not None and spec.facts.of_parent else None
        if facts is not None and settled_as(session, case_id, spec.key, facts.outcome):
            yield definition.documents[facts.document]


def telling(session: Session, case_id: int, definition: Definition) -> Iterator[DocumentKind]:
    """The documents of a case that say what its facts are, the one that counts most last."""
    if first := definition.documents.get(definition.facts):
        yield first
    for spec in definition.rounds.values():
        facts = spec.facts
        if facts is not None and settled_as(session, case_id, spec.key, facts.outcome):
            yield definition.documents[facts.document]


def settled_as(session: Session, case_id: int, key: str, outcome: str) -> bool:
    """Whether a round of the case ever came to this outcome."""
    settled = exists().where(Round.case_id == case_id, Round.key == key, Round.outcome == outcome)
    return bool(session.scalar(select(settled)))


def looks_in_force(kind: DocumentKind) -> bool:
    """Whether a kind of document is held against what is in force of the case above, or begins with it."""
    return any(held_to(kind)) or any(
        place.document == IN_FORCE for check in kind.checks for place in check.places()
    )


def held_to(kind: DocumentKind) -> Iterator[Field]:
    """The fields of a document that begin with what is in force, and change it where they say something else."""
    return (
        field for field in kind.fields()
        if field.repeats is not None and field.repeats.document == IN_FORCE
    )  # fmt: skip


def _own(session: Session, case_id: int, definition: Definition) -> Iterator[dict[str, Any]]:
    kinds = tuple(dict.fromkeys(telling(session, case_id, definition)))
    bodies = _newest(session, case_id, tuple(kind.key for kind in kinds))
    for kind in kinds:
        open_ = {field.key for field in kind.fields() if not field.confidential}
        said = bodies.get(kind.key, {})
        yield {key: value for key, value in said.items() if value and key in open_}


def _newest(session: Session, case_id: int, kinds: Iterable[str]) -> Mapping[str, Content]:
    asked = {"case_id": case_id, "kinds": [*kinds]}
    return {row.kind: canonical.parse(row.body) for row in session.execute(_BODIES, asked)}


_ABOVE = (
    select(LifecycleCase.id, LifecycleCase.definition_id, ChildCase.kind)
    .join(ChildCase, ChildCase.parent_id == LifecycleCase.id)
    .where(ChildCase.case_id == bindparam("case_id"))
)
_ENDED = (
    select(
        *(ChildCase.case_id, ChildCase.kind, ChildCase.changes, ChildCase.heard_at),
        LifecycleCase.definition_id,
    )
    .join(LifecycleCase, LifecycleCase.id == ChildCase.case_id)
    .where(ChildCase.parent_id == bindparam("case_id"), ChildCase.ended_at.is_not(None))
    .order_by(
        ChildCase.heard_at.is_(None), ChildCase.heard_at, ChildCase.ended_at, ChildCase.case_id
    )
)
_LAST = (
    select(func.max(Document.id))
    .where(Document.case_id == bindparam("case_id"))
    .where(Document.kind.in_(bindparam("kinds", expanding=True)))
    .group_by(Document.kind)
)
_BODIES = select(Document.kind, Document.body).where(Document.id.in_(_LAST))
