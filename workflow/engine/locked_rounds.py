"""The open rounds of a locked case and the one that is answered, in one statement."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from sqlalchemy import and_, bindparam, or_, select
from sqlalchemy.orm import aliased

from workflow.engine.duty_models import SeatClaim
from workflow.engine.models import LifecycleCase, Round, Seat, SignOff
from workflow.engine.round_state import ANSWERS, RoundState, SeatState
from workflow.lifecycles.definition import Part
from workflow.people.models import Appointment, Party
from workflow.statements import Statement

_GIVEN_UNDER = aliased(Appointment)
CASE = select(LifecycleCase.id).where(LifecycleCase.ref == bindparam("ref")).scalar_subquery()
ROUNDS = Statement(
    select(
        Round.id.label("round_id"),
        Round.key,
        Round.turn.label("opening"),
        Round.status.label("round_status"),
        Round.state,
        Round.opened_at,
        Round.due_at,
        Round.acts_at,
        Round.content_digest,
        Round.outcome,
        Round.explanation,
        Round.effective_at,
        Round.paused_at,
        Round.paused_due,
        Round.paused_for,
        Seat.id,
        Seat.role,
        Seat.party_id,
        Party.key.label("party_key"),
        Party.name.label("party_name"),
        Seat.part,
        Seat.category,
        Seat.status,
        SignOff.id.label("sign_off_id"),
        SignOff.turn,
        SignOff.person_id,
        SignOff.verdict,
        _GIVEN_UNDER.person_id.label("principal"),
        SeatClaim.person_id.label("claimant"),
        ANSWERS,
    )
    .outerjoin(Seat, Seat.round_id == Round.id)
    .outerjoin(Party, Party.id == Seat.party_id)
    .outerjoin(SignOff, and_(SignOff.seat_id == Seat.id, SignOff.standing))
    .outerjoin(_GIVEN_UNDER, _GIVEN_UNDER.id == SignOff.appointment_id)
    .outerjoin(SeatClaim, and_(SeatClaim.seat_id == Seat.id, SeatClaim.ended_at.is_(None)))
    .where(Round.case_id == CASE, or_(Round.status == "open", Round.key == bindparam("key")))
    .order_by(Round.id, Seat.id)
)


def rounds_in(rows: Iterable[Any]) -> list[RoundState]:
    """The rounds that were found, in the order of opening; of their content only the digest."""
    return [_round(list(seats)) for _, seats in groupby(rows, key=lambda row: row.round_id)]


def latest_of(rounds: Sequence[RoundState], key: str) -> RoundState | None:
    """The newest opening of a round among those found."""
    return max((each for each in rounds if each.key == key), key=lambda r: r.turn, default=None)


def _round(rows: Sequence[Any]) -> RoundState:
    row = rows[0]
    return RoundState(
        id=row.round_id,
        key=row.key,
        turn=row.opening,
        status=row.round_status,
        state=row.state,
        opened_at=row.opened_at,
        due_at=row.due_at,
        acts_at=row.acts_at,
        content={},
        content_digest=row.content_digest,
        seats=tuple(_seat(each) for each in rows if each.id is not None),
        outcome=row.outcome or "",
        explanation=row.explanation,
        effective_at=row.effective_at,
        paused_at=row.paused_at,
        paused_due=row.paused_due,
        paused_for=row.paused_for,
    )


def _seat(row: Any) -> SeatState:
    return SeatState(
        id=row.id,
        role=row.role,
        party_id=row.party_id,
        party_key=row.party_key,
        party_name=row.party_name,
        part=Part(row.part),
        category=row.category,
        status=row.status,
        sign_off_id=row.sign_off_id,
        turn=row.turn,
        person=row.person_id,
        verdict=row.verdict,
        principal=row.principal,
        claimant=row.claimant,
        answers=row.answers or 0,
    )
