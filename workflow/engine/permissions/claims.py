"""What stands between people and seats: who took one, who declared an interest, what was lifted."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from sqlalchemy import BindParameter, Date, bindparam, select
from sqlalchemy.orm import Session

from workflow.engine.duty_models import Declaration, LiftedBar, SeatClaim
from workflow.engine.permissions.check import ActiveClaim
from workflow.lifecycles.definition import RoundSpec
from workflow.people.appointments import in_force
from workflow.people.models import Appointment, Person

AtSeat = tuple[int, int]
NO_BARS: frozenset[str] = frozenset()
_SEATS: BindParameter[int] = bindparam("seats", expanding=True)
_CLAIMED = (
    select(
        SeatClaim.seat_id,
        SeatClaim.person_id,
        SeatClaim.appointment_id,
        Person.name,
        SeatClaim.at,
    )
    .join(Person, Person.id == SeatClaim.person_id)
    .join(Appointment, Appointment.id == SeatClaim.appointment_id)
    .where(
        SeatClaim.seat_id.in_(_SEATS),
        SeatClaim.ended_at.is_(None),
        Person.disabled_at.is_(None),
        in_force(bindparam("today", type_=Date)),
    )
)
_DECLARED = select(Declaration.seat_id, Declaration.person_id, Declaration.interest).where(
    Declaration.seat_id.in_(_SEATS)
)
_LIFTED = select(LiftedBar.seat_id, LiftedBar.person_id, LiftedBar.bar).where(
    LiftedBar.seat_id.in_(_SEATS)
)


@dataclass(frozen=True, slots=True)
class SeatStatus:
    """Of some seats: who has taken them, and by (seat, person) what was declared and lifted."""

    held: Mapping[int, ActiveClaim] = field(default_factory=lambda: MappingProxyType({}))
    interests: Mapping[AtSeat, bool] = field(default_factory=lambda: MappingProxyType({}))
    lifted: Mapping[AtSeat, frozenset[str]] = field(default_factory=lambda: MappingProxyType({}))

    def interest(self, seat: int | None, person: int) -> bool:
        """Whether the person declared an interest at the seat."""
        return seat is not None and self.interests.get((seat, person), False)

    def owes(self, spec: RoundSpec, role: str, seat: int | None, person: int) -> bool:
        """Whether the person has to say first whether they have an interest."""
        asked = seat is not None and role in spec.declares
        return asked and (seat, person) not in self.interests

    def bars(self, seat: int | None, person: int) -> frozenset[str]:
        """The bars that keep the person from the seat no longer."""
        return NO_BARS if seat is None else self.lifted.get((seat, person), NO_BARS)


NOTHING_HELD = SeatStatus()


def seat_status(
    session: Session,
    *,
    taken: Collection[int],
    declaring: Collection[int],
    freed: Collection[int],
    today: date,
) -> SeatStatus:
    """What stands at seats that are taken, that ask to declare, and whose bars may be lifted."""
    return SeatStatus(
        held=held(session, taken, today) if taken else MappingProxyType({}),
        interests=interests(session, declaring) if declaring else MappingProxyType({}),
        lifted=lifted(session, freed) if freed else MappingProxyType({}),
    )


def held(session: Session, seats: Collection[int], today: date) -> Mapping[int, ActiveClaim]:
    """Who has taken each of the seats; a claim lapses with the appointment that it was made under."""
    rows = session.connection().execute(_CLAIMED, {"seats": [*seats], "today": today})
    return {row.seat_id: ActiveClaim(*row[1:]) for row in rows}


def interests(session: Session, seats: Collection[int]) -> Mapping[AtSeat, bool]:
    """What people declared at these seats, as (seat, person) to whether it is an interest."""
    rows = session.connection().execute(_DECLARED, {"seats": [*seats]})
    return {(seat, person): interest for seat, person, interest in rows}


def lifted(session: Session, seats: Collection[int]) -> Mapping[AtSeat, frozenset[str]]:
    """Which bars were lifted at these seats, as (seat, person) to the bars."""
    rows = session.connection().execute(_LIFTED, {"seats": [*seats]})
    found: dict[AtSeat, frozenset[str]] = {}
    for seat, person, bar in rows:
        found[seat, person] = found.get((seat, person), NO_BARS) | {bar}
    return found
