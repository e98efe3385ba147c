"""The steps that one act takes on a case: a text filed, and an answer given on the seat for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workflow.engine import round_state
from workflow.engine.benches import appointment_at
from workflow.engine.commands.file_document import Filing, begin_work, put_document
from workflow.engine.commands.receipts import Receipt
from workflow.engine.commands.sign import sign_within
from workflow.engine.document_models import Document
from workflow.engine.engine import Engine
from workflow.engine.models import LifecycleCase
from workflow.engine.permissions.offices import offices
from workflow.engine.rounds.decision import Decision, IdentityProof


@dataclass(frozen=True, slots=True)
class CaseStep:
    """An answer to a round, by its verdict, with a reason and answers to its questions where these are asked for."""

    round: str
    verdict: str
    reason: str = ""
    answers: Mapping[str, Any] | None = None


def filed(
    engine: Engine, session: Session, person: int, ref: str, kind: str, content: Mapping[str, Any]
) -> None:
    """File a text of a case on top of its newest version."""
    work = begin_work(engine, session, person, ref)
    newest = select(func.max(Document.version)).where(
        Document.case_id == work.case.id, Document.kind == kind
    )
    put_document(work, person, Filing(ref, kind, content, session.scalar(newest) or 0))
    work.close()


def took(
    engine: Engine,
    session: Session,
    person: int,
    ref: str,
    step: CaseStep,
    proof: IdentityProof | None = None,
) -> Receipt:
    """Give the answer of a step in the transaction that is open; refuses what its round refuses."""
    case = session.execute(
        select(LifecycleCase.id, LifecycleCase.version).where(LifecycleCase.ref == ref)
    ).one()
    decision = Decision(
        ref=ref,
        round=step.round,
        verdict=step.verdict,
        seen_version=case.version,
        key=uuid4().hex,
        seat=_seat(engine, session, person, case.id, step.round),
        reason=step.reason,
        answers=step.answers,
        proof=proof,
    )
    return sign_within(engine, session, person, decision)


def _seat(engine: Engine, session: Session, person: int, case_id: int, key: str) -> int | None:
    """The seat of somebody's office in a round that is open, or else its first; none where it opens by the answer."""
    round_ = round_state.latest(session, case_id, key)
    if round_ is None or round_.status != "open" or not round_.seats:
        return None
    held = offices(session, person, engine.now().date())
    own = (each for each in round_.seats if appointment_at(held, each) is not None)
    return next(own, round_.seats[0]).id
