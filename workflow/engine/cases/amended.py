"""What a case that has ended changes of the facts of the one above, where its lifecycle says so."""

from sqlalchemy import select

from workflow.audit.events.cases import FactsAmended
from workflow.engine.documents import bound_content
from workflow.engine.documents.checked import whole_text
from workflow.engine.documents.facts import settled_above
from workflow.engine.domain import domain_of
from workflow.engine.engine import engine_of
from workflow.engine.models import LifecycleCase
from workflow.engine.unit_of_work import UnitOfWork


def amend(work: UnitOfWork, case_id: int, ref: str) -> None:
    """Let the facts of the locked case follow what was signed under it, and tell so on its trail.

    That is what a document says which became the facts of the case above by an outcome there.
    """
    session = work.session
    followed = select(LifecycleCase.definition_id).where(LifecycleCase.id == case_id)
    definition = engine_of(session).definition(session.scalars(followed).one() or 0, session)
    for kind in settled_above(session, case_id, definition):
        filed = bound_content.newest(session, case_id)[kind.key]
        work.note(
            FactsAmended(
                ref=ref, document=kind.key, version=filed.version, digest=filed.digest
            )
        )  # fmt: skip
        said = whole_text(session, case_id, definition, kind)
        domain_of(session).take_facts(session, work.case.id, said, None, work.now)
