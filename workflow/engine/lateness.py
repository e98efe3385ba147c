"""Answers that come after a silence has ended: recorded as late, and without any effect.

The trail alone keeps them. A row beside the answers that count would look like one of them.
"""

from dataclasses import replace

from workflow.clock import written as as_written
from workflow.engine import decisions, sittings, undelivered
from workflow.engine.answering import mandate_words, seat_words
from workflow.engine.authority import Asked, Authority, authority
from workflow.engine.deadlines import settle_due
from workflow.engine.decisions import Decision
from workflow.engine.definition import RoundSpec
from workflow.engine.ledger import Ledger
from workflow.engine.receipts import Receipt
from workflow.engine.sittings import Chair, Sitting
from workflow.vocabulary import EventType


def late_receipt(ledger: Ledger, decision: Decision, person: int) -> Receipt | None:
    """The receipt of an answer that came too late for its silence; nothing if it did not.

    A silence that ended while this answer waited for the case's lock is settled first, or put off
    for the sake of who was not reached: then the answer is not late.
    """
    found = _ended(ledger, decision)
    if found is None:
        return None
    spec, sitting, chair = found
    verdict = decisions.verdict_of(spec, decision, chair.part)
    acting = _permitted(ledger, spec, sitting, chair, person)
    if sitting.status == "open":
        if undelivered.react(ledger.of_nobody(), spec, sitting):
            return None
        settle_due(ledger.of_nobody(), spec, sitting)
        sitting = sittings.by_id(ledger.session, sitting.id)
    due = as_written(sitting.due_at) if sitting.due_at else ""
    written = ledger.note(
        EventType.SIGNOFF_LATE,
        mandate_words(acting)
        | {
            "round": spec.key,
            "turn": sitting.turn,
            "seat": seat_words(chair),
            "verdict": decision.verdict,
            "content": sitting.content_digest,
            "due": due,
        },
        private={"reason": decision.reason.strip()},
        role=chair.role,
        party=chair.party_key,
        appointment=acting.appointment,
    )
    return Receipt(
        ref=ledger.case.ref,
        seq=written.seq,
        hash=written.hash.hex(),
        verdict=verdict.label,
        content=sitting.content_digest,
        outcome=sitting.outcome,
        state=ledger.case.state,
        explanation=f"This came at {as_written(written.at)}, after the silence had ended at {due}: "
        f"it is recorded as late and has no effect. {sitting.explanation}",
    )


def _ended(ledger: Ledger, decision: Decision) -> tuple[RoundSpec, Sitting, Chair] | None:
    """The silence that this answers, if time ended it before the answer came."""
    spec = ledger.definition.rounds.get(decision.round)
    if spec is None or spec.rule.silence is None or decision.seat is None:
        return None
    sitting = sittings.latest(ledger.session, ledger.case.id, spec.key)
    chair = sitting.chair(decision.seat) if sitting else None
    if sitting is None or chair is None or not sitting.time_is_up(ledger.now):
        return None
    by_time = sitting.status == "settled" and sitting.effective_at == sitting.due_at
    return (spec, sitting, chair) if by_time or sitting.status == "open" else None


def _permitted(
    ledger: Ledger, spec: RoundSpec, sitting: Sitting, chair: Chair, person: int
) -> Authority:
    """The authority of somebody who might have answered in time; raises why not otherwise."""
    place = replace(chair.place, status="open" if chair.status == "overtaken" else chair.status)
    in_time = replace(sitting, status="open")
    return authority(ledger, Asked(spec, in_time, chair.id, place, sitting.state), person)
