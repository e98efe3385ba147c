"""An office: a role of a party, which may be tied to one bench out of several on which the party sits."""

from collections.abc import Mapping
from typing import NamedTuple, Protocol

from sqlalchemy import ColumnElement, or_

from workflow.engine.models import Seat
from workflow.people.models import Appointment


class AskedPlace(Protocol):
    """Where somebody is asked: of which role and party, and on which bench, if it is on one."""

    @property
    def role(self) -> str:
        """The role that is asked."""

    @property
    def party_id(self) -> int:
        """The party that is asked."""

    @property
    def bench(self) -> int | None:
        """The bench on which the seat is."""


class OfficeKey(NamedTuple):
    """A role of a party; `bench` is the one on which alone it counts, and none where it counts on all."""

    role: str
    party_id: int
    bench: int | None = None

    def fits(self, place: AskedPlace) -> bool:
        """Whether whoever holds it may answer at this place: one that is on no bench, or on its own."""
        same = self.role == place.role and self.party_id == place.party_id
        return same and (place.bench is None or self.bench in {None, place.bench})


def asked(place: AskedPlace) -> OfficeKey:
    """The office that a place asks."""
    return OfficeKey(place.role, place.party_id, place.bench)


def appointment_at(held: Mapping[OfficeKey, int], place: AskedPlace) -> int | None:
    """The appointment that counts at a place: one that is tied to its bench before one tied to none."""
    found: int | None = None
    for office, appointment in held.items():
        if office.fits(place):
            if office.bench is not None:
                return appointment
            found = appointment if found is None else found
    return found


def own_appointment(held: Mapping[OfficeKey, int], place: AskedPlace) -> int:
    """The appointment of somebody whom nothing bars from a place."""
    found = appointment_at(held, place)
    if found is None:
        raise LookupError(f"Nobody here holds {asked(place)}.")
    return found


def at_bench() -> ColumnElement[bool]:
    """The condition that an appointment counts on the bench of a seat."""
    return or_(
        Seat.bench_id.is_(None),
        Appointment.body_id.is_(None),
        Appointment.body_id == Seat.bench_id,
    )
