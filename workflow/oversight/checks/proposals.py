"""The lists of who proposed, compared with cases, their parties and their texts, and made to follow again."""

from collections.abc import Sequence

from sqlalchemy import delete, exists, func, insert, select, union
from sqlalchemy.orm import Session

from workflow.engine.children.models import ChildCase
from workflow.engine.declared_models import FactsDocument
from workflow.engine.document_models import Document
from workflow.engine.models import CaseParty, LifecycleCase
from workflow.programmes.contract import SUBJECT
from workflow.programmes.lists.models import PartyProposal
from workflow.programmes.models import Programme
from workflow.vocabulary import PROPOSER

# What was opened under another case is nobody's proposal, nor is what is no programme.
_BELOW = exists().where(ChildCase.case_id == LifecycleCase.id)
_KEPT = PartyProposal.__table__.c
_LISTED = select(*_KEPT)
_FOUNDED = (
    select(
        CaseParty.party_id, LifecycleCase.id.label("case_id"), LifecycleCase.definition_id,
        LifecycleCase.state, func.max(Document.id).label("text_id"),
    )
    .join(LifecycleCase, LifecycleCase.id == CaseParty.case_id)
    .join(Programme, Programme.case_id == LifecycleCase.id)
    .join(FactsDocument, FactsDocument.definition_id == LifecycleCase.definition_id)
    .join(
        Document,
        (Document.case_id == LifecycleCase.id) & (Document.kind == FactsDocument.kind),
    )
    .where(CaseParty.capacity == PROPOSER, ~_BELOW, LifecycleCase.subject == SUBJECT)
    .group_by(
        CaseParty.party_id, LifecycleCase.id, LifecycleCase.definition_id, LifecycleCase.state
    )
)  # fmt: skip


def astray(session: Session) -> tuple[int, ...]:
    """The cases of which a list of proposals says something else, or nothing, or which it should not have."""
    unlisted, unfounded = (
        one.except_(other).subquery() for one, other in ((_FOUNDED, _LISTED), (_LISTED, _FOUNDED))
    )
    return tuple(session.scalars(union(select(unlisted.c.case_id), select(unfounded.c.case_id))))


def make_follow(session: Session, cases: Sequence[int]) -> None:
    """List these cases anew."""
    for case_id in cases:
        session.execute(delete(PartyProposal).where(PartyProposal.case_id == case_id))
        anew = _FOUNDED.where(LifecycleCase.id == case_id)
        session.execute(insert(PartyProposal).from_select([each.name for each in _KEPT], anew))
