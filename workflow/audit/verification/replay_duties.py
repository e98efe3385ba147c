"""What events say of duties at a seat: taken, given back, an interest declared, a bar lifted."""

from collections.abc import Callable, Mapping

from workflow.audit.chain import ToldEvent
from workflow.audit.events.payload import opaque
from workflow.audit.verification.expected import ExpectedRows
from workflow.audit.verification.labels import (
    claim_name,
    declaration_name,
    lifting_name,
    round_name,
    seat_name,
)


def _seat_claimed(story: ExpectedRows, told: ToldEvent) -> None:
    _claim(story, told, opaque(told.person), told.appointment)


def _seat_reassigned(story: ExpectedRows, told: ToldEvent) -> None:
    _claim(story, told, told.what["to"], told.what["under"])


def _claim(
    story: ExpectedRows, told: ToldEvent, person: str | None, appointment: int | None
) -> None:
    """Somebody has a seat from now on; whoever had it before has it no longer."""
    seat = _seat(told)
    story.end_claim(seat, "replaced", told.at)
    name = story.claims[seat] = claim_name(told.seq)
    story.things[name] = {
        "seat": seat,
        "person": person,
        "appointment_id": appointment,
        "at": told.at,
        "event_seq": told.seq,
        "ended_as": "",
        "ended_at": None,
    }


def _seat_released(story: ExpectedRows, told: ToldEvent) -> None:
    story.end_claim(_seat(told), "released", told.at)


def _interest_declared(story: ExpectedRows, told: ToldEvent) -> None:
    seat = _seat(told)
    story.things[declaration_name(told.seq)] = {
        "seat": seat,
        "person_id": told.person,
        "interest": told.what["interest"],
        "at": told.at,
        "event_seq": told.seq,
    }
    claim = story.things.get(story.claims.get(seat, ""), {})
    if told.what["interest"] and claim.get("person") == opaque(told.person):
        story.end_claim(seat, "interest", told.at)


def _duty_overridden(story: ExpectedRows, told: ToldEvent) -> None:
    what = told.what
    story.things[lifting_name(told.seq)] = {
        "seat": _seat(told),
        "person": what["whom"],
        "bar": what["bar"],
        "by_id": told.person,
        "at": told.at,
        "event_seq": told.seq,
    }


def _seat(told: ToldEvent) -> str:
    place = told.what["seat"]
    of_round = round_name(told.what["round"], told.what["turn"])
    return seat_name(of_round, place["role"], place["party"], place["category"])


TELLERS: Mapping[str, Callable[[ExpectedRows, ToldEvent], None]] = {
    "seat.claimed": _seat_claimed,
    "seat.released": _seat_released,
    "seat.reassigned": _seat_reassigned,
    "interest.declared": _interest_declared,
    "duty.overridden": _duty_overridden,
}
