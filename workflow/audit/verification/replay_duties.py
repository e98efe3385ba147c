"""What events say of duties at a seat: taken, given back, an interest declared, a bar lifted."""

from collections.abc import Callable, Mapping
from typing import Any

from workflow.audit.chain import ToldEvent
from workflow.audit.events.payload import Payload, opaque
from workflow.audit.events.seats import (
    AtSeat,
    DutyOverridden,
    InterestDeclared,
    SeatClaimed,
    SeatReassigned,
    SeatReleased,
)
from workflow.audit.verification.expected import ExpectedRows
from workflow.audit.verification.labels import (
    claim_name,
    declaration_name,
    lifting_name,
    seat_told,
)


def _seat_claimed(story: ExpectedRows, told: ToldEvent, what: SeatClaimed) -> None:
    _claim(story, told, what, told.person, told.appointment)


def _seat_reassigned(story: ExpectedRows, told: ToldEvent, what: SeatReassigned) -> None:
    _claim(story, told, what, what.delegate, what.under)


def _claim(
    story: ExpectedRows, told: ToldEvent, what: AtSeat, person: int | None, appointment: int | None
) -> None:
    """Somebody has a seat from now on; whoever had it before has it no longer."""
    seat = seat_told(what)
    story.end_claim(seat, "replaced", told.at)
    name = story.claims[seat] = claim_name(told.seq)
    story.things[name] = {
        "seat": seat,
        "person": opaque(person),
        "appointment_id": appointment,
        "at": told.at,
        "event_seq": told.seq,
        "ended_as": "",
        "ended_at": None,
    }


def _seat_released(story: ExpectedRows, told: ToldEvent, what: SeatReleased) -> None:
    story.end_claim(seat_told(what), "released", told.at)


def _interest_declared(story: ExpectedRows, told: ToldEvent, what: InterestDeclared) -> None:
    seat = seat_told(what)
    story.things[declaration_name(told.seq)] = {
        "seat": seat,
        "person_id": told.person,
        "interest": what.interest,
        "at": told.at,
        "event_seq": told.seq,
    }
    claim = story.things.get(story.claims.get(seat, ""), {})
    if what.interest and claim.get("person") == opaque(told.person):
        story.end_claim(seat, "interest", told.at)


def _duty_overridden(story: ExpectedRows, told: ToldEvent, what: DutyOverridden) -> None:
    story.things[lifting_name(told.seq)] = {
        "seat": seat_told(what),
        "person": opaque(what.whom),
        "bar": what.bar,
        "by_id": told.person,
        "at": told.at,
        "event_seq": told.seq,
    }


TELLERS: Mapping[type[Payload], Callable[[ExpectedRows, ToldEvent, Any], None]] = {
    SeatClaimed: _seat_claimed,
    SeatReleased: _seat_released,
    SeatReassigned: _seat_reassigned,
    InterestDeclared: _interest_declared,
    DutyOverridden: _duty_overridden,
}
