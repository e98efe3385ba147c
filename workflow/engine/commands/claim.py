"""Taking a seat of an office that several people hold, giving it back, and handing it over."""

from dataclasses import dataclass

from sqlalchemy import insert, update

from workflow.audit.envelope import opaque
from workflow.audit.trail import Written
from workflow.engine import notifications
from workflow.engine.commands.command import (
    SeatWish,
    act,
    reason_of,
    receipt_of,
    seated_at,
    spec_of,
)
from workflow.engine.commands.receipts import Receipt
from workflow.engine.engine import Engine
from workflow.engine.permissions import candidates, claims, context
from workflow.engine.permissions.authority import Asked, authority, office_among
from workflow.engine.permissions.check import Held, objections
from workflow.engine.permissions.models import SeatClaim
from workflow.engine.round_state import Chair, Sitting
from workflow.engine.rounds.signoffs import mandate_words, seat_words
from workflow.engine.unit_of_work import Ledger
from workflow.errors import ConflictOfDuties, Invalid, NotAuthorised, RoundClosed
from workflow.vocabulary import EventType


@dataclass(frozen=True, slots=True)
class Claim(SeatWish):
    """A wish to take a seat, so that nobody else of the office answers it meanwhile."""

    what = "claim"


@dataclass(frozen=True, slots=True)
class Release(SeatWish):
    """A wish to give a seat back to everybody who holds the office."""

    what = "release"


@dataclass(frozen=True, slots=True)
class Reassignment(SeatWish):
    """A wish that a named holder of the office answers a seat, with the reason for it."""

    what = "reassign"
    to: int = 0


def claim(engine: Engine, person: int, wish: Claim) -> Receipt:
    """Take a seat for oneself; refused for every reason that would bar from answering it."""
    return act(engine, person, wish, lambda ledger: _claimed(ledger, person, wish))


def release(engine: Engine, person: int, wish: Release) -> Receipt:
    """Give a seat back; only whoever has it can."""
    return act(engine, person, wish, lambda ledger: _released(ledger, person, wish))


def reassign(engine: Engine, person: int, wish: Reassignment) -> Receipt:
    """Say which holder of the office answers a seat.

    Whoever has taken it may hand it over; those whom the definition names may do so at any time.
    """
    return act(engine, person, wish, lambda ledger: _reassigned(ledger, person, wish))


def _claimed(ledger: Ledger, person: int, wish: Claim) -> Receipt:
    spec = spec_of(ledger, wish.round)
    sitting, chair, before = _open_seat(ledger, wish)
    acting = authority(
        ledger, Asked(spec, sitting, chair.id, chair.place, ledger.case.state), person
    )
    if before is not None:
        raise RoundClosed("You have taken this seat already.")
    written = ledger.note(
        EventType.SEAT_CLAIMED,
        _told(sitting, chair) | mandate_words(acting),
        role=chair.role,
        party=chair.party_key,
        appointment=acting.appointment,
    )
    _hold(ledger, chair, person, acting.appointment, written)
    return receipt_of(ledger, written, "Seat taken", sitting.content_digest)


def _released(ledger: Ledger, person: int, wish: Release) -> Receipt:
    sitting, chair, before = _open_seat(ledger, wish)
    acting = _own_hold(ledger, chair, before, person)
    if acting is None:
        raise NotAuthorised("You have not taken this seat, so you cannot give it back.")
    written = ledger.note(
        EventType.SEAT_RELEASED,
        _told(sitting, chair),
        private={"reason": wish.reason.strip()},
        role=chair.role,
        party=chair.party_key,
        appointment=acting,
    )
    end(ledger, chair, "released")
    return receipt_of(ledger, written, "Seat given back", sitting.content_digest)


def _reassigned(ledger: Ledger, person: int, wish: Reassignment) -> Receipt:
    spec = spec_of(ledger, wish.round)
    sitting, chair, before = _open_seat(ledger, wish)
    role, party, acting = _assigner(ledger, wish.round, chair, before, person)
    reason = reason_of(wish.reason, "Handing a seat over needs a reason.")
    if before is not None and before.person == wish.to:
        raise Invalid(f"{before.name} has this seat already.", {"to": "Choose somebody else."})
    appointment = _fit(ledger, wish, sitting, chair)
    written = ledger.note(
        EventType.SEAT_REASSIGNED,
        _told(sitting, chair) | {"to": opaque(wish.to), "under": appointment},
        private={"reason": reason},
        role=role,
        party=party,
        appointment=acting,
    )
    _hold(ledger, chair, wish.to, appointment, written)
    notifications.seat_assigned(ledger, spec, sitting, chair, wish.to, written)
    return receipt_of(ledger, written, "Seat handed over", sitting.content_digest)


def _open_seat(ledger: Ledger, wish: SeatWish) -> tuple[Sitting, Chair, Held | None]:
    """The seat, still open, and who has taken it."""
    sitting, chair = seated_at(ledger, wish.round, wish.seat)
    if sitting.status != "open" or chair.status != "open":
        raise RoundClosed("This seat waits for no answer any more. Nothing was recorded.")
    taken = [chair.id] if chair.claimant else []
    held = claims.held(ledger.session, taken, ledger.now.date()) if taken else {}
    return sitting, chair, held.get(chair.id)


def _own_hold(ledger: Ledger, chair: Chair, before: Held | None, person: int) -> int | None:
    """The appointment under which the person holds the seat, for themselves or for each other."""
    own = context.offices(ledger.session, person, ledger.now.date())
    acting = own.get((chair.role, chair.party_id))
    held = before is not None and not before.stops(person, acting)
    return before.appointment if before is not None and held else None


def _assigner(
    ledger: Ledger, round_key: str, chair: Chair, before: Held | None, person: int
) -> tuple[str, str, int]:
    """The office from which the person may say who answers; raises why not otherwise."""
    acting = _own_hold(ledger, chair, before, person)
    if acting is not None:
        return chair.role, chair.party_key, acting
    spec = spec_of(ledger, round_key)
    named = office_among(
        ledger.session, ledger.case.id, spec.assigned_by, person, ledger.now.date()
    )
    if named is None:
        roles = dict.fromkeys(ledger.definition.roles[s.role].label for s in spec.assigned_by)
        others = "".join(f" or the {role}" for role in roles)
        raise NotAuthorised(f"Only whoever has taken this seat{others} may hand it over.")
    return named


def _fit(ledger: Ledger, wish: Reassignment, sitting: Sitting, chair: Chair) -> int:
    """The appointment of whoever is to answer; refused for every reason that would bar them."""
    office, today = (chair.role, chair.party_id), ledger.now.date()
    found = candidates.holders(ledger.session, [office], today).get(office, ())
    whom = next((each for each in found if each.person == wish.to), None)
    if whom is None:
        raise Invalid("Choose somebody who holds the office.", {"to": "Choose one of these."})
    spec = spec_of(ledger, wish.round)
    seen = context.of_seat(ledger, spec, sitting, chair, wish.to, relieved=True)
    for refusal in objections(ledger.definition, spec, chair.place, seen):
        raise ConflictOfDuties(
            f"{whom.name} may not answer this seat and would be told: “{refusal.sentence}”"
        )
    return whom.appointment


def _hold(ledger: Ledger, chair: Chair, person: int, appointment: int, written: Written) -> None:
    """Put somebody on the seat; who was there before, even under a lapsed office, is no longer."""
    end(ledger, chair, "replaced")
    ledger.session.execute(
        insert(SeatClaim).values(
            case_id=ledger.case.id,
            seat_id=chair.id,
            person_id=person,
            appointment_id=appointment,
            at=written.at,
            event_seq=written.seq,
            ended_as="",
        )
    )


def end(ledger: Ledger, chair: Chair, how: str) -> None:
    """End whatever claim stands on the seat."""
    if chair.claimant is None:
        return
    ledger.session.execute(
        update(SeatClaim)
        .where(SeatClaim.seat_id == chair.id, SeatClaim.ended_at.is_(None))
        .values(ended_as=how, ended_at=ledger.now)
    )


def _told(sitting: Sitting, chair: Chair) -> dict[str, object]:
    return {"round": sitting.key, "turn": sitting.turn, "seat": seat_words(chair)}
