"""Lifting a bar for one person at one seat, where the definition lets somebody, and never unseen."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from sqlalchemy import insert

from workflow.audit.envelope import opaque
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
from workflow.engine.permissions import candidates, context
from workflow.engine.permissions.authority import office_among
from workflow.engine.permissions.check import objections
from workflow.engine.permissions.models import LiftedBar
from workflow.engine.round_state import Chair, Sitting
from workflow.engine.rounds.signoffs import seat_words
from workflow.engine.unit_of_work import Ledger
from workflow.errors import Invalid, NotAuthorised, NotFound
from workflow.lifecycles.definition import Override, RoundSpec
from workflow.vocabulary import EventType


@dataclass(frozen=True, slots=True)
class Lift(SeatWish):
    """A wish that one bar no longer keeps one person from one seat, with the reason for it."""

    what = "lift"
    whom: int = 0
    bar: str = ""


def lift(engine: Engine, person: int, wish: Lift) -> Receipt:
    """Lift one bar for one holder of the office; refused wherever the definition names nobody."""
    return act(engine, person, wish, lambda ledger: _lifted(ledger, person, wish))


def _lifted(ledger: Ledger, person: int, wish: Lift) -> Receipt:
    spec = spec_of(ledger, wish.round)
    sitting, chair = seated_at(ledger, wish.round, wish.seat)
    terms = spec.rule.override
    if terms is None or wish.bar not in terms.bars:
        raise NotFound("This lifecycle lets nobody lift that bar.")
    role, party, acting = _lifter(ledger, terms, person)
    if wish.whom == person:
        raise NotAuthorised("Nobody lifts a bar for themselves.")
    reason = reason_of(wish.reason, "Lifting a bar needs a reason.")
    if wish.bar not in bars_of(ledger, spec, sitting, chair, wish.whom):
        raise Invalid(
            "That bar does not keep this person from the seat.", {"whom": "Choose again."}
        )
    written = ledger.note(
        EventType.DUTY_OVERRIDDEN,
        {
            "round": sitting.key,
            "turn": sitting.turn,
            "seat": seat_words(chair),
            "bar": wish.bar,
            "whom": opaque(wish.whom),
        },
        private={"reason": reason},
        role=role,
        party=party,
        appointment=acting,
    )
    ledger.session.execute(
        insert(LiftedBar).values(
            case_id=ledger.case.id,
            seat_id=chair.id,
            person_id=wish.whom,
            bar=wish.bar,
            by_id=person,
            at=written.at,
            event_seq=written.seq,
        )
    )
    return receipt_of(ledger, written, "Bar lifted", sitting.content_digest)


def _lifter(ledger: Ledger, terms: Override, person: int) -> tuple[str, str, int]:
    today = ledger.now.date()
    named = office_among(ledger.session, ledger.case.id, terms.by, person, today)
    if named is None:
        roles = dict.fromkeys(ledger.definition.roles[seat.role].label for seat in terms.by)
        raise NotAuthorised(f"Only the {' or the '.join(roles)} may lift this bar.")
    return named


def bars_of(
    ledger: Ledger, spec: RoundSpec, sitting: Sitting, chair: Chair, person: int
) -> frozenset[str]:
    """Which bars keep this holder of the office from the seat now, of those that may be lifted."""
    office, today = (chair.role, chair.party_id), ledger.now.date()
    found = candidates.holders(ledger.session, [office], today).get(office, ())
    if spec.rule.override is None or person not in {each.person for each in found}:
        return frozenset()
    return frozenset(_barring(ledger, spec, sitting, chair, person))


def _barring(
    ledger: Ledger, spec: RoundSpec, sitting: Sitting, chair: Chair, person: int
) -> Iterator[str]:
    """Each bar without which one objection fewer would stand."""
    seen = context.of_seat(ledger, spec, sitting, chair, person)
    now = objections(ledger.definition, spec, chair.place, seen)
    for bar in spec.rule.override.bars if spec.rule.override else ():
        without = replace(seen, lifted=seen.lifted | {bar})
        if len(objections(ledger.definition, spec, chair.place, without)) < len(now):
            yield bar
