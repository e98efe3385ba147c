"""Signing: one verdict on one seat, with whatever it settles and moves."""

from dataclasses import replace
from datetime import datetime

from workflow.audit.events.seats import SignoffLate
from workflow.clock import written as as_written
from workflow.engine import round_state
from workflow.engine.commands.command import execute, receipt_of, seated_at, spec_of
from workflow.engine.commands.receipts import Receipt
from workflow.engine.commands.settle_due import settle_due
from workflow.engine.engine import Engine
from workflow.engine.permissions.authority import Authority, SeatRequest, authority
from workflow.engine.permissions.offices import offices
from workflow.engine.round_state import RoundState, SeatState
from workflow.engine.rounds import progress, undelivered
from workflow.engine.rounds.decision import (
    Decision,
    refuse_incomplete,
    verdict_of,
)
from workflow.engine.rounds.questions import as_kept, check_answers
from workflow.engine.rounds.signoffs import (
    mandate_of,
    named,
    principal_of,
    record_signoff,
    settle_if_decided,
)
from workflow.engine.unit_of_work import UnitOfWork
from workflow.errors import NotAuthorised, NotFound, RoundClosed
from workflow.lifecycles.definition import RoundSpec
from workflow.phrase import Term, phrase


def sign(engine: Engine, person: int, decision: Decision) -> Receipt:
    """Record one verdict on one seat, with whatever it settles and moves; answer with a receipt.

    Sent twice under one key it is recorded once and answered alike. Refuses a stranger, a stale
    page, a closed round, a conflict of duties, a missing reason or document; then nothing is
    written. An answer that comes after a silence has ended is recorded as late, without effect.
    """
    return execute(engine, person, decision, _signed, in_retrospect=late_receipt)


def _signed(work: UnitOfWork, person: int, decision: Decision) -> Receipt:
    session, case = work.session, work.case
    spec = spec_of(work, decision.round)
    decision = as_kept(spec, decision)
    round_, seat = _place(work, spec, decision, person)
    verdict = verdict_of(work.definition, spec, decision, seat)
    asked = SeatRequest(spec, round_, seat.id, seat.place, case.state)
    acting = authority(work, asked, person)
    check_answers(session, case.id, work.definition, spec, decision, verdict)
    refuse_incomplete(session, case.id, work.definition, verdict)
    written = record_signoff(work, spec, round_, seat, decision, acting)
    settled = settle_if_decided(work, spec, round_.id)
    return receipt_of(
        work,
        written,
        verdict.label,
        round_.content_digest,
        outcome=settled.outcome or "",
        explanation=settled.explanation,
    )


def _place(
    work: UnitOfWork, spec: RoundSpec, decision: Decision, person: int
) -> tuple[RoundState, SeatState]:
    """The seat to answer: the one named, or the person's own in an initiative opened by this act."""
    if decision.seat is not None:
        return seated_at(work, decision.round, decision.seat)
    if not spec.one_act:
        raise NotFound(phrase("Say which seat you answer."))
    if work.case.state not in spec.states:
        raise RoundClosed(
            phrase(
                "“%(round)s” is not possible in this state. Nothing was recorded.",
                round=Term(spec.label),
            )
        )
    round_ = progress.open_round(work, spec)
    held = offices(work.session, person, work.now.date())
    seat = next((c for c in round_.seats if (c.role, c.party_id) in held), None)
    if seat is None:
        role = work.definition.roles[spec.rule.seats[0].role].label
        raise NotAuthorised(
            phrase("Only the %(role)s may do this; you do not hold that office today.", role=role)
        )
    return round_, seat


def late_receipt(work: UnitOfWork, person: int, decision: Decision) -> Receipt | None:
    """The receipt of an answer that came too late for its silence; nothing if it did not.

    A silence that ended while this answer waited for the case's lock is settled first, or put off
    for the sake of who was not reached: then the answer is not late.
    """
    found = _ended(work, decision)
    if found is None:
        return None
    spec, round_, seat, due = found
    verdict = verdict_of(work.definition, spec, decision, seat)
    acting = _permitted(work, spec, round_, seat, person)
    if round_.status == "open":
        if undelivered.react(work.of_nobody(), spec, round_):
            return None
        settle_due(work.of_nobody(), spec, round_)
        round_ = round_state.by_id(work.session, round_.id)
    written = work.note(
        SignoffLate(
            round=spec.key,
            turn=round_.turn,
            seat=named(seat),
            mandate=mandate_of(acting),
            principal=principal_of(acting),
            verdict=decision.verdict,
            content=round_.content_digest,
            due=due,
            reason=decision.reason,
        ),
        role=seat.role,
        party=seat.party_key,
        appointment=acting.appointment,
    )
    return Receipt(
        ref=work.case.ref,
        seq=written.seq,
        hash=written.hash.hex(),
        verdict=verdict.label,
        content=round_.content_digest,
        outcome=round_.outcome,
        state=work.case.state,
        explanation=f"This came at {as_written(written.at)}, after the silence had ended at "
        f"{as_written(due)}: it is recorded as late and has no effect. {round_.explanation}",
    )


def _ended(
    work: UnitOfWork, decision: Decision
) -> tuple[RoundSpec, RoundState, SeatState, datetime] | None:
    """The silence that this answers with its end, if time ended it before the answer came."""
    spec = work.definition.rounds.get(decision.round)
    if spec is None or spec.rule.silence is None or decision.seat is None:
        return None
    round_ = round_state.latest(work.session, work.case.id, spec.key)
    seat = round_.seat(decision.seat) if round_ else None
    due = round_.due_at if round_ else None
    if round_ is None or seat is None or due is None or not round_.time_is_up(work.now):
        return None
    by_time = round_.status == "settled" and round_.effective_at == due
    return (spec, round_, seat, due) if by_time or round_.status == "open" else None


def _permitted(
    work: UnitOfWork, spec: RoundSpec, round_: RoundState, seat: SeatState, person: int
) -> Authority:
    """The authority of somebody who might have answered in time; raises why not otherwise."""
    place = replace(seat.place, status="open" if seat.status == "overtaken" else seat.status)
    in_time = replace(round_, status="open")
    return authority(work, SeatRequest(spec, in_time, seat.id, place, round_.state), person)
