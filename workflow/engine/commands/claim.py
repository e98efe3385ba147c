"""Taking a seat of an office that several people hold, giving it back, and handing it over."""

from dataclasses import dataclass

from sqlalchemy import insert, update

from workflow.audit.events.seats import SeatClaimed, SeatReassigned, SeatReleased
from workflow.audit.trail import Written
from workflow.engine import notifications
from workflow.engine.benches import appointment_at
from workflow.engine.commands.command import (
    SeatCommand,
    execute,
    reason_of,
    receipt_of,
    seated_at,
    spec_of,
)
from workflow.engine.commands.receipts import Receipt
from workflow.engine.duty_models import SeatClaim
from workflow.engine.engine import Engine
from workflow.engine.permissions import claims
from workflow.engine.permissions.authority import (
    SeatRequest,
    authority,
    before_papers,
    office_among,
    the_roles,
)
from workflow.engine.permissions.check import ActiveClaim, deny_reasons
from workflow.engine.permissions.offices import holders_of, offices
from workflow.engine.round_state import RoundState, SeatState
from workflow.engine.rounds.signoffs import mandate_of, named, principal_of
from workflow.engine.unit_of_work import UnitOfWork
from workflow.errors import ConflictOfDuties, Invalid, NotAuthorised, RoundClosed
from workflow.phrase import Either, phrase


@dataclass(frozen=True, slots=True)
class ClaimSeat(SeatCommand):
    """The command to take a seat, so that nobody else of the office answers it meanwhile."""

    what = "claim"


@dataclass(frozen=True, slots=True)
class ReleaseSeat(SeatCommand):
    """The command to give a seat back to everybody who holds the office."""

    what = "release"


@dataclass(frozen=True, slots=True)
class ReassignSeat(SeatCommand):
    """The command that a named holder of the office answers a seat, with the reason for it."""

    what = "reassign"
    to: int = 0


def claim(engine: Engine, person: int, command: ClaimSeat) -> Receipt:
    """Take a seat for oneself; refused for every reason that would bar from answering it."""
    return execute(engine, person, command, _claimed)


def release(engine: Engine, person: int, command: ReleaseSeat) -> Receipt:
    """Give a seat back; only whoever has it can."""
    return execute(engine, person, command, _released)


def reassign(engine: Engine, person: int, command: ReassignSeat) -> Receipt:
    """Say which holder of the office answers a seat.

    Whoever has taken it may hand it over; those whom the definition names may do so at any time.
    """
    return execute(engine, person, command, _reassigned)


def _claimed(work: UnitOfWork, person: int, command: ClaimSeat) -> Receipt:
    spec = spec_of(work, command.round)
    round_, seat, before = _open_seat(work, command)
    acting = authority(
        work,
        SeatRequest(spec, round_, seat.id, seat.place, work.case.state, work.case.footing),
        person,
    )
    if before is not None:
        raise RoundClosed(phrase("You have taken this seat already."))
    written = work.note(
        SeatClaimed(
            round=round_.key,
            turn=round_.turn,
            seat=named(seat),
            mandate=mandate_of(acting),
            principal=principal_of(acting),
        ),
        role=seat.role,
        party=seat.party_key,
        appointment=acting.appointment,
    )
    _hold(work, seat, person, acting.appointment, written)
    return receipt_of(work, written, "Seat taken", round_.content_digest)


def _released(work: UnitOfWork, person: int, command: ReleaseSeat) -> Receipt:
    round_, seat, before = _open_seat(work, command)
    acting = _own_hold(work, seat, before, person)
    if acting is None:
        raise NotAuthorised(phrase("You have not taken this seat, so you cannot give it back."))
    written = work.note(
        SeatReleased(round=round_.key, turn=round_.turn, seat=named(seat), reason=command.reason),
        role=seat.role,
        party=seat.party_key,
        appointment=acting,
    )
    end(work, seat, "released")
    return receipt_of(work, written, "Seat given back", round_.content_digest)


def _reassigned(work: UnitOfWork, person: int, command: ReassignSeat) -> Receipt:
    round_, seat, before = _open_seat(work, command)
    acting = _assigner(work, command.round, seat, before, person)
    written = pass_on(work, command, acting)
    return receipt_of(work, written, "Seat handed over", round_.content_digest)


def pass_on(work: UnitOfWork, command: ReassignSeat, acting: tuple[str, str, int]) -> Written:
    """Have a named holder of the office answer a seat, as an office that may say so.

    Refuses a seat that waits no more, and who would be refused an answer.
    """
    spec = spec_of(work, command.round)
    round_, seat, before = _open_seat(work, command)
    role, party, under = acting
    reason = reason_of(command.reason, phrase("Handing a seat over needs a reason."))
    if before is not None and before.person == command.to:
        raise Invalid(
            phrase("%(before)s has this seat already.", before=before.name),
            {"to": phrase("Choose somebody else.")},
        )
    appointment = _fit(work, command, round_, seat)
    written = work.note(
        SeatReassigned(
            round=round_.key,
            turn=round_.turn,
            seat=named(seat),
            delegate=command.to,
            under=appointment,
            reason=reason,
        ),
        role=role,
        party=party,
        appointment=under,
    )
    _hold(work, seat, command.to, appointment, written)
    notifications.seat_assigned(work, spec, round_, seat, command.to, written)
    return written


def _open_seat(
    work: UnitOfWork, command: SeatCommand
) -> tuple[RoundState, SeatState, ActiveClaim | None]:
    """The seat, still open, and who has taken it."""
    round_, seat = seated_at(work, command.round, command.seat)
    if round_.status != "open" or seat.status != "open":
        raise RoundClosed(phrase("This seat waits for no answer any more. Nothing was recorded."))
    taken = [seat.id] if seat.claimant else []
    held = claims.held(work.session, taken, work.now.date()) if taken else {}
    return round_, seat, held.get(seat.id)


def _own_hold(
    work: UnitOfWork, seat: SeatState, before: ActiveClaim | None, person: int
) -> int | None:
    """The appointment under which the person holds the seat, for themselves or for each other."""
    own = offices(work.session, person, work.now.date())
    acting = appointment_at(own, seat)
    held = before is not None and not before.stops(person, acting)
    return before.appointment if before is not None and held else None


def _assigner(
    work: UnitOfWork, round_key: str, seat: SeatState, before: ActiveClaim | None, person: int
) -> tuple[str, str, int]:
    """The office from which the person may say who answers; raises why not otherwise."""
    acting = _own_hold(work, seat, before, person)
    if acting is not None:
        return seat.role, seat.party_key, acting
    spec = spec_of(work, round_key)
    named = office_among(work.session, work.case.id, spec.assigned_by, person, work.now.date())
    if named is None:
        roles = the_roles(work.definition.roles[s.role].label for s in spec.assigned_by)
        may = Either((phrase("whoever has taken this seat"), *roles))
        raise NotAuthorised(phrase("Only %(who)s may hand it over.", who=may))
    return named


def _fit(work: UnitOfWork, command: ReassignSeat, round_: RoundState, seat: SeatState) -> int:
    """The appointment of whoever is to answer; refused for every reason that would bar them."""
    found = holders_of(work.session, seat, work.now.date())
    whom = next((each for each in found if each.person == command.to), None)
    if whom is None:
        raise Invalid(
            phrase("Choose somebody who holds the office."), {"to": phrase("Choose one of these.")}
        )
    spec = spec_of(work, command.round)
    seen = before_papers(work, spec, round_, seat, command.to)._replace(held=None)
    for refusal in deny_reasons(work.definition, spec, seat.place, seen):
        raise ConflictOfDuties(
            phrase(
                "%(whom)s may not answer this seat and would be told: “%(sentence)s”",
                whom=whom.name,
                sentence=refusal.said,
            )
        )
    return whom.appointment


def _hold(
    work: UnitOfWork, seat: SeatState, person: int, appointment: int, written: Written
) -> None:
    """Put somebody on the seat; who was there before, even under a lapsed office, is no longer."""
    end(work, seat, "replaced")
    work.session.execute(
        insert(SeatClaim).values(
            case_id=work.case.id,
            seat_id=seat.id,
            person_id=person,
            appointment_id=appointment,
            at=written.at,
            event_seq=written.seq,
            ended_as="",
        )
    )


def end(work: UnitOfWork, seat: SeatState, how: str) -> None:
    """End whatever claim stands on the seat."""
    if seat.claimant is None:
        return
    work.session.execute(
        update(SeatClaim)
        .where(SeatClaim.seat_id == seat.id, SeatClaim.ended_at.is_(None))
        .values(ended_as=how, ended_at=work.now)
    )
