"""The checklists of one case: those of its open rounds, or of what is still to be answered before it is closed."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.engine.checklists.computed import checklists
from workflow.engine.engine import Engine
from workflow.engine.models import LifecycleCase
from workflow.errors import NotFound
from workflow.lifecycles.children.checklist import CheckedLine
from workflow.phrase import phrase


def checklists_of(
    session: Session, engine: Engine, ref: str
) -> tuple[tuple[str, tuple[CheckedLine, ...]], ...]:
    """Each round of the case's lifecycle that has a checklist, by its label, with how that stands now.

    It calls every case below, whoever may know of it: for the command line.
    """
    case = session.execute(
        select(LifecycleCase.id, LifecycleCase.definition_id).where(LifecycleCase.ref == ref)
    ).first()
    if case is None:
        raise NotFound(phrase("There is no case %(ref)s.", ref=ref))
    definition = engine.definition(case.definition_id, session)
    rounds = [(case.id, definition, spec) for spec in definition.rounds.values()]
    found = checklists(session, rounds, None, engine.now().date())
    return tuple((definition.rounds[key].label, lines) for (_, key), lines in found.items())
