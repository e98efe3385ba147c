"""An answer put on its seat, a seat stepped back from, and the round settled when it decides."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert, update

from workflow.audit.events.rounds import NamedSeat
from workflow.audit.events.seats import (
    SeatRecused,
    SignoffChanged,
    SignoffGiven,
    SignoffVoided,
)
from workflow.audit.trail import Written
from workflow.database import Base
from workflow.engine import notifications
from workflow.engine.checklists.signed import barring_outcome, told
from workflow.engine.children.waits import awaited
from workflow.engine.models import Seat, SignOff
from workflow.engine.permissions.authority import Authority
from workflow.engine.quorum import BROKEN, quorate
from workflow.engine.round_state import RoundState, SeatState
from workflow.engine.rounds import progress
from workflow.engine.rounds.decision import Decision, digest_of
from workflow.engine.unit_of_work import UnitOfWork
from workflow.lifecycles import rules
from workflow.lifecycles.children.checklist import CheckedLine
from workflow.lifecycles.definition import RoundSpec
from workflow.phrase import together
from workflow.transactions.statements import PreparedStatement

_SIGN_OFFS = Base.metadata.tables[SignOff.__tablename__]
_SEATS = Base.metadata.tables[Seat.__tablename__]
_INSERT = PreparedStatement(
    insert(_SIGN_OFFS).inline(),
    (
        *("case_id", "round_id", "seat_id", "turn", "person_id", "appointment_id", "mandate_id"),
        *("verdict", "reason", "answers", "content_digest", "at", "event_seq", "event_hash"),
        *("standing", "ended_as"),
    ),
)
_END = PreparedStatement(
    update(_SIGN_OFFS)
    .where(_SIGN_OFFS.c.seat_id == bindparam("seat"), _SIGN_OFFS.c.standing)
    .values(standing=False, ended_as=bindparam("how"), ended_at=bindparam("now"))
)
_SEAT = PreparedStatement(
    update(_SEATS).where(_SEATS.c.id == bindparam("of")).values(status=bindparam("now_is"))
)


def record_signoff(
    work: UnitOfWork,
    round_: RoundState,
    seat: SeatState,
    decision: Decision,
    acting: Authority | None,
    *,
    effective_at: datetime | None = None,
    checked: Sequence[CheckedLine] = (),
) -> Written:
    """Record the sign-off and its event; an earlier answer on the seat ends as changed.

    `checked` is the checklist as it stood, where the answer is for something that has one.
    """
    if seat.sign_off_id is not None:
        _end(work, seat, "changed")
    given = _given(round_, seat, decision, acting)
    written = work.note(
        replace(given, checklist=told(checked)) if checked else given,
        role=seat.role,
        party=seat.party_key,
        appointment=acting.appointment if acting else None,
        effective_at=effective_at,
    )
    work.write(_INSERT, **_row(work, round_, seat, decision, written), **_under(acting))
    _seat_is(work, seat.id, "answered")
    return written


def _given(
    round_: RoundState,
    seat: SeatState,
    decision: Decision,
    acting: Authority | None,
) -> SignoffGiven | SignoffChanged:
    """The answer as its event tells it: a first one, or one in place of another."""
    kind = SignoffChanged if seat.sign_off_id else SignoffGiven
    return kind(
        round=round_.key,
        turn=round_.turn,
        seat=named(seat),
        answer=seat.answers + 1,
        verdict=decision.verdict,
        content=round_.content_digest,
        answers=digest_of(decision.answered),
        auth=decision.proof.as_stated() if decision.proof else None,
        mandate=mandate_of(acting),
        principal=principal_of(acting),
        overridden=acting.overridden if acting else (),
        replaces=seat.turn,
        language=decision.language,
        reason=decision.reason,
    )


def _row(
    work: UnitOfWork, round_: RoundState, seat: SeatState, decision: Decision, written: Written
) -> dict[str, Any]:
    """The answer as its row keeps it, beside the event that tells it."""
    return {
        "case_id": work.case.id,
        "round_id": round_.id,
        "seat_id": seat.id,
        "turn": seat.answers + 1,
        "person_id": work.actor,
        "verdict": decision.verdict,
        "reason": decision.reason,
        "answers": decision.answered,
        "content_digest": round_.content_digest,
        "at": written.at,
        "event_seq": written.seq,
        "event_hash": written.hash,
        "standing": True,
        "ended_as": "",
    }


def _under(acting: Authority | None) -> dict[str, Any]:
    """Under which appointment and mandate an answer stands, as its row keeps them."""
    return {
        "appointment_id": acting.appointment if acting else None,
        "mandate_id": mandate_of(acting),
    }


def recuse_seat(
    work: UnitOfWork, round_: RoundState, seat: SeatState, reason: str, appointment: int | None
) -> Written:
    """Take a seat out of its round, with the reason on the trail."""
    if seat.sign_off_id is not None:
        _end(work, seat, "changed")
    _seat_is(work, seat.id, "recused")
    return work.note(
        SeatRecused(round=round_.key, turn=round_.turn, seat=named(seat), reason=reason),
        role=seat.role,
        party=seat.party_key,
        appointment=appointment,
    )


def void_signoff(work: UnitOfWork, round_: RoundState, seat: SeatState, *, reopen: bool) -> None:
    """End a standing sign-off because the text it covered changed; its seat may be asked again."""
    if seat.sign_off_id is None or seat.turn is None:
        return
    _end(work, seat, "voided")
    if reopen:
        _seat_is(work, seat.id, "open")
    written = work.note(
        SignoffVoided(
            round=round_.key,
            turn=round_.turn,
            seat=named(seat),
            answer=seat.turn,
            because="text changed",
            version=work.next_version(),
        ),
    )
    notifications.sign_off_voided(work, round_, seat, written)


def settle_if_decided(
    work: UnitOfWork,
    spec: RoundSpec,
    round_: RoundState,
    reading: rules.Reading,
    *,
    effective_at: datetime | None = None,
    others: Sequence[RoundState] | None = None,
) -> rules.Reading:
    """Settle the round if its rule gives an outcome; returns what the rule said, or why it decides nothing.

    A bench of which fewer are left than its quorum decides nothing, nor does a round that waits for a case
    under its own, whatever made it decide. `others` are the open rounds of the case besides this one, where they are known.
    """
    # A session is made only where something may settle: most answers leave a round undecided.
    if reading.outcome is not None:
        reading = _free(work, spec, quorate(work.session, spec, round_, reading, work.now.date()))
    if reading.outcome is not None:
        progress.settle(work, spec, round_, reading, effective_at=effective_at, others=others)
    return reading


def _free(work: UnitOfWork, spec: RoundSpec, reading: rules.Reading) -> rules.Reading:
    """The reading, which decides nothing while a case under the round's own has to end first.

    Nor does it decide for what a checklist bars, whatever made it decide.
    """
    if reading.outcome in {None, BROKEN} or not (spec.waits_for or spec.checklist):
        return reading
    of = work.case.id, work.definition, spec
    waits = (
        *(awaited(work.session, [of]).values() if spec.waits_for else ()),
        *barring_outcome(work.session, of, reading.outcome or "", work.now.date()),
    )
    return replace(reading, outcome=None, why=together([reading.why, *waits])) if waits else reading


def named(seat: SeatState) -> NamedSeat:
    """A seat as events name it."""
    return NamedSeat(role=seat.role, party=seat.party_key, category=seat.category)


def mandate_of(acting: Authority | None) -> int | None:
    """The mandate under which somebody acted; none for an office of their own."""
    return acting.mandate.id if acting and acting.mandate else None


def principal_of(acting: Authority | None) -> int | None:
    """For whom somebody acted under a mandate."""
    return acting.mandate.principal if acting and acting.mandate else None


def _end(work: UnitOfWork, seat: SeatState, how: str) -> None:
    work.write(_END, seat=seat.id, how=how, now=work.now)


def _seat_is(work: UnitOfWork, seat_id: int, status: str) -> None:
    work.write(_SEAT, of=seat_id, now_is=status)
