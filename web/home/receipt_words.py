"""What a receipt's event speaks of, in the words of the lifecycle that its case runs by."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.audit.envelope import Envelope
from workflow.audit.events.seats import Answered
from workflow.engine.engine import Engine
from workflow.engine.models import LifecycleCase
from workflow.history.context import HistoryContext
from workflow.history.names import Names
from workflow.history.reader import spoken_by
from workflow.people.models import Party


@dataclass(frozen=True, slots=True)
class ReceiptWords:
    """As whom the event was done, and of an answer in which round it was given and what it says."""

    role: str
    party: str
    round: str = ""
    turn: int = 0
    verdict: str = ""
    content: str = ""


def receipt_words(session: Session, engine: Engine, event: Envelope) -> ReceiptWords:
    """The words of an event; those of the newest lifecycle where no case of that name is kept here."""
    runs_by = select(LifecycleCase.definition_id).where(LifecycleCase.ref == event.case)
    definition = spoken_by(session, engine, session.scalars(runs_by).first())
    party = session.scalar(select(Party.name).where(Party.key == event.party)) or ""
    told = HistoryContext(definition, Names({}, {}, {}, {}))
    role, what = told.role(event.role) if event.role else "", event.what
    if not isinstance(what, Answered):
        return ReceiptWords(role, party)
    verdict = told.verdict(what)
    return ReceiptWords(
        role=role,
        party=party,
        round=told.round_label(what.round),
        turn=what.turn,
        verdict=verdict.label if verdict else what.verdict,
        content=what.content,
    )
