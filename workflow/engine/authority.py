"""By what authority somebody answers a seat: an office of their own, or a mandate for another's."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy.orm import Session

from workflow.engine import circumstances, seating
from workflow.engine.definition import RoundSpec, SeatSpec
from workflow.engine.ledger import Ledger
from workflow.engine.mandated import Mandated, received
from workflow.engine.permission import Circumstances, Place, objections
from workflow.engine.sittings import Chair, Sitting
from workflow.errors import Refusal


@dataclass(frozen=True, slots=True)
class Authority:
    """The appointment acted under, the mandate where it is somebody else's, and bars lifted."""

    appointment: int
    mandate: Mandated | None = None
    overridden: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """A seat that somebody wants to answer, in the round and the state as they count for it.

    `declaring` says that they are about to say whether they have an interest.
    """

    spec: RoundSpec
    sitting: Sitting
    seat: int
    place: Place
    state: str
    declaring: bool = False


def authority(ledger: Ledger, asked: Asked, person: int) -> Authority:
    """The first authority under which nothing bars the person; raises why not otherwise.

    An office of one's own comes first: a mandate adds to what bars and takes nothing away.
    """
    office = asked.place.role, asked.place.party_id
    own = circumstances.offices(ledger.session, person, ledger.now.date(), locked=True)
    ways = () if office in own else _mandates(ledger, asked, person)
    found = [_seen(ledger, asked, person, way) for way in ways or (None,)]
    barred = [_barred(ledger, asked, seen) for seen in found]
    if all(barred):
        raise barred[0][0]
    free = barred.index(())
    overridden = tuple(sorted(found[free].lifted))
    if ways:
        return Authority(ways[free].appointment, ways[free], overridden)
    return Authority(own[office], overridden=overridden)


def _mandates(ledger: Ledger, asked: Asked, person: int) -> tuple[Mandated, ...]:
    """The mandates of the person that reach this seat; none is revoked before the act is over."""
    office = asked.place.role, asked.place.party_id
    return tuple(
        each
        for each in received(ledger.session, person, ledger.now.date(), locked=True)
        if each.office == office and each.covers(ledger.case.ref, asked.spec.key)
    )


def _seen(ledger: Ledger, asked: Asked, person: int, mandate: Mandated | None) -> Circumstances:
    return circumstances.circumstances(
        ledger.session,
        ledger.definition,
        asked.spec,
        asked.sitting,
        case_id=ledger.case.id,
        state=asked.state,
        person=person,
        seat=asked.seat,
        now=ledger.now,
        mandate=mandate,
    )


def _barred(ledger: Ledger, asked: Asked, seen: Circumstances) -> tuple[Refusal, ...]:
    counted = replace(seen, undeclared=False) if asked.declaring else seen
    return objections(ledger.definition, asked.spec, asked.place, counted)


def permitted(
    ledger: Ledger, spec: RoundSpec, sitting: Sitting | None, chair: Chair, person: int
) -> int:
    """The person's own appointment to a seat that nothing bars them from; raises why not.

    Whoever steps back or opens a round has no papers to be kept from.
    """
    seen = circumstances.of_seat(ledger, spec, sitting, chair, person)
    for refusal in objections(ledger.definition, spec, chair.place, seen):
        raise refusal
    return seen.offices[chair.role, chair.party_id]


def office_among(
    session: Session, case_id: int, named: Iterable[SeatSpec], person: int, today: date
) -> tuple[str, str, int] | None:
    """The role, party and appointment by which the person is one of those named, if they are."""
    held = circumstances.offices(session, person, today)
    for seat in named:
        for party, _ in seating.parties(session, case_id, seat.of, today):
            if (seat.role, party) in held:
                key = seating.party_key(session, party)
                return seat.role, key, held[seat.role, party]
    return None
