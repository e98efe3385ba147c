"""Saying whether one has an interest in a case, before its papers are shown."""

from dataclasses import dataclass

from sqlalchemy import insert

from workflow.audit.events.seats import InterestDeclared
from workflow.engine.commands.claim import end
from workflow.engine.commands.command import (
    SeatCommand,
    execute,
    reason_of,
    receipt_of,
    seated_at,
    spec_of,
)
from workflow.engine.commands.receipts import Receipt
from workflow.engine.duty_models import Declaration
from workflow.engine.engine import Engine
from workflow.engine.permissions import claims
from workflow.engine.permissions.authority import Authority, SeatRequest, authority
from workflow.engine.permissions.offices import holders_of
from workflow.engine.round_state import RoundState, SeatState
from workflow.engine.rounds.answer import reading_of
from workflow.engine.rounds.signoffs import (
    mandate_of,
    named,
    principal_of,
    recuse_seat,
    settle_if_decided,
)
from workflow.engine.unit_of_work import UnitOfWork
from workflow.errors import NotFound, RoundClosed
from workflow.lifecycles.definition import RoundSpec
from workflow.phrase import phrase

STEPPED_BACK = "An interest was declared, and nobody else holds the office."


@dataclass(frozen=True, slots=True)
class DeclareInterest(SeatCommand):
    """What somebody says of their interest in a case; the reason is why they have one."""

    what = "declare"
    interest: bool = False


def declare(engine: Engine, person: int, command: DeclareInterest) -> Receipt:
    """Say whether one has an interest; the papers are shown to those who have none.

    An interest bars the person for good. Where nobody else holds the office, its seat is stepped
    back from and leaves the denominator as the rule says.
    """
    return execute(engine, person, command, _declared)


def _declared(work: UnitOfWork, person: int, command: DeclareInterest) -> Receipt:
    spec = spec_of(work, command.round)
    round_, seat = seated_at(work, command.round, command.seat)
    if seat.role not in spec.declares:
        raise NotFound(phrase("Nobody is asked about their interest here."))
    if (seat.id, person) in claims.interests(work.session, [seat.id]):
        raise RoundClosed(
            phrase("You have said so already; step back if an interest has come to light.")
        )
    asked = SeatRequest(
        spec, round_, seat.id, seat.place, work.case.state, work.case.footing, declaring=True
    )
    acting = authority(work, asked, person)
    reason = (
        reason_of(command.reason, phrase("An interest needs to be named."))
        if command.interest
        else ""
    )
    _record(work, round_, seat, command, (person, reason), acting)
    outcome = explanation = ""
    if command.interest:
        outcome, explanation = _step_aside(work, spec, (round_, seat), person, acting)
    said = "An interest declared" if command.interest else "No interest declared"
    return receipt_of(
        work, None, said, round_.content_digest, outcome=outcome, explanation=explanation
    )


def _record(
    work: UnitOfWork,
    round_: RoundState,
    seat: SeatState,
    command: DeclareInterest,
    said: tuple[int, str],
    acting: Authority,
) -> None:
    person, reason = said
    written = work.note(
        InterestDeclared(
            round=round_.key,
            turn=round_.turn,
            seat=named(seat),
            mandate=mandate_of(acting),
            principal=principal_of(acting),
            interest=command.interest,
            reason=reason,
        ),
        role=seat.role,
        party=seat.party_key,
        appointment=acting.appointment,
    )
    work.session.execute(
        insert(Declaration).values(
            case_id=work.case.id,
            seat_id=seat.id,
            person_id=person,
            interest=command.interest,
            at=written.at,
            event_seq=written.seq,
        )
    )


def _step_aside(
    work: UnitOfWork,
    spec: RoundSpec,
    at: tuple[RoundState, SeatState],
    person: int,
    acting: Authority,
) -> tuple[str, str]:
    """Let go of the seat; it stays open only where somebody else holds the office."""
    round_, seat = at
    if seat.claimant == person:
        end(work, seat, "interest")
    others = holders_of(work.session, seat, work.now.date())
    said = claims.interests(work.session, [seat.id])
    if any(not said.get((seat.id, each.person), False) for each in others):
        return "", ""
    recuse_seat(work, round_, seat, STEPPED_BACK, acting.appointment)
    after = round_.recused(seat)
    settled = settle_if_decided(work, spec, after, reading_of(spec, after, work.now))
    return settled.outcome or "", settled.explanation
