"""An answer put on its seat, a seat stepped back from, and the round settled when it decides."""

import hashlib
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, insert, select, update

from workflow.audit import canonical
from workflow.audit.envelope import opaque
from workflow.audit.trail import Written
from workflow.database import Base
from workflow.engine import notifications, round_state
from workflow.engine.models import Seat, SignOff
from workflow.engine.permissions.authority import Authority
from workflow.engine.round_state import Chair, Sitting
from workflow.engine.rounds import progress
from workflow.engine.rounds.decision import Decision
from workflow.engine.unit_of_work import Ledger
from workflow.lifecycles import rules
from workflow.lifecycles.definition import RoundSpec
from workflow.vocabulary import EventType

# Composed once: a sign-off runs each of them, and composing takes longer than running.
_SIGN_OFFS = Base.metadata.tables[SignOff.__tablename__]
_SEATS = Base.metadata.tables[Seat.__tablename__]
_INSERT = insert(_SIGN_OFFS)
_LAST_TURN = select(func.max(_SIGN_OFFS.c.turn)).where(_SIGN_OFFS.c.seat_id == bindparam("seat"))
_END = (
    update(_SIGN_OFFS)
    .where(_SIGN_OFFS.c.id == bindparam("of"))
    .values(standing=False, ended_as=bindparam("how"), ended_at=bindparam("now"))
)
_SEAT = update(_SEATS).where(_SEATS.c.id == bindparam("of")).values(status=bindparam("now_is"))


def give(
    ledger: Ledger,
    spec: RoundSpec,
    sitting: Sitting,
    chair: Chair,
    decision: Decision,
    acting: Authority | None,
    *,
    effective_at: datetime | None = None,
) -> Written:
    """Record the sign-off and its event; an earlier answer on the seat ends as changed."""
    answer = 1 + (ledger.session.scalar(_LAST_TURN, {"seat": chair.id}) or 0)
    what: dict[str, Any] = {
        "round": spec.key,
        "turn": sitting.turn,
        "seat": seat_words(chair),
        "answer": answer,
        "verdict": decision.verdict,
        "content": sitting.content_digest,
        "answers": hashlib.sha256(canonical.write(dict(decision.answers))).hexdigest(),
    }
    if decision.proof is not None:
        what["auth"] = decision.proof.as_content()
    what |= mandate_words(acting)
    if acting is not None and acting.overridden:
        what["overridden"] = list(acting.overridden)
    if chair.sign_off_id is not None:
        _end(ledger, chair.sign_off_id, "changed")
        what["replaces"] = chair.turn
    written = ledger.note(
        EventType.SIGNOFF_CHANGED if chair.sign_off_id else EventType.SIGNOFF_GIVEN,
        what,
        private={"reason": decision.reason.strip()},
        role=chair.role,
        party=chair.party_key,
        appointment=acting.appointment if acting else None,
        effective_at=effective_at,
    )
    ledger.session.execute(
        _INSERT,
        {
            "case_id": ledger.case.id,
            "round_id": sitting.id,
            "seat_id": chair.id,
            "turn": answer,
            "person_id": ledger.actor,
            "appointment_id": acting.appointment if acting else None,
            "mandate_id": acting.mandate.id if acting and acting.mandate else None,
            "verdict": decision.verdict,
            "reason": decision.reason.strip(),
            "answers": dict(decision.answers),
            "content_digest": sitting.content_digest,
            "at": written.at,
            "event_seq": written.seq,
            "event_hash": written.hash,
            "standing": True,
            "ended_as": "",
        },
    )
    _seat_is(ledger, chair.id, "answered")
    return written


def recuse_seat(
    ledger: Ledger, sitting: Sitting, chair: Chair, reason: str, appointment: int | None
) -> Written:
    """Take a seat out of its round, with the reason on the trail."""
    if chair.sign_off_id is not None:
        _end(ledger, chair.sign_off_id, "changed")
    _seat_is(ledger, chair.id, "recused")
    return ledger.note(
        EventType.SEAT_RECUSED,
        {"round": sitting.key, "turn": sitting.turn, "seat": seat_words(chair)},
        private={"reason": reason},
        role=chair.role,
        party=chair.party_key,
        appointment=appointment,
    )


def void(ledger: Ledger, sitting: Sitting, chair: Chair, *, reopen: bool) -> None:
    """End a standing sign-off because the text it covered changed; its seat may be asked again."""
    if chair.sign_off_id is None:
        return
    _end(ledger, chair.sign_off_id, "voided")
    if reopen:
        _seat_is(ledger, chair.id, "open")
    written = ledger.note(
        EventType.SIGNOFF_VOIDED,
        {
            "round": sitting.key,
            "turn": sitting.turn,
            "seat": seat_words(chair),
            "answer": chair.turn,
            "because": "text changed",
            "version": ledger.next_version(),
        },
    )
    notifications.sign_off_voided(ledger, sitting, chair, written)


def settle_if_decided(
    ledger: Ledger,
    spec: RoundSpec,
    round_id: int,
    *,
    effective_at: datetime | None = None,
) -> rules.Reading:
    """Read the rule over the round as it now sits, and settle it if that gives an outcome."""
    sitting = round_state.by_id(ledger.session, round_id)
    late = bool(spec.at_due) and sitting.time_is_up(ledger.now)
    reading = rules.read(spec.rule, sitting.places(), sitting.answers(), due_passed=late)
    if reading.outcome is not None:
        progress.settle(ledger, spec, sitting, reading, effective_at=effective_at)
    return reading


def seat_words(chair: Chair) -> dict[str, str]:
    """A seat as events name it."""
    return {"role": chair.role, "party": chair.party_key, "category": chair.category}


def mandate_words(acting: Authority | None) -> dict[str, Any]:
    """For whom, and under which mandate, somebody acted; nothing for an office of their own."""
    if acting is None or acting.mandate is None:
        return {}
    return {"mandate": acting.mandate.id, "for": opaque(acting.mandate.principal)}


def _end(ledger: Ledger, sign_off_id: int, how: str) -> None:
    ledger.session.execute(_END, {"of": sign_off_id, "how": how, "now": ledger.now})


def _seat_is(ledger: Ledger, seat_id: int, status: str) -> None:
    ledger.session.execute(_SEAT, {"of": seat_id, "now_is": status})
