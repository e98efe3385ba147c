"""What a case that has ended changes of the facts of the one above, where its lifecycle says so."""

from collections.abc import Iterator

from sqlalchemy import select

from workflow.audit.events.cases import FactsAmended
from workflow.engine.documents import bound_content
from workflow.engine.documents.checked import whole_text
from workflow.engine.domain import domain_of
from workflow.engine.engine import engine_of
from workflow.engine.models import LifecycleCase, Round
from workflow.engine.unit_of_work import UnitOfWork
from workflow.lifecycles.definition import Definition


def amend(work: UnitOfWork, case_id: int, ref: str) -> None:
    """Let the facts of the locked case follow what was signed under it, and tell so on its trail.

    That is what a document says which became the facts of the case above by an outcome there.
    """
    session = work.session
    followed = select(LifecycleCase.definition_id).where(LifecycleCase.id == case_id)
    definition = engine_of(session).definition(session.scalars(followed).one() or 0, session)
    for document in _signed(work, case_id, definition):
        filed = bound_content.newest(session, case_id)[document]
        work.note(
            FactsAmended(
                ref=ref, document=document, version=filed.version, digest=filed.digest
            )
        )  # fmt: skip
        said = whole_text(session, case_id, definition, definition.documents[document])
        domain_of(session).take_facts(session, work.case.id, said, None, work.now)


def _signed(work: UnitOfWork, case_id: int, definition: Definition) -> Iterator[str]:
    """The documents that say the facts of the case above, by the outcomes that came about."""
    for spec in definition.rounds.values():
        if spec.facts is not None and spec.facts.of_parent:
            settled = select(Round.id).where(
                Round.case_id == case_id,
                Round.key == spec.key,
                Round.outcome == spec.facts.outcome,
            )
            if work.session.scalars(settled.limit(1)).first() is not None:
                yield spec.facts.document
