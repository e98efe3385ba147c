"""The open rounds of a locked case and the one that is answered, with their seats."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import and_, bindparam, literal_column, or_, select
from sqlalchemy.orm import aliased

from workflow.engine.duty_models import SeatClaim
from workflow.engine.models import LifecycleCase, Round, Seat, SignOff
from workflow.engine.round_state import ANSWERS, RoundState, SeatState
from workflow.lifecycles.definition import Part
from workflow.people.models import Appointment, Party
from workflow.transactions.statements import PreparedStatement

_GIVEN_UNDER = aliased(Appointment)
CASE = select(LifecycleCase.id).where(LifecycleCase.ref == bindparam("ref")).scalar_subquery()
# Written out: compared with a value that comes later, a partial index has SQLite plan anew each time.
_OPEN = Round.status == literal_column("'open'")
_ASKED = (Round.case_id == CASE, or_(_OPEN, Round.key == bindparam("key")))
ROUNDS = PreparedStatement(
    select(
        *(Round.id, Round.key, Round.turn, Round.status, Round.state, Round.opened_at),
        *(Round.due_at, Round.acts_at, Round.content_digest, Round.outcome, Round.explanation),
        *(Round.effective_at, Round.paused_at, Round.paused_due, Round.paused_for),
    ).where(*_ASKED)
)
SEATS = PreparedStatement(
    select(
        *(Seat.round_id, Seat.id, Seat.role, Seat.party_id, Seat.part, Seat.category, Seat.status),
        Party.key.label("party_key"),
        Party.name.label("party_name"),
        SignOff.id.label("sign_off_id"),
        *(SignOff.turn, SignOff.person_id, SignOff.verdict),
        _GIVEN_UNDER.person_id.label("principal"),
        SeatClaim.person_id.label("claimant"),
        ANSWERS,
    )
    .join(Party, Party.id == Seat.party_id)
    .outerjoin(SignOff, and_(SignOff.seat_id == Seat.id, SignOff.standing))
    .outerjoin(_GIVEN_UNDER, _GIVEN_UNDER.id == SignOff.appointment_id)
    .outerjoin(SeatClaim, and_(SeatClaim.seat_id == Seat.id, SeatClaim.ended_at.is_(None)))
    .where(Seat.round_id.in_(select(Round.id).where(*_ASKED)))
)


def rounds_in(rows: Iterable[Any], seats: Iterable[Any]) -> list[RoundState]:
    """The rounds that were found, each with its seats; of their content only the digest."""
    seated: dict[int, list[SeatState]] = {}
    for seat in seats:
        seated.setdefault(seat.round_id, []).append(_seat(seat))
    for each in seated.values():
        each.sort(key=lambda seat: seat.id)
    return [_round(row, seated.get(row.id, ())) for row in rows]


def latest_of(rounds: Sequence[RoundState], key: str) -> RoundState | None:
    """The newest opening of a round among those found."""
    return max((each for each in rounds if each.key == key), key=lambda r: r.turn, default=None)


def _round(row: Any, seats: Iterable[SeatState]) -> RoundState:
    return RoundState(
        id=row.id,
        key=row.key,
        turn=row.turn,
        status=row.status,
        state=row.state,
        opened_at=row.opened_at,
        due_at=row.due_at,
        acts_at=row.acts_at,
        content={},
        content_digest=row.content_digest,
        seats=tuple(seats),
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
