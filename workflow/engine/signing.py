"""Signing: one verdict on one seat, with whatever it settles and moves."""

from workflow.engine import circumstances, decisions, progress
from workflow.engine.acting import act, receipt_of, seated_at, spec_of
from workflow.engine.answering import give, settle_if_decided
from workflow.engine.authority import Asked, authority
from workflow.engine.decisions import Decision
from workflow.engine.definition import RoundSpec
from workflow.engine.engine import Engine
from workflow.engine.lateness import late_receipt
from workflow.engine.ledger import Ledger
from workflow.engine.receipts import Receipt
from workflow.engine.sittings import Chair, Sitting
from workflow.errors import NotAuthorised, NotFound, RoundClosed


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
    verdict = decisions.verdict_of(spec, decision, chair.part)
    asked = Asked(spec, sitting, chair.id, chair.place, case.state)
    acting = authority(ledger, asked, person)
    decisions.check_answers(session, case.id, spec, decision, verdict)
    decisions.refuse_incomplete(session, case.id, ledger.definition, verdict)
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
    held = circumstances.offices(ledger.session, person, ledger.now.date())
    chair = next((c for c in sitting.chairs if (c.role, c.party_id) in held), None)
    if chair is None:
        role = ledger.definition.roles[spec.rule.seats[0].role].label
        raise NotAuthorised(f"Only the {role} may do this; you do not hold that office today.")
    return sitting, chair
