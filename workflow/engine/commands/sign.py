"""Signing: one verdict on one seat, with whatever it settles and moves."""

from dataclasses import replace

from workflow.clock import written as as_written
from workflow.engine import round_state
from workflow.engine.commands.command import act, receipt_of, seated_at, spec_of
from workflow.engine.commands.receipts import Receipt
from workflow.engine.commands.settle_due import settle_due
from workflow.engine.engine import Engine
from workflow.engine.permissions import context
from workflow.engine.permissions.authority import Asked, Authority, authority
from workflow.engine.round_state import Chair, Sitting
from workflow.engine.rounds import progress, undelivered
from workflow.engine.rounds.decision import (
    Decision,
    check_answers,
    refuse_incomplete,
    verdict_of,
)
from workflow.engine.rounds.signoffs import give, mandate_words, seat_words, settle_if_decided
from workflow.engine.unit_of_work import Ledger
from workflow.errors import NotAuthorised, NotFound, RoundClosed
from workflow.lifecycles.definition import RoundSpec
from workflow.vocabulary import EventType


def sign(engine: Engine, person: int, decision: Decision) -> Receipt:
    """Record one verdict on one seat, with whatever it settles and moves; answer with a receipt.

    Sent twice under one key it is recorded once and answered alike. Refuses a stranger, a stale
    page, a closed round, a conflict of duties, a missing reason or document; then nothing is
    written. An answer that comes after a silence has ended is recorded as late, without effect.
    """
    return act(
        engine,
        person,
        decision,
        lambda ledger: _signed(ledger, person, decision),
        in_retrospect=lambda ledger: late_receipt(ledger, decision, person),
    )


def _signed(ledger: Ledger, person: int, decision: Decision) -> Receipt:
    session, case = ledger.session, ledger.case
    spec = spec_of(ledger, decision.round)
    sitting, chair = _place(ledger, spec, decision, person)
    verdict = verdict_of(spec, decision, chair.part)
    asked = Asked(spec, sitting, chair.id, chair.place, case.state)
    acting = authority(ledger, asked, person)
    check_answers(session, case.id, spec, decision, verdict)
    refuse_incomplete(session, case.id, ledger.definition, verdict)
    written = give(ledger, spec, sitting, chair, decision, acting)
    settled = settle_if_decided(ledger, spec, sitting.id)
    return receipt_of(
        ledger,
        written,
        verdict.label,
        sitting.content_digest,
        outcome=settled.outcome or "",
        explanation=settled.explanation,
    )


def _place(
    ledger: Ledger, spec: RoundSpec, decision: Decision, person: int
) -> tuple[Sitting, Chair]:
    """The seat to answer: the one named, or the person's own in an initiative opened by this act."""
    if decision.seat is not None:
        return seated_at(ledger, decision.round, decision.seat)
    if not spec.one_act:
        raise NotFound("Say which seat you answer.")
    if ledger.case.state not in spec.states:
        raise RoundClosed(f"“{spec.label}” is not possible in this state. Nothing was recorded.")
    sitting = progress.open_round(ledger, spec)
    held = context.offices(ledger.session, person, ledger.now.date())
    chair = next((c for c in sitting.chairs if (c.role, c.party_id) in held), None)
    if chair is None:
        role = ledger.definition.roles[spec.rule.seats[0].role].label
        raise NotAuthorised(f"Only the {role} may do this; you do not hold that office today.")
    return sitting, chair


def late_receipt(ledger: Ledger, decision: Decision, person: int) -> Receipt | None:
    """The receipt of an answer that came too late for its silence; nothing if it did not.

    A silence that ended while this answer waited for the case's lock is settled first, or put off
    for the sake of who was not reached: then the answer is not late.
    """
    found = _ended(ledger, decision)
    if found is None:
        return None
    spec, sitting, chair = found
    verdict = verdict_of(spec, decision, chair.part)
    acting = _permitted(ledger, spec, sitting, chair, person)
    if sitting.status == "open":
        if undelivered.react(ledger.of_nobody(), spec, sitting):
            return None
        settle_due(ledger.of_nobody(), spec, sitting)
        sitting = round_state.by_id(ledger.session, sitting.id)
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
    sitting = round_state.latest(ledger.session, ledger.case.id, spec.key)
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
