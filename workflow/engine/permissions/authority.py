"""By what authority somebody answers a seat: an office of their own, or a mandate for another's."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy.orm import Session

from workflow.engine.permissions import context, participants
from workflow.engine.permissions.check import Circumstances, objections
from workflow.engine.permissions.mandates import Mandated, received
from workflow.engine.round_state import Chair, Sitting
from workflow.engine.unit_of_work import Ledger
from workflow.errors import Refusal
from workflow.lifecycles.definition import RoundSpec, SeatSpec
from workflow.lifecycles.seat import Place


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
    own = context.offices(ledger.session, person, ledger.now.date(), locked=True)
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
    return context.circumstances(
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
    seen = context.of_seat(ledger, spec, sitting, chair, person)
    for refusal in objections(ledger.definition, spec, chair.place, seen):
        raise refusal
    return seen.offices[chair.role, chair.party_id]


def office_among(
    session: Session, case_id: int, named: Iterable[SeatSpec], person: int, today: date
) -> tuple[str, str, int] | None:
    """The role, party and appointment by which the person is one of those named, if they are."""
    held = context.offices(session, person, today)
    for seat in named:
        for party, _ in participants.parties(session, case_id, seat.of, today):
            if (seat.role, party) in held:
                key = participants.party_key(session, party)
                return seat.role, key, held[seat.role, party]
    return None
