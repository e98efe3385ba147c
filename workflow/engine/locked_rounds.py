"""The open rounds of a locked case and the one that is answered, with their seats."""

from collections.abc import Iterable, Sequence
from operator import attrgetter
from typing import Any

from sqlalchemy import and_, bindparam, or_, select
from sqlalchemy.orm import aliased

from workflow.engine.duty_models import SeatClaim
from workflow.engine.models import OPEN, LifecycleCase, Round, Seat, SignOff
from workflow.engine.round_state import ANSWERS, RoundState, SeatState, round_of, seat_of
from workflow.people.models import Appointment, Party
from workflow.transactions.statements import PreparedStatement
from workflow.transactions.transaction import Transaction

_BY_ID = attrgetter("id")
_GIVEN_UNDER = aliased(Appointment)
CASE = select(LifecycleCase.id).where(LifecycleCase.ref == bindparam("ref")).scalar_subquery()
_ASKED = (Round.case_id == CASE, or_(Round.status == OPEN, Round.key == bindparam("key")))
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
        Seat.bench_id,
        Party.key.label("party_key"),
        Party.name.label("party_name"),
        SignOff.id.label("sign_off_id"),
        *(SignOff.turn, SignOff.person_id, SignOff.verdict),
        _GIVEN_UNDER.person_id.label("principal"),
        SeatClaim.person_id.label("claimant"),
        ANSWERS,
    )
    .join(Round, Round.id == Seat.round_id)
    .join(Party, Party.id == Seat.party_id)
    .outerjoin(SignOff, and_(SignOff.seat_id == Seat.id, SignOff.standing))
    .outerjoin(_GIVEN_UNDER, _GIVEN_UNDER.id == SignOff.appointment_id)
    .outerjoin(SeatClaim, and_(SeatClaim.seat_id == Seat.id, SeatClaim.ended_at.is_(None)))
    .where(*_ASKED, or_(Seat.status != "overtaken", Round.status != OPEN))
)


def open_of(transaction: Transaction, ref: str) -> list[RoundState]:
    """The open rounds of a locked case, as `rounds_in` has them."""
    of_case = {"ref": ref, "key": ""}
    return rounds_in(*transaction.read((ROUNDS, of_case), (SEATS, of_case)))


def rounds_in(rows: Iterable[Any], seats: Iterable[Any]) -> list[RoundState]:
    """The rounds that were found, in the order of opening, with their seats; of their content only the digest."""
    seated: dict[int, list[SeatState]] = {}
    for seat in seats:
        seated.setdefault(seat.round_id, []).append(seat_of(seat))
    for each in seated.values():
        each.sort(key=_BY_ID)
    rounds = [round_of(row, seated.get(row.id, ()), content={}) for row in rows]
    return sorted(rounds, key=_BY_ID)


def latest_of(rounds: Sequence[RoundState], key: str) -> RoundState | None:
    """The newest opening of a round among those found."""
    return max((each for each in rounds if each.key == key), key=lambda r: r.turn, default=None)
