"""Saying whether one has an interest in a case, before its papers are shown."""

from dataclasses import dataclass

from sqlalchemy import insert

from workflow.engine.commands.claim import end
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
from workflow.engine.permissions import candidates, claims
from workflow.engine.permissions.authority import Asked, Authority, authority
from workflow.engine.permissions.models import Declaration
from workflow.engine.round_state import Chair, Sitting
from workflow.engine.rounds.signoffs import (
    mandate_words,
    recuse_seat,
    seat_words,
    settle_if_decided,
)
from workflow.engine.unit_of_work import Ledger
from workflow.errors import NotFound, RoundClosed
from workflow.lifecycles.definition import RoundSpec
from workflow.vocabulary import EventType

STEPPED_BACK = "An interest was declared, and nobody else holds the office."


@dataclass(frozen=True, slots=True)
class Interest(SeatWish):
    """What somebody says of their interest in a case; the reason is why they have one."""

    what = "declare"
    interest: bool = False


def declare(engine: Engine, person: int, wish: Interest) -> Receipt:
    """Say whether one has an interest; the papers are shown to those who have none.

    An interest bars the person for good. Where nobody else holds the office, its seat is stepped
    back from and leaves the denominator as the rule says.
    """
    return act(engine, person, wish, lambda ledger: _declared(ledger, person, wish))


def _declared(ledger: Ledger, person: int, wish: Interest) -> Receipt:
    spec = spec_of(ledger, wish.round)
    sitting, chair = seated_at(ledger, wish.round, wish.seat)
    if chair.role not in spec.declares:
        raise NotFound("Nobody is asked about their interest here.")
    if (chair.id, person) in claims.interests(ledger.session, [chair.id]):
        raise RoundClosed("You have said so already; step back if an interest has come to light.")
    asked = Asked(spec, sitting, chair.id, chair.place, ledger.case.state, declaring=True)
    acting = authority(ledger, asked, person)
    reason = reason_of(wish.reason, "An interest needs to be named.") if wish.interest else ""
    _record(ledger, sitting, chair, wish, (person, reason), acting)
    outcome = explanation = ""
    if wish.interest:
        outcome, explanation = _step_aside(ledger, spec, (sitting, chair), person, acting)
    said = "An interest declared" if wish.interest else "No interest declared"
    return receipt_of(
        ledger, None, said, sitting.content_digest, outcome=outcome, explanation=explanation
    )


def _record(
    ledger: Ledger,
    sitting: Sitting,
    chair: Chair,
    wish: Interest,
    said: tuple[int, str],
    acting: Authority,
) -> None:
    person, reason = said
    written = ledger.note(
        EventType.INTEREST_DECLARED,
        {
            "round": sitting.key,
            "turn": sitting.turn,
            "seat": seat_words(chair),
            "interest": wish.interest,
        }
        | mandate_words(acting),
        private={"reason": reason},
        role=chair.role,
        party=chair.party_key,
        appointment=acting.appointment,
    )
    ledger.session.execute(
        insert(Declaration).values(
            case_id=ledger.case.id,
            seat_id=chair.id,
            person_id=person,
            interest=wish.interest,
            at=written.at,
            event_seq=written.seq,
        )
    )


def _step_aside(
    ledger: Ledger, spec: RoundSpec, at: tuple[Sitting, Chair], person: int, acting: Authority
) -> tuple[str, str]:
    """Let go of the seat; it stays open only where somebody else holds the office."""
    sitting, chair = at
    if chair.claimant == person:
        end(ledger, chair, "interest")
    office, today = (chair.role, chair.party_id), ledger.now.date()
    holders = candidates.holders(ledger.session, [office], today).get(office, ())
    said = claims.interests(ledger.session, [chair.id])
    if any(not said.get((chair.id, each.person), False) for each in holders):
        return "", ""
    recuse_seat(ledger, sitting, chair, STEPPED_BACK, acting.appointment)
    settled = settle_if_decided(ledger, spec, sitting.id)
    return settled.outcome or "", settled.explanation
