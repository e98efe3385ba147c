"""The verbs of the engine: each is one transaction that claims, decides and writes, or refuses."""

from workflow.engine import cases
from workflow.engine.claiming import Claim, Reassignment, Release, claim, reassign, release
from workflow.engine.declaring import Interest, declare
from workflow.engine.engine import Engine
from workflow.engine.escalating import Alarm, escalate
from workflow.engine.initiating import Initiative, initiate
from workflow.engine.ledger import Ledger
from workflow.engine.overriding import Lift, lift
from workflow.engine.recusing import Recusal, recuse
from workflow.engine.signing import sign
from workflow.vocabulary import EventType

__all__ = [
    "Alarm",
    "Claim",
    "Initiative",
    "Interest",
    "Lift",
    "Reassignment",
    "Recusal",
    "Release",
    "claim",
    "declare",
    "escalate",
    "initiate",
    "lift",
    "reassign",
    "record_reading",
    "recuse",
    "release",
    "sign",
]


def record_reading(engine: Engine, person: int, ref: str, *, exported: bool = False) -> None:
    """Write on a case's trail that somebody read, or took away, its history."""
    with engine.transaction() as session:
        case = cases.claim(session, ref)
        definition = engine.definition(case.definition_id, session)
        ledger = Ledger(session, case, definition, person, engine.now())
        ledger.note(EventType.HISTORY_EXPORTED if exported else EventType.HISTORY_READ, {})
        ledger.close()
