"""The forecast of one case for whoever asks at a terminal: computed now, with more runs than a page shows."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.engine.engine import Engine
from workflow.engine.models import LifecycleCase
from workflow.errors import NotFound, RoundClosed
from workflow.forecast.case import Outlook, outlook
from workflow.forecast.history import observed
from workflow.forecast.simulation.assumptions import assumptions
from workflow.lifecycles.definition import Definition
from workflow.phrase import phrase
from workflow.vocabulary import Footing


def outlook_now(
    session: Session, engine: Engine, ref: str, runs: int
) -> tuple[Definition, Outlook]:
    """How the case called so will go, with its lifecycle; refuses what has ended and what is not managed here."""
    case = session.scalar(select(LifecycleCase).where(LifecycleCase.ref == ref))
    if case is None or case.definition_id is None:
        raise NotFound(phrase("There is no case %(ref)s.", ref=ref))
    definition = engine.definition(case.definition_id, session)
    if definition.states[case.state].final or case.footing != Footing.MANAGED:
        raise RoundClosed(
            phrase("%(ref)s has ended or is not managed here: nothing is to come of it.", ref=ref)
        )
    assumed = assumptions(definition, observed(session, definition))
    return definition, outlook(session, definition, case, assumed, now=engine.now(), runs=runs)
